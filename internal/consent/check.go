package consent

import (
	"slices"
	"time"
)

// Whoever lets her words be published can have them kept afterwards, locked, for one thing: that somebody sees
// whether what was published is what she said. That is a yes to Checking, given beside the others. It sleeps
// while any of them runs, so what may be checked is closed for all else, whatever ended the others: their day,
// or something that happened. Once it is over too, her part is erased.

// LongestCheck returns the last day until which words that are shared at a time can be kept for checking.
func LongestCheck(given time.Time) time.Time { return given.AddDate(10, 0, 0) }

// publishes reports whether a yes lets words, or what is made of them, be published.
func (y Yes) publishes() bool { return y.Purpose == Quote || y.Purpose == Publication }

func (t Terms) published() bool { return slices.ContainsFunc(t.Yes, Yes.publishes) }

func (t Terms) checked() bool {
	return slices.ContainsFunc(t.Yes, func(y Yes) bool { return y.Purpose == Checking })
}

// lasts reports whether anything but checking is allowed, now or later.
func (t Terms) lasts(now time.Time) bool {
	return slices.ContainsFunc(t.Yes, func(y Yes) bool { return y.Purpose != Checking && now.Before(y.Until) })
}

// Locked reports whether something was to be published and everything allowed but checking is over: nothing can
// be done with the words any more but to check them, where that was allowed.
func (t Terms) Locked(now time.Time) bool { return t.published() && !t.lasts(now) }

// Kept returns the day until which words are kept for checking, the zero time when they are not.
func (t Terms) Kept() time.Time {
	var until time.Time
	for _, y := range t.Yes {
		if y.Purpose == Checking && y.Until.After(until) {
			until = y.Until
		}
	}
	return until
}

// from returns the time at which one yes begins to count, now when it does already.
func (t Terms) from(y Yes, now time.Time) time.Time {
	for _, other := range t.Yes {
		if y.Purpose == Checking && other.Purpose != Checking && other.Until.After(now) {
			now = other.Until
		}
	}
	return now
}
