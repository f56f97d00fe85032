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
// open; its form matters not to whoever only reads a summary, so a theme is enough. A summary can quote:
// whoever said what an opened paper rests on sees that it was read, as if her words had been. In all that
// it is Open, and must be called outside of a writing transaction too.
func (g *Gate) Papers(ctx context.Context, v person.Viewer, u Use, papers []Paper) ([]OpenedPaper, error) {
	return g.PapersFor(ctx, v, u, Reading, papers)
}

// PapersFor is Papers for another act than reading.
func (g *Gate) PapersFor(ctx context.Context, v person.Viewer, u Use, act Act, papers []Paper) ([]OpenedPaper, error) {
	if u.Purpose == Checking { // for a reason alone: see Check
		return nil, errClosed
	}
	var opened []OpenedPaper
	var fresh []part
	hour := hourOf(u, g.now())
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		list, behind, err := g.papersOpen(ctx, tx, v, u, papers)
		if err != nil {
			return err
		}
		opened = list
		fresh, err = unrecorded(ctx, tx, v, u, act, hour, behind)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := g.record(ctx, v, u, act, hour, fresh); err != nil {
		return nil, fmt.Errorf("recording an opening: %w", err)
	}
	return opened, g.unsealPapers(ctx, v.Partnership, papers, opened)
}

// PapersOpen returns which papers would open for a reader, in their order, without a word of them. It opens
// nothing and writes nothing down: lists and counts of papers ask it.
func (g *Gate) PapersOpen(ctx context.Context, v person.Viewer, u Use, papers []Paper) ([]OpenedPaper, error) {
	var opened []OpenedPaper
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		list, _, err := g.papersOpen(ctx, tx, v, u, papers)
		opened = list
		return err
	})
	return opened, err
}

// papersOpen rules on papers, and returns whose parts those that open rest on.
func (g *Gate) papersOpen(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, papers []Paper) ([]OpenedPaper, map[part]bool, error) {
	reader, err := loadReader(ctx, tx, v)
	if err != nil {
		return nil, nil, err
	}
	grounds, ruling, err := g.papersRest(ctx, tx, v, u, papers)
	if err != nil {
		return nil, nil, err
	}
	opened, behind := make([]OpenedPaper, len(papers)), map[part]bool{}
	for i, p := range papers {
		mayRead := p.Writer == v.ID || slices.ContainsFunc(p.Readers, func(a Audience) bool { _, in := reader.in(a); return in })
		opened[i].Resting = grounds[p.Ref].stands
		if opened[i].Open = mayRead && opened[i].Resting && p.Sealed != nil; !opened[i].Open {
			continue
		}
		for _, turn := range grounds[p.Ref].turns {
			if t := ruling.turns[turn]; !t.own {
				behind[part{t.contribution, t.speaker}] = true
			}
		}
	}
	return opened, behind, nil
}

// unsealPapers reads the keys, after the opening is on record, and fills in the words of what is open.
func (g *Gate) unsealPapers(ctx context.Context, p person.Partnership, papers []Paper, opened []OpenedPaper) error {
	var keys []string
	for i, paper := range papers {
		if opened[i].Open {
			keys = append(keys, paper.Key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	held, err := g.keys.Keys(ctx, keys)
	if err != nil {
		return fmt.Errorf("reading keys: %w", err)
	}
	for i, paper := range papers {
		k, ok := held[paper.Key]
		if opened[i].Open = opened[i].Open && ok; !opened[i].Open {
			continue
		}
		if opened[i].Words, err = unseal.Open(k, placeOf(p, paper.Table, paper.Column, ID(paper.Row), paper.Key), paper.Sealed); err != nil {
			return fmt.Errorf("paper in %s: %w", paper.Table, err)
		}
	}
	return nil
}

// papersRest asks once per kind what the papers rest on, under the ruling that it returns. Papers that rest
// on nothing stand.
func (g *Gate) papersRest(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, papers []Paper) (map[Ref]ground, Ruling, error) {
	grounds := map[Ref]ground{{}: {stands: true}}
	kinds := map[string][]string{}
	for _, p := range papers {
		if p.Ref != (Ref{}) {
			kinds[p.Ref.Kind] = append(kinds[p.Ref.Kind], p.Ref.ID)
		}
	}
	if len(kinds) == 0 {
		return grounds, Ruling{}, nil
	}
	ruling, err := g.RuleIn(ctx, tx, v, u)
	if err != nil {
		return nil, ruling, err
	}
	for kind, ids := range kinds {
		found, err := g.grounds(ctx, tx, v.Partnership, ruling, kind, ids, 0)
		if err != nil {
			return nil, ruling, err
		}
		for id, ground := range found {
			grounds[Ref{kind, id}] = ground
		}
	}
	return grounds, ruling, nil
}
