package facts

import (
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// whoPage is who holds what: what the program knows, and what people wrote.
type whoPage struct {
	Title  look.Title
	Rights string
	By     string
	Can    look.Summary
	People look.Link
	Server look.Note
	Lines  string
	Lead   string
	Kinds  []kindOf
	None   string
	New    look.Button
	Back   look.Link
}

// kindOf is what people wrote of one kind.
type kindOf struct {
	Heading string
	Lines   []lineShown
}

// lineShown is one line with what the viewer can do about it.
type lineShown struct {
	What, Who, By string
	Shut          string
	Acts          []act
}

// act is a small form of its own: one button.
type act struct {
	Action string
	Button look.Button
}

func (r *Room) showWho(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := whoPage{Title: look.Title{Text: t("facts.who_heading"), Lead: t("facts.who_lead")}, Rights: t("facts.rights"), By: t("facts.rights_by", "date", q.Words.Date(r.Now())), People: look.Link{Href: "/people", Text: t("facts.people")},
		Server: look.Note{Title: t("facts.server_title"), Text: t("facts.server")}, Lines: t("facts.lines"), Lead: t("facts.lines_lead"),
		New: look.Button{Text: t("facts.new"), Href: "/decides/who/new", Look: look.Second}, Back: look.Link{Href: "/decides", Text: t("facts.back")}}
	var err error
	if p.Can, err = r.rights(q); err != nil {
		return nil, err
	}
	list, names, err := r.linesAndNames(q)
	if err != nil {
		return nil, err
	}
	for _, k := range Kinds() {
		of := kindOf{Heading: t("facts.kind_" + string(k))}
		for _, l := range list {
			if l.Kind == k {
				of.Lines = append(of.Lines, l.shown(q, names))
			}
		}
		if len(of.Lines) > 0 {
			p.Kinds = append(p.Kinds, of)
		}
	}
	if len(p.Kinds) == 0 {
		p.None = t("facts.lines_none")
	}
	return q.Show("who", p), nil
}

func (r *Room) linesAndNames(q *web.Request) (list []Line, names map[person.ID]string, err error) {
	if list, err = r.Lines(q.Context(), q.Viewer); err != nil {
		return nil, nil, err
	}
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	return list, names, err
}

func (l Line) shown(q *web.Request, names map[person.ID]string) lineShown {
	t, at := q.Words.T, "/decides/who/"+l.ID
	name := names[l.TrueBy]
	if name == "" {
		name = t("facts.somebody")
	}
	s := lineShown{What: l.Text.What, Who: t("facts.line_who", "who", l.Text.Who), By: t("facts.line_by", "name", names[l.Person], "date", q.Words.Date(l.True), "by", name)}
	about := l.Text.What
	if l.Shut {
		s.Shut = t("facts.shut")
		s.Acts = append(s.Acts, act{at + "/back", look.Button{Text: t("facts.let_stand"), About: about, Look: look.Second}})
	} else {
		s.Acts = append(s.Acts, act{at + "/still", look.Button{Text: t("facts.still"), About: about, Look: look.Second}})
	}
	if l.Person == q.Viewer.ID {
		s.Acts = append(s.Acts, act{at + "/drop", look.Button{Text: t("facts.drop"), About: about, Look: look.Second}})
	}
	return s
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

type lineForm struct {
	Kind string `form:"kind"`
	What string `form:"what" max:"1000"`
	Who  string `form:"who" max:"500"`
}

func (f lineForm) line() Line {
	return Line{Kind: Kind(f.Kind), Text: LineText{What: strings.TrimSpace(f.What), Who: strings.TrimSpace(f.Who)}}
}

// asks are the questions of a line, with what was said so far.
func asks(q *web.Request, f lineForm) []look.Ask {
	t := q.Words.T
	c := look.Choice{Name: "kind", Legend: t("facts.line_kind")}
	for _, k := range Kinds() {
		c.Options = append(c.Options, look.Option{Value: string(k), Label: t("facts.kind_" + string(k)), Chosen: string(k) == f.Kind})
	}
	box := func(name, value string, rows int) look.Ask {
		return look.Write(look.Field{Name: name, Label: t("facts.ask_" + name), Hint: t("facts.ask_" + name + "_hint"), WhoTitle: t("facts.seen_title"), Who: t("facts.seen"), Value: value, Rows: rows, Autocomplete: "off"})
	}
	return []look.Ask{look.Choose(c), box("what", f.What, 3), box("who", f.Who, 2)}
}

func linePage(q *web.Request, f lineForm) form {
	t := q.Words.T
	return form{Title: look.Title{Text: t("facts.new"), Lead: t("facts.new_lead")}, Action: "/decides/who/new", Asks: asks(q, f), Acts: []look.Button{{Text: t("facts.save")}},
		Back: look.Link{Href: "/decides/who", Text: t("facts.back_who")}}
}

func (r *Room) showNew(q *web.Request) (web.Answer, error) {
	return q.Show("form", linePage(q, lineForm{})), nil
}

func (r *Room) saveNew(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[lineForm](q)
	if err == nil {
		_, err = r.Write(q.Context(), q.Viewer, f.line())
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		p := linePage(q, f)
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, err)}}}
		return q.Again("form", p), nil
	}
	return web.GoSaying("/decides/who", "facts.saved"), err
}

func (r *Room) still(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/decides/who", "facts.saved"), r.Still(q.Context(), q.Viewer, q.Path("line"))
}

func (r *Room) letStand(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/decides/who", "facts.saved"), r.LetStand(q.Context(), q.Viewer, q.Path("line"))
}

func (r *Room) drop(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/decides/who", "facts.dropped"), r.Drop(q.Context(), q.Viewer, q.Path("line"))
}
