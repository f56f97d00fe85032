package matrix

import (
	"slices"

	"footing/internal/coding"
	"footing/internal/consent"
)

// A Mark is what an analyst says of a source and a theme where nothing is charted.
type Mark string

// The marks. No mark is the first: not read.
const (
	NotRead  Mark = ""
	Nothing  Mark = "nothing"  // read, and nothing there
	NotAsked Mark = "notasked" // the question did not come up
)

// Why says why a cell has no points.
type Why string

// The reasons. Unwritten is beside the four that marks give: passages are indexed and wait to be charted.
const (
	WhyNotRead   Why = "not_read"
	WhyNothing   Why = "nothing"
	WhyNotAsked  Why = "not_asked"
	WhyShut      Why = "shut" // nothing to show
	WhyUnwritten Why = "unwritten"
)

// A Place is a source and a theme.
type Place struct {
	Source consent.ID
	Theme  string
}

// A Cell is what one case says about one theme.
type Cell struct {
	Points []Point
	Why    Why // set when there are no points
	Open   int // indexed passages that may be counted
	Newer  int // of these, indexed since the newest point was written
}

// empty returns why a cell without points has none. open and shut are its indexed passages; marks has one
// for each source of the case.
func empty(caseOpen bool, open, shut int, marks []Mark) Why {
	switch {
	case !caseOpen:
		return WhyShut
	case open > 0:
		return WhyUnwritten
	case shut > 0:
		return WhyShut
	case len(marks) == 0 || slices.Contains(marks, NotRead):
		return WhyNotRead
	case slices.Contains(marks, Nothing):
		return WhyNothing
	}
	return WhyNotAsked
}

// A Column is a theme of the frame with what counts under it.
type Column struct {
	coding.Theme
	Under []string // the theme's own id first, and in the whole matrix its sub-themes'
}

// Tops returns the columns of the whole matrix: each top theme with all its sub-themes. Themes out of use
// stay while something is charted under them.
func Tops(f coding.Frame, charted map[string]bool) []Column {
	var columns []Column
	for _, t := range f.Themes {
		if t.Parent != "" {
			continue
		}
		c := Column{Theme: t, Under: []string{t.ID}}
		used := charted[t.ID]
		for _, sub := range f.Themes {
			if sub.Parent == t.ID {
				c.Under = append(c.Under, sub.ID)
				used = used || charted[sub.ID]
			}
		}
		if t.Retired.IsZero() || used {
			columns = append(columns, c)
		}
	}
	return columns
}

// Subs returns the columns of one theme's chart: the theme by itself, then each sub-theme. It returns
// nothing for what is not a top theme.
func Subs(f coding.Frame, id string, charted map[string]bool) []Column {
	top, ok := f.Theme(id)
	if !ok || top.Parent != "" {
		return nil
	}
	columns := []Column{{Theme: top, Under: []string{id}}}
	for _, t := range f.Themes {
		if t.Parent == id && (t.Retired.IsZero() || charted[t.ID]) {
			columns = append(columns, Column{Theme: t, Under: []string{t.ID}})
		}
	}
	return columns
}

// markOf returns the mark that holds for a source and a column: the column's own, else its parent's, else
// what all its sub-themes have in common.
func markOf(marks map[Place]Mark, source consent.ID, c Column) Mark {
	if m := marks[Place{source, c.ID}]; m != NotRead {
		return m
	}
	if m := marks[Place{source, c.Parent}]; c.Parent != "" && m != NotRead {
		return m
	}
	if len(c.Under) < 2 {
		return NotRead
	}
	held := NotAsked
	for _, sub := range c.Under[1:] {
		switch marks[Place{source, sub}] {
		case NotRead:
			return NotRead
		case Nothing:
			held = Nothing
		}
	}
	return held
}
