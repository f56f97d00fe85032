package consent

import (
	"context"
	"fmt"
	"slices"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// A Paper is a sealed text that stands in a room's own table: a draft, a point of a chart, a memo. It
// has no terms; it has a writer, readers, and what it rests on. It is shut as soon as something it
// rests on is shut for the reader.
type Paper struct {
	Ref     Ref // what rests_on knows it by; zero when it rests on nothing
	Table   string
	Column  string
	Row     string
	Key     string
	Sealed  []byte
	Writer  person.ID
	Readers []Audience // beside the writer
}

// An OpenedPaper is a paper as a reader may see it.
type OpenedPaper struct {
	Words vault.Words
	Open  bool
	// Resting is false when something it rests on is shut: the text waits to be rewritten.
	Resting bool
}

// SealPaper makes a key and seals a text under it, for a room to store. It must be called outside of a
// writing transaction. It returns the key's id and the sealed bytes.
func (g *Gate) SealPaper(ctx context.Context, p person.Partnership, table, column, row, text string) (string, []byte, error) {
	id := store.RandomID()
	keys, err := g.keys.Create(ctx, id)
	if err != nil {
		return "", nil, fmt.Errorf("making a key: %w", err)
	}
	return id, vault.Seal(keys[id], placeOf(p, table, column, ID(row), id), []byte(text)), nil
}

// ResealPaper seals a new text under a paper's own key, for drafts, which keep one key for life.
func (g *Gate) ResealPaper(ctx context.Context, p person.Partnership, table, column, row, key, text string) ([]byte, error) {
	keys, err := g.keys.Keys(ctx, []string{key})
	if err != nil {
		return nil, err
	}
	k, ok := keys[key]
	if !ok {
		return nil, errClosed
	}
	return vault.Seal(k, placeOf(p, table, column, ID(row), key), []byte(text)), nil
}

// Doom hands keys to the next change of epoch, when a paper was rewritten or thrown away.
func (g *Gate) Doom(ctx context.Context, tx *store.Tx, p person.Partnership, keys ...string) error {
	for _, k := range keys {
		_, err := tx.Exec(ctx, `INSERT INTO consent_doomed (partnership_id, key_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, p, k)
		if err != nil {
			return err
		}
	}
	return nil
}

// Papers opens papers for a reader, in their order. u is the use under which what they rest on must be
// open; its form matters not to whoever only reads a summary, so a theme is enough.
func (g *Gate) Papers(ctx context.Context, v person.Viewer, u Use, papers []Paper) ([]OpenedPaper, error) {
	opened := make([]OpenedPaper, len(papers))
	var keys []string
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		reader, err := loadReader(ctx, tx, v)
		if err != nil {
			return err
		}
		standing, err := g.papersStanding(ctx, tx, v, u, papers)
		if err != nil {
			return err
		}
		for i, p := range papers {
			mayRead := p.Writer == v.ID || slices.ContainsFunc(p.Readers, func(a Audience) bool { _, in := reader.in(a); return in })
			opened[i].Resting = standing[p.Ref]
			if opened[i].Open = mayRead && opened[i].Resting && p.Sealed != nil; opened[i].Open {
				keys = append(keys, p.Key)
			}
		}
		return nil
	})
	if err != nil || len(keys) == 0 {
		return opened, err
	}
	held, err := g.keys.Keys(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("reading keys: %w", err)
	}
	for i, p := range papers {
		k, ok := held[p.Key]
		if opened[i].Open = opened[i].Open && ok; !opened[i].Open {
			continue
		}
		if opened[i].Words, err = unseal.Open(k, placeOf(v.Partnership, p.Table, p.Column, ID(p.Row), p.Key), p.Sealed); err != nil {
			return nil, fmt.Errorf("paper in %s: %w", p.Table, err)
		}
	}
	return opened, nil
}

// papersStanding asks once per kind whether what the papers rest on is open. Papers that rest on
// nothing stand.
func (g *Gate) papersStanding(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, papers []Paper) (map[Ref]bool, error) {
	standing := map[Ref]bool{{}: true}
	kinds := map[string][]string{}
	for _, p := range papers {
		if p.Ref != (Ref{}) {
			kinds[p.Ref.Kind] = append(kinds[p.Ref.Kind], p.Ref.ID)
		}
	}
	if len(kinds) == 0 {
		return standing, nil
	}
	ruling, err := g.RuleIn(ctx, tx, v, u)
	if err != nil {
		return nil, err
	}
	for kind, ids := range kinds {
		stands, err := g.Standing(ctx, tx, v.Partnership, ruling, kind, ids...)
		if err != nil {
			return nil, err
		}
		for id, ok := range stands {
			standing[Ref{kind, id}] = ok
		}
	}
	return standing, nil
}
