package matrix

import (
	"cmp"
	"errors"
	"slices"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// cellPage is one cell: what is charted in it, and what was said, beside a box to write in.
type cellPage struct {
	Title    look.Title
	Ways     []look.Link
	Live     string
	Heading  string
	Points   []cellPoint
	None     string
	Newer    string
	Marks    *markForm
	Removed  []removedPoint
	RemovedH string
	Write    writeForm
}

// cellPoint is a point with what can be done with it here.
type cellPoint struct {
	gridPoint
	By     string
	Change look.Link
	Remove *pointAct
}

type pointAct struct {
	Action  string
	Version int64
	Do      look.Button
}

type removedPoint struct {
	Text string
	Back pointAct
}

type markForm struct {
	Action string
	Legend string
	Acts   []look.Button
}

// typed is what somebody wrote in a cell.
type typed struct {
	Text    string   `form:"text"`
	Theme   string   `form:"theme"`
	Codings []string `form:"coding"`
	Version int64    `form:"version"`
	How     string   `form:"how"`
}

// spot is a cell that a page is about.
type spot struct {
	naming
	c      Case
	row    int
	column Column
}

// spot finds the cell behind a path: a case, and a theme with what counts under it.
func (r *Room) spot(q *web.Request) (spot, error) {
	n, err := r.look(q)
	if err != nil {
		return spot{}, err
	}
	s := spot{naming: n}
	var ok bool
	if s.c, s.row, ok = n.w.Case(q.Path("case")); !ok {
		return s, fault.Missing
	}
	s.column, ok = n.w.column(q.Path("theme"))
	if !ok {
		return s, fault.Missing
	}
	return s, nil
}

// column returns a theme as a column: a top theme with all its sub-themes.
func (w *View) column(id string) (Column, bool) {
	for _, c := range Tops(w.Frame, w.charted) {
		if c.ID == id {
			return c, true
		}
	}
	t, ok := w.Frame.Theme(id)
	return Column{Theme: t, Under: []string{id}}, ok && t.Parent != ""
}

func (s spot) path(rest ...string) string {
	return at(s.w.Study.ID, append([]string{"cell", s.c.ID, s.column.ID}, rest...)...)
}

// has reports whether a point is charted in this cell.
func (s spot) has(p Point) bool { return s.c.Has(p.Source) && slices.Contains(s.column.Under, p.Theme) }

func (s spot) place() string { return "cell/" + s.c.ID + "/" + s.column.ID }

func (r *Room) showCell(q *web.Request) (web.Answer, error) {
	s, err := r.spot(q)
	if err != nil {
		return nil, err
	}
	kept, _, err := r.kept(q.Context(), q.Viewer, s.w.Study.ID, s.place())
	if err != nil {
		return nil, err
	}
	p, err := r.cellPage(q, s, typed{Text: kept.Text, Theme: kept.Theme, Codings: kept.Codings}, nil)
	if err != nil {
		return nil, err
	}
	return q.Show("cell", p), nil
}

// cellPage fills the page with what was typed and what there is to check about it.
func (r *Room) cellPage(q *web.Request, s spot, in typed, problem *fault.Error) (cellPage, error) {
	t := q.Words.T
	head := s.columnName(s.column, false)
	p := cellPage{Title: look.Title{Text: t("matrix.cell_heading", "theme", head, "case", s.caseName(s.c)), Lead: t("matrix.cell_lead")},
		Ways: s.ways(), Live: s.live(""), Heading: t("matrix.cell_points")}
	if err := r.Read(q.Context(), q.Viewer, s.w, consent.Reading, s.has); err != nil {
		return p, err
	}
	cell := s.w.Cells([]Column{s.column})[s.row][0]
	for _, point := range cell.Points {
		p.Points = append(p.Points, s.cellPoint(point))
	}
	if len(cell.Points) == 0 {
		p.None, p.Marks = t("matrix.why_"+string(cell.Why), "count", cell.Open), s.marks()
	}
	if cell.Newer > 0 {
		p.Newer = t("matrix.newer", "count", cell.Newer)
	}
	list, shut, err := r.passages(q.Context(), q.Viewer, s.w, s.c.Sources, s.column)
	if err != nil {
		return p, err
	}
	p.Write = s.write(list, shut, in, problem)
	p.Write.Heading, p.Write.Action, p.Write.Keep = t("matrix.add_heading"), s.path(), s.path("keep")
	p.Write.Theme = s.themes(in.Theme)
	p.Removed, err = r.removedHere(q, s)
	p.RemovedH = t("matrix.removed_heading")
	return p, err
}

// ways lead from a cell to its row, its chart and the whole.
func (s spot) ways() []look.Link {
	t, id := s.q.Words.T, s.w.Study.ID
	ways := []look.Link{{Href: at(id), Text: t("matrix.nav_whole")}, {Href: at(id, "case", s.c.ID), Text: s.caseName(s.c)}}
	top := s.column.ID
	if s.column.Parent != "" {
		top = s.column.Parent
	}
	theme, _ := s.w.Frame.Theme(top)
	return append(ways, look.Link{Href: at(id, "theme", top), Text: t("matrix.nav_chart", "theme", s.themeName(top, theme.Name))})
}

func (n naming) cellPoint(p Point) cellPoint {
	t := n.q.Words.T
	c := cellPoint{gridPoint: n.point(p), By: t("matrix.by", "name", cmp.Or(n.w.Names[p.Writer], n.q.Words.T("circle.somebody_left")), "date", n.q.Words.Date(p.Made))}
	if p.Open {
		c.Change = look.Link{Href: at(n.w.Study.ID, "point", p.ID), Text: t("matrix.change"), About: t("matrix.point_about", "text", first(p.Words.Reveal()))}
	}
	if p.Open || n.w.mayRewrite(p, n.q.Viewer.ID) {
		c.Remove = &pointAct{at(n.w.Study.ID, "point", p.ID, "remove"), p.Version,
			look.Button{Text: t("matrix.remove"), Look: look.Quiet, About: c.Change.About}}
	}
	return c
}

// first returns the first words of a point, for who hears a button without what stands beside it.
func first(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), 40)])
}

