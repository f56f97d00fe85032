package power

import (
	"slices"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// form is a page that asks.
type form struct {
	Check  look.Check
	Title  look.Title
	Notes  []look.Note
	Newer  look.Newer
	Action string
	Asks   []look.Ask
	Acts   []look.Button
	Back   look.Link
}

// wrong says on the page what needs another look.
func (f form) wrong(q *web.Request, err error) form {
	f.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, err)}}}
	return f
}

// again reports whether somebody at the screen can mend a fault.
func again(err error) bool {
	k := fault.KindOf(err)
	return k == fault.Invalid || k == fault.Conflict
}

type sayForm struct {
	Form  string `form:"form"`
	What  string `form:"what" max:"2000"`
	Who   string `form:"who" max:"500"`
	Asked string `form:"asked"`
	After string `form:"after" max:"2000"`
	Sign  string `form:"sign"`
}

func (f sayForm) text() Text {
	trim := strings.TrimSpace
	return Text{Form: Form(f.Form), What: trim(f.What), Who: trim(f.Who), Asked: Asked(f.Asked), After: trim(f.After)}
}

// The answers to "with your name?". None is chosen beforehand.
const (
	withName    = "name"
	withoutName = "without"
)

// asks are the questions of a kind, with what was said so far, and, on a screen, whether her name stands
// beside it.
func asks(q *web.Request, k Kind, f sayForm, screen bool) []look.Ask {
	t := q.Words.T
	box := func(name, value string, rows int) look.Ask {
		return look.Write(look.Field{Name: name, Label: t("power." + string(k) + "_" + name), Value: value, Rows: rows, WhoTitle: t("power.who_title"),
			Who: t("power.words_who"), Autocomplete: "off"})
	}
	choice := func(name, chosen string, options ...string) look.Ask {
		c := look.Choice{Name: name, Legend: t("power." + name), Hint: t("power." + name + "_hint")}
		for _, o := range options {
			c.Options = append(c.Options, look.Option{Value: o, Label: t("power." + name + "_" + o), Chosen: o == chosen})
		}
		return look.Choose(c)
	}
	var list []look.Ask
	if k == Seen {
		list = append(list, choice("form", f.Form, string(Visible), string(Hidden), string(Invisible)))
	}
	list = append(list, box("what", f.What, 5))
	if k == Elsewhere || k == Pulled {
		list = append(list, box("who", f.Who, 2))
	}
	if k == Pulled {
		list = append(list, choice("asked", f.Asked, string(WasAsked), string(WasNotAsked), string(NobodyKnows)))
	}
	if k == Pulled || k == Wrong {
		list = append(list, box("after", f.After, 3))
	}
	if screen {
		list = append(list, choice("sign", f.Sign, withName, withoutName))
	}
	return list
}

// before says what happens with it, before anything is asked: who sees it, when, that people may still guess,
// and who could help with the words.
func before(q *web.Request, w world, weekday time.Weekday, now time.Time, buddies []string) []look.Note {
	t := q.Words.T
	guess := t("power.guess")
	if len(buddies) > 0 {
		guess += " " + t("power.guess_buddy", "names", strings.Join(buddies, ", "))
	}
	return []look.Note{
		{Title: t("power.who_title"), Text: t("power.before_who", "names", w.answererNames(q))},
		{Title: t("power.before_unsigned_title"), Text: t("power.before_unsigned", "date", q.Words.Date(shownOn(now, false, weekday)))},
		{Title: t("power.guess_title"), Text: guess, Links: []look.Link{{Href: "/support", Text: t("power.guess_link")}}},
	}
}

func (r *Room) sayPage(q *web.Request, k Kind, f sayForm) (form, error) {
	if !slices.Contains(Kinds(), k) {
		return form{}, fault.Missing
	}
	t := q.Words.T
	notes, err := r.notes(q)
	return form{Title: look.Title{Text: t("power.new_" + string(k)), Lead: t("power.lead_" + string(k))}, Notes: notes, Action: "/decides/new/" + string(k), Asks: asks(q, k, f, true),
		Acts: []look.Button{{Text: t("power.save")}}, Back: look.Link{Href: "/decides", Text: t("power.back")}}, err
}

// notes reads what before says.
func (r *Room) notes(q *web.Request) ([]look.Note, error) {
	var w world
	var weekday time.Weekday
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if w.people, err = r.Circle.List(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		weekday, err = day(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	buddies, err := r.buddies(q)
	return before(q, w, weekday, r.Now(), buddies), err
}

// buddies lists the names of those who are there for the viewer.
func (r *Room) buddies(q *web.Request) ([]string, error) {
	if r.Buddies == nil {
		return nil, nil
	}
	people, err := r.Buddies.Buddies(q.Context(), q.Viewer)
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
	}
	return names, err
}

func (r *Room) showNew(q *web.Request) (web.Answer, error) {
	p, err := r.sayPage(q, Kind(q.Path("kind")), sayForm{})
	return q.Show("form", p), err
}

func (r *Room) saveNew(q *web.Request) (web.Answer, error) {
	k := Kind(q.Path("kind"))
	f, err := web.Parse[sayForm](q)
	if err == nil && f.Sign != withName && f.Sign != withoutName {
		err = ErrSign
	}
	if err == nil {
		_, err = r.Say(q.Context(), q.Viewer, k, f.text(), f.Sign == withName)
	}
	if err != nil && again(err) {
		p, loading := r.sayPage(q, k, f)
		if loading != nil {
			return nil, loading
		}
		return q.Again("form", p.wrong(q, err)), nil
	}
	if f.Sign == withoutName {
		return web.GoSaying("/decides", "power.saved_unsigned"), err
	}
	return web.GoSaying("/decides", "power.saved"), err
}
