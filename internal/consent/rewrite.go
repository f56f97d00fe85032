package consent

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
)

// ErrRewritten is returned when the words are not those any more over which new ones were written.
var ErrRewritten = fault.New(fault.Conflict, "web.newer")

// ErrShared refuses to rewrite something that others speak in too.
var ErrShared = fault.New(fault.Invalid, "consent.others_speak")

// Rewrite gives a contribution of one's own new words. What was allowed with the old ones holds no
// longer: new terms are asked for. The old words are gone, also those that were taken back and could have
// been brought back, and what rests on them is shut. over are the turns as the owner read them, without those
// taken back; nil for whatever stands. Where others are left by now nothing is changed and ErrRewritten is
// returned. A recording says the old words and goes with them. It must be called outside of a transaction.
func (g *Gate) Rewrite(ctx context.Context, owner person.Viewer, contribution ID, over []ID, turns []string) error {
	key := store.RandomID()
	keys, err := g.keys.Create(ctx, key)
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	p := owner.Partnership
	return g.db.Write(ctx, func(tx *store.Tx) error {
		speaker, err := soleSpeaker(ctx, tx, owner, contribution)
		if err != nil {
			return err
		}
		if over != nil {
			left, err := leftTurns(ctx, tx, p, contribution)
			if err != nil || !slices.Equal(left, over) {
				return cmp.Or(err, error(ErrRewritten))
			}
		}
		if err := g.dropWords(ctx, tx, p, contribution); err != nil {
			return err
		}
		if err := g.dropRecordings(ctx, tx, p, contribution, speaker, ""); err != nil {
			return err
		}
		version, err := store.Get(ctx, tx, store.One[int64], `UPDATE consent_contribution SET version = version + 1
			WHERE partnership_id = $1 AND id = $2 RETURNING version`, p, contribution)
		if err != nil {
			return err
		}
		for i, text := range turns {
			id := ID(store.RandomID())
			words := vault.Seal(keys[key], placeOf(p, "consent_turn", "words", id, key), []byte(text))
			_, err := tx.Exec(ctx, `INSERT INTO consent_turn
				(partnership_id, contribution_id, version, seq, id, speaker_id, key_id, at_ms, length, words)
				VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)`,
				p, contribution, version, i+1, id, speaker, key, utf8.RuneCountInString(text), words)
			if err != nil {
				return err
			}
		}
		return g.events.Publish(ctx, tx, p, TopicTaken, string(contribution))
	})
}

// soleSpeaker returns the one speaker of a contribution, who must be the owner.
func soleSpeaker(ctx context.Context, tx *store.Tx, owner person.Viewer, contribution ID) (ID, error) {
	type speaker struct {
		id     ID
		person person.ID
	}
	list, err := store.List(ctx, tx, func(r store.Row) (speaker, error) {
		var s speaker
		err := r.Scan(&s.id, &s.person)
		return s, err
	}, `SELECT id, person_id FROM consent_speaker WHERE partnership_id = $1 AND contribution_id = $2 ORDER BY position`,
		owner.Partnership, contribution)
	switch {
	case err != nil:
		return "", err
	case len(list) == 0, len(list) == 1 && list[0].person != owner.ID:
		return "", errClosed
	case len(list) > 1:
		return "", ErrShared
	}
	return list[0].id, nil
}

// leftTurns returns the turns of a contribution, in order, of which nothing is taken back.
func leftTurns(ctx context.Context, tx *store.Tx, p person.Partnership, contribution ID) ([]ID, error) {
	return store.List(ctx, tx, store.One[ID], `SELECT t.id FROM consent_turn t
		JOIN consent_contribution c ON c.partnership_id = t.partnership_id AND c.id = t.contribution_id AND c.version = t.version
		WHERE t.partnership_id = $1 AND t.contribution_id = $2 AND NOT EXISTS (SELECT 1 FROM consent_withdrawal w
			WHERE w.partnership_id = t.partnership_id AND w.contribution_id = t.contribution_id AND w.speaker_id = t.speaker_id
			AND w.undone = 0 AND (w.turn_id = '' OR w.turn_id = t.id))
		ORDER BY t.seq`, p, contribution)
}

// dropWords ends all words of a contribution as they were: their bytes, their keys and what rooms made
// of them.
func (g *Gate) dropWords(ctx context.Context, tx *store.Tx, p person.Partnership, contribution ID) error {
	old, err := store.List(ctx, tx, store.One[ID], `SELECT id FROM consent_turn
		WHERE partnership_id = $1 AND contribution_id = $2 ORDER BY version, seq`, p, contribution)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO consent_doomed (partnership_id, key_id) SELECT DISTINCT partnership_id, key_id FROM consent_turn
		WHERE partnership_id = $1 AND contribution_id = $2 ON CONFLICT DO NOTHING`, p, contribution)
	if err != nil {
		return err
	}
	for _, id := range old {
		if err := emptyTurn(ctx, tx, p, id); err != nil {
			return err
		}
	}
	for _, do := range g.destroyed {
		if err := do(ctx, tx, p, old); err != nil {
			return err
		}
	}
	return nil
}
