package consent

import (
	"context"
	"slices"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// Tombstones are what of a partnership must stay closed when an older copy of its database is put back:
// what was taken back, which terms are in force, what was given new words, who left an audience, which
// passages speak of a member and what she answers to that, and which ends have come. They are ids, times, places and words of fixed vocabularies, never
// anybody's own.
type Tombstones struct {
	Withdrawals []Withdrawal   // in sequence
	Terms       []TermsInForce // of each part
	Rewritten   []NewWords
	Left        []Leaving
	Mentions    []MarkedMention
	Answers     []GivenAnswer
	Moments     []Moment // that have happened
}

// TermsInForce names the latest terms of a part.
type TermsInForce struct {
	Contribution ID `json:"contribution"`
	Speaker      ID `json:"speaker"`
	Terms        ID `json:"terms"`
	// Nobodys says that the part is nobody's: of somebody outside the circle, or severed.
	Nobodys bool `json:"nobodys,omitempty"`
}

// NewWords says that an owner gave her contribution new words, which ended the old ones.
type NewWords struct {
	Contribution ID    `json:"contribution"`
	Version      int64 `json:"version"`
}

// A MarkedMention is a mention, and how often its turn's typing had been mended: its place is in that text.
type MarkedMention struct {
	Mention
	Mended int
}

// Leaving says that somebody is no longer in an audience she joined at Since.
type Leaving struct {
	Person   person.ID `json:"person"`
	Audience Audience  `json:"audience"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until"`
}

// GivenAnswer is a member's standing answer to passages that speak of her.
type GivenAnswer struct {
	Person person.ID `json:"person"`
	Answer Answer    `json:"answer"`
	Given  time.Time `json:"given"`
}

// Partnerships lists every partnership that the gate's tables know, by id.
func Partnerships(ctx context.Context, tx *store.Tx) ([]person.Partnership, error) {
	return store.List(ctx, tx, store.One[person.Partnership], `SELECT partnership_id FROM consent_member
		UNION SELECT partnership_id FROM consent_contribution UNION SELECT partnership_id FROM consent_withdrawal ORDER BY 1`)
}

// ReadTombstones returns a partnership's tombstones as they are now.
func ReadTombstones(ctx context.Context, tx *store.Tx, p person.Partnership) (t Tombstones, err error) {
	if t.Withdrawals, err = store.List(ctx, tx, scanWithdrawal, withdrawals+` WHERE partnership_id = $1 ORDER BY seq`, p); err != nil {
		return t, err
	}
	t.Terms, err = store.List(ctx, tx, func(r store.Row) (t TermsInForce, err error) {
		var nobodys int
		err = r.Scan(&t.Contribution, &t.Speaker, &t.Terms, &nobodys)
		t.Nobodys = nobodys > 0
		return t, err
	}, `SELECT t.contribution_id, t.speaker_id, t.id, (SELECT count(*) FROM consent_speaker s
			WHERE s.partnership_id = t.partnership_id AND s.contribution_id = t.contribution_id AND s.id = t.speaker_id AND s.person_id = '')
		FROM consent_terms t WHERE t.partnership_id = $1 AND t.latest = 1 ORDER BY t.contribution_id, t.speaker_id, t.id`, p)
	if err != nil {
		return t, err
	}
	t.Rewritten, err = store.List(ctx, tx, func(r store.Row) (n NewWords, err error) {
		return n, r.Scan(&n.Contribution, &n.Version)
	}, `SELECT id, version FROM consent_contribution WHERE partnership_id = $1 AND version > 1 ORDER BY id`, p)
	if err != nil {
		return t, err
	}
	t.Left, err = store.List(ctx, tx, func(r store.Row) (l Leaving, err error) {
		var since, until int64
		err = r.Scan(&l.Person, &l.Audience.Kind, &l.Audience.ID, &since, &until)
		l.Since, l.Until = store.Time(since), store.Time(until)
		return l, err
	}, `SELECT person_id, audience, audience_id, since, until FROM consent_member
		WHERE partnership_id = $1 AND until <> 0 ORDER BY person_id, audience, audience_id, since`, p)
	if err != nil {
		return t, err
	}
	t.Mentions, err = store.List(ctx, tx, func(r store.Row) (m MarkedMention, err error) {
		return m, r.Scan(&m.ID, &m.Contribution, &m.Turn, &m.Start, &m.End, &m.About, &m.By, &m.Own, &m.Mended)
	}, `SELECT m.id, m.contribution_id, m.turn_id, m.start_at, m.end_at, m.person_id, m.marked_by, m.own,
			(SELECT count(*) FROM consent_correction c WHERE c.partnership_id = m.partnership_id AND c.contribution_id = m.contribution_id AND c.turn_id = m.turn_id)
		FROM consent_mention m WHERE m.partnership_id = $1 ORDER BY m.contribution_id, m.id`, p)
	if err != nil {
		return t, err
	}
	all, err := Moments(ctx, tx, p)
	if err != nil {
		return t, err
	}
	t.Moments = slices.DeleteFunc(all, func(m Moment) bool { return m.Happened.IsZero() })
	t.Answers, err = store.List(ctx, tx, func(r store.Row) (a GivenAnswer, err error) {
		var given int64
		err = r.Scan(&a.Person, &a.Answer, &given)
		a.Given = store.Time(given)
		return a, err
	}, `SELECT person_id, answer, given FROM consent_answer WHERE partnership_id = $1 ORDER BY person_id`, p)
	return t, err
}
