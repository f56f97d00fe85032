package notes

import (
	"slices"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// form is a page that asks: one thing, or a few about one line.
type form struct {
	Check look.Check
	Title look.Title
	Words []string // of the line it is about
	Meta  string
	Notes []look.Note
	Parts []part
	Back  look.Link
}

// part is a form of its own on such a page.
type part struct {
	Head   string
	Notes  []look.Note
	Newer  look.Newer
	Action string
	Asks   []look.Ask
	Until  look.Dated // after them
	Acts   []look.Button
}

// asks reports whether the page has a question of that name.
func (f form) asks(name string) bool {
	return slices.ContainsFunc(f.Parts, func(p part) bool {
		return slices.ContainsFunc(p.Asks, func(a look.Ask) bool {
			return a.Field != nil && a.Field.Name == name || a.Choice != nil && a.Choice.Name == name
		})
	})
}

// again shows the page once more when whoever is at the screen can mend a fault, with what she typed; any
// other stays an error.
func (f form) again(q *web.Request, err error) (web.Answer, error) {
	if k := fault.KindOf(err); k != fault.Invalid && k != fault.Conflict {
		return nil, err
	}
	f.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, err)}}}
	return q.Again("form", f), nil
}

// box asks for words, with who sees them.
func box(q *web.Request, key, value, who string) look.Ask {
	f := look.Field{Name: "words", Label: q.Words.T(key), Value: value, Rows: 4, Autocomplete: "off", WhoTitle: q.Words.T("notes.who_title"), Who: q.Words.T(who)}
	if q.Words.Has(key + "_hint") {
		f.Hint = q.Words.T(key + "_hint")
	}
	return look.Write(f)
}

// choose asks for one of a few answers, with none chosen beforehand.
func choose(q *web.Request, name, chosen string, options ...string) look.Ask {
	t := q.Words.T
	c := look.Choice{Name: name, Legend: t("notes.ask_" + name)}
	if q.Words.Has("notes.ask_" + name + "_hint") {
		c.Hint = t("notes.ask_" + name + "_hint")
	}
	for _, o := range options {
		c.Options = append(c.Options, look.Option{Value: o, Label: t("notes." + name + "_" + o), Chosen: o == chosen})
	}
	return look.Choose(c)
}

// The answers to "were you part of it?", "with your name?" and "what is left there?".
const (
	yes     = "yes"
	no      = "no"
	named   = "name"
	unnamed = "without"
	aGap    = "gap"
	nothing = "nothing"
)

// askThere asks whether she took part, where that is not known.
func (w world) askThere(q *web.Request, chosen string) []look.Ask {
	if w.meeting.Took {
		return nil
	}
	return []look.Ask{choose(q, "there", chosen, yes, no)}
}
