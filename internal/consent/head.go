package consent

import (
	"context"
	"fmt"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// A head is what a contribution's own key seals: its title, its note, its topics,
// and what it calls its speakers.
type head struct {
	key         string
	title, note []byte
	topics      []byte
	labels      map[ID][]byte
}

func loadHead(ctx context.Context, tx *store.Tx, p person.Partnership, id ID) (h head, err error) {
	h, err = store.Get(ctx, tx, func(r store.Row) (h head, err error) {
		return h, r.Scan(&h.key, &h.title, &h.note, &h.topics)
	}, `SELECT key_id, title, note, topics FROM consent_contribution WHERE partnership_id = $1 AND id = $2`, p, id)
	if err != nil {
		return h, err
	}
	h.labels = map[ID][]byte{}
	err = tx.Each(ctx, func(r store.Row) error {
		var speaker ID
		var label []byte
		err := r.Scan(&speaker, &label)
		h.labels[speaker] = label
		return err
	}, `SELECT id, label FROM consent_speaker WHERE partnership_id = $1 AND contribution_id = $2 AND label IS NOT NULL ORDER BY position`, p, id)
	return h, err
}

// resealHead ends what a contribution calls a speaker whose whole part goes: everything else that lies
// under the same key is sealed anew under a fresh one, and the old key is doomed, so that older copies
// no longer tell her name either. Done before, it does nothing.
func (g *Gate) resealHead(ctx context.Context, p person.Partnership, w Withdrawal) error {
	var old head
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		known, err := store.List(ctx, tx, store.One[ID], `SELECT id FROM consent_contribution WHERE partnership_id = $1 AND id = $2`, p, w.Contribution)
		if err != nil || len(known) == 0 { // put back from a backup that is older
			return err
		}
		old, err = loadHead(ctx, tx, p, w.Contribution)
		return err
	})
	if err != nil || old.labels[w.Speaker] == nil {
		return err
	}
	held, err := g.keys.Keys(ctx, []string{old.key})
	if err != nil {
		return err
	}
	oldKey, ok := held[old.key]
	if !ok {
		return nil // destroyed already, or no key backup was put back: nobody can read it
	}
	fresh := store.RandomID()
	keys, err := g.keys.Create(ctx, fresh)
	if err != nil {
		return err
	}
	return g.db.Write(ctx, func(tx *store.Tx) error {
		return moveHead(ctx, tx, p, w, move{old.key, fresh, oldKey, keys[fresh]})
	})
}

// A move is from one key to another.
type move struct {
	from, to       string
	oldKey, newKey vault.Key
}

// again returns what was sealed at a place under the one key, sealed there under the other.
func (m move) again(p person.Partnership, table, column string, row ID, sealed []byte) ([]byte, error) {
	words, err := unseal.Open(m.oldKey, placeOf(p, table, column, row, m.from), sealed)
	if err != nil {
		return nil, fmt.Errorf("%s of %s: %w", column, row, err)
	}
	return vault.Seal(m.newKey, placeOf(p, table, column, row, m.to), []byte(words.Reveal())), nil
}

func moveHead(ctx context.Context, tx *store.Tx, p person.Partnership, w Withdrawal, m move) error {
	h, err := loadHead(ctx, tx, p, w.Contribution)
	if err != nil || h.key != m.from || h.title == nil { // somebody else has just moved or emptied it
		return err
	}
	if h.title, err = m.again(p, "consent_contribution", "title", w.Contribution, h.title); err != nil {
		return err
	}
	if h.note, err = m.again(p, "consent_contribution", "note", w.Contribution, h.note); err != nil {
		return err
	}
	if h.topics != nil {
		if h.topics, err = m.again(p, "consent_contribution", "topics", w.Contribution, h.topics); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE consent_contribution SET key_id = $3, title = $4, note = $5, topics = $6 WHERE partnership_id = $1 AND id = $2`,
		p, w.Contribution, m.to, h.title, h.note, h.topics)
	if err != nil {
		return err
	}
	for speaker, label := range h.labels {
		if label, err = m.again(p, "consent_speaker", "label", speaker, label); err != nil {
			return err
		}
		if speaker == w.Speaker {
			label = nil
		}
		_, err = tx.Exec(ctx, `UPDATE consent_speaker SET label = $4 WHERE partnership_id = $1 AND contribution_id = $2 AND id = $3`,
			p, w.Contribution, speaker, label)
		if err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO consent_doomed (partnership_id, key_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, p, m.from)
	return err
}
