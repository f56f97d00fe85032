// Package checkin is for arriving at a meeting and going from it: a word to herself that nobody else reads,
// and, where she wants one, a call afterwards from somebody she names, in the way that is safe for her (R20,
// P23).
//
// Nothing ties it to a meeting, asks for a number or counts anything. Who skips it leaves no row. A call that
// was asked for is owed until the woman who asked says that it was made, or that she does not need it.
package checkin

import (
	"slices"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Note is a word to herself.
type Note struct {
	ID    string
	Made  time.Time
	Going bool // as she went; otherwise as she arrived
	Words string

	key    string
	sealed []byte
}

// A State is how far a call has come.
type State string

// The states. Held is after an older copy was put back, until she says that she still wants it. What is Said
// to be made waits for her word. Who Cannot call leaves her to name somebody else.
const (
	Owed   State = "owed"
	Said   State = "said"
	Cannot State = "cannot"
	Held   State = "held"
)

// A Call is one that a woman asked for.
type Call struct {
	ID     string
	Person person.ID // who wants to be called
	Whom   person.ID // who is to call
	Made   time.Time
	State  State
	How    string // by which number, and when it is safe

	key    string
	sealed []byte
}

// An Answer is what somebody says to a call.
type Answer string

// The answers. The first two are of whoever is to call, the others of the woman who asked.
const (
	Called  Answer = "called"
	NotMe   Answer = "not-me"
	Right   Answer = "right" // it was made
	NotYet  Answer = "not-yet"
	NotNow  Answer = "not-now" // she does not need it any more
	Wanting Answer = "wanting" // she still wants it, after a restore
)

// Answers lists what somebody can say to a call.
func (c Call) Answers(who person.ID) []Answer {
	switch {
	case who == c.Whom && c.State == Owed:
		return []Answer{Called, NotMe}
	case who != c.Person:
		return nil
	case c.State == Said:
		return []Answer{Right, NotYet}
	case c.State == Held:
		return []Answer{Wanting, NotNow}
	}
	return []Answer{NotNow}
}

// After returns the state of a call after an answer, and over once there is nothing left to follow.
func (c Call) After(who person.ID, says Answer) (next State, over bool, err error) {
	if !slices.Contains(c.Answers(who), says) {
		return c.State, false, ErrChoose
	}
	switch says {
	case Called:
		return Said, false, nil
	case NotMe:
		return Cannot, false, nil
	case NotYet, Wanting:
		return Owed, false, nil
	}
	return c.State, true, nil // made, or not needed
}

// The faults of this room.
var (
	ErrWords  = fault.New(fault.Invalid, "checkin.err_words")
	ErrWhom   = fault.New(fault.Invalid, "checkin.err_whom")
	ErrHow    = fault.New(fault.Invalid, "checkin.err_how")
	ErrChoose = fault.New(fault.Invalid, "checkin.err_choose")
	ErrNewer  = fault.New(fault.Conflict, "web.newer")
)
