package app

import (
	"context"
	"time"

	"footing/internal/backup"
	"footing/internal/person"
	"footing/internal/store"
)

// tidy destroys what is due and sweeps what was left over.
func (a *App) tidy(ctx context.Context) error {
	a.pruneBackups()
	a.ballast.short()
	p, err := a.partnership(ctx)
	if err != nil || p == "" {
		return err
	}
	if err := a.asking.Tidy(ctx, p); err != nil {
		return err
	}
	for _, room := range []interface {
		Tidy(context.Context, person.Partnership) error
	}{a.sharing, a.agreed, a.decided, a.meeting, a.observe, a.facts, a.buddy} {
		if err := room.Tidy(ctx, p); err != nil {
			return err
		}
	}
	if err := a.uploads.Expire(ctx, p); err != nil {
		return err
	}
	if err := a.gate.SweepBlobs(ctx, p); err != nil { // first: it makes room on a full disk
		return err
	}
	if err := a.gate.TakeBackEnded(ctx, p); err != nil {
		return err
	}
	if err := a.gate.DestroyDue(ctx, p); err != nil {
		return err
	}
	if err := a.tombstones(ctx); err != nil {
		return err
	}
	a.sweepKeys(ctx)
	return a.db.Write(ctx, func(tx *store.Tx) error { return a.accounts.Sweep(ctx, tx, p) })
}

func (a *App) tidyEvery(ctx context.Context, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := a.tidy(ctx); err != nil && ctx.Err() == nil {
				a.Log.Error("tidying", "error", err) // the next round tries again
			}
		}
	}
}

// pruneBackups removes key backups past their days, also when no new backup is made: words that were
// erased end with the last one that still has their key.
func (a *App) pruneBackups() {
	if a.Backups == "" {
		return
	}
	removed, err := backup.Prune(a.Backups, a.Now(), a.Keep())
	if err != nil {
		a.Log.Error("removing old key backups", "error", err) // the next round tries again
	}
	if len(removed) > 0 {
		a.Log.Info("removed old key backups", "count", len(removed))
	}
}

// sweepKeys looks each hour for keys that belong to nothing that was saved. One goes when it has been
// without a row for as long as a key backup is kept: going sooner would gain nothing, since the backups
// have it, and a main database that was put back too old by hand can be mended until then. That it
// cannot be done is no reason to stop serving: what it would sweep opens nothing.
func (a *App) sweepKeys(ctx context.Context) {
	now := a.Now()
	if now.Before(a.swept.Add(time.Hour)) {
		return
	}
	a.swept = now
	n, err := a.ring.Orphans(ctx, a.gate.KeysInUse, backup.KeepKeys)
	switch {
	case err != nil && ctx.Err() == nil:
		a.Log.Error("sweeping keys without a row", "error", err) // the next hour tries again
	case n > 0:
		a.Log.Info("swept keys of what was never saved", "count", n)
	}
}
