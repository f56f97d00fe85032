// Package buddy is for two people who said that one is there for the other: goes along, rings beforehand, helps to
// put something in other words (R15).
//
// It is there only once both have said yes. Nobody but the two learns of it, or that anybody asked: there is no list
// of it and no count. Either ends it at once and without a reason. Whoever was told "not now" cannot ask the same
// person again for ninety days, unless that person turns to her.
package buddy

import (
	"strings"
	"time"
	"unicode/utf8"

	"footing/internal/fault"
	"footing/internal/person"
)

// Limit is how many characters somebody may say what for.
const Limit = 1000

// Rest is how long somebody who was told "not now" does not ask the same person again.
const Rest = 90 * 24 * time.Hour

// A Link is what there is between two people, of whom there is never more than one: a question, a yes of both, or
// what is left of either.
type Link struct {
	ID    string
	Two   [2]person.ID // in the order of their ids
	Asker person.ID    // who asked first
	Made  time.Time
	Yes   [2]bool
	Words [2]string // what each would like it for, if she said so
	Stood bool      // both had said yes, and an older copy was put back since
	Rests time.Time // "not now" was said, and the one who asked does not ask again before
	Told  bool      // she has seen that
	Ended person.ID // who ended it, until the other one has seen so

	key    string
	sealed [2][]byte
}

// Question returns a question of one to another. Her yes is in it.
func Question(id string, asker, other person.ID, now time.Time) Link {
	l := Link{ID: id, Two: [2]person.ID{min(asker, other), max(asker, other)}, Asker: asker, Made: now}
	l.Yes[l.place(asker)] = true
	return l
}

// Of reports whether somebody is one of the two.
func (l Link) Of(who person.ID) bool { return who != "" && (who == l.Two[0] || who == l.Two[1]) }

// With returns the other one of the two.
func (l Link) With(who person.ID) person.ID { return l.Two[1-l.place(who)] }

// place is where somebody's yes and words stand.
func (l Link) place(who person.ID) int {
	if who == l.Two[0] {
		return 0
	}
	return 1
}

// over reports whether it has ended or was answered with "not now".
func (l Link) over() bool { return l.Ended != "" || !l.Rests.IsZero() }

// Holds reports whether both have said yes and nobody has ended it.
func (l Link) Holds() bool { return !l.over() && l.Yes[0] && l.Yes[1] }

// Waits reports whether it waits for somebody's yes. What an older copy brings back waits for both, if it had held,
// and otherwise for her who asked: she may have taken it back.
func (l Link) Waits(who person.ID) bool {
	return !l.over() && !l.Yes[l.place(who)] && (l.Yes[1-l.place(who)] || l.Stood || who == l.Asker)
}

// Sees reports whether there is anything of it for one of the two.
func (l Link) Sees(who person.ID) bool {
	switch {
	case l.Ended != "":
		return l.Ended != who
	case !l.Rests.IsZero():
		return who == l.Asker && !l.Told
	}
	return l.Yes[l.place(who)] || l.Waits(who)
}

// Open reports whether its words may be read: not while it is unclear, after an older copy, whether it still stands.
func (l Link) Open() bool { return !l.over() && (l.Yes[0] || l.Yes[1]) && !l.Stood }

// Say returns it with somebody's yes.
func (l Link) Say(who person.ID) Link {
	if l.Waits(who) {
		l.Yes[l.place(who)] = true
		l.Stood = l.Stood && !l.Holds()
	}
	return l
}

// LetGo returns it as it is once somebody wants nothing to do with it any more, and reports whether nothing is left
// of it then: whoever asked takes it back without a trace; whoever is asked says "not now"; what held has ended; and
// what only tells her something is taken off her page.
func (l Link) LetGo(who person.ID, now time.Time) (Link, bool) {
	switch {
	case l.Ended != "":
		return l, true
	case !l.Rests.IsZero():
		l.Told = true
	case l.Holds() || l.Stood:
		l.Ended, l.Yes, l.Stood = who, [2]bool{}, false
	case who == l.Asker:
		return l, true
	default:
		l.Rests, l.Yes = now.Add(Rest), [2]bool{}
	}
	return l, false
}

// Ask returns what becomes of it when somebody asks the other, under a fresh id: a yes where the other has asked
// her, and a new question where nothing stands in its way.
func (l Link) Ask(id string, who person.ID, now time.Time) (Link, error) {
	switch {
	case l.Ended != "", !l.Rests.IsZero() && (who != l.Asker || !now.Before(l.Rests)):
		return Question(id, who, l.With(who), now), nil
	case !l.Rests.IsZero():
		return l, ErrRests
	case l.Waits(who):
		return l.Say(who), nil
	case !l.Sees(who): // only its asker could see it, after an older copy
		return Question(id, who, l.With(who), now), nil
	}
	return l, ErrThere
}

// clean returns what somebody typed, or what is wrong with it. Nothing is fine.
func clean(words string) (string, error) {
	words = strings.TrimSpace(words)
	if utf8.RuneCountInString(words) > Limit {
		return words, fault.New(fault.Invalid, "web.too_long").With("max", Limit)
	}
	return words, nil
}

// The faults of this room.
var (
	ErrWhom  = fault.New(fault.Invalid, "buddy.choose_whom")
	ErrDo    = fault.New(fault.Invalid, "buddy.choose_do")
	ErrRests = fault.New(fault.Invalid, "buddy.rests")
	ErrThere = fault.New(fault.Invalid, "buddy.there")
	ErrNone  = fault.New(fault.Invalid, "buddy.none_with")
	ErrNewer = fault.New(fault.Conflict, "web.newer")
)
