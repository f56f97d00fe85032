package decision

import "footing/internal/agreement"

// Pairs is all that orders of choices are counted by: how many put each choice before each other one. "None of these"
// stands behind the choices, as it does in an answer. What wins, and who would have it, follows from it; which order
// somebody wrote does not. Its zero value is that of nobody.
type Pairs struct {
	Orders int                                 // how many put choices in order
	Before [MaxChoices + 1][MaxChoices + 1]int // how many of them put the one before the other
}

// Plus returns what so many orders that say the same add to others. An answer in a word is none.
func (p Pairs) Plus(s Said, times int) Pairs {
	p.add(s, times)
	return p
}

func (p *Pairs) add(s Said, times int) {
	if s.Word != "" {
		return
	}
	p.Orders += times
	for a, place := range s.Marks {
		for b, other := range s.Marks {
			if before(place, other) {
				p.Before[a][b] += times
			}
		}
	}
}

// join adds other people's.
func (p *Pairs) join(more Pairs) {
	p.Orders += more.Orders
	for a := range p.Before {
		for b := range p.Before[a] {
			p.Before[a][b] += more.Before[a][b]
		}
	}
}

// check returns the fault of what nobody's orders of so many choices add up to.
func (p Pairs) check(choices int) error {
	for a := range p.Before {
		for b, n := range p.Before[a] {
			if n < 0 || n > p.Orders-p.Before[b][a] || (n > 0 && (a == b || a > choices || b > choices)) {
				return ErrAnswer
			}
		}
	}
	if p.Orders < 0 {
		return ErrAnswer
	}
	return nil
}

// best returns the choice that more people put before each other one, "none of these" among them, than the other way
// round. Often there is none (Condorcet 1785), and then nothing has won.
func (p *Pairs) best(choices int) (int, bool) {
	for c := range choices {
		if p.beatsAll(c, choices) {
			return c, true
		}
	}
	return 0, false
}

func (p *Pairs) beatsAll(c, choices int) bool {
	for other := range choices + 1 { // the last is "none of these"
		if other != c && p.Before[c][other] <= p.Before[other][c] {
			return false
		}
	}
	return true
}

// before reports whether one place comes before another; 0 is behind all others.
func before(place, other int) bool { return place != 0 && (other == 0 || place < other) }

// countOrders counts the orders of one house, those on folded slips among them. Whoever put what won before "none of
// these" says yes to it.
func countOrders(choices, of int, answers []Said, folded []Pairs) Tally {
	t := Tally{Counts: agreement.Counts{Of: of}, Choice: NoChoice}
	var all Pairs
	for _, p := range folded {
		all.join(p)
	}
	for _, s := range answers {
		add(&t.Counts, s.Word)
		all.add(s, 1)
	}
	if won, ok := all.best(choices); ok {
		t.Choice, t.Counts.Yes = won, all.Before[won][choices]
	}
	t.Counts.No = all.Orders - t.Counts.Yes
	return t
}
