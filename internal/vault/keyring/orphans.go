package keyring

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"footing/internal/store"
)

// ErrNotTheirs is returned when most keys have no row: then it is not that many things were never saved,
// but that the rows asked about are those of another database.
var ErrNotTheirs = errors.New("most keys have no row: is this the database that the key store belongs to?")

// fewKeys is how many keys may be without a row whatever their share is.
const fewKeys = 100

// Orphans sweeps keys whose row never came, because the program ended between the key and the row or a
// save was refused. inUse calls known with every id that has a row, and must name drafts and everything
// else that is sealed. An id that has been without one at every sweep for olderThan, and still is at the
// end of this one, is destroyed. It returns how many were, or ErrNotTheirs, having destroyed none.
//
// The first sweep only takes note, since the key store does not know when a key was made. The notes are
// in the key store, so that replicas share them: none destroys what another is about to use, unless that
// takes longer than olderThan.
func (r *Ring) Orphans(
	ctx context.Context, inUse func(ctx context.Context, known func(id string)) error, olderThan time.Duration,
) (int, error) {
	missing, err := r.withoutRow(ctx, inUse)
	if err != nil {
		return 0, fmt.Errorf("looking for keys without a row: %w", err)
	}
	var due map[string]bool
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		due, err = r.note(ctx, tx, missing, olderThan)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("noting keys without a row: %w", err)
	}
	// Rows are asked for once more: between the first asking and now somebody else may have saved one.
	if len(due) > 0 {
		if err := inUse(ctx, func(id string) { delete(due, id) }); err != nil {
			return 0, fmt.Errorf("looking for keys without a row: %w", err)
		}
	}
	if len(due) == 0 {
		return 0, nil
	}
	return len(due), r.Destroy(ctx, slices.Collect(maps.Keys(due))...)
}

// withoutRow returns the ids that inUse does not name. It lists the keys first and asks for rows after:
// the key comes before its row, so that a row saved meanwhile is seen. No transaction is open while it
// asks, so that a slow answer keeps no reader open.
func (r *Ring) withoutRow(ctx context.Context, inUse func(context.Context, func(string)) error) (map[string]bool, error) {
	missing := map[string]bool{}
	for first := 0; first < shelves; first += batch {
		ids, err := r.ids(ctx, first)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			missing[id] = true
		}
	}
	all := len(missing)
	if err := inUse(ctx, func(id string) { delete(missing, id) }); err != nil {
		return nil, err
	}
	if len(missing) > fewKeys && len(missing) > all/2 {
		return nil, ErrNotTheirs
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
func (r *Ring) note(ctx context.Context, tx *store.Tx, missing map[string]bool, olderThan time.Duration) (due map[string]bool, err error) {
	e, err := r.takeTurn(ctx, tx)
	if err != nil {
		return nil, err
	}
	e.forget()
	now, since := r.clock(), map[string]int64{}
	due = map[string]bool{}
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
	for id := range missing {
		at, noted := since[id]
		if noted && at <= store.Micros(now.Add(-olderThan)) {
			due[id] = true
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