// removedHere opens what was removed from the cell, so that it can be put back.
func (r *Room) removedHere(q *web.Request, s spot) ([]removedPoint, error) {
	var list []Point
	for _, p := range s.w.Removed {
		if s.has(p) {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	if err := r.open(q.Context(), q.Viewer, s.w.Study.ID, consent.Reading, list); err != nil {
		return nil, err
	}
	var removed []removedPoint
	for _, p := range list {
		if p.Open {
			removed = append(removed, removedPoint{p.Words.Reveal(), pointAct{at(s.w.Study.ID, "point", p.ID, "return"), p.Version,
				look.Button{Text: q.Words.T("matrix.put_back"), Look: look.Quiet, About: first(p.Words.Reveal())}}})
		}
	}
	return removed, nil
}

func (s spot) marks() *markForm {
	t := s.q.Words.T
	button := func(m Mark, key string) look.Button {
		return look.Button{Text: t(key), Name: "mark", Value: string(m), Look: look.Second}
	}
	return &markForm{s.path("mark"), t("matrix.mark_legend"), []look.Button{
		button(Nothing, "matrix.mark_nothing"), button(NotAsked, "matrix.mark_notasked"), button(NotRead, "matrix.mark_notread")}}
}

func (n naming) themeName(id, name string) string {
	if id == coding.Other {
		return n.q.Words.T("matrix.other")
	}
	return name
}

func (n naming) themePath(id string) string { return n.themeName(id, n.w.Frame.Path(id)) }

// addPoint charts what was written in a cell.
func (r *Room) addPoint(q *web.Request) (web.Answer, error) {
	in, err := web.Parse[typed](q)
	if err != nil {
		return nil, err
	}
	s, err := r.spot(q)
	if err != nil {
		return nil, err
	}
	theme := s.column.ID
	if slices.Contains(s.column.Under, in.Theme) {
		theme = in.Theme
	}
	list, _, err := r.passages(q.Context(), q.Viewer, s.w, s.c.Sources, s.column)
	if err != nil {
		return nil, err
	}
	links, err := chosen(list, in.Codings)
	if err == nil {
		_, err = r.Add(q.Context(), q.Viewer, s.w.Study.ID, Saying{theme, in.Text, links})
	}
	if problem, is := checkable(err); is {
		p, err := r.cellPage(q, s, in, problem)
		if err != nil {
			return nil, err
		}
		return q.Again("cell", p), nil
	}
	if err != nil {
		return nil, err
	}
	return r.done(q, s.w.Study.ID, s.place(), s.path())
}

// checkable returns a fault that the page shows beside what was typed.
func checkable(err error) (*fault.Error, bool) {
	f, is := errors.AsType[*fault.Error](err)
	return f, is && f.Kind == fault.Invalid
}

// done throws away what was kept of a place while somebody typed, and goes back.
func (r *Room) done(q *web.Request, study, place, back string) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.drop(q.Context(), tx, q.Viewer, study, place) })
	if err != nil {
		return nil, err
	}
	return web.GoSaying(back, "matrix.saved"), nil
}

// markCell says why a cell is empty.
func (r *Room) markCell(q *web.Request) (web.Answer, error) {
	in, err := web.Parse[struct {
		Mark string `form:"mark"`
	}](q)
	if err != nil {
		return nil, err
	}
	s, err := r.spot(q)
	if err != nil {
		return nil, err
	}
	m := Mark(in.Mark)
	if m != Nothing && m != NotAsked {
		m = NotRead
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Mark(q.Context(), tx, q.Viewer, s.w.Study.ID, s.column.ID, m, s.c.Sources...)
	})
	if err != nil {
		return nil, err
	}
	return web.GoSaying(s.path(), "matrix.marked"), nil
}
