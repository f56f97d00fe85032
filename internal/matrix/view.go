package matrix

import (
	"context"
	"fmt"
	"slices"

	"footing/internal/circle"
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
)

// A View is a study's matrix as one analyst may see it at one moment. It is made of a fixed number of
// queries, however many cells there are. What the points say is not in it before Read opens them: most
// pages count points and show a few.
type View struct {
	Study   study.Study
	Frame   coding.Frame
	Cases   []Case
	Points  []Point
	Removed []Point // sealed: opened where they are shown
	Names   map[person.ID]string

	seen     int64 // the number of the newest event before anything of it was read
	grouping Grouping
	marks    map[Place]Mark
	codings  []coding.Coding
	counted  []bool              // of codings: may be counted
	openOf   map[consent.ID]bool // sources of which something is open to her
	knewOf   map[consent.ID]bool // of the others, those that are charted and that she knows of
	caseOf   map[consent.ID]int
	charted  map[string]bool // themes with points
	material []Material
}

// View returns the matrix of a study for one of its analysts, fault.Missing for anybody else.
func (r *Room) View(ctx context.Context, v person.Viewer, studyID string) (*View, error) {
	w := &View{}
	var list []source.Source
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if w.seen, err = event.Head(ctx, tx, v.Partnership); err != nil {
			return err
		}
		if w.Study, err = r.Studies.For(ctx, tx, v, studyID); err != nil {
			return err
		}
		if list, err = r.Sources.List(ctx, tx, v.Partnership, studyID); err != nil {
			return err
		}
		if err := r.readCharts(ctx, tx, v, w); err != nil {
			return err
		}
		return r.readOpen(ctx, tx, v, w, list)
	})
	if err != nil {
		return nil, err
	}
	facts, err := r.Sources.FactsOf(ctx, v, list...)
	if err != nil {
		return nil, err
	}
	open, err := r.Gate.PapersOpen(ctx, v, use(studyID, consent.Paraphrase), papersOf(studyID, w.Points))
	if err != nil {
		return nil, err
	}
	for i, o := range open {
		w.Points[i].Open = o.Open
	}
	w.arrange(facts)
	return w, nil
}

// readCharts reads what is charted and how the study groups it.
func (r *Room) readCharts(ctx context.Context, tx *store.Tx, v person.Viewer, w *View) error {
	at := scope{v.Partnership, w.Study.ID}
	var err error
	if w.Frame, err = r.Coding.Frame(ctx, tx, v.Partnership, w.Study.ID); err != nil {
		return err
	}
	if w.Points, err = at.loadPoints(ctx, tx, false); err != nil {
		return err
	}
	if w.Removed, err = at.loadPoints(ctx, tx, true); err != nil {
		return err
	}
	if w.marks, err = at.loadMarks(ctx, tx); err != nil {
		return err
	}
	if w.grouping, err = at.loadGrouping(ctx, tx); err != nil {
		return err
	}
	if w.Names, err = r.Circle.Names(ctx, tx, v.Partnership); err != nil {
		return err
	}
	people, err := r.Circle.List(ctx, tx, v.Partnership)
	w.grouping.Lived = lived(people)
	return err
}

func lived(people []circle.Person) map[person.ID]bool {
	in := map[person.ID]bool{}
	for _, p := range people {
		in[p.ID] = person.HouseOf(p.Standings) == person.Lived
	}
	return in
}

// readOpen reads the sources with their voices, and what of it the viewer may know of and count. Rows and
// counts ask the gate like words do.
func (r *Room) readOpen(ctx context.Context, tx *store.Tx, v person.Viewer, w *View, list []source.Source) error {
	for _, s := range list {
		parts, err := r.Sources.Parts(ctx, tx, v.Partnership, s.ID)
		if err != nil {
			return err
		}
		w.material = append(w.material, Material{Source: s, Parts: parts})
	}
	number := use(w.Study.ID, consent.Number)
	ruling, err := r.Gate.RuleIn(ctx, tx, v, number)
	if err != nil {
		return err
	}
	if w.codings, err = r.Coding.Codings(ctx, tx, v.Partnership, w.Study.ID, coding.Filter{}); err != nil {
		return err
	}
	for _, c := range w.codings {
		w.counted = append(w.counted, c.Open(ruling))
	}
	w.openOf = map[consent.ID]bool{}
	for _, s := range list {
		w.openOf[s.ID] = ruling.Told(s.ID)
	}
	var charted []consent.ID
	for _, p := range w.Points {
		charted = append(charted, p.Source)
	}
	slices.Sort(charted)
	if w.knewOf, err = r.Gate.Knew(ctx, tx, v, number, slices.Compact(charted)...); err != nil {
		return err
	}
	for _, p := range w.Points {
		w.knewOf[p.Source] = w.knewOf[p.Source] || p.Writer == v.ID
	}
	return nil
}

