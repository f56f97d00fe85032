package disclosure

import "slices"

// lines are counts whose rows and columns have several labels where neighbours were joined.
type lines struct {
	rows, cols [][]string
	cells      [][]int
}

func (t Table) lines() lines { return lines{alone(t.Rows), alone(t.Cols), t.Cells} }

func alone(labels []string) [][]string {
	list := make([][]string, len(labels))
	for i, label := range labels {
		list[i] = []string{label}
	}
	return list
}

// join returns the lines with the smallest that may be joined put to the smaller of its neighbours, and false
// when there is none. Two lines of each kind are left: with fewer, it would be the totals.
func (l lines) join(t Table) (lines, bool) {
	rows, cols := l.totals()
	row, col := smallest(rows, t.JoinRows && t.Behind == nil), smallest(cols, t.JoinCols && t.Behind == nil)
	switch {
	case row < 0 && col < 0:
		return l, false
	case col < 0 || row >= 0 && rows[row] <= cols[col]:
		return l.joinRows(row, neighbour(rows, row)), true
	}
	return l.turn().joinRows(col, neighbour(cols, col)).turn(), true
}

// totals returns how many people are in each row and in each column.
func (l lines) totals() (rows, cols []int) {
	rows, cols = make([]int, len(l.rows)), make([]int, len(l.cols))
	for i, row := range l.cells {
		for j, n := range row {
			rows[i] += n
			cols[j] += n
		}
	}
	return rows, cols
}

// smallest returns the first of the smallest, or -1 when none may be joined.
func smallest(totals []int, may bool) int {
	if !may || len(totals) < 3 {
		return -1
	}
	return slices.Index(totals, slices.Min(totals))
}

// neighbour returns the smaller of the two beside i; of equals, the one before.
func neighbour(totals []int, i int) int {
	if i == 0 || i+1 < len(totals) && totals[i+1] < totals[i-1] {
		return i + 1
	}
	return i - 1
}

// joinRows returns lines in which two neighbouring rows are one.
func (l lines) joinRows(a, b int) lines {
	a, b = min(a, b), max(a, b)
	sum := slices.Clone(l.cells[a])
	for j, n := range l.cells[b] {
		sum[j] += n
	}
	return lines{
		rows:  slices.Concat(l.rows[:a], [][]string{slices.Concat(l.rows[a], l.rows[b])}, l.rows[b+1:]),
		cols:  l.cols,
		cells: slices.Concat(l.cells[:a], [][]int{sum}, l.cells[b+1:]),
	}
}

// turn returns the lines with rows as columns.
func (l lines) turn() lines {
	cells := make([][]int, len(l.cols))
	for j := range cells {
		cells[j] = make([]int, len(l.rows))
		for i := range l.rows {
			cells[j][i] = l.cells[i][j]
		}
	}
	return lines{rows: l.cols, cols: l.rows, cells: cells}
}
