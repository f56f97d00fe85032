package disclosure

import (
	"cmp"
	"slices"
)

// mostExact is up to how many cells that are not empty every choice is tried.
const mostExact = 16

// Protect returns what may be shown of a table to an audience whose threshold is k. It is the same for the
// same table, and passes Audit.
//
// It withholds as few cells as it can, then as few people, then the first by row and column. Where too
// little would be left, neighbours are joined that may be; then totals are withheld as well; then all but how
// many people there are, and where they are fewer than k, that too.
//
// Last it looks at what somebody learns who runs the same rules himself. Of fewer than 2k people, of whom anything
// has to be withheld, and where a plan would tell him a number, only how many people there are is shown.
func Protect(t Table, k int) Plan {
	p, s := byRules(t, k), newSheet(t.lines(), t, k)
	if all := s.everybody(); p.Whole() || !s.shows(all) || s.count[all.Row][all.Col] >= 2*k && !p.tells(t) {
		return p
	}
	return s.onlyEverybody().plan()
}

// byRules returns what S1 to S5 let be shown.
func byRules(t Table, k int) Plan {
	s := newSheet(t.lines(), t, k)
	if !s.shows(s.everybody()) {
		return s.nothing().plan()
	}
	for l, more := t.lines(), true; more; l, more = l.join(t) {
		if joined := newSheet(l, t, k); joined.complete(false) {
			return joined.plan()
		}
	}
	if s.complete(true) {
		return s.plan()
	}
	return s.onlyEverybody().plan()
}

// shows reports whether a place is not withheld.
func (s *sheet) shows(p Place) bool { return s.why[p.Row][p.Col] == Shown }

// nothing withholds everything.
func (s *sheet) nothing() *sheet {
	for p := range s.places {
		s.withhold([]Place{p}, Secondary)
	}
	return s
}

// onlyEverybody withholds everything but how many people there are.
func (s *sheet) onlyEverybody() *sheet {
	s.nothing()
	at := s.everybody()
	s.why[at.Row][at.Col] = Shown
	return s
}

// complete withholds further cells until the audit passes, or returns false and leaves the sheet as it was.
// Totals are withheld only when totals says so, or when one of them is small itself.
func (s *sheet) complete(totals bool) bool {
	protected := s.protected()
	totals = totals || slices.ContainsFunc(protected, s.isTotal)
	free := s.free(totals)
	s.withhold(free, Secondary)
	possible := s.passes(protected)
	s.show(free)
	switch filled := len(free) + len(protected); {
	case !possible: // more cannot be withheld, and less shows more
		return false
	case filled <= mostExact:
		s.withhold(s.exact(protected, free), Secondary)
	default:
		s.greedy(protected, free)
	}
	return true
}

// free lists the places that may be withheld to protect others: shown, and not empty.
func (s *sheet) free(totals bool) []Place {
	var list []Place
	for p := range s.places {
		if s.why[p.Row][p.Col] == Shown && s.count[p.Row][p.Col] > 0 && p != s.everybody() && (totals || !s.isTotal(p)) {
			list = append(list, p)
		}
	}
	return list
}

// show undoes withhold.
func (s *sheet) show(list []Place) {
	for _, p := range list {
		s.why[p.Row][p.Col] = Shown
	}
}

// lost is how many people the places count.
func (s *sheet) lost(list []Place) int {
	sum := 0
	for _, p := range list {
		sum += s.count[p.Row][p.Col]
	}
	return sum
}

// exact returns the smallest choice of free places that passes the audit; of several, the one that loses
// least; of several, the first. There is one.
func (s *sheet) exact(protected, free []Place) []Place {
	for size := range len(free) + 1 {
		var best []Place
		found := false
		for some := range choices(free, size) {
			if found && s.lost(some) >= s.lost(best) {
				continue
			}
			s.withhold(some, Secondary)
			if s.passes(protected) {
				best, found = slices.Clone(some), true
			}
			s.show(some)
		}
		if found {
			return best
		}
	}
	return free
}

// choices goes through all choices of so many from the list, in the list's order. The choice it yields is
// overwritten by the next.
func choices(list []Place, size int) func(func([]Place) bool) {
	return func(yield func([]Place) bool) {
		chosen := make([]Place, 0, size)
		var from func(i int) bool
		from = func(i int) bool {
			if len(chosen) == size {
				return yield(chosen)
			}
			for ; i <= len(list)-(size-len(chosen)); i++ {
				chosen = append(chosen, list[i])
				if !from(i + 1) {
					return false
				}
				chosen = chosen[:len(chosen)-1]
			}
			return true
		}
		from(0)
	}
}

// greedy closes, for each protected place in turn, the cheapest rectangle through it until it passes, and
// then shows again what was not needed.
func (s *sheet) greedy(protected, free []Place) {
	for _, p := range protected {
		for !s.passes([]Place{p}) {
			cheapest := s.rectangle(p, free)
			if cheapest == nil {
				cheapest = free // passes, or complete would not have come here
			}
			s.withhold(cheapest, Secondary)
		}
	}
	dearest := slices.Clone(free)
	slices.SortStableFunc(dearest, func(a, b Place) int { return cmp.Compare(s.count[b.Row][b.Col], s.count[a.Row][a.Col]) })
	for _, p := range dearest {
		if s.why[p.Row][p.Col] != Secondary {
			continue
		}
		s.show([]Place{p})
		if !s.passes(protected) {
			s.withhold([]Place{p}, Secondary)
		}
	}
}

// rectangle returns the other corners of the rectangle through p that loses least more, of several the
// first; nil when all of them are withheld already.
func (s *sheet) rectangle(p Place, free []Place) []Place {
	var best []Place
	least := 0
	for q := range s.places {
		if q.Row == p.Row || q.Col == p.Col {
			continue
		}
		corners := []Place{{p.Row, q.Col}, {q.Row, p.Col}, q}
		shown := slices.DeleteFunc(slices.Clone(corners), func(c Place) bool { return s.why[c.Row][c.Col] != Shown })
		if len(shown) == 0 || slices.ContainsFunc(shown, func(c Place) bool { return !slices.Contains(free, c) }) {
			continue
		}
		if lost := s.lost(shown); best == nil || lost < least {
			best, least = shown, lost
		}
	}
	return best
}