// arrange makes the rows. A source that is not offered, or of which nothing is open to her, has a row only
// while something is charted from it and she read or wrote some of it before. To anybody else it is not there.
func (w *View) arrange(facts map[consent.ID]source.Facts) {
	w.charted = map[string]bool{}
	for _, p := range w.Points {
		w.charted[p.Theme] = true
	}
	for i := range w.material {
		if m := &w.material[i]; w.openOf[m.ID] {
			m.Title = facts[m.ID].Title
		}
	}
	all := Cases(w.material, w.grouping)
	offered := map[consent.ID]bool{}
	for _, m := range w.material {
		offered[m.ID] = m.State == source.Offered
		w.openOf[m.ID] = w.openOf[m.ID] && offered[m.ID]
	}
	w.caseOf = map[consent.ID]int{}
	for _, c := range all {
		c.Sources = slices.DeleteFunc(slices.Clone(c.Sources), func(id consent.ID) bool { return !w.openOf[id] && !w.knewOf[id] })
		if len(c.Sources) == 0 {
			continue
		}
		for _, id := range c.Sources {
			w.caseOf[id] = len(w.Cases)
		}
		w.Cases = append(w.Cases, c)
	}
	standing := map[string]coding.Coding{}
	for _, c := range w.codings {
		standing[c.ID] = c
	}
	for i := range w.Points {
		p := &w.Points[i]
		if !offered[p.Source] { // out of analysis: what was written from it is shut with it
			p.Open = false
		}
		p.Stale = p.Open && stale(p.Links, standing)
	}
}

// Case returns a row and where it stands, false when there is none of that id.
func (w *View) Case(id string) (Case, int, bool) {
	i := slices.IndexFunc(w.Cases, func(c Case) bool { return c.ID == id })
	if i < 0 {
		return Case{}, 0, false
	}
	return w.Cases[i], i, true
}

// Columns returns the columns of the whole matrix, or of one theme's chart.
func (w *View) Columns(theme string) []Column {
	if theme == "" {
		return Tops(w.Frame, w.charted)
	}
	return Subs(w.Frame, theme, w.charted)
}

// Cells returns the cells of all cases, row by row, for some columns.
func (w *View) Cells(columns []Column) [][]Cell {
	under := map[string]int{}
	for i, c := range columns {
		for _, id := range c.Under {
			under[id] = i
		}
	}
	rows := make([][]Cell, len(w.Cases))
	shut := make([][]int, len(w.Cases))
	for i := range rows {
		rows[i], shut[i] = make([]Cell, len(columns)), make([]int, len(columns))
	}
	for _, p := range w.Points {
		row, known := w.caseOf[p.Source]
		if col, ok := under[p.Theme]; ok && known {
			rows[row][col].Points = append(rows[row][col].Points, p)
		}
	}
	for i, c := range w.codings {
		row, known := w.caseOf[c.Contribution]
		col, ok := under[c.Theme]
		if !ok || !known {
			continue
		}
		if w.counted[i] && w.openOf[c.Contribution] {
			w.count(&rows[row][col], c)
		} else {
			shut[row][col]++
		}
	}
	for i, c := range w.Cases {
		for j := range columns {
			if len(rows[i][j].Points) == 0 {
				rows[i][j].Why = empty(w.caseOpen(c), rows[i][j].Open, shut[i][j], w.marksOf(c, columns[j]))
			}
		}
	}
	return rows
}

// count adds a passage to a cell.
func (w *View) count(cell *Cell, c coding.Coding) {
	cell.Open++
	if len(cell.Points) == 0 {
		return
	}
	for _, p := range cell.Points {
		if !c.At.After(p.Made) {
			return
		}
	}
	cell.Newer++
}

func (w *View) caseOpen(c Case) bool {
	return slices.ContainsFunc(c.Sources, func(id consent.ID) bool { return w.openOf[id] })
}

func (w *View) marksOf(c Case, column Column) []Mark {
	var marks []Mark
	for _, id := range c.Sources {
		if w.openOf[id] {
			marks = append(marks, markOf(w.marks, id, column))
		}
	}
	return marks
}

// Found lists the indexed passages that may be counted, by top theme and case.
func (w *View) Found() []Found {
	top := map[string]string{}
	for _, t := range w.Frame.Themes {
		top[t.ID] = t.ID
		if t.Parent != "" {
			top[t.ID] = t.Parent
		}
	}
	var found []Found
	for i, c := range w.codings {
		row, known := w.caseOf[c.Contribution]
		if known && w.counted[i] && w.openOf[c.Contribution] && top[c.Theme] != "" {
			found = append(found, Found{Top: top[c.Theme], Case: row})
		}
	}
	return found
}

// Ending counts the passages that may be counted now and may not be under a ruling for later. A passage
// under several themes is one.
func (w *View) Ending(then consent.Ruling) int {
	ending := map[string]bool{}
	for i, c := range w.codings {
		if _, known := w.caseOf[c.Contribution]; known && w.counted[i] && w.openOf[c.Contribution] && !c.Open(then) {
			ending[fmt.Sprint(c.Parts)] = true
		}
	}
	return len(ending)
}

// Shut returns the viewer's own points that closed and wait for her to write them again.
func (w *View) Shut(who person.ID) []Point {
	var list []Point
	for _, p := range w.Points {
		if !p.Open && w.mayRewrite(p, who) {
			list = append(list, p)
		}
	}
	return list
}

// mayRewrite reports whether somebody may write a closed point again: its writer, and anybody on the desk
// once the writer is not there any more.
func (w *View) mayRewrite(p Point, who person.ID) bool {
	return p.Writer == who || !w.Study.Names(p.Writer)
}
