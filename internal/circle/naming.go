package circle

import (
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// How long a naming waits for objections once two have made it, and how long it may lie about before it is
// over: without a second person, or without the yes of whom it names.
const (
	WaitNaming  = 48 * time.Hour
	NamingLasts = 14 * 24 * time.Hour
)

// A Naming is how somebody comes to look after a site that nobody looks after any more. One person of each
// house names her, neither of them herself. Then it waits two days, in which anybody who takes part can say no
// and end it. After that she says yes herself, or it runs out (ADR 10).
type Naming struct {
	Person person.ID
	First  person.ID
	Second person.ID // empty while one of two is missing
	Made   time.Time
	Due    time.Time // zero while one of two is missing
}

// The faults of naming.
var (
	ErrKept     = fault.New(fault.Conflict, "circle.naming_kept")
	ErrRunning  = fault.New(fault.Conflict, "circle.naming_running")
	ErrNotSelf  = fault.New(fault.Invalid, "circle.naming_not_self")
	ErrNoNaming = fault.New(fault.Invalid, "circle.naming_choose")
	ErrHouses   = fault.New(fault.Invalid, "circle.naming_houses")
	ErrTooNew   = fault.New(fault.Invalid, "circle.naming_too_new")
	ErrEarly    = fault.New(fault.Invalid, "circle.naming_early")
)

// Namers lists who may name and say no: those who take part. A funder reads and changes nothing.
func Namers() person.Set {
	return person.Set{person.LivedExperience, person.Charity, person.Clinician, person.Researcher, person.Practice}
}

// Over reports whether a naming has run out.
func (n Naming) Over(now time.Time) bool {
	from := n.Made
	if !n.Due.IsZero() {
		from = n.Due
	}
	return !now.Before(from.Add(NamingLasts))
}

// Ready reports whether she can say yes now.
func (n Naming) Ready(now time.Time) bool {
	return !n.Due.IsZero() && !now.Before(n.Due) && !n.Over(now)
}

// Join returns the naming with a second person in it, who must be of the other house than the first.
func (n Naming) Join(second person.ID, first, other person.House, now time.Time) (Naming, error) {
	switch {
	case n.Second != "":
		return n, ErrRunning
	case second == n.Person:
		return n, ErrNotSelf
	case second == n.First || first == other:
		return n, ErrHouses
	}
	n.Second, n.Due = second, now.Add(WaitNaming)
	return n, nil
}
