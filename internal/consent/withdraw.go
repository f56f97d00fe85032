package consent

import (
	"context"
	"errors"
	"fmt"
	"time"

	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
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
		turns := part.Turns
		if len(turns) == 0 {
			turns = []ID{""}
		}
		if !eraseAt.After(now) {
			if err := hasten(ctx, tx, v.Partnership, part, now); err != nil {
				return err
			}
		}
		for _, turn := range turns {
			if err := g.shut(ctx, tx, v.Partnership, part, turn, now, eraseAt); err != nil {
				return err
			}
		}
		return g.events.Publish(ctx, tx, v.Partnership, TopicTaken, string(part.Contribution))
	})
	if err != nil || eraseAt.After(now) {
		return err
	}
	return g.DestroyDue(ctx, v.Partnership)
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

// BringBack undoes what was taken back last, while its time is not over: all of the part, or the turns that
// went together. What was taken back before that stays so until she brings that back too.
func (g *Gate) BringBack(ctx context.Context, v person.Viewer, part Part) error {
	return g.db.Write(ctx, func(tx *store.Tx) error {
		if err := ownPart(ctx, tx, v, part); err != nil {
			return err
		}
		taken, err := g.Taken(ctx, tx, v.Partnership, part.Contribution)
		if err != nil {
			return err
		}
		last := lastTaken(taken, part.Speaker, g.now())
		if len(last) == 0 {
			return fault.Missing
		}
		for _, w := range last {
			n, err := tx.Exec(ctx, `UPDATE consent_withdrawal SET undone = $3
				WHERE partnership_id = $1 AND seq = $2 AND undone = 0 AND destroyed = 0`, v.Partnership, w.Seq, store.Micros(g.now()))
			if err := store.Changed(n, err, fault.Missing); err != nil {
				return err
			}
		}
		if err := ledger.Append(ctx, tx, v.Partnership, ledger.Entry{Kind: ledger.Terms, Subject: string(part.Speaker), At: g.now()}); err != nil {
			return err
		}
		return g.events.Publish(ctx, tx, v.Partnership, TopicTaken, string(part.Contribution))
	})
}

// lastTaken returns which of a part's withdrawals are undone together: those of a restore, which are not
// her doing; else that of the whole part; else those of the turns that went last. Of a part that is
// erased there are none.
func lastTaken(taken []Withdrawal, speaker ID, now time.Time) []Withdrawal {
	var restored, whole, turns []Withdrawal
	for _, w := range taken {
		over := !w.Destroyed.IsZero() || !w.EraseAt.After(now)
		switch {
		case w.Speaker != speaker:
		case over && w.Turn == "":
			return nil
		case over:
		case w.ByRestore():
			restored = append(restored, w)
		case w.Turn == "":
			whole = append(whole, w)
		case len(turns) > 0 && w.Taken.After(turns[0].Taken):
			turns = []Withdrawal{w}
		case len(turns) == 0 || w.Taken.Equal(turns[0].Taken):
			turns = append(turns, w)
		}
	}
	switch {
	case len(restored) > 0:
		return restored
	case len(whole) > 0:
		return whole
	}
	return turns
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

// DestroyDue destroys every part whose time is over, and the keys waiting to be destroyed. The gate has
// shut the parts long before; this ends their keys, their sealed bytes and what rooms made of them. It
// can be stopped at any point and started again: a step done twice does nothing the second time.
func (g *Gate) DestroyDue(ctx context.Context, p person.Partnership) error {
	var due []Withdrawal
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		due, err = store.List(ctx, tx, scanWithdrawal, withdrawals+
			` WHERE partnership_id = $1 AND undone = 0 AND destroyed = 0 AND erase_at <= $2 ORDER BY seq`, p, store.Micros(g.now()))
		return err
	})
	if err != nil {
		return err
	}
	for _, w := range due {
		if err := g.doom(ctx, p, w); err != nil {
			return fmt.Errorf("destroying a part: %w", err)
		}
	}
	if err := g.destroyDoomed(ctx, p); err != nil {
		return err
	}
	for _, w := range due {
		if err := g.empty(ctx, p, w); err != nil {
			return fmt.Errorf("emptying a part: %w", err)
		}
	}
	// The last part of a contribution to go takes title, note and topics with it.
	if err := g.destroyDoomed(ctx, p); err != nil {
		return err
	}
	if len(due) > 0 {
		return g.db.Scrub(ctx, "consent_turn", "consent_correction", "consent_contribution", "consent_speaker", ledger.FactsTable)
	}
	return nil
}

