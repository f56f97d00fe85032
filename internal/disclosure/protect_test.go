package disclosure_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/disclosure"
)

// of makes a table with labels a, b, c and x, y, z.
func of(cells ...[]int) disclosure.Table {
	t := disclosure.Table{Cells: cells}
	for i := range cells {
		t.Rows = append(t.Rows, string(rune('a'+i)))
	}
	for j := range cells[0] {
		t.Cols = append(t.Cols, string(rune('u'+j)))
	}
	return t
}

// show writes a plan as somebody sees it: a line for each row, totals last, "*" for what is withheld.
func show(p disclosure.Plan) string {
	var lines []string
	for _, row := range p.Cells {
		var cells []string
		for _, cell := range row {
			if cell.Why != disclosure.Shown {
				cells = append(cells, "*")
				continue
			}
			cells = append(cells, fmt.Sprint(cell.Count))
		}
		lines = append(lines, strings.Join(cells, " "))
	}
	return strings.Join(lines, " / ")
}

func TestProtect_Worked(t *testing.T) {
	sensitive := of([]int{6, 0}, []int{7, 8}, []int{5, 6})
	sensitive.Sensitive = true
	approved := sensitive
	approved.Approved = []string{"a"}
	ages := of([]int{1, 5, 0}, []int{4, 0, 0}, []int{0, 6, 7})
	ages.JoinRows = true
	for _, x := range []struct {
		name  string
		table disclosure.Table
		k     int
		want  string
	}{
		{"one small cell of four takes all four along", of([]int{5, 6}, []int{1, 7}), 3, "* * 11 / * * 8 / 6 13 19"},
		{"of nine it takes the rectangle that loses least, the first", of([]int{2, 8, 9}, []int{7, 6, 5}, []int{9, 9, 4}), 3,
			"* * 9 19 / * * 5 18 / 9 9 4 22 / 18 23 18 59"},
		{"of six women only the totals are shown", of([]int{1, 2}, []int{2, 1}), 3, "* * 3 / * * 3 / 3 3 6"},
		{"and to the public only that they are six", of([]int{1, 2}, []int{2, 1}), 5, "* * * / * * * / * * 6"},
		{"four people are not counted to the public", of([]int{1, 2}, []int{0, 1}), 5, "* * * / * * * / * * *"},
		{"nobody is nobody", of([]int{0, 0}, []int{0, 0}), 5, "0 0 0 / 0 0 0 / 0 0 0"},
		{"the same answer of all six says it of each", sensitive, 3, "* * 6 / 7 8 15 / * * 11 / 18 14 32"},
		{"unless they all agreed to that", approved, 3, "6 0 6 / 7 8 15 / 5 6 11 / 18 14 32"},
		{"whoever prepares it sees it", of([]int{5, 6}, []int{1, 7}), 1, "5 6 11 / 1 7 8 / 6 13 19"},
		{"neighbours that may be joined are, before totals go", ages, 3, "5 5 0 10 / 0 6 7 13 / 5 11 7 23"},
	} {
		t.Run(x.name, func(t *testing.T) {
			if got := show(disclosure.Protect(x.table, x.k)); got != x.want {
				t.Errorf("it shows\n%s, want\n%s", got, x.want)
			}
		})
	}
}

func TestProtect_JoinedLinesKeepAllTheirLabels(t *testing.T) {
	table := of([]int{1, 4, 0}, []int{5, 0, 6}, []int{0, 0, 7})
	table.JoinCols = true
	p := disclosure.Protect(table, 3)
	if diff := cmp.Diff([][]string{{"u", "v"}, {"w"}}, p.Cols); diff != "" {
		t.Errorf("the columns are not the joined ones (-want +got):\n%s", diff)
	}
	if want := "5 0 5 / 5 6 11 / 0 7 7 / 10 13 23"; show(p) != want {
		t.Errorf("it shows %s, want %s", show(p), want)
	}
}

