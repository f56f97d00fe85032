package decision

import (
	"maps"
	"slices"

	"footing/internal/agreement"
	"footing/internal/person"
)

// Slips is what folded slips say of each house, for those who answer without a screen. Two people, one of each
// house, count them: each enters what is in her own house's, and both agree to all that was entered. From then on
// they are ballots like any others. Its methods are the rule and return the next value.
//
// Who answers on a slip is settled before ballots open, so that handing one out tells nobody who has answered on a
// screen. Until all that is out is counted nothing comes out: a stop on a slip weighs what one on a screen does.
type Slips map[person.House]Box

// A Box is one house's slips.
type Box struct {
	Counter person.ID // who counts them; empty until somebody does
	Given   int       // how many of the house answer on one
	Screens int       // how many of it are left who answer on a screen
	Totals  *Totals   // what was entered; nil before, and once they are counted
	Agreed  bool      // whether her counter agrees to all that was entered
}

// Totals is what is on slips: how many say each word; where choices have marks, for each choice how many gave it 0, 1, 2
// and 3; and where they are put in order, how many put each before each other one. Which marks stood on the same slip is
// not counted: what wins is what is added up choice by choice, and who likes it is how many gave it a mark. Nor is which
// order anybody wrote.
type Totals struct {
	agreement.Counts
	Marks [][]int `json:",omitempty"`
	Pairs Pairs   `json:",omitzero"`
}

// check returns of how many slips totals are, or the fault of what cannot be on slips.
func (t Totals) check(m Method, choices int) (n int, err error) {
	for _, a := range slipWords {
		if v := wordOf(t.Counts, a); v < 0 || (v > 0 && !slices.Contains(m.Words(), a)) {
			return 0, ErrAnswer
		}
		n += wordOf(t.Counts, a)
	}
	if m == Ranked {
		err = t.Pairs.check(choices)
	} else if t.Pairs != (Pairs{}) {
		err = ErrAnswer
	}
	if n += t.Pairs.Orders; err != nil {
		return 0, err
	}
	if m != Score {
		choices = 0
	}
	if len(t.Marks) != choices {
		return 0, ErrAnswer
	}
	for c, marks := range t.Marks {
		if len(marks) != MaxMark+1 || slices.Min(marks) < 0 {
			return 0, ErrAnswer
		}
		if c > 0 && sum(marks) != sum(t.Marks[0]) {
			return 0, ErrSlipsUneven
		}
	}
	if choices > 0 {
		n += sum(t.Marks[0])
	}
	return n, nil
}

func sum(list []int) (n int) {
	for _, one := range list {
		n += one
	}
	return n
}

// Keep returns the houses whose slips stay once ballots open, if somebody of each house counts: those of which so many
// answer on one that nobody's is told by the numbers, and nobody, or as many, on a screen. Whoever counts knows what is
// on the slips, and so what comes out tells her about one or two on screens. Whoever else chose a slip answers on a
// screen after all.
func (s Slips) Keep() []person.House {
	var keep []person.House
	for _, h := range Houses() {
		if s[h].Counter == "" {
			return nil
		}
		if left := s[h].Screens; s[h].Given >= few && (left == 0 || left >= few) {
			keep = append(keep, h)
		}
	}
	return keep
}

// Given reports whether anybody answers on a slip.
func (s Slips) Given() bool { return s[person.Lived].Given+s[person.Others].Given > 0 }

// Counted reports whether both who count agreed.
func (s Slips) Counted() bool { return s[person.Lived].Agreed && s[person.Others].Agreed }

// Out reports whether slips are out that were not counted yet.
func (s Slips) Out() bool { return s.Given() && !s.Counted() }

// Named reports whether it is settled who counts for a house: once the talk is over, unless she has left.
func (s Slips) Named(h person.House, talking bool) bool { return !talking && s[h].Counter != "" }

// Name makes somebody of a house the one who counts its slips.
func (s Slips) Name(h person.House, who person.ID, talking bool) (Slips, error) {
	if s.Named(h, talking) || s.Counted() {
		return s, ErrSettled
	}
	next := s.disagreed()
	b := next[h]
	b.Counter = who
	next[h] = b
	return next, nil
}

// Enter keeps what is in the slips of a house, about so many choices. Whatever was agreed to before is to be agreed to
// anew.
func (s Slips) Enter(m Method, choices int, h person.House, t Totals) (Slips, error) {
	n, err := t.check(m, choices)
	if err != nil {
		return s, err
	}
	switch {
	case s.Counted() || s[h].Given == 0:
		return s, ErrSettled
	case n > s[h].Given:
		return s, ErrSlipsMany
	case n > 0 && n < few:
		return s, ErrSlipsFew
	}
	next := s.disagreed()
	b := next[h]
	b.Totals = &t
	next[h] = b
	return next, nil
}

// Agree keeps that whoever counts for a house agrees to all that was entered.
func (s Slips) Agree(h person.House) (Slips, error) {
	if s.Counted() || !s.Given() {
		return s, ErrSettled
	}
	for _, b := range s {
		if b.Given > 0 && b.Totals == nil {
			return s, ErrSlipsFirst
		}
	}
	next := maps.Clone(s)
	b := next[h]
	b.Agreed = true
	next[h] = b
	return next, nil
}

func (s Slips) disagreed() Slips {
	next := Slips{}
	for h, b := range s {
		b.Agreed = false
		next[h] = b
	}
	return next
}

// slipWords lists what can stand on a slip.
var slipWords = []Answer{Yes, No, Stop, NotReady, Talk, Pass}

// wordOf returns how many said a word.
func wordOf(c agreement.Counts, a Answer) int {
	switch a {
	case Yes:
		return c.Yes
	case No:
		return c.No
	case Stop:
		return c.Stop
	case NotReady:
		return c.NotReady
	case Talk:
		return c.Talk
	case Pass:
		return c.Pass
	}
	return 0
}

// Unfolded returns the answers that are in so many slips, each as it could be on a screen. Orders stay together: from
// what they add up to there is no way back to each.
func Unfolded(t Totals) []Said {
	var all []Said
	for _, a := range slipWords {
		for range wordOf(t.Counts, a) {
			all = append(all, Said{Word: a})
		}
	}
	if len(t.Marks) == 0 {
		return all
	}
	marked := make([]Said, sum(t.Marks[0]))
	for _, marks := range t.Marks {
		at := 0
		for mark, times := range marks {
			for range times {
				marked[at].Marks = append(marked[at].Marks, mark)
				at++
			}
		}
	}
	return append(all, marked...)
}
