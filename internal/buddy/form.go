package buddy

import (
	"errors"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// askPage asks somebody.
type askPage struct {
	Check look.Check
	Title look.Title
	Note  look.Note
	Asks  []look.Ask
	Acts  []look.Button
	Back  look.Link
}

type askForm struct {
	Whom  string `form:"whom"`
	Words string `form:"words" max:"1000"`
}

// asks are whom, and what for, which can be left empty.
func (r *Room) asks(q *web.Request, f askForm) ([]look.Ask, error) {
	whom, err := r.askWhom(q, f.Whom)
	t := q.Words.T
	return []look.Ask{whom, look.Write(look.Field{Name: "words", Label: t("buddy.words"), Hint: t("buddy.words_hint"), WhoTitle: t("buddy.who_title"), Who: t("buddy.words_who"),
		Value: f.Words, Rows: 4, Autocomplete: "off"})}, err
}

func (r *Room) askWhom(q *web.Request, chosen string) (look.Ask, error) {
	c := look.Choice{Name: "whom", Legend: q.Words.T("buddy.whom")}
	people, err := r.others(q.Context(), q.Viewer)
	c.Options = append(c.Options, circle.Options(people, person.ID(chosen))...)
	return look.Choose(c), err
}

func (r *Room) newAskPage(q *web.Request, f askForm) (askPage, error) {
	t := q.Words.T
	asks, err := r.asks(q, f)
	return askPage{Title: look.Title{Text: t("buddy.add"), Lead: t("buddy.add_lead")}, Note: look.Note{Title: t("buddy.next"), Text: t("buddy.next_text")},
		Asks: asks, Acts: []look.Button{{Text: t("buddy.ask")}}, Back: look.Link{Href: "/buddy", Text: t("buddy.back")}}, err
}

func (r *Room) showNew(q *web.Request) (web.Answer, error) {
	p, err := r.newAskPage(q, askForm{})
	return q.Show("new", p), err
}

func (r *Room) saveNew(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[askForm](q)
	if err == nil {
		_, err = r.Ask(q.Context(), q.Viewer, person.ID(f.Whom), f.Words)
	}
	if fault.KindOf(err) == fault.Invalid && !errors.Is(err, web.ErrUnreadable) {
		p, other := r.newAskPage(q, f)
		at := "#words"
		if errors.Is(err, ErrWhom) || errors.Is(err, ErrRests) || errors.Is(err, ErrThere) {
			at = "#whom"
		}
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: at, Text: circle.Say(q, err)}}}
		return q.Again("new", p), other
	}
	return web.GoSaying("/buddy", "buddy.asked"), err
}
