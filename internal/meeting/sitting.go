package meeting

import (
	"slices"
	"time"
)

// A Stage is how far a meeting has come on its day.
type Stage string

// The stages.
const (
	Ahead  Stage = ""
	Going  Stage = "going"
	Break  Stage = "break"
	Closed Stage = "closed"
)

// A Step is something that whoever hosts does while a meeting happens.
type Step string

// The steps. Nothing counts as talked about unless she says so: with every other step it waits.
const (
	Begin Step = "begin"
	Done  Step = "done"  // it was talked about, and the next is taken up
	Later Step = "later" // it waits, and the next is taken up
	Take  Step = "take"  // one thing on the list is taken up, whatever was before
	Rest  Step = "rest"  // a break
	GoOn  Step = "go-on"
	Close Step = "close"
	Again Step = "again" // it was closed, and goes on after all
)

// A Sitting is a meeting while it happens: how far it has come, and what is talked about.
type Sitting struct {
	Meeting string
	Stage   Stage
	Item    string // what is talked about; empty for nothing on the list
	Began   time.Time

	n int64 // how often it was changed
}

// Steps lists what whoever hosts can do now. now is what is talked about, as far as it still waits.
func (s Sitting) Steps(now string) []Step {
	switch {
	case s.Stage == Ahead:
		return []Step{Begin}
	case s.Stage == Going && now == "":
		return []Step{Take, Rest, Close}
	case s.Stage == Going:
		return []Step{Done, Later, Take, Rest, Close}
	case s.Stage == Break:
		return []Step{GoOn, Close}
	}
	return []Step{Again}
}

// After returns the sitting after a step. waits is what waits on the list, in its order, and item what Take
// takes up.
func (s Sitting) After(step Step, item string, waits []string, at time.Time) (Sitting, error) {
	if !slices.Contains(s.Steps(s.now(waits)), step) || step == Take && !slices.Contains(waits, item) {
		return s, ErrChoose
	}
	switch step {
	case Begin:
		s.Stage, s.Began = Going, at
	case Done, Later:
		s.Item = s.next(waits)
	case Take:
		s.Item = item
	case Rest:
		s.Stage = Break
	case GoOn, Again:
		s.Stage = Going
	case Close:
		s.Stage = Closed
	}
	return s, nil
}

// now returns what is talked about, as far as it still waits: somebody may have taken it off the list meanwhile.
func (s Sitting) now(waits []string) string {
	if slices.Contains(waits, s.Item) {
		return s.Item
	}
	return ""
}

// next returns what comes after what is talked about, from the top again after the last; empty when nothing
// else waits.
func (s Sitting) next(waits []string) string {
	at := slices.Index(waits, s.Item)
	for n := 1; n <= len(waits); n++ {
		if one := waits[(at+n)%len(waits)]; one != s.Item {
			return one
		}
	}
	return ""
}
