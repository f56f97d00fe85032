package consent

import (
	"context"
	"errors"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

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
