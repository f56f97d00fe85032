package matrix

import (
	"cmp"
	"errors"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// pointPage is one point being changed, or written again from what is left.
type pointPage struct {
	Title look.Title
	Ways  []look.Link
	Why   *look.Note
	Write writeForm
}

// edited is a point that a page is about, in its cell.
type edited struct {
	spot
	p Point
}

func (e edited) path(rest ...string) string {
	return at(e.w.Study.ID, append([]string{"point", e.p.ID}, rest...)...)
}

func (e edited) key() string { return "point/" + e.p.ID }

// edited finds the point behind a path with its cell. A closed point is for whoever may write it again.
func (r *Room) edited(q *web.Request) (edited, error) {
	n, err := r.look(q)
	if err != nil {
		return edited{}, err
	}
	e := edited{spot: spot{naming: n}}
	i := slices.IndexFunc(n.w.Points, func(p Point) bool { return p.ID == q.Path("point") })
	if i < 0 {
		return e, fault.Missing
	}
	e.p = n.w.Points[i]
	if !e.p.Open && !n.w.mayRewrite(e.p, q.Viewer.ID) {
		return e, fault.Missing
	}
	row, known := n.w.caseOf[e.p.Source]
	theme, there := n.w.Frame.Theme(e.p.Theme)
	if !known || !there {
		return e, fault.Missing
	}
	e.row, e.c = row, n.w.Cases[row]
	e.column, there = n.w.column(theme.ID)
	if !there {
		return e, fault.Missing
	}
	return e, nil
}

// readPoint is edited with what the point says.
func (r *Room) readPoint(q *web.Request) (edited, error) {
	e, err := r.edited(q)
	if err != nil || !e.p.Open {
		return e, err
	}
	one := []Point{e.p}
	err = r.open(q.Context(), q.Viewer, e.w.Study.ID, consent.Reading, one)
	e.p = one[0]
	return e, err
}

func (r *Room) showPoint(q *web.Request) (web.Answer, error) {
	e, err := r.readPoint(q)
	if err != nil {
		return nil, err
	}
	in := typed{Version: e.p.Version, Codings: codingsOf(e.p.Links)}
	if e.p.Open {
		in.Text = e.p.Words.Reveal()
	}
	kept, there, err := r.kept(q.Context(), q.Viewer, e.w.Study.ID, e.key())
	if err != nil {
		return nil, err
	}
	if there {
		in = typed{Version: kept.Version, Codings: kept.Codings, Text: kept.Text}
	}
	p, err := r.pointPage(q, e, in, nil)
	if err != nil {
		return nil, err
	}
	return q.Show("point", p), nil
}

func (r *Room) pointPage(q *web.Request, e edited, in typed, problem *fault.Error) (pointPage, error) {
	t := q.Words.T
	p := pointPage{Title: look.Title{Text: t("matrix.point_heading"), Lead: t("matrix.cell_heading", "theme", e.columnName(e.column, false), "case", e.caseName(e.c))}, Ways: e.ways()}
	if !e.p.Open {
		p.Title.Text, p.Why = t("matrix.again_heading"), &look.Note{Title: t("matrix.closed_title"), Text: t("matrix.closed_why")}
	}
	list, shut, err := r.passages(q.Context(), q.Viewer, e.w, e.sources(), e.column)
	if err != nil {
		return p, err
	}
	p.Write = e.write(list, shut, in, problem)
	p.Write.Heading, p.Write.Action, p.Write.Keep = t("matrix.point_write"), e.path(), e.path("keep")
	return p, nil
}

// sources are where the passages come from that a point can rest on: its case, and whatever other sources
// it rests on already.
func (e edited) sources() []consent.ID {
	list := slices.Clone(e.c.Sources)
	for _, l := range e.p.Links {
		if _, known := e.w.caseOf[l.Source]; known && !slices.Contains(list, l.Source) {
			list = append(list, l.Source)
		}
	}
	return list
}

// changePoint saves a new version of a point. When somebody else changed it meanwhile nothing is saved,
// and the writer is shown both texts and chooses.
func (r *Room) changePoint(q *web.Request) (web.Answer, error) {
	in, err := web.Parse[typed](q)
	if err != nil {
		return nil, err
	}
	e, err := r.edited(q)
	if errors.Is(err, fault.Missing) {
		return r.gone(q, in)
	}
	if err != nil {
		return nil, err
	}
	if in.How == "theirs" {
		return r.done(q, e.w.Study.ID, e.key(), e.spot.path())
	}
	list, _, err := r.passages(q.Context(), q.Viewer, e.w, e.sources(), e.column)
	if err != nil {
		return nil, err
	}
	links, err := chosen(list, in.Codings)
	if err == nil {
		err = r.keepMine(q, e, in, Saying{e.p.Theme, in.Text, links})
	}
	if problem, is := checkable(err); is {
		p, err := r.pointPage(q, e, in, problem)
		if err != nil {
			return nil, err
		}
		return q.Again("point", p), nil
	}
	if errors.Is(err, ErrTwo) {
		return r.two(q, in)
	}
	if err != nil {
		return nil, err
	}
	return r.done(q, e.w.Study.ID, e.key(), e.spot.path())
}

// keepMine writes what was typed: over the version it was read at, or as a point of its own.
func (r *Room) keepMine(q *web.Request, e edited, in typed, s Saying) error {
	if in.How == "another" {
		_, err := r.Add(q.Context(), q.Viewer, e.w.Study.ID, s)
		return err
	}
	return r.Change(q.Context(), q.Viewer, e.w.Study.ID, e.p.ID, in.Version, s)
}

// twoPage shows two texts of one point and asks which should stand. Nothing is lost: the second writer's
// words are in the form until she chooses.
type twoPage struct {
	Title        look.Title
	TheirsH      string
	Theirs       string
	TheirsClosed string
	MineH, Mine  string
	Action       string
	Version      int64
	Codings      []string
	Legend       string
	Acts         []look.Button
}

// two reads the point anew, since what it says now is what the writer must see.
func (r *Room) two(q *web.Request, in typed) (web.Answer, error) {
	e, err := r.readPoint(q)
	if errors.Is(err, fault.Missing) {
		return r.gone(q, in)
	}
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := twoPage{Title: look.Title{Text: t("matrix.two_heading"), Lead: t("matrix.two_lead")}, MineH: t("matrix.two_mine"), Mine: in.Text,
		TheirsH: t("matrix.two_theirs", "name", cmp.Or(e.w.Names[e.p.Writer], q.Words.T("circle.somebody_left"))), Action: e.path(), Version: e.p.Version, Codings: in.Codings, Legend: t("matrix.two_legend"),
		Acts: []look.Button{
			{Text: t("matrix.two_another"), Name: "how", Value: "another"},
			{Text: t("matrix.two_replace"), Name: "how", Value: "replace", Look: look.Second},
			{Text: t("matrix.two_keep"), Name: "how", Value: "theirs", Look: look.Second}}}
	if e.p.Open {
		p.Theirs = e.p.Words.Reveal()
	} else {
		p.TheirsClosed = t("matrix.closed")
	}
	return q.Again("two", p), nil
}

// gone keeps what was typed about a point that is removed or closed by now: it goes back to the writer's
// box in that cell, where it can be saved as a point of its own.
func (r *Room) gone(q *web.Request, in typed) (web.Answer, error) {
	ctx, study := q.Context(), q.Path("study")
	w, err := r.View(ctx, q.Viewer, study) // for an analyst of the study alone
	if err != nil {
		return nil, err
	}
	var p Point
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		p, err = scope{q.Partnership(), study}.loadPoint(ctx, tx, q.Path("point"))
		return err
	})
	if err != nil {
		return nil, err
	}
	row, known := w.caseOf[p.Source]
	if !known {
		return nil, fault.Missing
	}
	c := w.Cases[row]
	kept := Unsaved{Text: in.Text, Theme: p.Theme, Codings: in.Codings}
	if err := r.keep(ctx, q.Viewer, study, "cell/"+c.ID+"/"+p.Theme, kept, w.shown(c.Sources, in.Codings)); err != nil {
		return nil, err
	}
	return web.GoSaying(at(study, "cell", c.ID, p.Theme), "matrix.gone"), nil
}

