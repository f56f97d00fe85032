package meeting

import (
	"context"
	"slices"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Speak says something to a meeting, or to one thing on its list, whenever it is, and returns its id. No
// answer to who may read it means those who host.
func (r *Room) Speak(ctx context.Context, v person.Viewer, s Said) (string, error) {
	if s.Text.Words == "" {
		return "", ErrWords
	}
	m, w, err := r.theMeeting(ctx, v, s.Meeting, func(tx *store.Tx, w *world) error {
		var err error
		w.items, err = itemsWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2`, s.Meeting)
		return err
	})
	if err == nil && m.State != Known {
		err = fault.Missing
	}
	if err != nil {
		return "", err
	}
	if s.Item != "" && !slices.ContainsFunc(w.items, func(i Item) bool { return i.ID == s.Item && i.open }) {
		return "", ErrChoose
	}
	if s.May != Everybody {
		s.May = Hosts
	}
	s.ID, s.Person, s.Made = store.RandomID(), v.ID, r.Now()
	if s.key, s.words, err = r.Gate.SealValue(ctx, v.Partnership, "meeting_said", column, s.ID, s.Text); err != nil {
		return "", err
	}
	return s.ID, r.DB.Write(ctx, func(tx *store.Tx) error { return insertSaid(ctx, tx, v.Partnership, s) })
}

// ownSaid reads what the viewer said, one or all of it.
func (r *Room) ownSaid(ctx context.Context, v person.Viewer, id string) (Said, error) {
	w, err := r.read(ctx, v, func(tx *store.Tx, w *world) error {
		var err error
		w.said, err = saidWhere(ctx, tx, v.Partnership, ` AND id = $2 AND person_id = $3`, id, v.ID)
		return err
	})
	if err == nil && len(w.said) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Said{}, err
	}
	return w.said[0], nil
}

// Unsay erases something that the viewer said.
func (r *Room) Unsay(ctx context.Context, v person.Viewer, id string) (Said, error) {
	s, err := r.ownSaid(ctx, v, id)
	if err != nil {
		return s, err
	}
	return s, r.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, `DELETE FROM meeting_said WHERE partnership_id = $1 AND id = $2`, v.Partnership, id)
		if err := store.Changed(n, err, fault.Missing); err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, s.key)
	})
}

// SaidStands opens something that the viewer said again that was shut when an older copy was put back.
func (r *Room) SaidStands(ctx context.Context, v person.Viewer, id string) (Said, error) {
	s, err := r.ownSaid(ctx, v, id)
	if err != nil {
		return s, err
	}
	return s, r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE meeting_said SET shut = 0 WHERE partnership_id = $1 AND id = $2 AND person_id = $3`, v.Partnership, id, v.ID)
		return err
	})
}

// saidLine is one thing that somebody said, as others read it.
type saidLine struct {
	By, When string
	Paras    []string
	Note     string
	Acts     []act
}

func (w world) saidLine(q *web.Request, s Said) saidLine {
	t := q.Words.T
	one := saidLine{By: w.names[s.Person], When: q.Words.Date(s.Made), Paras: look.Paras(s.Text.Words)}
	if s.Text.For {
		one.By = t("meeting.said_for", "name", one.By)
	}
	if s.May == Hosts {
		one.Note = t("meeting.said_to_hosts")
	}
	if s.Person != q.Viewer.ID {
		return one
	}
	if s.Shut {
		one.Note = t("meeting.shut_text")
		one.Acts = append(one.Acts, act{"/said/" + s.ID + "/stands", look.Button{Text: t("meeting.stands"), Look: look.Quiet}})
	}
	one.Acts = append(one.Acts, act{"/said/" + s.ID + "/drop", look.Button{Text: t("meeting.take_back"), Look: look.Quiet}})
	return one
}

type sayForm struct {
	About string `form:"about"`
	Words string `form:"words" max:"4000"`
	For   bool   `form:"for"`
	May   string `form:"may"`
}

// wholeMeeting is the answer that something is said to the meeting and not to one thing on its list.
const wholeMeeting = "all"

