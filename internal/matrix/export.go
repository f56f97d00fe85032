package matrix

import (
	"errors"
	"html/template"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/sheet"
	"footing/internal/study"
	"footing/internal/web"
)

// A sheetOf is one table of a file: the whole matrix, or one theme's chart.
type sheetOf struct {
	Name string
	Rows [][]string // the first is the header
}

// export makes a file of the charts, entered as a release before anything of it is written. It is written
// as it goes; nothing of it lies on a disk.
func (r *Room) export(q *web.Request) (web.Answer, error) {
	in, err := web.Parse[exportForm](q)
	if problem, is := checkable(err); is {
		return r.exportAgain(q, in, problem)
	}
	if err != nil {
		return nil, err
	}
	write, kind, act := formatOf(in.What)
	if write == nil {
		return nil, fault.Missing
	}
	n, err := r.look(q)
	if err != nil {
		return nil, err
	}
	if _, err := r.release(q.Context(), n.w, q.Viewer, in.What, in.Purpose); err != nil {
		if errors.Is(err, ErrNoPurpose) {
			return r.exportAgain(q, in, ErrNoPurpose)
		}
		if errors.Is(err, study.ErrNotAgreed) {
			return r.exportAgain(q, in, study.ErrNotAgreed)
		}
		return nil, err
	}
	// Whoever said what the sentences rest on sees that it left in a file: a record of its own each time.
	if err := r.Read(q.Context(), q.Viewer, n.w, consent.NewAct(act), func(Point) bool { return true }); err != nil {
		return nil, err
	}
	return web.Attach(in.What, kind, func(w io.Writer) error { return write(n, w) }), nil
}

// formatOf returns what writes a file, what an answer calls it, and the act that owners see.
func formatOf(what string) (write func(naming, io.Writer) error, kind, act string) {
	switch what {
	case ChartsXLSX:
		return naming.writeXLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "export"
	case ChartsCSV:
		return naming.writeCSV, "text/csv; charset=utf-8", "export"
	case ChartsPrint:
		return naming.writePrint, "text/html; charset=utf-8", "print"
	}
	return nil, "", ""
}

// sheets returns the whole matrix and the chart of each theme that has sub-themes.
func (n naming) sheets() []sheetOf {
	tops := n.w.Columns("")
	list := []sheetOf{n.sheet(n.q.Words.T("matrix.sheet_whole"), tops, false)}
	for _, c := range tops {
		if len(c.Under) > 1 {
			list = append(list, n.sheet(n.columnName(c, false), n.w.Columns(c.ID), true))
		}
	}
	return list
}

// sheet fills a table, a row for each case. A cell too long for a spreadsheet goes on in a row below.
func (n naming) sheet(name string, columns []Column, chart bool) sheetOf {
	t := n.q.Words.T
	head := []string{t("matrix.case"), t("matrix.case_what")}
	for i, c := range columns {
		head = append(head, n.columnName(c, chart && i == 0))
	}
	s := sheetOf{Name: name, Rows: [][]string{head}}
	for i, cells := range n.w.Cells(columns) {
		c := n.w.Cases[i]
		var parts [][]string
		deepest := 1
		for _, cell := range cells {
			parts = append(parts, n.cellTexts(cell))
			deepest = max(deepest, len(parts[len(parts)-1]))
		}
		for line := range deepest {
			row := []string{n.caseName(c), n.caseMeta(c)}
			for _, p := range parts {
				text := ""
				if line < len(p) {
					text = p[line]
				}
				row = append(row, text)
			}
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}

// cellTexts returns what stands in a cell, in pieces that each fit into a cell of a spreadsheet.
func (n naming) cellTexts(cell Cell) []string {
	if len(cell.Points) == 0 {
		return []string{n.q.Words.T("matrix.why_"+string(cell.Why), "count", cell.Open)}
	}
	var texts []string
	var b strings.Builder
	for _, p := range cell.Points {
		line := n.pointText(p)
		if b.Len() > 0 && utf8.RuneCountInString(b.String())+utf8.RuneCountInString(line) > sheet.MaxCell/2 {
			texts = append(texts, b.String())
			b.Reset()
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return append(texts, b.String())
}

// pointText returns a point with the places it rests on. A closed one says only that it is.
func (n naming) pointText(p Point) string {
	if !p.Open {
		return n.q.Words.T("matrix.closed")
	}
	return p.Words.Reveal() + " (" + n.placeTexts(p.Links) + ")"
}

// placeTexts names the places a point rests on in words.
func (n naming) placeTexts(links []Link) string {
	var list []string
	seen := map[string]bool{}
	for _, l := range links {
		text := n.placeText(l)
		if !seen[text] {
			seen[text], list = true, append(list, text)
		}
	}
	return strings.Join(list, "; ")
}

func (n naming) writeXLSX(w io.Writer) error {
	widths := []int{22, 26, 48, 48, 48, 48, 48, 48, 48, 48}
	var book *sheet.XLSX
	for i, s := range n.sheets() {
		if i == 0 {
			book = sheet.NewXLSX(w, s.Name, widths)
		} else if err := book.Sheet(s.Name, widths); err != nil {
			return err
		}
		for _, row := range s.Rows {
			if err := book.Row(row...); err != nil {
				return err
			}
		}
	}
	return book.Close()
}

// writeCSV writes a row for each point, and one for each cell without any, so that the file can be read by
// a program as well as by a person.
func (n naming) writeCSV(w io.Writer) error {
	t, out := n.q.Words.T, sheet.NewCSV(w)
	if err := out.Row(t("matrix.case"), t("matrix.case_what"), t("matrix.csv_theme"), t("matrix.csv_sub"), t("matrix.csv_point"),
		t("matrix.csv_places"), t("matrix.csv_by"), t("matrix.csv_when"), t("matrix.csv_state")); err != nil {
		return err
	}
	for _, top := range n.w.Columns("") {
		columns := n.w.Columns(top.ID)
		for i, cells := range n.w.Cells(columns) {
			for j, cell := range cells {
				sub := ""
				if j > 0 {
					sub = columns[j].Name
				}
				if err := n.csvCell(out, n.w.Cases[i], n.themeName(top.ID, top.Name), sub, cell); err != nil {
					return err
				}
			}
		}
	}
	return out.Close()
}

func (n naming) csvCell(out *sheet.CSV, c Case, theme, sub string, cell Cell) error {
	t := n.q.Words.T
	if len(cell.Points) == 0 {
		return out.Row(n.caseName(c), n.caseMeta(c), theme, sub, "", "", "", "", t("matrix.why_"+string(cell.Why), "count", cell.Open))
	}
	for _, p := range cell.Points {
		row := []string{n.caseName(c), n.caseMeta(c), theme, sub, "", "", "", "", t("matrix.closed")}
		if p.Open {
			row = []string{n.caseName(c), n.caseMeta(c), theme, sub, p.Words.Reveal(), n.placeTexts(p.Links), n.w.Names[p.Writer],
				p.Made.Format("2006-01-02"), ""}
		}
		if err := out.Row(row...); err != nil {
			return err
		}
	}
	return nil
}

// printTemplate is a page for paper: nothing on it but the tables.
var printTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(files, "print.html")) })

func (n naming) writePrint(w io.Writer) error {
	return printTemplate().Execute(w, struct {
		Language, Direction, Title, Lead, When string
		Sheets                                 []sheetOf
	}{n.q.Words.Language(), n.q.Words.Direction(), n.q.Words.T("matrix.whole_heading"), n.w.Study.Question, n.q.Words.Date(n.q.Now()), n.sheets()})
}
