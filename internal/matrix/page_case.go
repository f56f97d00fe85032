package matrix

import (
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// casePage is one row of the matrix, theme by theme, with the way to the next: how a matrix is read on a
// phone, and how one case is read as a whole anywhere.
type casePage struct {
	Title    look.Title
	Nav      []look.Link
	Before   look.Link
	After    look.Link
	WaysText string
	Live     string
	Themes   []caseTheme
}

type caseTheme struct {
	Name string
	gridCell
}

func (r *Room) showCase(q *web.Request) (web.Answer, error) {
	n, err := r.look(q)
	if err != nil {
		return nil, err
	}
	c, i, ok := n.w.Case(q.Path("case"))
	if !ok {
		return nil, fault.Missing
	}
	t := q.Words.T
	p := casePage{Title: look.Title{Text: n.caseName(c), Lead: n.caseMeta(c)}, Nav: n.nav(), Live: at(n.w.Study.ID, "live"), WaysText: t("matrix.cases_ways")}
	if i > 0 {
		p.Before = look.Link{Href: at(n.w.Study.ID, "case", n.w.Cases[i-1].ID), Text: t("matrix.case_before"), About: n.caseName(n.w.Cases[i-1])}
	}
	if i+1 < len(n.w.Cases) {
		p.After = look.Link{Href: at(n.w.Study.ID, "case", n.w.Cases[i+1].ID), Text: t("matrix.case_after"), About: n.caseName(n.w.Cases[i+1])}
	}
	columns := n.w.Columns("")
	for j, cell := range n.w.Cells(columns)[i] {
		name := n.columnName(columns[j], false)
		p.Themes = append(p.Themes, caseTheme{name, n.cell(c, columns[j], cell, name)})
	}
	return q.Show("case", p), nil
}
