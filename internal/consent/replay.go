package consent

import (
	"context"
	"time"

	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

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