// doom names the keys that must go. Where only some turns go, the speaker's other turns are sealed anew
// under a new key first, so that the old one can be destroyed. A recording has a key to itself.
func (g *Gate) doom(ctx context.Context, p person.Partnership, w Withdrawal) error {
	err := g.db.Write(ctx, func(tx *store.Tx) error {
		return g.dropRecordings(ctx, tx, p, w.Contribution, w.Speaker, w.Turn)
	})
	if err != nil {
		return err
	}
	if w.Turn != "" {
		return g.reseal(ctx, p, w)
	}
	err = g.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO consent_doomed (partnership_id, key_id)
			SELECT DISTINCT partnership_id, key_id FROM consent_turn
			WHERE partnership_id = $1 AND contribution_id = $2 AND speaker_id = $3 ON CONFLICT DO NOTHING`, p, w.Contribution, w.Speaker)
		return err
	})
	if err != nil {
		return err
	}
	return g.resealHead(ctx, p, w)
}

type sealedTurn struct {
	id, key string
	words   []byte
}

// reseal moves the speaker's other turns in that version to a new key and dooms the old one.
func (g *Gate) reseal(ctx context.Context, p person.Partnership, w Withdrawal) error {
	var old string
	var turns []sealedTurn
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		old, err = store.Get(ctx, tx, store.One[string], `SELECT key_id FROM consent_turn WHERE partnership_id = $1 AND id = $2`, p, w.Turn)
		if errors.Is(err, fault.Missing) {
			return nil // put back from a backup that is older than the turn
		} else if err != nil {
			return err
		}
		turns, err = store.List(ctx, tx, func(r store.Row) (sealedTurn, error) {
			var t sealedTurn
			err := r.Scan(&t.id, &t.key, &t.words)
			return t, err
		}, `SELECT id, key_id, words FROM consent_turn WHERE partnership_id = $1 AND contribution_id = $2 AND key_id = $3
			AND id <> $4 AND words IS NOT NULL ORDER BY version, seq`, p, w.Contribution, old, w.Turn)
		return err
	})
	if err != nil || old == "" {
		return err
	}
	if len(turns) == 0 { // it was her last, or a run that was stopped has moved the others
		return g.db.Write(ctx, func(tx *store.Tx) error { return g.Doom(ctx, tx, p, old) })
	}
	fresh := store.RandomID()
	keys, err := g.keys.Create(ctx, fresh)
	if err != nil {
		return err
	}
	held, err := g.keys.Keys(ctx, []string{old})
	if err != nil {
		return err
	}
	oldKey, ok := held[old]
	return g.db.Write(ctx, func(tx *store.Tx) error {
		for _, t := range turns {
			if !ok {
				break // destroyed already, in a run that was stopped: nothing is left to move
			}
			words, err := unseal.Open(oldKey, placeOf(p, "consent_turn", "words", ID(t.id), old), t.words)
			if err != nil {
				return err
			}
			again := vault.Seal(keys[fresh], placeOf(p, "consent_turn", "words", ID(t.id), fresh), []byte(words.Reveal()))
			if _, err := tx.Exec(ctx, `UPDATE consent_turn SET words = $3, key_id = $4 WHERE partnership_id = $1 AND id = $2`, p, t.id, again, fresh); err != nil {
				return err
			}
		}
		// What those turns said before they were mended is under the old key too, and goes with it.
		if _, err := tx.Exec(ctx, `DELETE FROM consent_correction WHERE partnership_id = $1 AND key_id = $2`, p, old); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO consent_doomed (partnership_id, key_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, p, old)
		return err
	})
}

// destroyDoomed ends every doomed key in one change of epoch.
func (g *Gate) destroyDoomed(ctx context.Context, p person.Partnership) error {
	var doomed []string
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		doomed, err = store.List(ctx, tx, store.One[string], `SELECT key_id FROM consent_doomed WHERE partnership_id = $1 ORDER BY key_id`, p)
		return err
	})
	if err != nil || len(doomed) == 0 {
		return err
	}
	if err := g.keys.Destroy(ctx, doomed...); err != nil {
		return fmt.Errorf("destroying keys: %w", err)
	}
	return g.db.Write(ctx, func(tx *store.Tx) error {
		for _, k := range doomed {
			if _, err := tx.Exec(ctx, `DELETE FROM consent_doomed WHERE partnership_id = $1 AND key_id = $2`, p, k); err != nil {
				return err
			}
		}
		return nil
	})
}

// empty deletes a destroyed part's sealed bytes and what rooms made of its turns, and marks it done.
func (g *Gate) empty(ctx context.Context, p person.Partnership, w Withdrawal) error {
	return g.db.Write(ctx, func(tx *store.Tx) error {
		turns, err := store.List(ctx, tx, store.One[ID], `SELECT id FROM consent_turn
			WHERE partnership_id = $1 AND contribution_id = $2 AND speaker_id = $3 AND ($4 = '' OR id = $4) ORDER BY id`,
			p, w.Contribution, w.Speaker, w.Turn)
		if err != nil {
			return err
		}
		for _, id := range turns {
			if err := emptyTurn(ctx, tx, p, id); err != nil {
				return err
			}
		}
		if w.Turn == "" {
			if _, err := tx.Exec(ctx, `UPDATE consent_speaker SET label = NULL WHERE partnership_id = $1 AND id = $2`, p, w.Speaker); err != nil {
				return err
			}
		}
		if err := emptyHead(ctx, tx, p, w.Contribution); err != nil {
			return err
		}
		for _, do := range g.destroyed {
			if len(turns) == 0 { // it was a recording
				break
			}
			if err := do(ctx, tx, p, turns); err != nil {
				return err
			}
		}
		if err := ledger.Forget(ctx, tx, p, g.now(), string(w.Speaker)); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE consent_withdrawal SET destroyed = $3 WHERE partnership_id = $1 AND seq = $2`, p, w.Seq, store.Micros(g.now()))
		return err
	})
}

