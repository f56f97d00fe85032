package disclosure_test

import (
	"testing"

	"footing/internal/disclosure"
)

// everyTable calls do with each table of so many rows and columns of at most so many people.
func everyTable(rows, cols, people int, do func(disclosure.Table)) {
	cells := make([][]int, rows)
	for i := range cells {
		cells[i] = make([]int, cols)
	}
	table := of(cells...)
	var fill func(at, left int)
	fill = func(at, left int) {
		if at == rows*cols {
			do(table)
			return
		}
		for n := range left + 1 {
			cells[at/cols][at%cols] = n
			fill(at+1, left-n)
		}
		cells[at/cols][at%cols] = 0
	}
	fill(0, people)
}

// A reader who runs the rules himself, on every table that could be behind what he sees, is not left with one
// small number, nor with tables that all say the same of everybody in a line. Without the last look of Protect
// he would be in one of fifty tables of two by two, and in one of five of two by three.
func TestProtect_ReaderWhoRunsTheRules(t *testing.T) {
	for _, x := range []struct {
		rows, cols, people, k int
		sensitive             bool
	}{{2, 2, 10, 3, false}, {2, 2, 10, 3, true}, {2, 2, 13, 5, false}, {2, 3, 7, 3, false}, {2, 3, 7, 3, true}} {
		type withheld struct {
			numbers map[int]bool
			whole   bool // in each of the tables, it is everybody in its row
		}
		all := map[string]map[disclosure.Place]*withheld{}
		everyTable(x.rows, x.cols, x.people, func(table disclosure.Table) {
			table.Sensitive = x.sensitive
			p := disclosure.Protect(table, x.k)
			key := show(p)
			if all[key] == nil {
				all[key] = map[disclosure.Place]*withheld{}
			}
			truth := joined(table, p)
			for _, at := range p.Withheld() {
				w := all[key][at]
				if w == nil {
					w = &withheld{map[int]bool{}, true}
					all[key][at] = w
				}
				n, row := truth[at.Row][at.Col], truth[at.Row][x.cols]
				w.numbers[n] = true
				w.whole = w.whole && at.Row < x.rows && at.Col < x.cols && n == row
			}
		})
		for shown, places := range all {
			for at, w := range places {
				for n := range w.numbers {
					if len(w.numbers) == 1 && 0 < n && n < x.k {
						t.Errorf("%+v: %q is shown of tables that all have %d at %v", x, shown, n, at)
					}
				}
				if x.sensitive && w.whole {
					t.Errorf("%+v: %q is shown of tables in all of which everybody in the row is at %v", x, shown, at)
				}
			}
		}
	}
}
