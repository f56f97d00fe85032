// Package interview keeps what comes before an interview: who would like to talk with whom, for which study, and what
// people here cannot keep private, shown beforehand. It begins with nothing less than what counts that day, and which
// version that was goes with the record it becomes (R55).
//
// Sources ask this room, each time through an interface of their own that app fills: which interview a record was that is
// brought in ([Room.Became]), who of those who speak in one is known to have been told before it can be offered
// ([Room.Told]) and how ([Room.HowTold]), and, beside the terms of somebody, which version it was ([Room.Beside]). Whose
// part of a record a keeper may write it down for is theirs to say ([Records]).
//
// Members' screens call an interview a talk.
package interview

import (
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
)

// An Interview is a talk for a study that somebody prepares. Before it begins, whoever is asked is shown what people
// here cannot keep private, and which version she was shown is kept with it, on a screen or otherwise (R55).
type Interview struct {
	ID      string
	Study   string
	Asker   person.ID
	Person  person.ID // who is asked; empty outside the circle
	Made    time.Time
	Sheet   string    // version of the information sheet
	Version int64     // of the agreement, with the limits that she was shown
	Shown   time.Time // zero while she was not
	Way     string    // one of ToldWays
	Told    person.ID // who says so: she herself, or whoever took it down
	Begun   time.Time
	Source  consent.ID // what it became, and her part in it
	Speaker consent.ID
}

// toldOnScreen is that she read it on a screen.
const toldOnScreen = "screen"

// ToldWays lists how somebody can be shown the limits.
func ToldWays() []string { return []string{toldOnScreen, person.Paper, person.Spoken} }

// Show returns it with that she was shown a version, how, and who says so.
func (i Interview) Show(version int64, way string, by person.ID, now time.Time) (Interview, error) {
	if !slices.Contains(ToldWays(), way) {
		return i, errToldHow
	}
	i.Version, i.Way, i.Told, i.Shown = version, way, by, now
	return i, nil
}

// Ready reports whether it can begin: she was shown what counts now, and not what counted before.
func (i Interview) Ready(inForce int64) bool { return !i.Shown.IsZero() && i.Version == inForce }

// Begin returns it begun. It stays as it is where she was not shown what counts now.
func (i Interview) Begin(inForce int64, now time.Time) (Interview, error) {
	switch {
	case !i.Begun.IsZero():
		return i, nil
	case !i.Ready(inForce):
		return i, errNotShown
	}
	i.Begun = now
	return i, nil
}

// The faults of this room.
var (
	errNotShown = fault.New(fault.Invalid, "interview.not_shown")
	errToldHow  = fault.New(fault.Invalid, "interview.told_how")
	errToldWhat = fault.New(fault.Invalid, "interview.told_what")
	errWhom     = fault.New(fault.Invalid, "interview.whom")
	errStudy    = fault.New(fault.Invalid, "interview.choose_study")
	errNoSheet  = fault.New(fault.Invalid, "interview.sheet_needed")
	errChoose   = fault.New(fault.Invalid, "interview.choose")
	errNewer    = fault.New(fault.Conflict, "interview.newer")
	errBegun    = fault.New(fault.Invalid, "interview.not_possible_now")
)
