package disclosure

import "slices"

// mostBehind is how many steps are taken on the way to the tables that could be behind a plan: some thousand of
// three by three.
const mostBehind = 10_000

// tells reports whether somebody who runs the rules himself, on every table that could be behind a plan, is left
// with one number for a place and that is small, or with tables in all of which everybody in a line has the
// same answer. Where there are too many of them, they are not gone through, and it is false.
//
// Of a table of things he does not know who did them, so any of these tables could be behind it, and more: what
// they leave open stays open. Where none of them is, nothing is left open that was looked at, and it is true.
//
// What it says depends on the plan alone and on nothing that is withheld: whoever is shown less because of it
// has told nothing by that.
func (p Plan) tells(t Table) bool {
	b := newBehind(p, t)
	b.fill(0, func() {})
	if b.tried > mostBehind {
		return false
	}
	b.tried = 0
	b.fill(0, b.compare)
	return b.tells()
}

// A behind goes through the tables that could be behind a plan.
type behind struct {
	plan     Plan
	table    Table
	row, col []int   // the line of the plan for each line of the table
	cells    []Place // of the table, in order
	sum      []sum   // what is shown of them
	of       [][]int // for each of cells, in which sums it is
	tried    int
	done     bool // what was found can tell nothing any more, whatever comes

	// Of those that would be planned the same way: how many there are, which numbers are at each place that is
	// withheld, and in how many the place has everybody in a line.
	same    int
	numbers map[Place][]int
	whole   map[Place]int
}

// A sum is a number that is shown: how much of it is left, for how many cells.
type sum struct{ left, cells int }

func newBehind(p Plan, t Table) *behind {
	b := &behind{plan: p, table: t, row: lineOf(p.Rows), col: lineOf(p.Cols), numbers: map[Place][]int{}, whole: map[Place]int{}}
	b.table.Cells, b.table.Behind = make([][]int, len(t.Rows)), nil
	for i := range t.Rows {
		b.table.Cells[i] = make([]int, len(t.Cols))
		for j := range t.Cols {
			b.cells = append(b.cells, Place{i, j})
		}
	}
	b.of = make([][]int, len(b.cells))
	for i, line := range p.Cells {
		for j, cell := range line {
			if cell.Why == Shown {
				b.add(Place{i, j}, cell.Count)
			}
		}
	}
	return b
}

// add notes what the cells of a place of the plan sum to.
func (b *behind) add(shown Place, count int) {
	s := sum{left: count}
	for at, p := range b.cells {
		if (shown.Row == len(b.plan.Rows) || b.row[p.Row] == shown.Row) && (shown.Col == len(b.plan.Cols) || b.col[p.Col] == shown.Col) {
			b.of[at] = append(b.of[at], len(b.sum))
			s.cells++
		}
	}
	b.sum = append(b.sum, s)
}

// lineOf returns the line of each label.
func lineOf(lines [][]string) []int {
	var list []int
	for i, labels := range lines {
		for range labels {
			list = append(list, i)
		}
	}
	return list
}

// fill tries all numbers for the cells from one on, and does something with each table.
func (b *behind) fill(at int, do func()) {
	if b.tried > mostBehind || b.done {
		return
	}
	b.tried++
	if at == len(b.cells) {
		do()
		return
	}
	p := b.cells[at]
	low, high := b.bounds(at)
	for n := low; n <= high; n++ {
		b.take(at, n, 1)
		b.table.Cells[p.Row][p.Col] = n
		b.fill(at+1, do)
		b.take(at, -n, -1)
	}
}

// bounds returns what is left for a cell by every sum it is in: all of it where it is the last one.
func (b *behind) bounds(at int) (low, high int) {
	high = endless
	for _, q := range b.of[at] {
		s := b.sum[q]
		high = min(high, s.left)
		if s.cells == 1 {
			low = max(low, s.left)
		}
	}
	return low, high
}

func (b *behind) take(at, n, cells int) {
	for _, q := range b.of[at] {
		b.sum[q].left -= n
		b.sum[q].cells -= cells
	}
}

// compare notes a table's numbers if it would be planned the same way.
func (b *behind) compare() {
	if len(newSheet(b.table.lines(), b.table, b.plan.K).protected()) == 0 || !b.plan.looksLike(byRules(b.table, b.plan.K)) {
		return // most often nothing would be withheld, which is quickly seen
	}
	b.note()
	b.done = !b.tells()
}

// tells says of what was found so far what Plan.tells says of all.
func (b *behind) tells() bool {
	for at, numbers := range b.numbers {
		if len(numbers) == 1 && small(numbers[0], b.plan.K) || b.whole[at] == b.same {
			return true
		}
	}
	return b.same == 0
}

// note keeps what the table at hand has where the plan shows nothing.
func (b *behind) note() {
	b.same++
	l := lines{rows: b.plan.Rows, cols: b.plan.Cols, cells: make([][]int, len(b.plan.Rows))}
	for i := range l.cells {
		l.cells[i] = make([]int, len(l.cols))
	}
	for _, p := range b.cells {
		l.cells[b.row[p.Row]][b.col[p.Col]] += b.table.Cells[p.Row][p.Col]
	}
	s := newSheet(l, b.table, b.plan.K)
	for _, at := range b.plan.Withheld() {
		n := s.count[at.Row][at.Col]
		if !slices.Contains(b.numbers[at], n) {
			b.numbers[at] = append(b.numbers[at], n)
		}
	}
	everybody := map[Place]bool{} // in a row, a column or both
	for _, line := range s.groups(b.table) {
		for _, at := range line {
			everybody[at] = s.count[at.Row][at.Col] > 0
		}
	}
	for at, is := range everybody {
		if is {
			b.whole[at]++
		}
	}
}

// looksLike reports whether two plans show the same, whatever the reasons.
func (p Plan) looksLike(q Plan) bool {
	sameLabels := func(a, b [][]string) bool { return slices.EqualFunc(a, b, slices.Equal) }
	sameCells := func(a, b []Cell) bool {
		return slices.EqualFunc(a, b, func(x, y Cell) bool { return x.Count == y.Count && (x.Why == Shown) == (y.Why == Shown) })
	}
	return sameLabels(p.Rows, q.Rows) && sameLabels(p.Cols, q.Cols) && slices.EqualFunc(p.Cells, q.Cells, sameCells)
}