func (f sayForm) said(meeting string) Said {
	s := Said{Meeting: meeting, May: May(f.May), Text: SaidText{Words: strings.TrimSpace(f.Words), For: f.For}}
	if f.About != wholeMeeting {
		s.Item = f.About
	}
	return s
}

// askSay are the questions about something said to a meeting.
func (w world) askSay(q *web.Request, m Meeting, f sayForm) []look.Ask {
	t := q.Words.T
	about := look.Choice{Name: "about", Legend: t("meeting.ask_said_about"), Options: []look.Option{{Value: wholeMeeting, Label: t("meeting.about_all"), Chosen: f.About == wholeMeeting}}}
	for _, i := range w.items {
		if i.Meeting == m.ID && i.open && !i.Shut {
			about.Options = append(about.Options, look.Option{Value: i.ID, Label: i.Text.Title, Chosen: f.About == i.ID})
		}
	}
	may := look.Choice{Name: "may", Legend: t("meeting.ask_may"), Hint: t("meeting.ask_may_hint")}
	for _, one := range []May{Hosts, Everybody} {
		may.Options = append(may.Options, look.Option{Value: string(one), Label: t("meeting.may_" + string(one)), Chosen: f.May == string(one)})
	}
	behalf := look.Choice{Name: "for", Legend: t("meeting.ask_behalf"), Multiple: true, Options: []look.Option{{Value: "1", Label: t("meeting.behalf"), Chosen: f.For}}}
	return []look.Ask{look.Choose(about), box(q, "words", "meeting.ask_said", f.Words, "meeting.who_below"), look.Choose(may), look.Choose(behalf)}
}

func (w world) newSay(q *web.Request, m Meeting, f sayForm) form {
	t := q.Words.T
	return form{Title: look.Title{Text: t("meeting.say"), Lead: t("meeting.say_lead")}, Action: "/meetings/" + m.ID + "/say", Asks: w.askSay(q, m, f),
		Acts: []look.Button{{Text: t("meeting.say_do")}}, Back: look.Link{Href: "/meetings/" + m.ID, Text: t("meeting.back")}}
}

// spoken reads a meeting that was made known, with its list.
func (r *Room) spoken(q *web.Request) (Meeting, world, error) {
	m, w, err := r.theMeeting(q.Context(), q.Viewer, q.Path("meeting"), func(tx *store.Tx, w *world) error {
		var err error
		w.items, err = itemsWhere(q.Context(), tx, q.Partnership(), ` AND meeting_id = $2`, q.Path("meeting"))
		return err
	})
	if err == nil && m.State != Known {
		err = fault.Missing
	}
	return m, w, err
}

func (r *Room) showSay(q *web.Request) (web.Answer, error) {
	m, w, err := r.spoken(q)
	if err != nil {
		return nil, err
	}
	p := w.newSay(q, m, sayForm{})
	if i := slices.IndexFunc(w.items, func(i Item) bool { return i.ID == q.Query("about") && i.open && !i.Shut }); i >= 0 { // she comes from its page
		p.Notes = []look.Note{{Text: w.items[i].Text.Title}}
		p.Asks[0] = look.Carry("about", w.items[i].ID)
	}
	return q.Show("form", p), nil
}

func (r *Room) say(q *web.Request) (web.Answer, error) {
	m, w, err := r.spoken(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[sayForm](q)
	if err == nil {
		_, err = r.Speak(q.Context(), q.Viewer, f.said(m.ID))
	}
	if err != nil {
		return w.newSay(q, m, f).again(q, err)
	}
	return web.GoSaying("/meetings/"+m.ID, "meeting.heard"), nil
}

func (r *Room) dropSaid(q *web.Request) (web.Answer, error) {
	s, err := r.Unsay(q.Context(), q.Viewer, q.Path("said"))
	return web.GoSaying("/meetings/"+s.Meeting, "meeting.taken_back"), err
}

func (r *Room) saidStands(q *web.Request) (web.Answer, error) {
	s, err := r.SaidStands(q.Context(), q.Viewer, q.Path("said"))
	return web.GoSaying("/meetings/"+s.Meeting, "meeting.saved"), err
}
