package matrix

import (
	"cmp"
	"slices"
	"strconv"

	"footing/internal/consent"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

func itoa(n int) string { return strconv.Itoa(n) }

// grid is a table of cells, for the whole matrix and for one theme's chart. On a phone each row is a card.
type grid struct {
	Caption, Label, Corner, JumpLabel string
	Heads                             []gridHead
	Rows                              []gridRow
}

type gridHead struct {
	Text, Href, Hue string
}

type gridRow struct {
	ID    string
	Title look.Link
	Meta  string
	Cells []gridCell
}

type gridCell struct {
	Of     string
	Points []gridPoint
	None   string
	Newer  string
	Open   look.Link // to the cell's own page
}

type gridPoint struct {
	Text   string
	Places []look.Link
	Stale  string
	Closed string    // instead of the text
	Again  look.Link // to write it again, for whom it waits
}

// chartPage is the whole matrix, or one theme's chart.
type chartPage struct {
	Title   look.Title
	Nav     []look.Link
	Tools   look.Tools
	Hint    string
	Waiting *look.Note
	Live    string
	Grid    grid
	Empty   look.Empty
}

func (r *Room) showWhole(q *web.Request) (web.Answer, error) {
	if id := q.Query("case"); id != "" { // the list to go to a case sends it here
		return web.Go(at(q.Path("study"), "case", id)), nil
	}
	return r.showChart(q, "")
}

func (r *Room) showTheme(q *web.Request) (web.Answer, error) { return r.showChart(q, q.Path("theme")) }

func (r *Room) showChart(q *web.Request, theme string) (web.Answer, error) {
	n, err := r.look(q)
	if err != nil {
		return nil, err
	}
	columns := n.w.Columns(theme)
	if len(columns) == 0 {
		return nil, ErrNoTheme
	}
	if err := r.Read(q.Context(), q.Viewer, n.w, consent.Reading, n.inGrid(columns)); err != nil {
		return nil, err
	}
	t := q.Words.T
	p := chartPage{Title: look.Title{Text: t("matrix.whole_heading"), Lead: n.w.Study.Question}, Hint: t("matrix.whole_hint"),
		Nav: n.nav(), Live: n.live(""), Waiting: n.waiting(), Tools: n.tools(q.HTTP.URL.Path)}
	if theme != "" {
		p.Title = look.Title{Text: columns[0].Name, Lead: t("matrix.chart_lead")}
	}
	p.Grid = n.grid(columns, theme != "")
	if len(n.w.Cases) == 0 {
		p.Empty = look.Empty{Title: t("matrix.empty_title"), Text: t("matrix.empty_text")}
	}
	return q.Show("chart", p), nil
}

// look reads the matrix for a page.
func (r *Room) look(q *web.Request) (naming, error) {
	n := naming{q: q, practices: map[string]string{}}
	var err error
	if n.w, err = r.View(q.Context(), q.Viewer, q.Path("study")); err != nil {
		return n, err
	}
	return n, r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := r.Circle.Practices(q.Context(), tx, q.Partnership())
		for _, p := range list {
			n.practices[p.ID] = p.Name
		}
		return err
	})
}

// nav leads to the other views of the same matrix.
func (n naming) nav() []look.Link {
	id, path, t := n.w.Study.ID, n.q.HTTP.URL.Path, n.q.Words.T
	links := []look.Link{{Href: at(id), Text: t("matrix.nav_whole")}, {Href: at(id, "coverage"), Text: t("matrix.nav_coverage")},
		{Href: at(id, "cases"), Text: t("matrix.nav_cases")}, {Href: at(id, "export"), Text: t("matrix.nav_export")}}
	for i := range links {
		links[i].Here = links[i].Href == path
	}
	return links
}

// waiting tells a writer which of her points closed.
func (n naming) waiting() *look.Note {
	shut := n.w.Shut(n.q.Viewer.ID)
	if len(shut) == 0 {
		return nil
	}
	note := look.Note{Title: n.q.Words.T("matrix.waiting", "count", len(shut)), Text: n.q.Words.T("matrix.waiting_text")}
	for _, p := range shut {
		theme, _ := n.w.Frame.Theme(p.Theme)
		note.Links = append(note.Links, look.Link{Href: at(n.w.Study.ID, "point", p.ID), Text: n.sourceName(p.Source) + ": " + theme.Name})
	}
	return &note
}

