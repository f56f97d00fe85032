package decision

import (
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// form is a page that asks: what to know first, the questions, and what to do with the answers.
type form struct {
	Check  look.Check
	Steps  look.Steps
	Title  look.Title
	Notes  []look.Note
	Newer  look.Newer
	Action string
	Keep   string // saves what is typed while it is typed
	Asks   []look.Ask
	Rows   []orderAsk // after the questions
	Draft  look.Draft
	Acts   []look.Button
	Others []act
	After  []look.Link
}

// act is a small form of its own: one button.
type act struct {
	Action string
	Button look.Button
}

// wrong puts a problem beside the field it is about and on top of the page.
func (f form) wrong(q *web.Request, name, say string) form {
	f.Check.Title = q.Words.T("web.problem_heading")
	f.Check.Items = append(f.Check.Items, look.Wrong(f.Asks, name, say))
	for i := range f.Rows {
		f.Rows[i] = f.Rows[i].wrong(name, say)
	}
	return f
}

// again shows the page once more when the person at the screen can mend what is wrong, with what she
// typed; anything else stays an error.
func (f form) again(q *web.Request, name string, err error) (web.Answer, error) {
	if k := fault.KindOf(err); k != fault.Invalid && k != fault.Conflict {
		return nil, err
	}
	return q.Again("form", f.wrong(q, name, circle.Say(q, err))), nil
}

// box is a question answered in a few lines, counted.
func box(q *web.Request, name, value string, rows, limit int) look.Field {
	t := q.Words.T
	return look.Field{Name: name, Label: t("decision." + name), Hint: hint(q, name), Value: value, Rows: rows, Max: limit,
		Left: t("decision.left"), Over: t("decision.over")}
}

// line is a question answered in one line.
func line(q *web.Request, name, value string) look.Field {
	return look.Field{Name: name, Label: q.Words.T("decision." + name), Hint: hint(q, name), Value: value, Autocomplete: "off"}
}

// hint returns the hint of a question, where it has one.
func hint(q *web.Request, name string) string {
	if key := "decision." + name + "_hint"; q.Words.Has(key) {
		return q.Words.T(key)
	}
	return ""
}

// options makes options of values, each named by the catalogue, with those chosen that she chose.
func options[T ~string](q *web.Request, key string, values []T, chosen ...T) []look.Option {
	var list []look.Option
	for _, v := range values {
		o := look.Option{Value: string(v), Label: q.Words.T(key + string(v)), Hint: hint(q, key[len("decision."):]+string(v))}
		for _, c := range chosen {
			o.Chosen = o.Chosen || c == v
		}
		list = append(list, o)
	}
	return list
}
