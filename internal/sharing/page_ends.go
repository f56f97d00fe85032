package sharing

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// News is what the first page tells her of her own: that something she allowed has ended or ends soon, at
// the pace she chose. It counts nothing, and leads to the thing itself when it is one.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	if !q.Viewer.Standings.Meets(person.Standings()) {
		return nil, nil
	}
	typing, err := r.typingNews(q)
	if err != nil {
		return nil, err
	}
	ends, err := r.endsNews(q)
	return append(typing, ends...), err
}

// endsNews tells of ends, where and when she asked for it.
func (r *Room) endsNews(q *web.Request) ([]look.Link, error) {
	wishes, err := r.wishes(q.Context(), q.Viewer)
	if err != nil || wishes.Pace == PaceNever {
		return nil, err
	}
	var terms map[consent.ID]consent.Terms
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		terms, err = r.gate.OwnTerms(q.Context(), tx, q.Viewer)
		return err
	})
	ids := map[bool][]consent.ID{} // by whether it has ended
	for id, t := range terms {
		if e, ok := EndingOf(t, wishes.LetGo[id], q.Now()); ok && wishes.Pace.Told(e) {
			ids[e.Ended] = append(ids[e.Ended], id)
		}
	}
	var news []look.Link
	for _, ended := range []bool{true, false} {
		link := look.Link{Href: "/share", Text: q.Words.T(map[bool]string{true: "sharing.news_ended", false: "sharing.news_soon"}[ended])}
		if len(ids[ended]) == 1 {
			link.Href += "/" + string(ids[ended][0])
		}
		if len(ids[ended]) > 0 {
			news = append(news, link)
		}
	}
	return news, err
}

// endForm is the question whether something goes on: yes until one day or another, or let it go.
type endForm struct {
	Note   look.Note
	Longer string
	Acts   []look.Button
}

// longer lists for how many months one tap can say yes again. For any other end there is the page of changes.
var longer = []string{"1", "3"}

// newEndForm tells her on the page of the thing itself how it stands, whatever pace she chose: she came to
// look.
func newEndForm(q *web.Request, m mine, w Wishes, path string) *endForm {
	e, ok := EndingOf(m.speaker.Terms, w.LetGo[m.c.ID], q.Now())
	if !ok {
		return nil
	}
	t := q.Words.T
	key := map[bool]string{true: "sharing.end_over", false: "sharing.end_soon"}[e.Ended]
	if e.Part {
		key += "_part"
	}
	f := &endForm{Note: look.Note{Title: t(key, "date", q.Words.Date(e.On)), Text: t("sharing.end_text")}, Longer: path + "/longer"}
	for _, months := range longer {
		until, _ := Answers{Until: months}.End(e.From(q.Now()))
		f.Acts = append(f.Acts, look.Button{Text: t("sharing.end_longer", "date", q.Words.Date(until)), Look: look.Second, Name: "until", Value: months})
	}
	f.Acts = append(f.Acts, look.Button{Text: t("sharing.end_let_go"), Look: look.Second, Action: path + "/end"})
	return f
}

type longerForm struct {
	Until string `form:"until"`
}

// goOn says yes again, to the same people and uses, until the day on the button.
func (r *Room) goOn(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[longerForm](q)
	if err != nil {
		return nil, err
	}
	m, e, ends, err := r.ending(q)
	if err != nil {
		return nil, err
	}
	if !ends { // the same button, pressed twice
		return web.Go("/share/" + string(m.c.ID)), nil
	}
	until, ok := Answers{Until: f.Until}.End(e.From(q.Now()))
	if !slices.Contains(longer, f.Until) || !ok {
		return nil, fault.Missing
	}
	terms := e.Longer(m.speaker.Terms, until, q.Now())
	terms.How.Way, terms.How.By = "screen", q.Viewer.ID
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		return r.gate.SetTerms(q.Context(), tx, q.Viewer, m.c.ID, m.speaker.ID, terms)
	})
	return web.GoSaying("/share/"+string(m.c.ID), "sharing.longer_said"), err
}

// letGo lets something end by itself. She is not told of that end again.
func (r *Room) letGo(q *web.Request) (web.Answer, error) {
	m, e, ok, err := r.ending(q)
	if err != nil {
		return nil, err
	}
	if ok {
		err = r.wish(q.Context(), q.Viewer, func(w Wishes) Wishes { return w.LettingGo(m.c.ID, e.last(m.speaker.Terms)) })
	}
	return web.GoSaying("/share/"+string(m.c.ID), "sharing.let_go_said"), err
}

// ending returns something of hers with what of it comes to its end, false when there is nothing: a button
// pressed twice.
func (r *Room) ending(q *web.Request) (mine, Ending, bool, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return m, Ending{}, false, err
	}
	wishes, err := r.wishes(q.Context(), q.Viewer)
	e, ok := EndingOf(m.speaker.Terms, wishes.LetGo[m.c.ID], q.Now())
	return m, e, ok, err
}

// pacePage is where she says when she wants to be told of an end.
type pacePage struct {
	Title  look.Title
	Action string
	Pace   look.Choice
	Acts   []look.Button

	Waiting look.Link // what the group waits for, for those who keep that list
}

func (r *Room) showPace(q *web.Request) (web.Answer, error) {
	wishes, err := r.wishes(q.Context(), q.Viewer)
	t := q.Words.T
	p := pacePage{Title: look.Title{Text: t("sharing.pace_heading"), Lead: t("sharing.pace_lead")}, Action: "/me/reminders",
		Pace: look.Choice{Name: "pace", Legend: t("sharing.pace_legend")},
		Acts: []look.Button{{Text: t("sharing.save_line")}, {Text: t("sharing.leave_line"), Look: look.Second, Href: "/me"}}}
	if q.Viewer.Standings.Meets(listKeepers) {
		p.Waiting = look.Link{Href: "/moments", Text: t("sharing.moments_link")}
	}
	for _, pace := range []Pace{PaceNever, PaceEnded, PaceMonth} {
		p.Pace.Options = append(p.Pace.Options, look.Option{Value: string(pace), Label: paceName(q, pace), Chosen: pace == wishes.Pace})
	}
	return q.Show("pace", p), err
}

func paceName(q *web.Request, p Pace) string {
	if p == PaceNever {
		return q.Words.T("sharing.pace_never")
	}
	return q.Words.T("sharing.pace_" + string(p))
}

type paceForm struct {
	Pace string `form:"pace"`
}

func (r *Room) setPace(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[paceForm](q)
	if err != nil {
		return nil, err
	}
	pace := Pace(f.Pace)
	if !slices.Contains([]Pace{PaceNever, PaceEnded, PaceMonth}, pace) {
		return nil, fault.Missing
	}
	return web.GoSaying("/me", "sharing.saved"), r.Remind(q.Context(), q.Viewer, pace)
}

// Remind sets the pace at which somebody is told of ends on her own pages.
func (r *Room) Remind(ctx context.Context, who person.Viewer, p Pace) error {
	return r.wish(ctx, who, func(w Wishes) Wishes { w.Pace = p; return w })
}
