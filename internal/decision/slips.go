package decision

import (
	"maps"

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
	Counter person.ID         // who counts them; empty until somebody does
	Given   int               // how many of the house answer on one
	Screens int               // how many of it are left who answer on a screen
	Totals  *agreement.Counts // what was entered; nil before, and once they are counted
	Agreed  bool              // whether her counter agrees to all that was entered
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

// Enter keeps what is in the slips of a house. Whatever was agreed to before is to be agreed to anew.
func (s Slips) Enter(m Method, h person.House, c agreement.Counts) (Slips, error) {
	n := 0
	for _, a := range slipWords {
		if v := wordOf(c, a); v < 0 || (v > 0 && a == No && m == NoObjection) {
			return s, ErrAnswer
		}
		n += wordOf(c, a)
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
	b.Totals = &c
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
	return map[Answer]int{Yes: c.Yes, No: c.No, Stop: c.Stop, NotReady: c.NotReady, Talk: c.Talk, Pass: c.Pass}[a]
}

// Unfolded returns the answers that are in so many slips, each as it would be on a screen.
func Unfolded(c agreement.Counts) []Said {
	var all []Said
	for _, a := range slipWords {
		for range wordOf(c, a) {
			all = append(all, Said{Word: a})
		}
	}
	return all
}
