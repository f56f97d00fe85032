package matrix

import (
	"cmp"
	"slices"

	"footing/internal/consent"
	"footing/internal/source"
)

// Few is the number of people below which a row of counts is not split by house (R51, R75): a row of one
// or two would be a list of what somebody gave.
const Few = 3

// A CoverRow is one row of the coverage table: a kind of source, and a house where the numbers allow it.
type CoverRow struct {
	Kind  consent.Kind
	Side  Side           // empty for all of the kind together
	Count map[string]int // passages by top theme
}

// A Found is an indexed passage that may be counted.
type Found struct {
	Top  string // the top theme it is indexed under
	Case int    // index into the cases
}

// Cover counts passages, never people, by kind of source and house. A kind is split by house only when
// every house in it has at least Few people in it; otherwise one row stands for all.
func Cover(cases []Case, found []Found) []CoverRow {
	people := map[consent.Kind]map[Side]map[string]bool{}
	for _, c := range cases {
		if people[c.Of] == nil {
			people[c.Of] = map[Side]map[string]bool{}
		}
		if people[c.Of][c.Side] == nil {
			people[c.Of][c.Side] = map[string]bool{}
		}
		for who := range c.people {
			people[c.Of][c.Side][who] = true
		}
	}
	var rows []CoverRow
	for _, kind := range source.Kinds() {
		rows = append(rows, kindRows(kind, people[kind])...)
	}
	for _, f := range found {
		c := cases[f.Case]
		for _, r := range rows {
			if r.Kind == c.Of && (r.Side == "" || r.Side == c.Side) {
				r.Count[f.Top]++
			}
		}
	}
	return rows
}

// kindRows returns the rows of one kind of source, none when there are no sources of it.
func kindRows(kind consent.Kind, sides map[Side]map[string]bool) []CoverRow {
	if len(sides) == 0 {
		return nil
	}
	var split []CoverRow
	for side, who := range sides {
		if len(who) < Few {
			return []CoverRow{{Kind: kind, Count: map[string]int{}}}
		}
		split = append(split, CoverRow{Kind: kind, Side: side, Count: map[string]int{}})
	}
	slices.SortFunc(split, func(a, b CoverRow) int { return cmp.Compare(sideOrder[a.Side], sideOrder[b.Side]) })
	return split
}

var sideOrder = map[Side]int{Lived: 0, Others: 1, Both: 2}
