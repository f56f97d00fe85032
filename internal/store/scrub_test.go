package store_test

import (
	"context"
	"testing"
	"time"

	"footing/internal/store"
	"footing/internal/testing/pg"
)

// TestScrub_KeepsNobodyWaiting holds a table open while it is to be rewritten: whoever reads it
// meanwhile must not have to wait behind the rewriting.
func TestScrub_KeepsNobodyWaiting(t *testing.T) {
	db, err := store.Open(t.Context(), pg.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(t.Context(), schema); err != nil {
		t.Fatal(err)
	}
	holding, release, held := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		held <- db.Write(context.Background(), func(tx *store.Tx) error {
			_, err := tx.Exec(context.Background(), `LOCK TABLE thing IN ACCESS SHARE MODE`)
			close(holding)
			<-release
			return err
		})
	}()
	<-holding
	done := make(chan error, 1)
	go func() { done <- db.Scrub(t.Context(), "thing") }()
	for range 20 {
		time.Sleep(25 * time.Millisecond)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		err := db.Read(ctx, func(tx *store.Tx) error {
			_, err := store.Get(ctx, tx, store.One[int64], `SELECT count(*) FROM thing`)
			return err
		})
		cancel()
		if err != nil {
			t.Errorf("reading while Scrub waits: %v", err)
			break
		}
	}
	select {
	case err := <-done:
		t.Errorf("Scrub returned %v while the table was held open", err)
		done <- err
	default:
	}
	close(release)
	if err := <-held; err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("Scrub after the table was let go: %v", err)
	}
}
