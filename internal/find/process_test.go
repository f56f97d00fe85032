package find_test

import (
	"log/slog"
	"path/filepath"

	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/store"
	"footing/internal/testing/fixture"
	"footing/internal/vault/keyring"
)

// openAgain opens the same databases a second time, as another process does, and returns its gate.
func openAgain(d *desk) *consent.Gate {
	d.T.Helper()
	open := func(address string) *store.DB {
		db, err := store.Open(d.T.Context(), address)
		d.Must(err)
		d.T.Cleanup(func() { d.Must(db.Close()) })
		return db
	}
	db, log := open(d.Main), slog.New(slog.DiscardHandler)
	ring, err := keyring.Open(d.T.Context(), open(d.Keys), filepath.Join(d.Dir, "root.key"), d.Now)
	d.Must(err)
	return consent.New(db, ring, event.New(db, d.Now, log), d.Now, fixture.Undo, log)
}
