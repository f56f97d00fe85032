package checkin

import (
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// page is what she wrote to herself, the calls that she asked for, and those that she is to make.
type page struct {
	Title    look.Title
	Who      look.Who
	Acts     []look.Button
	OwesHead string
	Owes     []line
	CallHead string
	Calls    []line
	NoteHead string
	Notes    []line
	Back     look.Link
}

// line is one thing with what can be done about it.
type line struct {
	Heading string
	Paras   []string
	Action  string
	Acts    []look.Button
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	notes, calls, names, err := r.hers(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	p := page{Title: look.Title{Text: t("checkin.heading"), Lead: t("checkin.lead")}, Who: look.Who{Title: t("checkin.who_title"), Text: t("checkin.who")},
		Acts:     []look.Button{{Text: t("checkin.write"), Href: "/today/note"}, {Text: t("checkin.ask"), Href: "/today/call", Look: look.Second}},
		OwesHead: t("checkin.owes"), CallHead: t("checkin.calls"), NoteHead: t("checkin.notes"), Back: look.Link{Href: "/meetings", Text: t("checkin.to_meetings")}}
	for _, c := range calls {
		one := line{Heading: t("checkin.to_"+string(c.State), "name", names[c.Whom]), Paras: look.Paras(c.How), Action: "/today/call/" + c.ID}
		if c.Person != q.Viewer.ID {
			one.Heading = t("checkin.from", "name", names[c.Person], "date", q.Words.Date(c.Made))
		}
		for _, says := range c.Answers(q.Viewer.ID) {
			one.Acts = append(one.Acts, look.Button{Text: t("checkin.says_" + string(says)), Look: look.Second, Name: "says", Value: string(says)})
		}
		if c.Person == q.Viewer.ID {
			p.Calls = append(p.Calls, one)
		} else {
			p.Owes = append(p.Owes, one)
		}
	}
	for _, n := range notes {
		p.Notes = append(p.Notes, line{Heading: n.when(q), Paras: look.Paras(n.Words), Action: "/today/note/" + n.ID + "/drop", Acts: []look.Button{{Text: t("checkin.drop"), Look: look.Quiet}}})
	}
	return q.Show("today", p), nil
}

// when says when she wrote a note, and whether she arrived or went.
func (n Note) when(q *web.Request) string {
	key := "checkin.arrived"
	if n.Going {
		key = "checkin.went"
	}
	return q.Words.T(key, "date", q.Words.Date(n.Made))
}

// form is a page that asks.
type form struct {
	Check  look.Check
	Title  look.Title
	Action string
	Asks   []look.Ask
	Acts   []look.Button
	Back   look.Link
}

func newForm(q *web.Request, key, action string, asks []look.Ask) form {
	t := q.Words.T
	return form{Title: look.Title{Text: t("checkin." + key), Lead: t("checkin." + key + "_lead")}, Action: action, Asks: asks,
		Acts: []look.Button{{Text: t("checkin." + key + "_do")}, {Text: t("checkin.skip"), Look: look.Second, Href: "/today"}}, Back: look.Link{Href: "/today", Text: t("checkin.back")}}
}

// again shows a form once more when whoever is at the screen can mend a fault; any other stays an error.
func (f form) again(q *web.Request, err error) (web.Answer, error) {
	if k := fault.KindOf(err); k != fault.Invalid && k != fault.Conflict {
		return nil, err
	}
	f.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, err)}}}
	return q.Again("form", f), nil
}

func box(q *web.Request, name, key, value, who string) look.Ask {
	t := q.Words.T
	return look.Write(look.Field{Name: name, Label: t(key), Value: value, Rows: 4, Autocomplete: "off", WhoTitle: t("checkin.who_title"), Who: t(who)})
}

type noteForm struct {
	When  string `form:"when"`
	Words string `form:"words" max:"2000"`
}

