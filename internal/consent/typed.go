package consent

import (
	"context"
	"fmt"
	"unicode/utf8"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
)

// AddTurns puts more words behind those that somebody said in a contribution, in the same version and under the
// terms it has: what was typed up of her voice, once she has looked at it and said yes. Turns that part names
// are what stood there before: they are shut in the same transaction, so that nobody ever reads both or neither,
// and erased after it; where the program is stopped in between, it goes on with that when it starts. also runs in
// that transaction too, with the new turns. It is for the owner of the part, and the part does not exist for
// anybody else, nor while it is taken back. It must be called outside of a transaction.
func (g *Gate) AddTurns(ctx context.Context, owner person.Viewer, part Part, texts []string, also func(context.Context, *store.Tx, []ID) error) error {
	key := store.RandomID()
	keys, err := g.keys.Create(ctx, key)
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	p := owner.Partnership
	err = g.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := ownSpeaker(ctx, tx, owner, part); err != nil {
			return err
		}
		ids, err := insertBehind(ctx, tx, p, part, keys[key], key, texts)
		if err != nil {
			return err
		}
		if len(part.Turns) > 0 {
			if err := g.takeBack(ctx, tx, p, part, g.now()); err != nil {
				return err
			}
		}
		if err := also(ctx, tx, ids); err != nil {
			return err
		}
		return g.events.Publish(ctx, tx, p, TopicTerms, string(part.Contribution))
	})
	if err != nil || len(part.Turns) == 0 {
		return err
	}
	return g.DestroyDue(ctx, p)
}

// insertBehind puts texts behind the last turn of a contribution's newest version, sealed under a key.
func insertBehind(ctx context.Context, tx *store.Tx, p person.Partnership, part Part, k vault.Key, key string, texts []string) ([]ID, error) {
	type place struct{ version, seq int64 }
	last, err := store.Get(ctx, tx, func(r store.Row) (at place, err error) { return at, r.Scan(&at.version, &at.seq) },
		`SELECT c.version, (SELECT coalesce(max(t.seq), 0) FROM consent_turn t
			WHERE t.partnership_id = c.partnership_id AND t.contribution_id = c.id AND t.version = c.version)
		FROM consent_contribution c WHERE c.partnership_id = $1 AND c.id = $2`, p, part.Contribution)
	if err != nil {
		return nil, err
	}
	ids := make([]ID, len(texts))
	for i, text := range texts {
		ids[i] = ID(store.RandomID())
		words := vault.Seal(k, placeOf(p, "consent_turn", "words", ids[i], key), []byte(text))
		_, err := tx.Exec(ctx, `INSERT INTO consent_turn
			(partnership_id, contribution_id, version, seq, id, speaker_id, key_id, at_ms, length, words)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)`,
			p, part.Contribution, last.version, last.seq+int64(i)+1, ids[i], part.Speaker, key, utf8.RuneCountInString(text), words)
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// FirstTurn returns the first turn of a speaker in the newest version of a contribution. It says nothing about
// who may read it.
func (g *Gate) FirstTurn(ctx context.Context, tx *store.Tx, p person.Partnership, contribution, speaker ID) (ID, error) {
	return store.Get(ctx, tx, store.One[ID], `SELECT t.id FROM consent_turn t
		JOIN consent_contribution c ON c.partnership_id = t.partnership_id AND c.id = t.contribution_id AND c.version = t.version
		WHERE t.partnership_id = $1 AND t.contribution_id = $2 AND t.speaker_id = $3 ORDER BY t.seq LIMIT 1`, p, contribution, speaker)
}
