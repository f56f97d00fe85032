package keyring

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"footing/internal/store"
	"footing/internal/vault/internal/box"
)

// Destroy destroys the keys of ids, many as well as one, and returns when they are off this machine's
// disk, or with store.ErrReaders when they are gone but somebody still reads an older state. Calling it
// again, with ids that are gone too, finishes what was interrupted: the caller keeps a mark until it
// has returned nil. When copies outside the tables follow is what Scrubbed tells.
func (r *Ring) Destroy(ctx context.Context, ids ...string) error {
	err := r.db.Write(ctx, func(tx *store.Tx) error { return r.openEpoch(ctx, tx, ids) })
	if err != nil {
		return fmt.Errorf("destroying keys: %w", err)
	}
	if err := r.scrub(ctx); err != nil {
		return fmt.Errorf("destroying keys: %w", err)
	}
	return nil
}

// openEpoch begins a new epoch that has all keys but those of ids. If none of them is there, the epoch
// that ended with them has gone already.
func (r *Ring) openEpoch(ctx context.Context, tx *store.Tx, ids []string) error {
	old, err := r.takeTurn(ctx, tx)
	if err != nil {
		return err
	}
	defer old.forget()
	rows, err := store.List(ctx, tx, scanShelf, `SELECT number, keys, sealed FROM shelf ORDER BY number`)
	if err != nil {
		return err
	}
	gone := make(map[string]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	next := newEpoch(old.number+1, box.NewKey())
	defer next.forget()
	found, err := reseal(rows, gone, old, next)
	if err != nil || !found {
		return err
	}
	// Emptying the table and filling it in order gives SQLite whole pages to overwrite, where changing
	// rows in place could leave pieces of them behind.
	if _, err := tx.Exec(ctx, `DELETE FROM shelf`); err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(row sealedShelf) bool { return row.keys == 0 })
	if err := put(ctx, tx, rows); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE epoch SET number = $1, wrapped = $2, opened = $3, scrubbed = 0, clear = 0`,
		next.number, r.wrapEpoch(next), store.Micros(r.clock()))
	return err
}

// reseal replaces each row, on all cores, by what is left of it without the keys of gone, sealed under
// next instead of old. It reports whether there was any of them.
func reseal(rows []sealedShelf, gone map[string]bool, old, next *epoch) (found bool, err error) {
	if len(rows) == 0 {
		return false, nil
	}
	var work errgroup.Group
	var dropped atomic.Int64
	for some := range slices.Chunk(rows, (len(rows)-1)/runtime.GOMAXPROCS(0)+1) {
		work.Go(func() error {
			for i := range some {
				s, err := old.openShelf(some[i])
				if err != nil {
					return err
				}
				left, n, err := s.without(gone)
				if err != nil {
					return err
				}
				dropped.Add(n)
				some[i] = next.sealShelf(left)
				s.forget()
				left.forget()
			}
			return nil
		})
	}
	err = work.Wait()
	return dropped.Load() > 0, err
}

// scrub takes the last epoch off the disk and remembers where the log was then. If another replica
// opens an epoch meanwhile, that one's scrub is the one to remember.
func (r *Ring) scrub(ctx context.Context) error {
	state, err := r.state(ctx)
	if err != nil || state.scrubbed != 0 {
		return err
	}
	position, err := r.db.ScrubTo(ctx, "epoch", "shelf", "orphan")
	if err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE epoch SET scrubbed = $1 WHERE number = $2`, position, state.number)
		return err
	})
}