// emptyTurn deletes a turn's sealed bytes, those of before it was mended too.
func emptyTurn(ctx context.Context, tx *store.Tx, p person.Partnership, id ID) error {
	if _, err := tx.Exec(ctx, `UPDATE consent_turn SET words = NULL, length = 0 WHERE partnership_id = $1 AND id = $2`, p, id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM consent_correction WHERE partnership_id = $1 AND turn_id = $2`, p, id)
	return err
}

// emptyHead deletes the sealed title, note and topics of a contribution that has nobody left in it, and dooms
// their key.
func emptyHead(ctx context.Context, tx *store.Tx, p person.Partnership, id ID) error {
	const nobody = ` WHERE c.partnership_id = $1 AND c.id = $2 AND NOT EXISTS (SELECT 1 FROM consent_turn t
		WHERE t.partnership_id = c.partnership_id AND t.contribution_id = c.id AND t.words IS NOT NULL)`
	_, err := tx.Exec(ctx, `INSERT INTO consent_doomed (partnership_id, key_id)
		SELECT c.partnership_id, c.key_id FROM consent_contribution c`+nobody+` ON CONFLICT DO NOTHING`, p, id)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE consent_contribution AS c SET title = NULL, note = NULL, topics = NULL`+nobody, p, id)
	return err
}
