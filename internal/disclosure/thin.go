package disclosure

import (
	"math/rand/v2"
	"slices"
)

// A Chart is a framework matrix before it is put out: cases by themes, with what is said of each case.
type Chart struct {
	Kinds  []string   // of what is said: role, age band
	Cases  [][]string // for each case, one value for each kind; "" is not known
	Themes []string
	Filled [][]bool // for each case, whether there is something under each theme
}

// A Row is one case as it may be shown.
type Row struct {
	Case   int      // its place in the Chart; never shown
	Values []string // one for each of Kinds; "" where it is left out
}

// A Lone is a theme under which one case alone has something. Put it together with another theme, or leave
// it out: which cases are empty is information too.
type Lone struct{ Theme, Case int }

// A Thinned is what may be shown of a chart.
type Thinned struct {
	Kinds []string // those of which something is left
	Rows  []Row    // in an order that says nothing
	Lone  []Lone
}

// Thin leaves out what would make a case the only one of its sort: for each case whose values together no
// other case has, the value whose kind has most different ones goes first, of several the first kind. What is
// left out could be any value.
//
// A case that is alone with a gap in a column would be known by the gap: everybody knows who the only chair
// is. So a gap is given company, in a case whose value at least two others keep.
//
// Rows come in an order drawn from random, anew for each release: the order of interviews is known to those
// who were there.
func Thin(c Chart, random *rand.Rand) Thinned {
	values := make([][]string, len(c.Cases))
	for i, row := range c.Cases {
		values[i] = slices.Clone(row)
	}
	order := byVariety(c)
	for alone := lonely(values); alone >= 0; alone = lonely(values) {
		for _, kind := range order {
			if values[alone][kind] != "" {
				values[alone][kind] = ""
				break
			}
		}
	}
	for kind := range c.Kinds {
		accompany(values, kind)
	}
	return Thinned{}.with(c, values, random)
}

// with keeps the kinds of which something is left, and the rows in random order.
func (t Thinned) with(c Chart, values [][]string, random *rand.Rand) Thinned {
	var kept []int
	for kind, name := range c.Kinds {
		if slices.ContainsFunc(values, func(row []string) bool { return row[kind] != "" }) {
			kept, t.Kinds = append(kept, kind), append(t.Kinds, name)
		}
	}
	for _, i := range random.Perm(len(values)) {
		row := Row{Case: i}
		for _, kind := range kept {
			row.Values = append(row.Values, values[i][kind])
		}
		t.Rows = append(t.Rows, row)
	}
	for theme := range c.Themes {
		var cases []int
		for i, filled := range c.Filled {
			if filled[theme] {
				cases = append(cases, i)
			}
		}
		if len(cases) == 1 {
			t.Lone = append(t.Lone, Lone{theme, cases[0]})
		}
	}
	return t
}

// byVariety lists the kinds, those with most different values first.
func byVariety(c Chart) []int {
	variety, order := make([]int, len(c.Kinds)), make([]int, len(c.Kinds))
	for kind := range c.Kinds {
		different := map[string]bool{}
		for _, row := range c.Cases {
			different[row[kind]] = true
		}
		delete(different, "")
		variety[kind], order[kind] = len(different), kind
	}
	slices.SortStableFunc(order, func(a, b int) int { return variety[b] - variety[a] })
	return order
}

// lonely returns the first case that shows something which no other case could be, and -1 when there is none.
func lonely(values [][]string) int {
	return slices.IndexFunc(values, func(row []string) bool {
		if !slices.ContainsFunc(row, func(v string) bool { return v != "" }) {
			return false
		}
		others := 0
		for _, other := range values {
			if alike(row, other) {
				others++
			}
		}
		return others < 2 // itself
	})
}

// alike reports whether two rows could be the same, what is left out being any value.
func alike(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] && a[i] != "" && b[i] != "" {
			return false
		}
	}
	return true
}

// accompany leaves out one more value of a kind where one alone is left out: the first of the value that most
// cases have. Where nobody's value would leave two others with it, the column goes.
func accompany(values [][]string, kind int) {
	holders, gaps := map[string]int{}, 0
	for _, row := range values {
		holders[row[kind]]++
	}
	if gaps = holders[""]; gaps != 1 {
		return
	}
	delete(holders, "")
	most := -1
	for i, row := range values {
		if n := holders[row[kind]]; n > 2 && (most < 0 || n > holders[values[most][kind]]) {
			most = i
		}
	}
	if most >= 0 {
		values[most][kind] = ""
		return
	}
	for _, row := range values {
		row[kind] = ""
	}
}
