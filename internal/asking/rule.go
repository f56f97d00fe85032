package asking

import (
	"time"

	"footing/internal/person"
)

// A Rule is what a request needs before anybody is asked. It is the group's, kept as data, in versions.
type Rule struct {
	N      int64
	Days   int // how long it waits at least
	Fine   int // how many of the women must say "fine by me"
	Made   time.Time
	By     person.ID
	Second person.ID // another of the women who said yes to it
}

// First is the rule while the group has made none.
func First() Rule { return Rule{Days: 7, Fine: 2} }

// What a rule can be at all: never one woman alone, and never from one day to the next.
const (
	minDays, maxDays = 3, 60
	minFine, maxFine = 2, 9
)

// Check returns the fault of a rule that cannot be.
func (r Rule) Check() error {
	if r.Days < minDays || r.Days > maxDays || r.Fine < minFine || r.Fine > maxFine {
		return ErrRule
	}
	return nil
}

// Milder reports whether a request would pass more easily under r than under other.
func (r Rule) Milder(other Rule) bool { return r.Days < other.Days || r.Fine < other.Fine }

// InForce returns the rule that holds, of all that were written, oldest first, and the one that waits for
// a second woman's yes, if there is one. A stricter rule holds at once; a milder one needs two.
func InForce(all []Rule) (holds Rule, waits *Rule) {
	holds = First()
	for _, r := range all {
		waits = nil
		if r.Second == "" && r.Milder(holds) {
			waits = &r
			continue
		}
		holds = r
	}
	return holds, waits
}
