package sharing

import (
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// changePage is parts 2 and 3 on one page, for something shared already.
type changePage struct {
	Check  look.Check
	Title  look.Title
	Action string
	Whos   whoPage
	Uses   usePage
	Acts   []look.Button
}

func (r *Room) newChangePage(q *web.Request, m mine, a Answers, at around, problem string) changePage {
	t := q.Words.T
	p := changePage{Title: look.Title{Text: t("sharing.change_heading"), Lead: t("sharing.change_lead")},
		Action: "/share/" + string(m.c.ID) + "/change",
		Acts:   []look.Button{{Text: t("sharing.change_save")}, {Text: t("sharing.change_leave"), Look: look.Second, Href: "/share/" + string(m.c.ID)}}}
	p.Whos.fill(q, a, at)
	p.Uses.fill(q, a, at)
	if problem != "" {
		p.Uses.Until.Problem = problem
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#until", Text: problem}}}
	}
	return p
}

func (r *Room) showChange(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	return q.Show("change", r.newChangePage(q, m, AnswersOf(m.speaker.Terms), at, "")), nil
}

// change replaces what she allowed. What was allowed before ends with it.
func (r *Room) change(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	who, err := web.Parse[whoForm](q)
	if err != nil {
		return nil, err
	}
	use, err := web.Parse[useForm](q)
	if err != nil {
		return nil, err
	}
	a := use.into(q, who.into(Answers{}), at)
	if _, ok := a.End(q.Now()); a.Allowing() && !ok {
		return q.Again("change", r.newChangePage(q, m, a, at, q.Words.T("sharing.until_needed"))), nil
	}
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		return r.gate.SetTerms(q.Context(), tx, q.Viewer, m.c.ID, m.speaker.ID, a.Terms(q.Viewer.ID, q.Now()))
	})
	return web.GoSaying("/share/"+string(m.c.ID), "sharing.changed"), err
}
