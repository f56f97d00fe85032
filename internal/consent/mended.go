package consent

import (
	"context"
	"slices"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// Before returns what a turn of somebody's said before each of its corrections, for whoever keeps the
// contribution and as long as the turn is open to her: to put in place again what could not be moved. It
// counts as looking at the record. It must be called outside of a transaction.
func (g *Gate) Before(ctx context.Context, keeper person.Viewer, contribution, turn ID) (map[ID]vault.Words, error) {
	opened, err := g.OpenTurns(ctx, keeper, Use{Purpose: Keeping, Form: Words}, Reading, turn)
	if err != nil {
		return nil, err
	}
	open := func(t Turn) bool { return t.ID == turn && t.Open }
	if len(opened) == 0 || opened[0].ID != contribution || !slices.ContainsFunc(opened[0].Turns, open) {
		return nil, errClosed
	}
	rows, err := g.corrections(ctx, keeper.Partnership, ` WHERE c.partnership_id = $1 AND c.contribution_id = $2 AND c.turn_id = $3`, contribution, turn)
	before := make(map[ID]vault.Words, len(rows))
	for _, r := range rows {
		before[ID(r.id)] = r.Before
	}
	return before, err
}

// A Mended is one correction of a turn's typing.
type Mended struct {
	Turn   ID
	Made   time.Time
	By     person.ID
	Before vault.Words // what stood there
}

// Mendings lists the corrections in somebody's own part of a contribution, newest first, for her alone.
func (g *Gate) Mendings(ctx context.Context, owner person.Viewer, contribution ID) ([]Mended, error) {
	rows, err := g.corrections(ctx, owner.Partnership, `
		JOIN consent_turn t ON t.partnership_id = c.partnership_id AND t.id = c.turn_id
		JOIN consent_speaker s ON s.partnership_id = t.partnership_id AND s.contribution_id = t.contribution_id AND s.id = t.speaker_id
		WHERE c.partnership_id = $1 AND c.contribution_id = $2 AND s.person_id = $3 AND s.person_id <> ''`, contribution, owner.ID)
	list := make([]Mended, len(rows))
	for i, r := range rows {
		list[i] = r.Mended
	}
	return list, err
}

// correction is a correction as it is stored.
type correction struct {
	Mended
	id, key string
	before  []byte
}

// corrections opens the corrections that a condition names, newest first. Those whose key is gone are left
// out.
func (g *Gate) corrections(ctx context.Context, p person.Partnership, where string, args ...any) ([]correction, error) {
	var rows []correction
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		rows, err = store.List(ctx, tx, func(r store.Row) (correction, error) {
			var x correction
			var made int64
			err := r.Scan(&x.Turn, &x.id, &made, &x.By, &x.key, &x.before)
			x.Made = store.Time(made)
			return x, err
		}, `SELECT c.turn_id, c.id, c.made, c.made_by, c.key_id, c.before FROM consent_correction c`+where+` ORDER BY c.made DESC, c.id DESC`,
			append([]any{p}, args...)...)
		return err
	})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.key)
	}
	keys, err := g.keys.Keys(ctx, ids)
	if err != nil {
		return nil, err
	}
	open := rows[:0]
	for _, r := range rows {
		k, ok := keys[r.key]
		if !ok {
			continue
		}
		if r.Before, err = unseal.Open(k, placeOf(p, "consent_correction", "before", ID(r.id), r.key), r.before); err != nil {
			return nil, err
		}
		open = append(open, r)
	}
	return open, nil
}
