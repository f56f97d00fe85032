package sharing

import (
	"slices"
	"time"

	"footing/internal/consent"
)

// A Pace says when somebody wants to be told, on her own pages and nowhere else, that something she allowed
// comes to its end (R43).
type Pace string

// The paces. Nobody is told anything she has not asked for.
const (
	PaceNever Pace = ""
	PaceEnded Pace = "ended" // once it has ended
	PaceMonth Pace = "month" // also in the month before
)

// soon returns the day up to which an end is near.
func soon(now time.Time) time.Time { return now.AddDate(0, 1, 0) }

// An Ending is what of somebody's terms has ended, or ends within a month, and waits for her to say whether
// it goes on.
type Ending struct {
	On    time.Time
	Ended bool
	Part  bool // something else of the terms goes on
	yes   []int
}

// EndingOf returns what of terms has ended or ends soon, and false when nothing has. What ended up to letGo
// she has let go.
func EndingOf(t consent.Terms, letGo, now time.Time) (Ending, bool) {
	var e Ending
	for i, y := range t.Yes {
		ended := !now.Before(y.Until)
		switch {
		case y.Purpose == consent.Checking: // is for after all else has ended
			continue
		case y.Until.After(soon(now)):
			e.Part = true
			continue
		case !y.Until.After(letGo):
			continue
		case ended && (!e.Ended || y.Until.After(e.On)), !ended && !e.Ended && (e.On.IsZero() || y.Until.Before(e.On)):
			e.On, e.Ended = y.Until, ended
		}
		e.yes = append(e.yes, i)
	}
	for _, i := range e.yes { // what has not ended yet goes on beside what has
		e.Part = e.Part || e.Ended && now.Before(t.Yes[i].Until)
	}
	return e, len(e.yes) > 0
}

// Told reports whether somebody who chose a pace wants to be told of an ending.
func (p Pace) Told(e Ending) bool { return p == PaceMonth || p == PaceEnded && e.Ended }

// Longer returns the terms, given anew, with what has ended or ends soon going on until another day. It is
// for the same people, and nobody who joined since.
func (e Ending) Longer(t consent.Terms, until, now time.Time) consent.Terms {
	t = t.For(t)
	t.Given, t.Yes = now, slices.Clone(t.Yes)
	for _, i := range e.yes {
		t.Yes[i].Until, t.Yes[i].Moment = until, ""
	}
	return t
}

// From returns the day from which "for longer" counts: the end, or today when that is over.
func (e Ending) From(now time.Time) time.Time {
	if e.Ended {
		return now
	}
	return e.On
}

// last returns the last day of an ending, up to which letting go lets go.
func (e Ending) last(t consent.Terms) time.Time {
	var last time.Time
	for _, i := range e.yes {
		if t.Yes[i].Until.After(last) {
			last = t.Yes[i].Until
		}
	}
	return last
}
