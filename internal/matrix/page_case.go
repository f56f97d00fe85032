package matrix

import (
	"slices"

	"footing/internal/consent"
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
	Tools    look.Tools
	Hint     string
	Waiting  *look.Note
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
	if err := r.Read(q.Context(), q.Viewer, n.w, consent.Reading, func(p Point) bool { return c.Has(p.Source) }); err != nil {
		return nil, err
	}
	t := q.Words.T
	p := casePage{Title: look.Title{Text: n.caseName(c), Lead: n.caseMeta(c)}, Nav: n.nav(), Live: n.live(""),
		WaysText: t("matrix.cases_ways"), Hint: t("matrix.case_hint"), Waiting: n.waiting(), Tools: n.tools(at(n.w.Study.ID))}
	rows := n.rows()
	here := slices.Index(rows, i)
	if here > 0 {
		p.Before = n.toCase(rows[here-1], "matrix.case_before")
	}
	if here+1 < len(rows) { // the first of those asked for, when this one is not among them
		p.After = n.toCase(rows[here+1], "matrix.case_after")
	}
	columns := n.w.Columns("")
	for j, cell := range n.w.Cells(columns)[i] {
		name := n.columnName(columns[j], false)
		p.Themes = append(p.Themes, caseTheme{name, n.cell(c, columns[j], cell, name)})
	}
	return q.Show("case", p), nil
}

// toCase leads to another case, named for everybody.
func (n naming) toCase(row int, key string) look.Link {
	c := n.w.Cases[row]
	return look.Link{Href: n.caseAt(c), Text: n.q.Words.T(key, "case", n.caseName(c))}
}
