package asking

import (
	"maps"
	"time"

	"footing/internal/person"
)

// A Round is one text put to the women's group, and what has become of it. Its methods are the rule; the
// store only keeps what they return.
//
// Nobody is asked before Due, before Need of the women have said "fine by me", while one of them wants a
// change, or at all once one of them has said "not this". Silence is none of these. No method leads from
// Refused to Sent: what was refused can only come back as another round, which needs another text.
type Round struct {
	N       int64     // from 1, for each request; 0 while it is a draft
	Asked   time.Time // put to the group
	Due     time.Time // nobody is asked before, and the group's answer is not told before
	Need    int       // how many must say "fine by me"
	Weeks   int       // how long it can be answered once it is let through
	Refused time.Time // the day on which one of the women said "not this"
	Sent    time.Time // let through
	Stopped time.Time // taken back, or ended early
}

// Says is what one of the women says to a round.
type Says string

// What can be said. Not is kept without her name: it is the group's answer.
const (
	Fine   Says = "fine"
	Change Says = "change"
	Not    Says = "not"
)

// A Stage is where a request stands.
type Stage string

// The stages.
const (
	Draft     Stage = "draft"
	Waiting   Stage = "waiting" // for the women's group
	Refused   Stage = "refused"
	Out       Stage = "out"  // those who chose to be asked can answer
	Over      Stage = "over" // it was out
	TakenBack Stage = "back" // by the asker, before anybody was asked
)

// Put returns the round in which a text goes to the group, after those that were before it. A text goes
// to them once: one that says the same as any earlier one is not new.
func Put(last Round, text Text, earlier []Text, rule Rule, now time.Time) (Round, error) {
	if stage := last.Stage(now); stage == Out || stage == Over {
		return last, ErrSettled
	}
	for _, before := range earlier {
		if text.Same(before) {
			return last, ErrSame
		}
	}
	return Round{N: last.N + 1, Asked: now, Due: now.AddDate(0, 0, rule.Days), Need: rule.Fine, Weeks: text.Weeks}, nil
}

// Stage returns where a round stands now. What the group says is told on the day it is due and not
// before, so that nobody can tell from the hour who said it.
func (r Round) Stage(now time.Time) Stage {
	switch {
	case r.N == 0:
		return Draft
	case r.Sent.IsZero() && !r.Stopped.IsZero():
		return TakenBack
	case r.Sent.IsZero() && (r.Refused.IsZero() || now.Before(r.Due)):
		return Waiting
	case !r.Refused.IsZero():
		return Refused
	case now.Before(r.Ends()):
		return Out
	}
	return Over
}

// Ends returns when a round that was let through can no longer be answered, the zero time before.
func (r Round) Ends() time.Time {
	if r.Sent.IsZero() {
		return time.Time{}
	}
	if !r.Stopped.IsZero() {
		return r.Stopped
	}
	return r.Sent.AddDate(0, 0, 7*r.Weeks)
}

// Hear takes in what one of the women says, and returns the round and what was said so far with it. Her
// "not this" refuses the round for all and leaves no trace of her; it can be said as long as the round is
// not over. Anything else she can change until the round is let through.
func (r Round) Hear(said map[person.ID]Says, who person.ID, says Says, now time.Time) (Round, map[person.ID]Says, error) {
	stage := r.Stage(now)
	if stage != Waiting && (stage != Out || says != Not) {
		return r, said, ErrSettled
	}
	said = maps.Clone(said)
	switch says {
	case Fine, Change:
		if said == nil {
			said = map[person.ID]Says{}
		}
		said[who] = says
	case Not:
		delete(said, who)
		if r.Refused.IsZero() {
			r.Refused = now.Truncate(24 * time.Hour)
		}
	default:
		return r, said, ErrNothing
	}
	return r, said, nil
}

// Settle returns the round as time leaves it: let through when all that it needs is there. counts says
// whose "fine by me" counts: who became one of the women after it was put may stop it, not pass it.
func (r Round) Settle(said map[person.ID]Says, counts func(person.ID) bool, now time.Time) Round {
	if r.Stage(now) != Waiting || !r.Refused.IsZero() || now.Before(r.Due) {
		return r
	}
	fine := 0
	for who, says := range said {
		if says == Change {
			return r
		}
		if counts(who) {
			fine++
		}
	}
	if fine >= r.Need {
		r.Sent = now
	}
	return r
}

// Stop takes a round back, or ends it early.
func (r Round) Stop(now time.Time) (Round, error) {
	if stage := r.Stage(now); stage != Waiting && stage != Out {
		return r, ErrSettled
	}
	r.Stopped = now
	return r, nil
}

// TellBy returns by when the asker has said that she tells what came of it, the zero time while there is
// nothing to tell.
func (r Round) TellBy(now time.Time) time.Time {
	if stage := r.Stage(now); r.Sent.IsZero() || stage == Out {
		return time.Time{}
	}
	return r.Ends().Add(TellWithin)
}
