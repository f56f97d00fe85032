package matrix

import (
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// coveragePage counts indexed passages by kind of source, house and theme.
type coveragePage struct {
	Title look.Title
	Nav   []look.Link
	Live  string
	Table look.Coverage
	Note  string
	Ends  string // how much of it closes within a month
	Empty look.Empty
}

func (r *Room) showCoverage(q *web.Request) (web.Answer, error) {
	n, err := r.look(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := coveragePage{Title: look.Title{Text: t("matrix.coverage_heading"), Lead: t("matrix.coverage_lead")}, Nav: n.nav(),
		Live: n.live(""), Note: t("matrix.coverage_note", "few", Few)}
	if p.Ends, err = r.ends(q, n.w); err != nil {
		return nil, err
	}
	rows, columns := Cover(n.w.Cases, n.w.Found()), n.w.Columns("")
	if len(rows) == 0 {
		p.Empty = look.Empty{Title: t("matrix.empty_title"), Text: t("matrix.empty_text")}
	}
	p.Table = look.Coverage{Caption: t("matrix.coverage_caption"), Label: t("matrix.coverage_caption"), Corner: t("matrix.coverage_corner")}
	for _, c := range columns {
		p.Table.Heads = append(p.Table.Heads, n.columnName(c, false))
	}
	most := 0
	for _, row := range rows {
		for _, c := range columns {
			most = max(most, row.Count[c.ID])
		}
	}
	for _, row := range rows {
		p.Table.Rows = append(p.Table.Rows, n.coverRow(row, columns, most))
	}
	p.Table.Key = n.key(most)
	return q.Show("coverage", p), nil
}

// ends says how many of the passages that may be counted close within a month unless those who gave them
// say yes again. Fewer than Few is said as that, since one alone would be somebody's.
func (r *Room) ends(q *web.Request, w *View) (string, error) {
	var then consent.Ruling
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		then, err = r.Gate.RuleUntil(q.Context(), tx, q.Viewer, use(w.Study.ID, consent.Number), q.Now().AddDate(0, 1, 0))
		return err
	})
	switch n := w.Ending(then); {
	case n == 0:
		return q.Words.T("matrix.ends_none"), err
	case n < Few:
		return q.Words.T("matrix.ends_few", "few", Few), err
	default:
		return q.Words.T("matrix.ends", "count", n), err
	}
}

func (n naming) coverRow(row CoverRow, columns []Column, most int) look.CoverageRow {
	c := look.CoverageRow{Title: n.q.Words.T("matrix.kinds_" + string(row.Kind))}
	if row.Side != "" {
		c.Title += ", " + n.side(row.Side)
	}
	for _, column := range columns {
		c.Cells = append(c.Cells, n.shade(row.Count[column.ID], most))
	}
	return c
}

// shade says a count, and none in words.
func (n naming) shade(count, most int) look.Shade {
	s := look.Shade{Text: itoa(count), Step: look.StepOf(count, most)}
	if count == 0 {
		s.Text = n.q.Words.T("matrix.none_yet")
	}
	return s
}

// key says what the shades mean: the counts that fall on each step.
func (n naming) key(most int) []look.Shade {
	key := []look.Shade{{Text: n.q.Words.T("matrix.none_yet")}}
	from := 1
	for count := 1; count <= most; count++ {
		step := look.StepOf(count, most)
		if count < most && look.StepOf(count+1, most) == step {
			continue
		}
		text := itoa(count)
		if from < count {
			text = n.q.Words.T("matrix.key_range", "from", from, "to", count)
		}
		key, from = append(key, look.Shade{Text: text, Step: step}), count+1
	}
	return key
}
