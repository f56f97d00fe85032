package sharing

import (
	"errors"

	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// rewordPage is her words once more, to be changed. New words are shared with nobody until she says so.
type rewordPage struct {
	Check  look.Check
	Title  look.Title
	Action string
	Text   look.Field
	Acts   []look.Button
}

func newRewordPage(q *web.Request, m mine, text, problem string) rewordPage {
	t := q.Words.T
	p := rewordPage{Title: look.Title{Text: t("sharing.reword_heading"), Lead: t("sharing.reword_lead")}, Action: "/share/" + string(m.c.ID) + "/words",
		Text: look.Field{Name: "text", Label: t("sharing.text_label"), WhoTitle: t("sharing.text_who_title"), Who: t("sharing.reword_who"),
			Value: text, Rows: 8, Max: textLimit, Left: t("sharing.left"), Over: t("sharing.over"), Problem: problem},
		Acts: []look.Button{{Text: t("sharing.reword_save")}, {Text: t("sharing.change_leave"), Look: look.Second, Href: "/share/" + string(m.c.ID)}}}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#text", Text: problem}}}
	}
	return p
}

func (r *Room) showReword(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	return q.Show("reword", newRewordPage(q, m, m.text(), "")), nil
}

type rewordForm struct {
	Text string `form:"text" max:"20000"`
}

// reword puts new words in place of the old. What was allowed with the old ones ends, and she is asked
// anew.
func (r *Room) reword(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[rewordForm](q)
	switch {
	case errors.Is(problem, web.ErrUnreadable):
		return nil, problem
	case problem != nil:
		return q.Again("reword", newRewordPage(q, m, f.Text, q.Words.T("web.too_long", "max", textLimit))), nil
	case f.Text == "":
		return q.Again("reword", newRewordPage(q, m, f.Text, q.Words.T("sharing.text_empty"))), nil
	case f.Text == m.text():
		return web.Go("/share/" + string(m.c.ID)), nil
	}
	err = r.gate.Rewrite(q.Context(), q.Viewer, m.c.ID, Paragraphs(f.Text))
	return web.GoSaying("/share/"+string(m.c.ID)+"/change", "sharing.reworded"), err
}