// keepPoint keeps what somebody is typing over a point.
func (r *Room) keepPoint(q *web.Request) (web.Answer, error) {
	in, err := web.Parse[typed](q)
	if err != nil {
		return nil, err
	}
	e, err := r.edited(q)
	if err != nil {
		return nil, err
	}
	err = r.keep(q.Context(), q.Viewer, e.w.Study.ID, e.key(), Unsaved{Text: in.Text, Codings: in.Codings, Version: in.Version}, e.w.shown(e.sources(), in.Codings))
	return web.Data("kept"), err
}

// version is what a form about a point sends with it.
type version struct {
	Version int64 `form:"version"`
}

func (r *Room) removePoint(q *web.Request) (web.Answer, error) {
	in, err := web.Parse[version](q)
	if err != nil {
		return nil, err
	}
	e, err := r.edited(q)
	if err != nil {
		return nil, err
	}
	if err := r.Remove(q.Context(), q.Viewer, e.w.Study.ID, e.p.ID, in.Version); err != nil {
		return nil, err
	}
	return web.GoSaying(e.spot.path(), "matrix.removed"), nil
}

func (r *Room) returnPoint(q *web.Request) (web.Answer, error) {
	in, err := web.Parse[version](q)
	if err != nil {
		return nil, err
	}
	study := q.Path("study")
	if _, err := r.View(q.Context(), q.Viewer, study); err != nil { // only an analyst of the study
		return nil, err
	}
	if err := r.PutBack(q.Context(), q.Viewer, study, q.Path("point"), in.Version); err != nil {
		return nil, err
	}
	e, err := r.edited(q)
	if err != nil {
		return nil, err
	}
	return web.GoSaying(e.spot.path(), "matrix.returned"), nil
}
