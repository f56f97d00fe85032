package consent

import (
	"context"
	"slices"
	"time"

	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// A Part is what somebody takes back: her whole part of a contribution, or some of her turns and recordings.
type Part struct {
	Contribution ID
	Speaker      ID
	Turns        []ID // and recordings; none means all
}

// A Withdrawal is one part taken back.
type Withdrawal struct {
	Seq          int64     `json:"seq"`
	ID           ID        `json:"id"`
	Contribution ID        `json:"contribution"`
	Speaker      ID        `json:"speaker"`
	Turn         ID        `json:"turn,omitzero"` // or recording; empty when it is the whole part
	Taken        time.Time `json:"taken"`
	EraseAt      time.Time `json:"eraseAt"`
	Undone       time.Time `json:"undone,omitzero"`
	Destroyed    time.Time `json:"destroyed,omitzero"`
}

// Never is the EraseAt of a part that its owner did not take back: a restore shut it, since what she
// took back after the backup was not known. It waits for her without end and is never erased by itself.
var Never = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// ByRestore reports whether a restore shut the part and not its owner.
func (w Withdrawal) ByRestore() bool { return w.EraseAt.Equal(Never) }

// TakeBack shuts a part at once and everywhere: from the moment it returns no gate opens it. Its key is
// destroyed when the undo time is over, or now when erase is set. It is for the owner of the part, and
// outside the circle for whoever keeps it on her behalf. No reason is asked.
func (g *Gate) TakeBack(ctx context.Context, v person.Viewer, part Part, erase bool) error {
	now := g.now()
	eraseAt := now.Add(g.undo)
	if erase || g.undo == 0 {
		eraseAt = now
	}
	err := g.db.Write(ctx, func(tx *store.Tx) error {
		if err := ownPart(ctx, tx, v, part); err != nil {
			return err
		}
		return g.takeBack(ctx, tx, v.Partnership, part, eraseAt)
	})
	if err != nil || eraseAt.After(now) {
		return err
	}
	return g.DestroyDue(ctx, v.Partnership)
}

// TakeBackIn is TakeBack within a transaction, for a room in which she says no to all that a part stands in. What is
// shut already stays as it is. DestroyDue ends what is due, as it does from time to time.
func (g *Gate) TakeBackIn(ctx context.Context, tx *store.Tx, v person.Viewer, part Part) error {
	if err := ownPart(ctx, tx, v, part); err != nil {
		return err
	}
	taken, err := g.Taken(ctx, tx, v.Partnership, part.Contribution)
	if err != nil || slices.ContainsFunc(taken, func(w Withdrawal) bool { return w.Speaker == part.Speaker && w.Turn == "" }) {
		return err
	}
	return g.takeBack(ctx, tx, v.Partnership, part, g.now().Add(g.undo))
}

// takeBack shuts a part until eraseAt, when it is due to be destroyed. It does not ask whose the part is.
func (g *Gate) takeBack(ctx context.Context, tx *store.Tx, p person.Partnership, part Part, eraseAt time.Time) error {
	now, turns := g.now(), part.Turns
	if len(turns) == 0 {
		turns = []ID{""}
	}
	if !eraseAt.After(now) {
		if err := hasten(ctx, tx, p, part, now); err != nil {
			return err
		}
	}
	for _, turn := range turns {
		if err := g.shut(ctx, tx, p, part, turn, now, eraseAt); err != nil {
			return err
		}
	}
	return g.events.Publish(ctx, tx, p, TopicTaken, string(part.Contribution))
}

// TakeBackEnded takes back the parts whose speakers wanted them erased once all they had allowed was over,
// as they would themselves: until the undo time is over each can bring hers back, and then it is not taken
// again. It is called from time to time and does each part once.
func (g *Gate) TakeBackEnded(ctx context.Context, p person.Partnership) error {
	now := g.now()
	return g.db.Write(ctx, func(tx *store.Tx) error {
		parts, err := store.List(ctx, tx, func(r store.Row) (part Part, err error) {
			return part, r.Scan(&part.Contribution, &part.Speaker)
		}, `SELECT e.contribution_id, e.speaker_id FROM (
				SELECT x.contribution_id, x.speaker_id, max(y.ends) AS ended FROM consent_terms x
				JOIN consent_yes y ON y.partnership_id = x.partnership_id AND y.terms_id = x.id
				WHERE x.partnership_id = $1 AND x.latest = 1 AND x.erase_after = 1 GROUP BY x.contribution_id, x.speaker_id) e
			WHERE e.ended <= $2 AND NOT EXISTS (SELECT 1 FROM consent_withdrawal w WHERE w.partnership_id = $1
				AND w.contribution_id = e.contribution_id AND w.speaker_id = e.speaker_id AND w.turn_id = '' AND (w.undone = 0 OR w.taken >= e.ended))
			ORDER BY 1, 2`, p, store.Micros(now))
		if err != nil {
			return err
		}
		for _, part := range parts {
			if err := g.shut(ctx, tx, p, part, "", now, now.Add(g.undo)); err != nil {
				return err
			}
			if err := g.events.Publish(ctx, tx, p, TopicTaken, string(part.Contribution)); err != nil {
				return err
			}
		}
		return nil
	})
}

// hasten ends the time of what was taken back of a part before, when it is erased now: nothing of it can be
// brought back any more.
func hasten(ctx context.Context, tx *store.Tx, p person.Partnership, part Part, now time.Time) error {
	const waiting = `UPDATE consent_withdrawal SET erase_at = $4 WHERE partnership_id = $1 AND contribution_id = $2 AND speaker_id = $3
		AND undone = 0 AND destroyed = 0 AND erase_at > $4`
	args := []any{p, part.Contribution, part.Speaker, store.Micros(now)}
	if len(part.Turns) == 0 {
		_, err := tx.Exec(ctx, waiting, args...)
		return err
	}
	for _, turn := range part.Turns {
		if _, err := tx.Exec(ctx, waiting+` AND turn_id = $5`, append(args, turn)...); err != nil {
			return err
		}
	}
	return nil
}

// ownPart refuses whoever may not take this part back, as if it were not there.
func ownPart(ctx context.Context, tx *store.Tx, v person.Viewer, part Part) error {
	n, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM consent_speaker s
		JOIN consent_contribution c ON c.partnership_id = s.partnership_id AND c.id = s.contribution_id
		WHERE s.partnership_id = $1 AND s.contribution_id = $2 AND s.id = $3
		AND (s.person_id = $4 OR (s.person_id = '' AND c.keeper_id = $4))`+notSevered, v.Partnership, part.Contribution, part.Speaker, v.ID)
	if err == nil && n == 0 {
		err = fault.Missing
	}
	return err
}

func (g *Gate) shut(ctx context.Context, tx *store.Tx, p person.Partnership, part Part, turn ID, now, eraseAt time.Time) error {
	if turn != "" {
		_, err := store.Get(ctx, tx, store.One[ID], `SELECT id FROM consent_turn
			WHERE partnership_id = $1 AND id = $2 AND contribution_id = $3 AND speaker_id = $4
			UNION ALL SELECT id FROM consent_recording
			WHERE partnership_id = $1 AND id = $2 AND contribution_id = $3 AND speaker_id = $4`, p, turn, part.Contribution, part.Speaker)
		if err != nil {
			return err
		}
	}
	w := Withdrawal{ID: ID(store.RandomID()), Contribution: part.Contribution, Speaker: part.Speaker, Turn: turn, Taken: now, EraseAt: eraseAt}
	if err := insertWithdrawal(ctx, tx, p, w); err != nil {
		return err
	}
	return ledger.Append(ctx, tx, p, ledger.Entry{Kind: ledger.Withdrawal, Subject: string(w.ID), At: now})
}

// insertWithdrawal adds w, with the partnership's next number when it has none.
func insertWithdrawal(ctx context.Context, tx *store.Tx, p person.Partnership, w Withdrawal) error {
	var err error
	if w.Seq == 0 {
		w.Seq, err = store.Get(ctx, tx, store.One[int64], `SELECT coalesce(max(seq), 0) + 1 FROM consent_withdrawal WHERE partnership_id = $1`, p)
		if err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO consent_withdrawal
		(partnership_id, seq, id, contribution_id, speaker_id, turn_id, taken, erase_at, undone, destroyed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, p, w.Seq, w.ID, w.Contribution, w.Speaker, w.Turn,
		store.Micros(w.Taken), store.Micros(w.EraseAt), store.Micros(w.Undone), store.Micros(w.Destroyed))
	return err
}

// Taken lists what is taken back in a contribution and not brought back. It is for the owner's page and
// for the destroyer; others are told only that something is shut.
func (g *Gate) Taken(ctx context.Context, tx *store.Tx, p person.Partnership, contribution ID) ([]Withdrawal, error) {
	return store.List(ctx, tx, scanWithdrawal, withdrawals+` WHERE partnership_id = $1 AND contribution_id = $2 AND undone = 0 ORDER BY seq`, p, contribution)
}

const withdrawals = `SELECT seq, id, contribution_id, speaker_id, turn_id, taken, erase_at, undone, destroyed FROM consent_withdrawal`

func scanWithdrawal(r store.Row) (Withdrawal, error) {
	var w Withdrawal
	var taken, erase, undone, destroyed int64
	err := r.Scan(&w.Seq, &w.ID, &w.Contribution, &w.Speaker, &w.Turn, &taken, &erase, &undone, &destroyed)
	w.Taken, w.EraseAt, w.Undone, w.Destroyed = store.Time(taken), store.Time(erase), store.Time(undone), store.Time(destroyed)
	return w, err
}
