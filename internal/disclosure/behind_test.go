package disclosure_test

import (
	"fmt"
	"slices"
	"testing"

	"footing/internal/disclosure"
)

// things makes a table of what each person did: for each row, for each of its people, how often of each column.
func things(did [][][]int) disclosure.Table {
	cells := make([][]int, len(did))
	behind := make([][][]string, len(did))
	for i, people := range did {
		cells[i], behind[i] = make([]int, len(people[0])), make([][]string, len(people[0]))
		for who, times := range people {
			for j, n := range times {
				cells[i][j] += n
				if n > 0 {
					behind[i][j] = append(behind[i][j], fmt.Sprint(i, who))
				}
			}
		}
	}
	t := of(cells...)
	t.Behind = behind
	return t
}

func TestProtect_ThingsOfFewPeopleAreTheirs(t *testing.T) {
	for _, x := range []struct {
		name string
		did  [][][]int
		want string
	}{
		{"three of each did them", [][][]int{{{3}, {1}, {1}}, {{2}, {2}, {1}}}, "5 5 / 5 5 / 10 10"},
		{"seven things of one person", [][][]int{{{7}, {0}, {0}}, {{2}, {2}, {1}}}, "* * / * * / 12 12"},
		{"nobody of a group did any", [][][]int{{{0}, {0}, {0}}, {{2}, {2}, {1}}}, "0 0 / 5 5 / 5 5"},
		{"two people did all there is", [][][]int{{{7}}, {{9}}}, "* * / * * / * *"},
	} {
		if got := show(disclosure.Protect(things(x.did), 3)); got != x.want {
			t.Errorf("%s: %q is shown, want %q", x.name, got, x.want)
		}
	}
}

// Of all there could be behind what is shown, whoever runs the rules himself is left with no single number where
// fewer than k people are behind it, and knows of nobody how often she did something, unless it is never. (Of three
// people, three things would be one each: so a group must have one more than k.)
func TestProtect_ReaderWhoCountsThings(t *testing.T) {
	for _, x := range []struct{ k, people, cols, things int }{{3, 4, 1, 8}, {3, 4, 2, 6}} {
		left := map[string]*reading{}
		everyDid(x.people, x.cols, x.things, func(did [][][]int) {
			table := things(did)
			p := disclosure.Protect(table, x.k)
			key := show(p)
			if left[key] == nil {
				left[key] = &reading{map[disclosure.Place]map[int]bool{}, map[disclosure.Place]bool{}, map[string]map[int]bool{}}
			}
			left[key].add(table, p, x.k, did)
		})
		for shown, r := range left {
			for at, could := range r.numbers {
				if r.few[at] && len(could) == 1 {
					t.Errorf("%+v: of %q one number is left at %v, of too few people", x, shown, at)
				}
			}
			for who, could := range r.hers {
				if len(could) == 1 && !could[0] {
					t.Errorf("%+v: of %q it is known how often it was done by %s", x, shown, who)
				}
			}
		}
	}
}

// A reading is what is left to somebody who reads one thing that is shown: which numbers could be where nothing is
// shown, in which of these places they could be of too few people, and how often each could have done what.
type reading struct {
	numbers map[disclosure.Place]map[int]bool
	few     map[disclosure.Place]bool
	hers    map[string]map[int]bool
}

func (r *reading) add(table disclosure.Table, p disclosure.Plan, k int, did [][][]int) {
	truth := joined(table, p)
	for _, at := range p.Withheld() {
		if r.numbers[at] == nil {
			r.numbers[at] = map[int]bool{}
		}
		r.numbers[at][truth[at.Row][at.Col]] = true
		if at.Row < len(table.Rows) && at.Col < len(table.Cols) {
			n := len(table.Behind[at.Row][at.Col])
			r.few[at] = r.few[at] || 0 < n && n < k
		}
	}
	for i, people := range did {
		for _, times := range people { // in any order, so each of them can have done what one did
			for j, n := range times {
				id := fmt.Sprintf("each of row %d, column %d", i, j)
				if r.hers[id] == nil {
					r.hers[id] = map[int]bool{}
				}
				r.hers[id][n] = true
			}
		}
	}
}

// everyDid calls do with all that so many people in each of two rows can have done, of at most so many things. Which
// of them did what makes no other table, so whoever did more of the first comes first.
func everyDid(people, cols, things int, do func([][][]int)) {
	did := make([][][]int, 2)
	for i := range did {
		did[i] = make([][]int, people)
		for who := range did[i] {
			did[i][who] = make([]int, cols)
		}
	}
	var fill func(at, left int)
	fill = func(at, left int) {
		if at == 2*people*cols {
			do(did)
			return
		}
		row, who := did[at/(people*cols)], at/cols%people
		cell := &row[who][at%cols]
		for n := range left + 1 {
			*cell = n
			if at%cols < cols-1 || who == 0 || slices.Compare(row[who-1], row[who]) >= 0 {
				fill(at+1, left-n)
			}
		}
		*cell = 0
	}
	fill(0, things)
}