func TestProtect_ReasonsAreForWhoeverPreparesIt(t *testing.T) {
	p := disclosure.Protect(of([]int{5, 6}, []int{1, 7}), 3)
	if p.Cells[1][0] != (disclosure.Cell{Why: disclosure.Small}) || p.Cells[0][0] != (disclosure.Cell{Why: disclosure.Secondary}) {
		t.Errorf("the reasons are %+v", p.Cells)
	}
	if p.Whole() {
		t.Error("rows may be put in the order of their size although numbers are withheld")
	}
}

func TestAudit_Worked(t *testing.T) {
	one := of([]int{5, 6}, []int{1, 7})
	for _, x := range []struct {
		name     string
		table    disclosure.Table
		withheld []disclosure.Place
		lo, hi   int
		passes   bool
	}{
		{"alone it can be worked out", one, []disclosure.Place{{Row: 1}}, 1, 1, false},
		{"with one more it still can", one, []disclosure.Place{{Row: 1}, {Row: 1, Col: 1}}, 1, 1, false},
		{"with all four it cannot", one, []disclosure.Place{{}, {Col: 1}, {Row: 1}, {Row: 1, Col: 1}}, 0, 6, true},
		{"nine cells", of([]int{2, 8, 9}, []int{7, 6, 5}, []int{9, 9, 4}), []disclosure.Place{{}, {Col: 1}, {Row: 1}, {Row: 1, Col: 1}}, 0, 9, true},
		{"six women", of([]int{1, 2}, []int{2, 1}), []disclosure.Place{{}, {Col: 1}, {Row: 1}, {Row: 1, Col: 1}}, 0, 3, true},
		{"with its totals it could be anything", of([]int{1}), []disclosure.Place{{}, {Col: 1}, {Row: 1}, {Row: 1, Col: 1}}, 0, disclosure.Unbounded, true},
	} {
		t.Run(x.name, func(t *testing.T) {
			got := disclosure.Audit(x.table, 3, x.withheld)
			if len(got) == 0 || got[0].Lo != x.lo || got[0].Hi != x.hi || got[0].Passes(3) != x.passes {
				t.Errorf("it lies within %+v, want %d to %d, and that passes: %v", got, x.lo, x.hi, x.passes)
			}
		})
	}
}

func TestShare_IsACountAndSoIsTheRest(t *testing.T) {
	for _, x := range []struct {
		part, whole int
		sensitive   bool
		want        disclosure.Why
	}{
		{2, 6, false, disclosure.Small}, // "33 % of the women"
		{4, 6, false, disclosure.Small}, // "67 %" is two who did not
		{3, 6, false, disclosure.Shown},
		{6, 6, false, disclosure.Shown},
		{6, 6, true, disclosure.Group},
		{0, 6, true, disclosure.Group},
		{2, 2, false, disclosure.Small}, // too few to say anything of
	} {
		if got := disclosure.Share(x.part, x.whole, 3, x.sensitive); got != x.want {
			t.Errorf("%d of %d (sensitive: %v) is %q, want %q", x.part, x.whole, x.sensitive, got, x.want)
		}
	}
}

func TestThreshold_IsOnlyEverRaised(t *testing.T) {
	for _, x := range []struct {
		to        disclosure.Audience
		set, want int
	}{
		{disclosure.Internal, 0, 1}, {disclosure.Participants, 0, 3}, {disclosure.Public, 0, 5},
		{disclosure.Public, 3, 5}, {disclosure.Public, 10, 10}, {disclosure.Participants, 1, 3}, {disclosure.Audience(9), 0, 5},
	} {
		if got := disclosure.Threshold(x.to, x.set); got != x.want {
			t.Errorf("for audience %d with %d set it is %d, want %d", x.to, x.set, got, x.want)
		}
	}
}

