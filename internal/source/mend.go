package source

import (
	"errors"
	"fmt"

	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// mendLimit is how many characters one turn may have.
const mendLimit = 20000

// mendPage is one turn as it is typed, to be put right.
type mendPage struct {
	Check  look.Check
	Title  look.Title
	Action string
	Text   look.Field
	Acts   []look.Button
}

func (m marking) mendPage(q *web.Request, turn consent.Turn, text, problem string) mendPage {
	t := q.Words.T
	p := mendPage{
		Title:  look.Title{Text: t("source.mend_heading", "n", turn.Seq, "name", m.speaker(q, turn.Speaker)), Lead: t("source.mend_lead")},
		Action: fmt.Sprintf("/source/%s/mend/%s", m.ID, turn.ID),
		Text: look.Field{Name: "text", Label: t("source.mend_text"), WhoTitle: t("source.mend_who_title"), Who: t("source.mend_who"),
			Value: text, Rows: 8, Problem: problem},
		Acts: []look.Button{{Text: t("source.mend_save")}, {Text: t("source.mark_back_turn"), Look: look.Second, Href: m.atTurn(turn)}},
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#text", Text: problem}}}
	}
	return p
}

func (r *Room) showMend(q *web.Request) (web.Answer, error) {
	m, turn, err := r.markingTurn(q)
	if err != nil {
		return nil, err
	}
	return q.Show("mend", m.mendPage(q, turn, turn.Words.Reveal(), "")), nil
}

type mendForm struct {
	Text string `form:"text" max:"20000"`
}

// mend puts the typing of a turn right. The words stay the speaker's: her terms stay, and she sees what
// was changed. What is marked or indexed in it moves with the words.
func (r *Room) mend(q *web.Request) (web.Answer, error) {
	m, turn, err := r.markingTurn(q)
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[mendForm](q)
	switch {
	case errors.Is(problem, web.ErrUnreadable):
		return nil, problem
	case problem != nil:
		return q.Again("mend", m.mendPage(q, turn, f.Text, q.Words.T("web.too_long", "max", mendLimit))), nil
	case f.Text == "":
		return q.Again("mend", m.mendPage(q, turn, f.Text, q.Words.T("source.mend_empty"))), nil
	case f.Text != turn.Words.Reveal():
		if err := r.gate.Mend(q.Context(), q.Viewer, m.ID, turn.ID, f.Text); err != nil {
			return nil, err
		}
	}
	return web.GoSaying(m.atTurn(turn), "source.mended"), nil
}
