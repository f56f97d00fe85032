package consent

import (
	"context"

	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

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
		if len(turns) == 0 && w.Turn != "" { // it was a recording
			turns = []ID{w.Turn}
		}
		for _, do := range g.destroyed {
			if len(turns) == 0 {
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
