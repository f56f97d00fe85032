package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"footing/internal/backup"
	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/record"
	"footing/internal/store"
)

// Stores returns the addresses of the main and the key store, for backups.
func (c Config) Stores() (main, keys string) {
	c = c.withDefaults()
	return c.mainAddress(), c.keyAddress()
}

// RootKeyFile returns where the root key is.
func (c Config) RootKeyFile() string { return c.withDefaults().RootKey }

// tombstones writes what was taken back to the third small file.
func (a *App) tombstones(ctx context.Context) error {
	return backup.WriteTombstones(ctx, a.db, filepath.Join(a.Data, backup.TombstoneFile), a.Now())
}

// tombstonesFollow writes the file again after each withdrawal, so that a backup put back later knows of
// it.
func (a *App) tombstonesFollow(ctx context.Context) error {
	p, err := a.waitForPartnership(ctx)
	if err != nil || p == "" {
		return err
	}
	for range a.events.Subscribe(ctx, p, consent.TopicTaken) {
		if err := a.tombstones(ctx); err != nil && ctx.Err() == nil {
			a.Log.Error("writing tombstones", "error", err) // tidying tries again within the minute
		}
	}
	return nil
}

// waitForPartnership returns the partnership once there is one, "" when ctx ends before.
func (a *App) waitForPartnership(ctx context.Context) (person.Partnership, error) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		p, err := a.partnership(ctx)
		if err != nil || p != "" {
			return p, err
		}
		select {
		case <-ctx.Done():
			return "", nil
		case <-tick.C:
		}
	}
}

// Verify checks the log of the server with these settings, running or not, against lines that somebody
// kept, and writes what it found to out. It reports whether the log holds.
func Verify(ctx context.Context, c Config, lines []string, out io.Writer) (ok bool, err error) {
	main, _ := c.Stores()
	db, err := store.Open(ctx, main)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var settings circle.Settings
	err = db.Read(ctx, func(tx *store.Tx) error {
		settings, ok, err = circle.Of(ctx, tx)
		return err
	})
	if err != nil || !ok {
		return false, errors.Join(err, errors.New("there is no partnership here"))
	}
	return record.Verify(ctx, db, settings.Partnership, lines, out)
}

// Restore puts a backup back into the settings' empty folder or databases.
func Restore(ctx context.Context, c Config, o backup.RestoreOptions) (backup.Restored, error) {
	c = c.withDefaults()
	a := &App{Config: c}
	o.Into, o.Database, o.KeyStore, o.RootKey, o.Now = c.Data, c.Database, c.Keys, c.RootKey, c.Now
	o.Gate = func(db *store.DB, keys consent.Keys) *consent.Gate {
		a.db = db
		bus := event.New(db, c.Now, slog.New(slog.DiscardHandler))
		gate := consent.New(db, keys, bus, c.Now, time.Duration(c.UndoDays)*24*time.Hour, c.Log)
		a.Parts = assemble(c, db, gate, bus, consent.Box{})
		_, _ = a.rooms() // they register what they delete when parts are destroyed again; asked once already
		return gate
	}
	o.Then = func(ctx context.Context, tx *store.Tx, p person.Partnership) error {
		for _, do := range a.restored {
			if err := do(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	}
	a.Parts = assemble(c, nil, consent.New(nil, nil, nil, c.Now, 0, c.Log), nil, consent.Box{})
	rooms, err := a.rooms()
	if err != nil {
		return backup.Restored{}, err
	}
	o.Migrations = migrations(rooms)
	return backup.Restore(ctx, o)
}