// drawn draws a table of at most three by three with few people in it.
func drawn(t *rapid.T) disclosure.Table {
	rows, cols := rapid.IntRange(1, 3).Draw(t, "rows"), rapid.IntRange(1, 3).Draw(t, "cols")
	cells := make([][]int, rows)
	for i := range cells {
		cells[i] = rapid.SliceOfN(rapid.IntRange(0, 3), cols, cols).Draw(t, "cells")
	}
	table := of(cells...)
	table.Sensitive = rapid.Bool().Draw(t, "sensitive")
	table.JoinRows, table.JoinCols = rapid.Bool().Draw(t, "join rows"), rapid.Bool().Draw(t, "join cols")
	if rapid.Bool().Draw(t, "approved") {
		table.Approved = []string{"a"}
	}
	return table
}

// behind calls do with every table of whole numbers, totals with it, that agrees with what a plan shows. It
// knows nothing of flows: it counts up, as far as most in a cell.
func behind(p disclosure.Plan, most int, do func([][]int)) {
	rows, cols := len(p.Rows), len(p.Cols)
	full := make([][]int, rows+1)
	for i := range full {
		full[i] = make([]int, cols+1)
	}
	agrees := func(i, j int) bool { return p.Cells[i][j].Why != disclosure.Shown || p.Cells[i][j].Count == full[i][j] }
	var fill func(i, j int)
	fill = func(i, j int) {
		switch {
		case i == rows:
			full[rows][cols] = 0
			for c := range cols {
				full[rows][c] = 0
				for r := range rows {
					full[rows][c] += full[r][c]
				}
				full[rows][cols] += full[rows][c]
				if !agrees(rows, c) {
					return
				}
			}
			if agrees(rows, cols) {
				do(full)
			}
		case j == cols:
			full[i][cols] = 0
			for c := range cols {
				full[i][cols] += full[i][c]
			}
			if agrees(i, cols) {
				fill(i+1, 0)
			}
		default:
			low, high := 0, min(most, room(p, full, i, j))
			if p.Cells[i][j].Why == disclosure.Shown {
				low, high = p.Cells[i][j].Count, min(high, p.Cells[i][j].Count)
			}
			for full[i][j] = low; full[i][j] <= high; full[i][j]++ {
				fill(i, j+1)
			}
		}
	}
	fill(0, 0)
}

// room returns how much a cell could hold beside those filled before it, by the totals that are shown.
func room(p disclosure.Plan, full [][]int, i, j int) int {
	rows, cols := len(p.Rows), len(p.Cols)
	inRow, inCol, all := 0, 0, 0
	for r := range i + 1 {
		for c := range cols {
			if r == i && c >= j {
				break
			}
			all += full[r][c]
			if r == i {
				inRow += full[r][c]
			}
			if c == j {
				inCol += full[r][c]
			}
		}
	}
	left := 1 << 20
	for _, x := range []struct {
		total disclosure.Cell
		used  int
	}{{p.Cells[i][cols], inRow}, {p.Cells[rows][j], inCol}, {p.Cells[rows][cols], all}} {
		if x.total.Why == disclosure.Shown {
			left = min(left, x.total.Count-x.used)
		}
	}
	return left
}

// joined returns the counts of a table in the lines of a plan, with totals.
func joined(t disclosure.Table, p disclosure.Plan) [][]int {
	full := make([][]int, len(p.Rows)+1)
	for i := range full {
		full[i] = make([]int, len(p.Cols)+1)
	}
	at := func(lines [][]string, label string) int {
		return slices.IndexFunc(lines, func(l []string) bool { return slices.Contains(l, label) })
	}
	for i, row := range t.Cells {
		for j, n := range row {
			r, c := at(p.Rows, t.Rows[i]), at(p.Cols, t.Cols[j])
			for _, place := range [][2]int{{r, c}, {r, len(p.Cols)}, {len(p.Rows), c}, {len(p.Rows), len(p.Cols)}} {
				full[place[0]][place[1]] += n
			}
		}
	}
	return full
}

