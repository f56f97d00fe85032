package disclosure

import "slices"

// A Table counts people by two things: who they are, in rows, and what they said or what happened to them,
// in columns. Everybody is in one cell. Or it counts things that people did, and says who did them.
type Table struct {
	Rows, Cols []string // labels; each once
	Cells      [][]int  // a row for each of Rows, of a count for each of Cols

	// Behind holds, for a table of things, the ids of those who did them, cell by cell, each id once. Then a
	// count of however many things is small as well when fewer than k people are behind it (S1): seven things
	// of one person's are hers. Nil where people are counted. Lines of such a table are not joined. Each group that
	// is a row must have more than k people, or of k things that k people did each would be known to have done one.
	Behind [][][]string

	// Sensitive says that a column is nobody's business: then S2 holds.
	Sensitive bool
	// Approved are labels of rows and columns that may say the same of everybody in them, because everybody
	// in them has agreed to that.
	Approved []string
	// JoinRows and JoinCols say that neighbours may be shown as one where otherwise too little could be shown:
	// age bands may, the women and everyone else never.
	JoinRows, JoinCols bool
}

// A Place is a cell: a row and a column. The row after the last and the column after the last hold totals.
type Place struct{ Row, Col int }

// A Cell is what is shown of a count: its number, or 0 and why it is withheld.
type Cell struct {
	Count int
	Why   Why
}

// A Plan is what may be shown of a table.
type Plan struct {
	K int
	// Rows and Cols hold the labels of each line: one, or several where neighbours are shown as one.
	Rows, Cols [][]string
	// Cells has one row and one column more than there are labels: the totals, and everybody in the corner.
	Cells [][]Cell
}

// Whole reports whether nothing is withheld. Only then may rows be put in the order of their size (S3).
func (p Plan) Whole() bool { return len(p.Withheld()) == 0 }

// Withheld returns the places that are not shown, by row and column.
func (p Plan) Withheld() []Place {
	var list []Place
	for i, row := range p.Cells {
		for j, cell := range row {
			if cell.Why != Shown {
				list = append(list, Place{i, j})
			}
		}
	}
	return list
}

// sheet is a table with its totals and with what is withheld of it so far.
type sheet struct {
	k          int
	rows, cols [][]string
	count      [][]int
	why        [][]Why
}

// newSheet adds the totals and withholds what S1 and S2 ask for. The lines are those of t, or joined ones.
func newSheet(l lines, t Table, k int) *sheet {
	s := &sheet{k: k, rows: l.rows, cols: l.cols}
	s.add(l.cells)
	s.primary(t)
	return s
}

// add takes over the counts and works out their totals.
func (s *sheet) add(cells [][]int) {
	r, c := len(s.rows), len(s.cols)
	s.count, s.why = make([][]int, r+1), make([][]Why, r+1)
	for i := range s.count {
		s.count[i], s.why[i] = make([]int, c+1), make([]Why, c+1)
	}
	for i, row := range cells {
		for j, n := range row {
			for _, at := range []Place{{i, j}, {i, c}, {r, j}, {r, c}} {
				s.count[at.Row][at.Col] += n
			}
		}
	}
}

// primary withholds counts of few people and lines in which everybody has the same answer.
func (s *sheet) primary(t Table) {
	for p := range s.places {
		if small(s.count[p.Row][p.Col], s.k) {
			s.why[p.Row][p.Col] = Small
		}
	}
	if t.Behind != nil {
		s.behind(t)
	}
	for _, line := range s.groups(t) {
		s.withhold(line, Group)
	}
}

// behind withholds counts of things that fewer than k people did.
func (s *sheet) behind(t Table) {
	for p := range s.places {
		did := map[string]bool{}
		for i := range s.rows {
			for j := range s.cols {
				if (p.Row == i || p.Row == len(s.rows)) && (p.Col == j || p.Col == len(s.cols)) {
					for _, id := range t.Behind[i][j] {
						did[id] = true
					}
				}
			}
		}
		if small(len(did), s.k) {
			s.withhold([]Place{p}, Small)
		}
	}
}

// groups lists the lines of which S2 says that they must not be shown.
func (s *sheet) groups(t Table) [][]Place {
	if !t.Sensitive {
		return nil
	}
	var list [][]Place
	for i := range s.rows {
		if len(s.cols) > 1 && s.same(s.row(i)) && !approved(t, s.rows[i]) {
			list = append(list, s.row(i))
		}
	}
	for j := range s.cols {
		if len(s.rows) > 1 && s.same(s.col(j)) && !approved(t, s.cols[j]) {
			list = append(list, s.col(j))
		}
	}
	return list
}

// approved reports whether each part of a line may say the same of everybody in it.
func approved(t Table, labels []string) bool {
	return !slices.ContainsFunc(labels, func(label string) bool { return !slices.Contains(t.Approved, label) })
}

// same reports whether everybody in a line is in one of its cells.
func (s *sheet) same(line []Place) bool {
	filled := 0
	for _, p := range line {
		if s.count[p.Row][p.Col] > 0 {
			filled++
		}
	}
	return filled == 1
}

// withhold withholds those of the places that are shown.
func (s *sheet) withhold(list []Place, why Why) {
	for _, p := range list {
		if s.why[p.Row][p.Col] == Shown {
			s.why[p.Row][p.Col] = why
		}
	}
}

// row and col return the places of a line without its total.
func (s *sheet) row(i int) []Place {
	list := make([]Place, len(s.cols))
	for j := range list {
		list[j] = Place{i, j}
	}
	return list
}

func (s *sheet) col(j int) []Place {
	list := make([]Place, len(s.rows))
	for i := range list {
		list[i] = Place{i, j}
	}
	return list
}

// places goes through all places with the totals, by row and column.
func (s *sheet) places(yield func(Place) bool) {
	for i, row := range s.count {
		for j := range row {
			if !yield(Place{i, j}) {
				return
			}
		}
	}
}

// protected lists the places whose numbers must not be worked out.
func (s *sheet) protected() []Place {
	var list []Place
	for p := range s.places {
		if why := s.why[p.Row][p.Col]; why == Small || why == Group {
			list = append(list, p)
		}
	}
	return list
}

// isTotal reports whether a place holds a total.
func (s *sheet) isTotal(p Place) bool { return p.Row == len(s.rows) || p.Col == len(s.cols) }

// everybody is the place of the total of totals.
func (s *sheet) everybody() Place { return Place{len(s.rows), len(s.cols)} }

// plan returns what is shown now, without the numbers that are not.
func (s *sheet) plan() Plan {
	p := Plan{K: s.k, Rows: s.rows, Cols: s.cols, Cells: make([][]Cell, len(s.count))}
	for i, row := range s.count {
		p.Cells[i] = make([]Cell, len(row))
		for j, n := range row {
			if why := s.why[i][j]; why != Shown {
				p.Cells[i][j] = Cell{Why: why}
				continue
			}
			p.Cells[i][j] = Cell{Count: n}
		}
	}
	return p
}
