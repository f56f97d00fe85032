package consent

import (
	"context"
	"errors"
	"slices"
	"time"

	"footing/internal/fault"
	"footing/internal/ledger"
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

// Replayed counts what Replay changed.
type Replayed struct {
	Withdrawals int // taken back after the copy was made
	Destroyed   int // of all withdrawals, those that DestroyDue has to destroy again
	Undone      int // brought back after the copy was made
	Shut        int // parts whose terms changed after the copy was made: shut until their owners open them
	// Severed are the parts that became nobody's after the copy was made. Their terms are not known and nobody
	// could open them again, so they are shut and erased; SeverAgain ends that they are somebody's.
	Severed []Severed
}

// Replay brings an older copy of the database to what the tombstones say, before anybody is let in.
// Withdrawals keep their ids and numbers. What had been destroyed is due again at once: DestroyDue ends
// its keys in the key store that was put back. Terms that changed meanwhile are not known; their part
// is shut as in ShutAll. Replaying twice does nothing the second time.
func Replay(ctx context.Context, tx *store.Tx, p person.Partnership, t Tombstones, now time.Time) (Replayed, error) {
	var done Replayed
	known, err := store.List(ctx, tx, scanWithdrawal, withdrawals+` WHERE partnership_id = $1 ORDER BY seq`, p)
	if err != nil {
		return done, err
	}
	have, numbered, next := map[ID]Withdrawal{}, map[int64]bool{}, int64(0)
	for _, w := range known {
		have[w.ID], numbered[w.Seq], next = w, true, max(next, w.Seq)
	}
	for _, w := range t.Withdrawals {
		next = max(next, w.Seq)
	}
	for _, w := range t.Withdrawals {
		old, there := have[w.ID]
		if !there && numbered[w.Seq] { // the copy went on by itself for a while
			next++
			w.Seq = next
		}
		if err := replayOne(ctx, tx, p, w, old, there, now, &done); err != nil {
			return done, err
		}
	}
	if err := shutChanged(ctx, tx, p, t.Terms, now, &done); err != nil {
		return done, err
	}
	erased, err := eraseRewritten(ctx, tx, p, t.Rewritten, now)
	if err != nil {
		return done, err
	}
	done.Destroyed += erased
	return done, replayClosings(ctx, tx, p, t, now)
}

// eraseRewritten ends again the words that their owner replaced: the copy has the old ones, and not the new.
func eraseRewritten(ctx context.Context, tx *store.Tx, p person.Partnership, list []NewWords, now time.Time) (int, error) {
	erased := 0
	for _, n := range list {
		parts, err := store.List(ctx, tx, func(r store.Row) (part Part, err error) {
			return part, r.Scan(&part.Contribution, &part.Speaker)
		}, `SELECT s.contribution_id, s.id FROM consent_speaker s
			JOIN consent_contribution c ON c.partnership_id = s.partnership_id AND c.id = s.contribution_id
			WHERE c.partnership_id = $1 AND c.id = $2 AND c.version < $3 ORDER BY s.position`, p, n.Contribution, n.Version)
		if err != nil {
			return erased, err
		}
		for _, part := range parts {
			did, err := shutWhole(ctx, tx, p, part, now, now)
			if err != nil {
				return erased, err
			}
			erased += did
		}
	}
	return erased, nil
}

// replayClosings closes what else was closed: audiences that people left, passages about a member, and what
// was allowed until something that has happened since.
func replayClosings(ctx context.Context, tx *store.Tx, p person.Partnership, t Tombstones, now time.Time) error {
	for _, l := range t.Left {
		_, err := tx.Exec(ctx, `UPDATE consent_member SET until = $6 WHERE partnership_id = $1 AND person_id = $2
			AND audience = $3 AND audience_id = $4 AND since = $5 AND until = 0`,
			p, l.Person, l.Audience.Kind, l.Audience.ID, store.Micros(l.Since), store.Micros(l.Until))
		if err != nil {
			return err
		}
	}
	for _, m := range t.Mentions {
		// In a turn that was mended since, nobody can tell where the passage stood before: then all of it is marked.
		_, err := tx.Exec(ctx, `INSERT INTO consent_mention
			(partnership_id, contribution_id, id, turn_id, start_at, end_at, person_id, marked_by, made, own)
			SELECT t.partnership_id, t.contribution_id, $2, t.id, CASE WHEN n.mended = $8 THEN CAST($4 AS BIGINT) ELSE 0 END,
				CASE WHEN n.mended = $8 THEN CAST($5 AS BIGINT) ELSE t.length END, $6, $7, $9, $10
			FROM consent_turn t CROSS JOIN (SELECT count(*) AS mended FROM consent_correction WHERE partnership_id = $1 AND turn_id = $3) n
			WHERE t.partnership_id = $1 AND t.id = $3
			ON CONFLICT (partnership_id, contribution_id, id) DO UPDATE SET own = excluded.own, person_id = excluded.person_id, marked_by = excluded.marked_by`,
			p, m.ID, m.Turn, m.Start, m.End, m.About, m.By, m.Mended, store.Micros(now), m.Own)
		if err != nil {
			return err
		}
	}
	for _, m := range t.Moments {
		if _, err := happened(ctx, tx, p, m.ID, m.Happened); err != nil {
			return err
		}
	}
	for _, a := range t.Answers {
		_, err := tx.Exec(ctx, `INSERT INTO consent_answer (partnership_id, person_id, answer, given) VALUES ($1, $2, $3, $4)
			ON CONFLICT (partnership_id, person_id) DO UPDATE SET answer = excluded.answer, given = excluded.given
			WHERE consent_answer.given < excluded.given`, p, a.Person, a.Answer, store.Micros(a.Given))
		if err != nil {
			return err
		}
	}
	return nil
}

// replayOne adds or brings up to date one withdrawal.
func replayOne(ctx context.Context, tx *store.Tx, p person.Partnership, w, old Withdrawal, there bool, now time.Time, done *Replayed) error {
	if !w.Destroyed.IsZero() && old.Destroyed.IsZero() {
		w.Destroyed, w.Undone = time.Time{}, time.Time{}
		if w.EraseAt.After(now) {
			w.EraseAt = now // it was due before the copy was put back, whatever this machine's clock says
		}
		done.Destroyed++
	}
	if there {
		if !w.Undone.IsZero() && old.Undone.IsZero() && old.Destroyed.IsZero() {
			done.Undone++
		} else if w.EraseAt.Equal(old.EraseAt) {
			return nil
		}
		_, err := tx.Exec(ctx, `UPDATE consent_withdrawal SET undone = $3, erase_at = $4
			WHERE partnership_id = $1 AND id = $2 AND destroyed = 0`, p, w.ID, store.Micros(w.Undone), store.Micros(w.EraseAt))
		return err
	}
	done.Withdrawals++
	if err := insertWithdrawal(ctx, tx, p, w); err != nil {
		return err
	}
	return ledger.Append(ctx, tx, p, ledger.Entry{Kind: ledger.Withdrawal, Subject: string(w.ID), At: now})
}

// shutChanged shuts the parts that have other terms in the database than those said to be in force. What was
// somebody's and is nobody's since is due to be erased.
func shutChanged(ctx context.Context, tx *store.Tx, p person.Partnership, inForce []TermsInForce, now time.Time, done *Replayed) error {
	mine, err := ReadTombstones(ctx, tx, p)
	if err != nil {
		return err
	}
	type part struct{ contribution, speaker ID }
	have := map[part]TermsInForce{}
	for _, t := range mine.Terms {
		have[part{t.Contribution, t.Speaker}] = t
	}
	for _, t := range inForce {
		old, there := have[part{t.Contribution, t.Speaker}]
		if !there || old.Terms == t.Terms {
			continue
		}
		whole, severed := Part{Contribution: t.Contribution, Speaker: t.Speaker}, t.Nobodys && !old.Nobodys
		erase := Never
		if severed {
			was, err := store.Get(ctx, tx, store.One[person.ID], `SELECT person_id FROM consent_speaker
				WHERE partnership_id = $1 AND contribution_id = $2 AND id = $3`, p, t.Contribution, t.Speaker)
			if err != nil {
				return err
			}
			done.Severed, erase = append(done.Severed, Severed{whole, was}), now
		}
		did, err := shutWhole(ctx, tx, p, whole, now, erase)
		if err != nil {
			return err
		}
		if severed {
			done.Destroyed += did
		} else {
			done.Shut += did
		}
	}
	return nil
}

// ShutAll shuts every speaker's part that is not shut, when a copy is put back and nobody knows what was
// taken back since. Each owner can open hers again, without limit of time; nothing is erased by itself.
// It logs nothing: nobody took anything back, and the restore is logged. It returns how many it shut.
func ShutAll(ctx context.Context, tx *store.Tx, p person.Partnership, now time.Time) (int, error) {
	parts, err := store.List(ctx, tx, func(r store.Row) (part Part, err error) {
		return part, r.Scan(&part.Contribution, &part.Speaker)
	}, `SELECT contribution_id, id FROM consent_speaker WHERE partnership_id = $1 ORDER BY contribution_id, position`, p)
	if err != nil {
		return 0, err
	}
	shut := 0
	for _, part := range parts {
		did, err := shutWhole(ctx, tx, p, part, now, Never)
		if err != nil {
			return shut, err
		}
		shut += did
	}
	return shut, nil
}

// shutWhole shuts a whole part, to be erased at that time, unless it is shut already until then or
// earlier. It returns 1 when it did.
func shutWhole(ctx context.Context, tx *store.Tx, p person.Partnership, part Part, now, eraseAt time.Time) (int, error) {
	_, err := store.Get(ctx, tx, store.One[ID], `SELECT id FROM consent_withdrawal WHERE partnership_id = $1
		AND contribution_id = $2 AND speaker_id = $3 AND turn_id = '' AND undone = 0 AND erase_at <= $4 LIMIT 1`,
		p, part.Contribution, part.Speaker, store.Micros(eraseAt))
	if !errors.Is(err, fault.Missing) {
		return 0, err
	}
	err = insertWithdrawal(ctx, tx, p, Withdrawal{ID: ID(store.RandomID()), Contribution: part.Contribution, Speaker: part.Speaker,
		Taken: now, EraseAt: eraseAt})
	return 1, err
}

// WithoutKey counts the turns of a partnership that still have sealed words, and those of them whose key
// is gone, so that nobody will ever read them: a key backup older than they are, or none, was put back.
func (g *Gate) WithoutKey(ctx context.Context, p person.Partnership) (gone, of int, err error) {
	turns := map[string]int{}
	err = g.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(r store.Row) error {
			var key string
			var n int
			err := r.Scan(&key, &n)
			turns[key] = n
			of += n
			return err
		}, `SELECT key_id, count(*) FROM consent_turn WHERE partnership_id = $1 AND words IS NOT NULL GROUP BY key_id ORDER BY key_id`, p)
	})
	if err != nil {
		return 0, 0, err
	}
	ids := make([]string, 0, len(turns))
	for id := range turns {
		ids = append(ids, id)
	}
	held, err := g.keys.Keys(ctx, ids)
	if err != nil {
		return 0, 0, err
	}
	for id, n := range turns {
		if _, ok := held[id]; !ok {
			gone += n
		}
	}
	return gone, of, nil
}
