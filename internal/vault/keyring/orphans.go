package keyring

import (
	"context"
	"fmt"
	"time"

	"footing/internal/store"
)

// Orphans sweeps keys whose row never came, because the program ended between the key and the row. It
// asks alive, batch by batch, which ids have a row; the answer holds those that do, and must count
// drafts and everything else that is sealed. An id that has been without one at every sweep for
// olderThan is destroyed. It returns how many were.
//
// The first sweep only takes note, since the key store does not know when a key was made.
func (r *Ring) Orphans(
	ctx context.Context, alive func(ctx context.Context, ids []string) (map[string]bool, error), olderThan time.Duration,
) (int, error) {
	missing, err := r.withoutRow(ctx, alive)
	if err != nil {
		return 0, fmt.Errorf("looking for keys without a row: %w", err)
	}
	var swept []string
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		swept, err = r.note(ctx, tx, missing, olderThan)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("noting keys without a row: %w", err)
	}
	if len(swept) == 0 {
		return 0, nil
	}
	return len(swept), r.Destroy(ctx, swept...)
}

// withoutRow returns the ids that alive does not know. It asks outside any transaction, so that a slow
// answer keeps no reader open.
func (r *Ring) withoutRow(
	ctx context.Context, alive func(context.Context, []string) (map[string]bool, error),
) (missing []string, err error) {
	for first := 0; first < shelves; first += batch {
		ids, err := r.ids(ctx, first)
		if err != nil {
			return nil, err
		}
		if len(ids) == 0 {
			continue
		}
		known, err := alive(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if !known[id] {
				missing = append(missing, id)
			}
		}
	}
	return missing, nil
}

// ids returns the ids on the batch of shelves from number first on.
func (r *Ring) ids(ctx context.Context, first int) (ids []string, err error) {
	some := make([]int, batch)
	for i := range some {
		some[i] = first + i
	}
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		e, err := r.inForce(ctx, tx)
		if err != nil {
			return err
		}
		defer e.forget()
		return e.eachShelf(ctx, tx, some, func(s *shelf) error {
			return s.each(func(id, _ []byte) { ids = append(ids, string(id)) })
		})
	})
	return ids, err
}

// note replaces the orphans on record by missing, each with the time it was first missed, and returns
// those that were missed olderThan ago.
func (r *Ring) note(ctx context.Context, tx *store.Tx, missing []string, olderThan time.Duration) (due []string, err error) {
	e, err := r.takeTurn(ctx, tx)
	if err != nil {
		return nil, err
	}
	e.forget()
	now, since := r.clock(), map[string]int64{}
	err = tx.Each(ctx, func(from store.Row) error {
		var id string
		var at int64
		err := from.Scan(&id, &at)
		since[id] = at
		return err
	}, `SELECT id, since FROM orphan`)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM orphan`); err != nil {
		return nil, err
	}
	for _, id := range missing {
		at, noted := since[id]
		if noted && at <= store.Micros(now.Add(-olderThan)) {
			due = append(due, id)
			continue
		}
		if !noted {
			at = store.Micros(now)
		}
		if _, err := tx.Exec(ctx, `INSERT INTO orphan (id, since) VALUES ($1, $2)`, id, at); err != nil {
			return nil, err
		}
	}
	return due, nil
}
