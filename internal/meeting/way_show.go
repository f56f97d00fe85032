package meeting

import (
	"context"
	"slices"
	"strings"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// TakePart tells those who host how the viewer takes part in a meeting, in the place of what she told before.
func (r *Room) TakePart(ctx context.Context, v person.Viewer, meeting string, text TakingText) error {
	if len(text.Ways) == 0 && text.By == "" && text.Words == "" {
		return ErrChoose
	}
	if err := r.toCome(ctx, v, meeting); err != nil {
		return err
	}
	t := Taking{ID: store.RandomID(), Meeting: meeting, Person: v.ID, Made: r.Now()}
	var err error
	if t.key, t.words, err = r.Gate.SealValue(ctx, v.Partnership, "meeting_way", column, t.ID, text.filled()); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		old, err := putTaking(ctx, tx, v.Partnership, t)
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, old...)
	})
}

// Untell erases how the viewer told that she takes part.
func (r *Room) Untell(ctx context.Context, v person.Viewer, meeting string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		old, err := dropTaking(ctx, tx, v.Partnership, ` AND meeting_id = $2 AND person_id = $3`, meeting, v.ID)
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, old...)
	})
}

// lines says how somebody takes part, with everybody's names.
func (t TakingText) lines(q *web.Request, names map[person.ID]string) []string {
	var list []string
	for _, w := range t.Ways {
		list = append(list, q.Words.T("meeting.way_"+string(w)))
	}
	if name := names[t.By]; name != "" {
		list = append(list, q.Words.T("meeting.way_by", "name", name))
	}
	return append(list, look.Paras(t.Words)...)
}

type wayForm struct {
	Ways  []string `form:"way"`
	By    string   `form:"by"`
	Words string   `form:"words" max:"1000"`
}

func (f wayForm) text(buddies []circle.Person) TakingText {
	text := TakingText{Words: strings.TrimSpace(f.Words), By: oneOf(buddies, f.By)}
	for _, w := range Ways() {
		if slices.Contains(f.Ways, string(w)) {
			text.Ways = append(text.Ways, w)
		}
	}
	return text
}

// askWay are the questions about how she takes part.
func askWay(q *web.Request, text TakingText, buddies []circle.Person) []look.Ask {
	c := look.Choice{Name: "way", Legend: q.Words.T("meeting.ask_way"), Hint: q.Words.T("meeting.ask_way_hint"), Multiple: true}
	for _, w := range Ways() {
		c.Options = append(c.Options, look.Option{Value: string(w), Label: q.Words.T("meeting.way_" + string(w)), Chosen: slices.Contains(text.Ways, w)})
	}
	asks := append([]look.Ask{look.Choose(c)}, askBy(q, text.By, buddies)...)
	return append(asks, box(q, "words", "meeting.ask_way_words", text.Words, "meeting.who_hosts"))
}

// newWay is the page that asks how she takes part, with what she said so far.
func newWay(q *web.Request, m Meeting, w world, text TakingText, buddies []circle.Person) form {
	t := q.Words.T
	p := form{Title: look.Title{Text: t("meeting.way_heading"), Lead: m.when(q)}, Action: "/meetings/" + m.ID + "/way",
		Notes: []look.Note{{Title: t("meeting.who_sees"), Text: t("meeting.way_who", "names", w.hostNames())}}, Asks: askWay(q, text, buddies),
		Acts: []look.Button{{Text: t("meeting.way_do")}}, Back: look.Link{Href: "/meetings/" + m.ID, Text: t("meeting.back")}}
	if len(w.takings) > 0 {
		p.Other = act{"/meetings/" + m.ID + "/way/drop", look.Button{Text: t("meeting.take_back"), Look: look.Second}}
	}
	return p
}

// hostNames lists who hosts meetings today.
func (w world) hostNames() string {
	var names []string
	for _, id := range w.hosts {
		names = append(names, w.names[id])
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// way reads a meeting to come with what the viewer told of how she takes part.
func (r *Room) way(q *web.Request) (Meeting, world, error) {
	m, w, err := r.theMeeting(q.Context(), q.Viewer, q.Path("meeting"), func(tx *store.Tx, w *world) error {
		var err error
		w.takings, err = takingWhere(q.Context(), tx, q.Partnership(), ` AND meeting_id = $2 AND person_id = $3`, q.Path("meeting"), q.Viewer.ID)
		return err
	})
	return m, w, err
}

func (w world) told() TakingText {
	if len(w.takings) == 0 {
		return TakingText{}
	}
	return w.takings[0].Text
}

func (r *Room) showWay(q *web.Request) (web.Answer, error) {
	m, w, err := r.way(q)
	if err != nil {
		return nil, err
	}
	buddies, err := r.buddies(q)
	return q.Show("form", newWay(q, m, w, w.told(), buddies)), err
}

func (r *Room) saveWay(q *web.Request) (web.Answer, error) {
	m, w, err := r.way(q)
	if err != nil {
		return nil, err
	}
	buddies, err := r.buddies(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[wayForm](q)
	if err == nil {
		err = r.TakePart(q.Context(), q.Viewer, m.ID, f.text(buddies))
	}
	if err != nil {
		return newWay(q, m, w, f.text(buddies), buddies).again(q, err)
	}
	return web.GoSaying("/meetings/"+m.ID, "meeting.saved"), nil
}

func (r *Room) dropWay(q *web.Request) (web.Answer, error) {
	m, _, err := r.way(q)
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/meetings/"+m.ID, "meeting.taken_back"), r.Untell(q.Context(), q.Viewer, m.ID)
}

// waysPage is what people told those who host. Nobody is on it who told nothing.
type waysPage struct {
	Title look.Title
	None  look.Empty
	Told  []look.SummaryRow
	Back  look.Link
}

func (r *Room) showWays(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	m, w, err := r.theMeeting(q.Context(), q.Viewer, q.Path("meeting"), func(tx *store.Tx, w *world) error {
		var err error
		w.takings, err = takingWhere(q.Context(), tx, q.Partnership(), ` AND meeting_id = $2`, q.Path("meeting"))
		return err
	})
	if err != nil {
		return nil, err
	}
	p := waysPage{Title: look.Title{Text: t("meeting.ways_heading"), Lead: t("meeting.ways_lead")}, Back: look.Link{Href: "/meetings/" + m.ID, Text: t("meeting.back")}}
	for _, one := range w.takings {
		p.Told = append(p.Told, look.SummaryRow{Term: w.names[one.Person], Values: one.Text.lines(q, w.names)})
	}
	slices.SortStableFunc(p.Told, func(a, b look.SummaryRow) int { return strings.Compare(a.Term, b.Term) })
	if len(p.Told) == 0 {
		p.None = look.Empty{Title: t("meeting.ways_none")}
	}
	return q.Show("ways", p), nil
}