// Nothing that is shown lets anybody work out a number that is to be hidden: by adding and taking away, each
// could be nobody and could be k people. All tables that agree with what is shown are gone through.
func TestProtect_NothingHiddenCanBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, k := drawn(t), rapid.IntRange(1, 5).Draw(t, "k")
		p := disclosure.Protect(table, k)
		truth := joined(table, p)
		withheld := p.Withheld()
		low, high := make([]int, len(withheld)), make([]int, len(withheld))
		for i := range low {
			low[i], high[i] = math.MaxInt, -1
		}
		everybody := truth[len(p.Rows)][len(p.Cols)]
		most := everybody
		if p.Cells[len(p.Rows)][len(p.Cols)].Why != disclosure.Shown {
			most = 2 // nothing is shown, so anything could be behind it
		}
		behind(p, most, func(full [][]int) {
			for i, at := range withheld {
				n := full[at.Row][at.Col]
				low[i], high[i] = min(low[i], n), max(high[i], n)
			}
		})
		for i, row := range p.Cells {
			for j, cell := range row {
				at, n := disclosure.Place{Row: i, Col: j}, truth[i][j]
				switch {
				case cell.Why == disclosure.Shown && cell.Count != n:
					t.Fatalf("%s shows %d at %v, where %d is", show(p), cell.Count, at, n)
				case cell.Why == disclosure.Shown && 0 < n && n < k:
					t.Fatalf("%s shows %d people at %v, fewer than %d", show(p), n, at, k)
				case cell.Why != disclosure.Shown && cell.Count != 0:
					t.Fatalf("a withheld number is in the plan at %v", at)
				case everybody < k:
				case cell.Why == disclosure.Small || cell.Why == disclosure.Group:
					if n := slices.Index(withheld, at); low[n] != 0 || high[n] < k {
						t.Fatalf("%v is between %d and %d in everything that %s could be, with k=%d", at, low[n], high[n], show(p), k)
					}
				}
			}
		}
		hidesGroups(t, table, p, truth)
	})
}

// hidesGroups fails where everybody in a line is seen to have the same sensitive answer.
func hidesGroups(t *rapid.T, table disclosure.Table, p disclosure.Plan, truth [][]int) {
	if !table.Sensitive || len(p.Cols) < 2 {
		return
	}
	for i, labels := range p.Rows {
		filled := 0
		for j := range p.Cols {
			if truth[i][j] > 0 {
				filled++
			}
		}
		if filled != 1 || !slices.ContainsFunc(labels, func(l string) bool { return !slices.Contains(table.Approved, l) }) {
			continue
		}
		for j := range p.Cols {
			if p.Cells[i][j].Why == disclosure.Shown {
				t.Fatalf("%s shows that all of %v have the same answer", show(p), labels)
			}
		}
	}
}

// The bounds of Audit are those that counting finds.
func TestAudit_IsWhatCountingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, k := drawn(t), rapid.IntRange(2, 4).Draw(t, "k")
		table.JoinRows, table.JoinCols = false, false
		p := disclosure.Protect(table, 1<<20) // withholds everything
		truth := joined(table, p)
		var withheld []disclosure.Place
		for i, row := range truth {
			for j, n := range row {
				corner := i == len(table.Rows) && j == len(table.Cols)
				if !corner && rapid.Bool().Draw(t, "withheld") {
					withheld = append(withheld, disclosure.Place{Row: i, Col: j})
				} else {
					p.Cells[i][j] = disclosure.Cell{Count: n}
				}
			}
		}
		low, high := map[disclosure.Place]int{}, map[disclosure.Place]int{}
		behind(p, truth[len(table.Rows)][len(table.Cols)], func(full [][]int) {
			for i, row := range full {
				for j, n := range row {
					at := disclosure.Place{Row: i, Col: j}
					if _, seen := low[at]; !seen {
						low[at], high[at] = n, n
					}
					low[at], high[at] = min(low[at], n), max(high[at], n)
				}
			}
		})
		for _, got := range disclosure.Audit(table, k, withheld) {
			if got.Lo != low[got.Place] || got.Hi != high[got.Place] {
				t.Fatalf("of %v without %v, audit says %v is %d to %d, counting %d to %d", table.Cells, withheld, got.Place,
					got.Lo, got.Hi, low[got.Place], high[got.Place])
			}
		}
	})
}