func newNote(q *web.Request, f noteForm) form {
	t := q.Words.T
	when := look.Choice{Name: "when", Legend: t("checkin.ask_when"), Row: true}
	for _, one := range []string{"arriving", "going"} {
		when.Options = append(when.Options, look.Option{Value: one, Label: t("checkin.when_" + one), Chosen: f.When == one})
	}
	return newForm(q, "write", "/today/note", []look.Ask{look.Choose(when), box(q, "words", "checkin.ask_words", f.Words, "checkin.words_who")})
}

func (r *Room) showNote(q *web.Request) (web.Answer, error) {
	return q.Show("form", newNote(q, noteForm{})), nil
}

func (r *Room) keep(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[noteForm](q)
	if err == nil {
		err = r.Keep(q.Context(), q.Viewer, f.When == "going", strings.TrimSpace(f.Words))
	}
	if err != nil {
		return newNote(q, f).again(q, err)
	}
	return web.GoSaying("/today", "checkin.kept"), nil
}

func (r *Room) dropNote(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/today", "checkin.dropped"), r.Drop(q.Context(), q.Viewer, q.Path("note"))
}

type callForm struct {
	Whom string `form:"whom"`
	How  string `form:"how" max:"1000"`
}

// askCall asks from whom, and how.
func (r *Room) askCall(q *web.Request, f callForm, screen bool) ([]look.Ask, error) {
	whom, err := r.askWhom(q, f.Whom, screen)
	return []look.Ask{look.Choose(whom), box(q, "how", "checkin.ask_how", f.How, "checkin.how_who")}, err
}

func (r *Room) showAsk(q *web.Request) (web.Answer, error) {
	asks, err := r.askCall(q, callForm{}, true)
	return q.Show("form", newForm(q, "ask", "/today/call", asks)), err
}

func (r *Room) ask(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[callForm](q)
	if err == nil {
		_, err = r.Ask(q.Context(), q.Viewer, person.ID(f.Whom), strings.TrimSpace(f.How))
	}
	if err != nil {
		asks, other := r.askCall(q, f, true)
		if other != nil {
			return nil, other
		}
		return newForm(q, "ask", "/today/call", asks).again(q, err)
	}
	return web.GoSaying("/today", "checkin.asked"), nil
}

type sayForm struct {
	Says string `form:"says"`
}

func (r *Room) say(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[sayForm](q)
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/today", "checkin.kept"), r.Say(q.Context(), q.Viewer, q.Path("call"), Answer(f.Says))
}

// Beside is the way here from the list of meetings.
func (r *Room) Beside(q *web.Request) []look.Link {
	return []look.Link{{Href: "/today", Text: q.Words.T("checkin.heading")}}
}

// News is a quiet line on the first page: to whoever is to call somebody, and to her who waits for an answer of
// her own. It opens nothing.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	var calls []Call
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		calls, err = callsOf(q.Context(), tx, q.Viewer)
		return err
	})
	for _, c := range calls {
		if c.Whom == q.Viewer.ID && c.State == Owed || c.Person == q.Viewer.ID && c.State != Owed {
			return []look.Link{{Href: "/today", Text: q.Words.T("checkin.news")}}, err
		}
	}
	return nil, err
}

// Held is what is kept here of the viewer, for her own copy.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	t := q.Words.T
	notes, calls, names, err := r.hers(q.Context(), q.Viewer)
	if err != nil || len(notes)+len(calls) == 0 {
		return nil, err
	}
	h := look.Held{Heading: t("checkin.heading")}
	for _, n := range notes {
		h.Lines = append(h.Lines, look.Line{Text: n.when(q), Words: look.Paras(n.Words)})
	}
	for _, c := range calls {
		l := look.Line{When: q.Words.Date(c.Made), Text: t("checkin.to_"+string(c.State), "name", names[c.Whom]), Words: look.Paras(c.How)}
		if c.Person != q.Viewer.ID { // how she is reached is hers
			l.Text, l.Words = t("checkin.from", "name", names[c.Person], "date", l.When), nil
		}
		h.Lines = append(h.Lines, l)
	}
	return []look.Held{h}, nil
}
