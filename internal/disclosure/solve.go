package disclosure

import (
	"slices"
)

// most is how many steps are tried before it is said that nobody knows. Three reports of a group of sixty
// take some hundred.
const most = 1 << 18

// A class is people who are in the same counts: nothing that is counted tells one from another, so what
// matters is how many of them are counted.
type class struct {
	people []string // in order
	in     []bool   // for each equation
}

// equations say how many of each class are counted, as far as that follows from counts.
type equations struct {
	classes     []class // by the first of their people
	least, most []int   // for each equation: what its sum is at least, and at most
	solutions   [][]int // those found so far: how many of each class
	steps       int     // tried so far
}

// solve groups the people of the counts.
func solve(counts []Count) *equations {
	in := map[string][]bool{}
	var ids []string
	e := &equations{}
	for i, c := range counts {
		e.least, e.most = append(e.least, c.Value), append(e.most, c.Value)
		for _, id := range c.Of {
			if in[id] == nil {
				in[id] = make([]bool, len(counts))
				ids = append(ids, id)
			}
			in[id][i] = true
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		at := slices.IndexFunc(e.classes, func(c class) bool { return slices.Equal(c.in, in[id]) })
		if at < 0 {
			at = len(e.classes)
			e.classes = append(e.classes, class{in: in[id]})
		}
		e.classes[at].people = append(e.classes[at].people, id)
	}
	return e
}

// findings returns what follows of people and of fewer than k people. It is Unsure alone when there was too
// much to try, and Wrong alone when there is no solution.
func (e *equations) findings(k int) []Finding {
	chosen := make([]bool, len(e.classes))
	if !e.possible(chosen, 0, 0) {
		return []Finding{{Trouble: e.unsureOr(Wrong)}}
	}
	known := e.known()
	found := slices.Concat(known.finding(Person), e.alike(known), e.sets(k, known))
	if e.unsureOr("") != "" {
		return []Finding{{Trouble: Unsure}}
	}
	return found
}

func (e *equations) unsureOr(otherwise Trouble) Trouble {
	if e.steps >= most {
		return Unsure
	}
	return otherwise
}

// people are ids, in order.
type people []string

func (p people) finding(t Trouble) []Finding {
	if len(p) == 0 {
		return nil
	}
	return []Finding{{Trouble: t, People: p}}
}

// known lists the people of whom the same is true in all solutions. In a class of several that is when none
// of them is counted, or all.
func (e *equations) known() people {
	var list people
	for i, c := range e.classes {
		size := len(c.people)
		if !e.possible(e.only(i), 1, size) || !e.possible(e.only(i), 0, size-1) {
			list = append(list, c.people...)
		}
	}
	slices.Sort(list)
	return list
}

// alike finds the classes of whom all are counted or none: each of them knows the others' answers.
func (e *equations) alike(known people) []Finding {
	var found []Finding
	for i, c := range e.classes {
		if size := len(c.people); size > 1 && !slices.Contains(known, c.people[0]) && !e.possible(e.only(i), 1, size-1) {
			found = append(found, people(c.people).finding(Alike)...)
		}
	}
	return found
}

// sets finds the smallest sets of fewer than k people of whom it is known how many are counted. Whoever no
// count tells apart is in a set together.
func (e *equations) sets(k int, known people) []Finding {
	var found []people
	for size := 1; size < k; size++ {
		for _, chosen := range e.unions(size, known) {
			set := e.people(chosen)
			if !slices.ContainsFunc(found, set.holds) && e.fixed(chosen) {
				found = append(found, set)
			}
		}
	}
	var all []Finding
	for _, set := range found {
		all = append(all, set.finding(Set)...)
	}
	return all
}

// holds reports whether all of other are in p.
func (p people) holds(other people) bool {
	return !slices.ContainsFunc(other, func(id string) bool { return !slices.Contains(p, id) })
}

// unions lists the choices of classes with so many people together, without those that are known.
func (e *equations) unions(size int, known people) [][]bool {
	var list [][]bool
	chosen := make([]bool, len(e.classes))
	var from func(i, left int)
	from = func(i, left int) {
		if e.steps++; e.steps >= most {
			return
		}
		if left == 0 {
			list = append(list, slices.Clone(chosen))
			return
		}
		for ; i < len(e.classes); i++ {
			if c := e.classes[i]; len(c.people) <= left && !slices.Contains(known, c.people[0]) {
				chosen[i] = true
				from(i+1, left-len(c.people))
				chosen[i] = false
			}
		}
	}
	from(0, size)
	return list
}

// people lists who is in the chosen classes.
func (e *equations) people(chosen []bool) people {
	var list people
	for i, c := range e.classes {
		if chosen[i] {
			list = append(list, c.people...)
		}
	}
	slices.Sort(list)
	return list
}

// only chooses one class.
func (e *equations) only(i int) []bool {
	chosen := make([]bool, len(e.classes))
	chosen[i] = true
	return chosen
}

// fixed reports whether the sum over the chosen classes is the same in all solutions.
func (e *equations) fixed(chosen []bool) bool {
	sum := total(e.solutions[0], chosen)
	return !e.possible(chosen, 0, sum-1) && !e.possible(chosen, sum+1, len(e.people(chosen)))
}

// total sums a solution over the chosen classes.
func total(solution []int, chosen []bool) int {
	sum := 0
	for i, n := range solution {
		if chosen[i] {
			sum += n
		}
	}
	return sum
}

// possible reports whether there is a solution in which the sum over the chosen classes is between two
// numbers. It looks at those found before first.
func (e *equations) possible(chosen []bool, least, greatest int) bool {
	if least > greatest {
		return false
	}
	for _, solution := range e.solutions {
		if sum := total(solution, chosen); least <= sum && sum <= greatest {
			return true
		}
	}
	low, high := make([]int, len(e.classes)), make([]int, len(e.classes))
	for i := range e.classes {
		high[i] = len(e.classes[i].people)
		e.classes[i].in = append(e.classes[i].in, chosen[i])
	}
	e.least, e.most = append(e.least, least), append(e.most, greatest)
	found := e.search(low, high)
	last := len(e.least) - 1
	for i := range e.classes {
		e.classes[i].in = e.classes[i].in[:last]
	}
	e.least, e.most = e.least[:last], e.most[:last]
	return found
}

// search looks for a solution within bounds and keeps it. It narrows what follows from each equation, then
// tries the first class that is open, in halves.
func (e *equations) search(low, high []int) bool {
	if e.steps++; e.steps >= most {
		return false
	}
	low, high = slices.Clone(low), slices.Clone(high)
	if !e.narrow(low, high) {
		return false
	}
	for i := range low {
		if low[i] == high[i] {
			continue
		}
		middle, top := (low[i]+high[i])/2, high[i]
		high[i] = middle
		if e.search(low, high) {
			return true
		}
		low[i], high[i] = middle+1, top
		return e.search(low, high)
	}
	e.solutions = append(e.solutions, low)
	return true
}

// narrow tightens the bounds by each equation until nothing changes, and returns false when one cannot hold.
func (e *equations) narrow(low, high []int) bool {
	for changed := true; changed; {
		changed = false
		for q := range e.least {
			tighter, holds := e.narrowBy(q, low, high)
			if !holds {
				return false
			}
			changed = changed || tighter
		}
	}
	return true
}

// narrowBy leaves each class what is left for it when all others of an equation take as little, or as much,
// as they can.
func (e *equations) narrowBy(q int, low, high []int) (tighter, holds bool) {
	sumLow, sumHigh := 0, 0
	for i, c := range e.classes {
		if c.in[q] {
			sumLow, sumHigh = sumLow+low[i], sumHigh+high[i]
		}
	}
	if sumLow > e.most[q] || sumHigh < e.least[q] {
		return false, false
	}
	for i, c := range e.classes {
		if !c.in[q] {
			continue
		}
		up, down := min(high[i], e.most[q]-(sumLow-low[i])), max(low[i], e.least[q]-(sumHigh-high[i]))
		if up < down {
			return false, false
		}
		tighter = tighter || up != high[i] || down != low[i]
		sumLow, sumHigh = sumLow+down-low[i], sumHigh+up-high[i]
		low[i], high[i] = down, up
	}
	return tighter, true
}
