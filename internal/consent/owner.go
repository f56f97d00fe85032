package consent

import (
	"context"
	"errors"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// What the gate keeps of somebody, for her own copy of it (R50). Each answers her alone: for anybody else
// there is nothing.

// Withdrawals lists everything a person ever took back in a contribution, also what she brought back and
// what is destroyed, in sequence.
func (g *Gate) Withdrawals(ctx context.Context, tx *store.Tx, owner person.Viewer, contribution ID) ([]Withdrawal, error) {
	return store.List(ctx, tx, scanWithdrawal, `SELECT w.seq, w.id, w.contribution_id, w.speaker_id, w.turn_id, w.taken, w.erase_at, w.undone, w.destroyed
		FROM consent_withdrawal w JOIN consent_speaker s
			ON s.partnership_id = w.partnership_id AND s.contribution_id = w.contribution_id AND s.id = w.speaker_id
		WHERE w.partnership_id = $1 AND w.contribution_id = $2 AND s.person_id = $3 AND s.person_id <> '' ORDER BY w.seq`,
		owner.Partnership, contribution, owner.ID)
}

// A Membership says that somebody is or was in an audience.
type Membership struct {
	Audience     Audience
	Since, Until time.Time // Until is zero while she is in it
}

// MembershipsOf lists the audiences somebody is and was in, the oldest first.
func (g *Gate) MembershipsOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Membership, error) {
	return store.List(ctx, tx, func(r store.Row) (Membership, error) {
		var m Membership
		var since, until int64
		err := r.Scan(&m.Audience.Kind, &m.Audience.ID, &since, &until)
		m.Since, m.Until = store.Time(since), store.Time(until)
		return m, err
	}, `SELECT audience, audience_id, since, until FROM consent_member
		WHERE partnership_id = $1 AND person_id = $2 ORDER BY since, audience, audience_id`, v.Partnership, v.ID)
}

// AnswerGiven returns the viewer's standing answer to passages that speak of her with the day it was
// given, and false when she has given none.
func (g *Gate) AnswerGiven(ctx context.Context, tx *store.Tx, v person.Viewer) (GivenAnswer, bool, error) {
	a, err := store.Get(ctx, tx, func(r store.Row) (GivenAnswer, error) {
		a := GivenAnswer{Person: v.ID}
		var given int64
		err := r.Scan(&a.Answer, &given)
		a.Given = store.Time(given)
		return a, err
	}, `SELECT answer, given FROM consent_answer WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID)
	if errors.Is(err, fault.Missing) {
		return a, false, nil
	}
	return a, err == nil, err
}
