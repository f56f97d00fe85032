package apart

import (
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// form is a page that asks.
type form struct {
	Check       look.Check
	Title       look.Title
	Newer       look.Newer
	Action      string
	Asks        []look.Ask
	Acts        []look.Button
	OtherAction string // a small form of its own
	Other       look.Button
	Back        look.Link
}

// again shows a form once more when whoever is at the screen can mend a fault; any other stays an error.
func (f form) again(q *web.Request, err error) (web.Answer, error) {
	if k := fault.KindOf(err); k != fault.Invalid && k != fault.Conflict {
		return nil, err
	}
	f.Check = check(q, err)
	return q.Again("form", f), nil
}

func check(q *web.Request, err error) look.Check {
	return look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, err)}}}
}

func box(q *web.Request, name, key, value, who string) look.Ask {
	t := q.Words.T
	return look.Write(look.Field{Name: name, Label: t(key), Value: value, Rows: 3, Autocomplete: "off", WhoTitle: t("apart.who_title"), Who: t(who)})
}
