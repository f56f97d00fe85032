package disclosure

import (
	"math"
	"slices"
)

// Unbounded is the end of an interval that has none.
const Unbounded = math.MaxInt

// An Interval is between which numbers a reader knows a cell to lie.
type Interval struct {
	Place
	Lo, Hi int
}

// Passes reports whether it may stay like that (S5): it could be nobody, and it could be k people.
func (i Interval) Passes(k int) bool { return i.Lo == 0 && i.Hi >= k }

// Audit returns, for each cell of the table that S1 or S2 protects at k, between which numbers a reader
// knows it to lie when those places are withheld and all else, totals too, is shown. A protected cell that
// is not among them is known exactly. By row and column.
//
// The bounds are exact. A table with its totals is a circulation: its counts flow from rows to columns, and its
// totals flow back. How much further a count could go up or down is then a greatest flow through what is
// withheld, and whole (Gusfield, A graph theoretic approach to statistical data security, SIAM J. Comput.
// 17(3), 1988).
func Audit(t Table, k int, withheld []Place) []Interval {
	s := newSheet(t.lines(), t, k)
	list := s.protected()
	for p := range s.places {
		s.why[p.Row][p.Col] = Shown
	}
	s.withhold(withheld, Secondary)
	net := s.network()
	intervals := make([]Interval, len(list))
	for i, p := range list {
		intervals[i] = net.interval(s, p)
	}
	return intervals
}

// endless is more than any sum of counts.
const endless = 1 << 40

// A network holds how much could flow from each node to each other one. Nodes are rows, the row of totals,
// columns, the column of totals.
type network struct {
	nodes int
	room  []int // from, times nodes, and to
}

// network returns what a reader could change without contradicting anything that is shown.
func (s *sheet) network() network {
	nodes := len(s.rows) + len(s.cols) + 2
	net := network{nodes, make([]int, nodes*nodes)}
	for p := range s.places {
		if !s.shows(p) {
			from, to := s.ends(p)
			net.room[from*nodes+to] = endless
			net.room[to*nodes+from] = s.count[p.Row][p.Col]
		}
	}
	return net
}

// ends returns from which node to which one the count of a place flows: counts from row to column, totals
// back.
func (s *sheet) ends(p Place) (from, to int) {
	from, to = p.Row, len(s.rows)+1+p.Col
	if s.isTotal(p) && p != s.everybody() {
		return to, from
	}
	return from, to
}

// interval returns between which numbers a place lies.
func (n network) interval(s *sheet, p Place) Interval {
	count := s.count[p.Row][p.Col]
	if s.shows(p) {
		return Interval{p, count, count}
	}
	from, to := s.ends(p)
	less, more := n.without(from, to).flow(from, to, count), n.without(from, to).flow(to, from, endless)
	if more >= endless {
		return Interval{p, count - less, Unbounded}
	}
	return Interval{p, count - less, count + more}
}

// passes reports whether each of the places could be nobody, and could be k people.
func (s *sheet) passes(list []Place) bool {
	if slices.ContainsFunc(list, s.lonely) {
		return false
	}
	net := s.network()
	return !slices.ContainsFunc(list, func(p Place) bool { return !net.passes(s, p) })
}

// passes is Interval.Passes without working out more of the interval than that.
func (n network) passes(s *sheet, p Place) bool {
	count := s.count[p.Row][p.Col]
	from, to := s.ends(p)
	if n.without(from, to).flow(from, to, count) < count {
		return false
	}
	return count >= s.k || n.without(from, to).flow(to, from, s.k-count) == s.k-count
}

// lonely reports whether a place is the only one of its row or column that is withheld: then it is known, and
// no flow need be looked for. It saves most audits.
func (s *sheet) lonely(p Place) bool {
	inRow, inCol := 0, 0
	for _, why := range s.why[p.Row] {
		if why != Shown {
			inRow++
		}
	}
	for _, row := range s.why {
		if row[p.Col] != Shown {
			inCol++
		}
	}
	return inRow < 2 || inCol < 2
}

// without returns a copy in which nothing flows directly between two nodes.
func (n network) without(a, b int) network {
	n.room = slices.Clone(n.room)
	n.room[a*n.nodes+b], n.room[b*n.nodes+a] = 0, 0
	return n
}

// flow returns how much can flow from one node to another, at most limit, along shortest ways first (Edmonds
// and Karp 1972). It uses the network up.
func (n network) flow(from, to, limit int) int {
	sum, scratch := 0, make([]int, 2*n.nodes)
	for sum < limit {
		before := n.way(from, to, scratch)
		if before == nil {
			break
		}
		least := limit - sum
		for at := to; at != from; at = before[at] {
			least = min(least, n.room[before[at]*n.nodes+at])
		}
		for at := to; at != from; at = before[at] {
			n.room[before[at]*n.nodes+at] -= least
			n.room[at*n.nodes+before[at]] += least
		}
		sum += least
	}
	return sum
}

// way returns, for each node on a shortest way, the one before it; nil when there is no way.
func (n network) way(from, to int, scratch []int) []int {
	before, queue := scratch[:n.nodes], append(scratch[n.nodes:n.nodes], from)
	for i := range before {
		before[i] = -1
	}
	before[from] = from
	for ; len(queue) > 0; queue = queue[1:] {
		for next, room := range n.room[queue[0]*n.nodes : (queue[0]+1)*n.nodes] {
			if room > 0 && before[next] < 0 {
				if before[next] = queue[0]; next == to {
					return before
				}
				queue = append(queue, next)
			}
		}
	}
	return nil
}
