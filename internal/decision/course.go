package decision

import (
	"time"
)

// A Course is where one decision stands. Its methods are the rule and return the next value; the store only
// keeps what they return.
//
// There is no method that leads out of Closed, TakenBack or Void, so what was stopped stays stopped. What
// comes next is another decision, whose text says something else than any that was put forward before.
type Course struct {
	Stage   Stage
	Days    int       // how long each phase is
	Secret  bool      // first they talk, then there are ballots
	Opened  time.Time // the zero time before
	Until   time.Time // the end of the phase that runs
	Windows int       // how many times it was open: more than one when it waited for people
	Outcome Outcome   // Waits while it is open again; what came out once it is closed
	Closed  time.Time
}

// A Stage is where a decision stands.
type Stage string

// The stages.
const (
	Draft     Stage = "draft"   // its writer alone sees it
	Put       Stage = "put"     // everybody sees it, and anybody can question the wording
	Talking   Stage = "talking" // open
	Balloting Stage = "ballots" // open, and nothing changes on any page until it ends
	Closed    Stage = "closed"
	TakenBack Stage = "back" // by its writer
	Void      Stage = "void" // an older copy of the data was brought back
)

// Open reports whether people can answer.
func (c Course) Open() bool { return c.Stage == Talking || c.Stage == Balloting }

// Over reports whether nothing more will happen.
func (c Course) Over() bool { return c.Stage == Closed || c.Stage == TakenBack || c.Stage == Void }

// PutForward shows a draft to everybody. earlier are all texts that were ever put forward here, whatever
// became of them: one that says the same is not new.
func (c Course) PutForward(text Text, earlier []Text) (Course, error) {
	if c.Stage != Draft && c.Stage != Put {
		return c, ErrSettled
	}
	for _, before := range earlier {
		if text.Same(before) {
			return c, ErrSame
		}
	}
	c.Stage = Put
	return c, nil
}

// Begin opens what was put forward, for so many days. questioned says that somebody is not content with its
// wording yet.
func (c Course) Begin(days int, secret, questioned bool, now time.Time) (Course, error) {
	switch {
	case c.Stage != Put:
		return c, ErrSettled
	case questioned:
		return c, ErrQuestioned
	}
	c.Stage, c.Days, c.Secret = Talking, days, secret
	c.Opened, c.Until, c.Windows = now, now.AddDate(0, 0, days), 1
	return c, nil
}

// A Look counts what was said so far. talking is true at the end of the talk before ballots.
type Look func(talking bool) Result

// Settle returns the course as time leaves it. Before the end of the phase that runs it changes nothing,
// whichever way a clock was put.
func (c Course) Settle(look Look, now time.Time) Course {
	if !c.Open() || now.Before(c.Until) {
		return c
	}
	talked := c.Secret && c.Stage == Talking
	result := look(talked)
	switch {
	case talked && result.Outcome != Stopped:
		c.Stage, c.Until = Balloting, now.AddDate(0, 0, c.Days)
	case result.Outcome == Waits:
		c.Outcome, c.Until, c.Windows = Waits, now.AddDate(0, 0, c.Days), c.Windows+1
	default:
		c.Stage, c.Outcome, c.Closed = Closed, result.Outcome, now
	}
	return c
}

// TakeBack ends a decision by its writer's hand.
func (c Course) TakeBack(now time.Time) (Course, error) {
	if c.Stage != Put && !c.Open() {
		return c, ErrSettled
	}
	c.Stage, c.Closed = TakenBack, now
	return c, nil
}

// AfterRestore ends what was not over when an older copy of the data was brought back: it may have been
// stopped since. Its text stays used.
func (c Course) AfterRestore(now time.Time) Course {
	if !c.Over() {
		c.Stage, c.Closed = Void, now
	}
	return c
}