// tools narrow and sort the rows.
func (n naming) tools(action string) look.Tools {
	q, t := n.q, n.q.Words.T
	options := func(name, all string, values ...string) []look.Option {
		list := []look.Option{{Label: t(all)}}
		for _, v := range values {
			list = append(list, look.Option{Value: v, Label: t("matrix." + name + "_" + v), Chosen: q.Query(name) == v})
		}
		return list
	}
	var kinds []string
	for _, k := range source.Kinds() {
		kinds = append(kinds, string(k))
	}
	return look.Tools{Action: action, Label: t("matrix.tools"), Do: look.Button{Text: t("matrix.tools_show"), Look: look.Second}, Selects: []look.Select{
		{Name: "kind", Label: t("matrix.tools_kind"), Options: kindOptions(options("kinds", "matrix.tools_all", kinds...), q.Query("kind"))},
		{Name: "house", Label: t("matrix.tools_house"), Options: options("house", "matrix.tools_all", string(Lived), string(Others))},
		{Name: "sort", Label: t("matrix.tools_sort"), Options: options("sort", "matrix.sort_added", "kind", "house")},
	}}
}

// kindOptions marks the chosen kind: its catalogue keys are the plural ones, its form value is "kind".
func kindOptions(list []look.Option, chosen string) []look.Option {
	for i := range list {
		list[i].Chosen = list[i].Value != "" && list[i].Value == chosen
	}
	return list
}

// rows returns which rows the reader asked for, in the order she asked for.
func (n naming) rows() []int {
	kind, house := consent.Kind(n.q.Query("kind")), Side(n.q.Query("house"))
	var rows []int
	for i, c := range n.w.Cases {
		if (kind == "" || c.Of == kind) && (house == "" || c.Side == house || c.Side == Both) {
			rows = append(rows, i)
		}
	}
	by := n.q.Query("sort")
	slices.SortStableFunc(rows, func(a, b int) int {
		x, y := n.w.Cases[a], n.w.Cases[b]
		switch by {
		case "kind":
			return cmp.Compare(slices.Index(source.Kinds(), x.Of), slices.Index(source.Kinds(), y.Of))
		case "house":
			return cmp.Compare(sideOrder[x.Side], sideOrder[y.Side])
		}
		return 0
	})
	return rows
}

// inGrid tells which points stand in the rows that the reader asked for, under some columns.
func (n naming) inGrid(columns []Column) func(Point) bool {
	themes, rows := map[string]bool{}, map[int]bool{}
	for _, c := range columns {
		for _, id := range c.Under {
			themes[id] = true
		}
	}
	for _, i := range n.rows() {
		rows[i] = true
	}
	return func(p Point) bool {
		row, known := n.w.caseOf[p.Source]
		return known && rows[row] && themes[p.Theme]
	}
}

func (n naming) grid(columns []Column, chart bool) grid {
	t, id := n.q.Words.T, n.w.Study.ID
	g := grid{Caption: t("matrix.grid_caption"), Label: t("matrix.grid_label"), Corner: t("matrix.case"), JumpLabel: t("matrix.one_case")}
	for i, c := range columns {
		h := gridHead{Text: n.columnName(c, chart && i == 0), Hue: hueOf(c.Theme)}
		if !chart && len(c.Under) > 1 {
			h.Href = at(id, "theme", c.ID)
		}
		g.Heads = append(g.Heads, h)
	}
	cells := n.w.Cells(columns)
	for _, i := range n.rows() {
		c := n.w.Cases[i]
		row := gridRow{ID: "c" + itoa(i), Title: look.Link{Href: n.caseAt(c), Text: n.caseName(c)}, Meta: n.caseMeta(c)}
		for j, cell := range cells[i] {
			row.Cells = append(row.Cells, n.cell(c, columns[j], cell, g.Heads[j].Text))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// columnName names a column; a top theme among its own sub-themes is what is said of it in general.
func (n naming) columnName(c Column, general bool) string {
	if general {
		return n.q.Words.T("matrix.in_general", "theme", n.themeName(c.ID, c.Name))
	}
	return n.themeName(c.ID, c.Name)
}

func (n naming) cell(c Case, column Column, cell Cell, head string) gridCell {
	t := n.q.Words.T
	g := gridCell{Of: head, Open: look.Link{Href: at(n.w.Study.ID, "cell", c.ID, column.ID), Text: t("matrix.open_cell"),
		About: t("matrix.open_cell_about", "theme", head, "case", n.caseName(c))}}
	for _, p := range cell.Points {
		g.Points = append(g.Points, n.point(p))
	}
	if len(cell.Points) == 0 {
		g.None = t("matrix.why_"+string(cell.Why), "count", cell.Open)
	}
	if cell.Newer > 0 {
		g.Newer = t("matrix.newer", "count", cell.Newer)
	}
	return g
}

func (n naming) point(p Point) gridPoint {
	t := n.q.Words.T
	switch {
	case p.Open && p.Stale:
		return gridPoint{Text: p.Words.Reveal(), Places: n.places(p), Stale: t("matrix.stale")}
	case p.Open:
		return gridPoint{Text: p.Words.Reveal(), Places: n.places(p)}
	case n.w.mayRewrite(p, n.q.Viewer.ID):
		return gridPoint{Closed: t("matrix.closed_yours"), Again: look.Link{Href: at(n.w.Study.ID, "point", p.ID), Text: t("matrix.write_again")}}
	}
	return gridPoint{Closed: t("matrix.closed")}
}
