package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/testing/engine"
)

var schema = fstest.MapFS{"202601010000_thing.sql": {Data: []byte(
	"-- +goose Up\nCREATE TABLE thing (id TEXT PRIMARY KEY, body {{bytes}}, version BIGINT NOT NULL) {{without rowid}};\n")}}

func open(t *testing.T) *store.DB {
	t.Helper()
	return openAt(t, engine.Database(t, t.TempDir(), "main.db"))
}

// openSQLite is for what SQLite alone does.
func openSQLite(t *testing.T) *store.DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "main.db"))
}

func openAt(t *testing.T, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(t.Context(), schema); err != nil {
		t.Fatal(err)
	}
	return db
}

func add(ctx context.Context, db *store.DB, id string) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO thing (id, body, version) VALUES ($1, $2, 1)`, id, []byte(id))
		return err
	})
}

func TestWrite_RollsBackAndForgetsItsAfter(t *testing.T) {
	db, ctx, ran := open(t), t.Context(), false
	stop := errors.New("stop")
	err := db.Write(ctx, func(tx *store.Tx) error {
		tx.After(func() { ran = true })
		if _, err := tx.Exec(ctx, `INSERT INTO thing (id, version) VALUES ('a', 1)`); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) || ran {
		t.Errorf("Write returned %v and ran its After: %v", err, ran)
	}
	err = db.Read(ctx, func(tx *store.Tx) error {
		ids, err := store.List(ctx, tx, store.One[string], `SELECT id FROM thing ORDER BY id`)
		if len(ids) != 0 {
			t.Errorf("rows %v survived a rollback", ids)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRead_CannotWrite(t *testing.T) {
	db, ctx := open(t), t.Context()
	err := db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO thing (id, version) VALUES ('a', 1)`)
		return err
	})
	if err == nil {
		t.Error("a reading transaction wrote a row")
	}
}

func TestErrors_MissingDuplicateAndConflict(t *testing.T) {
	db, ctx := open(t), t.Context()
	if err := add(ctx, db, "a"); err != nil {
		t.Fatal(err)
	}
	if err := add(ctx, db, "a"); !errors.Is(err, store.ErrDuplicate) {
		t.Errorf("a second row with the same key gives %v, want ErrDuplicate", err)
	}
	newer := fault.New(fault.Conflict, "x.newer")
	err := db.Write(ctx, func(tx *store.Tx) error {
		if _, err := store.Get(ctx, tx, store.One[string], `SELECT id FROM thing WHERE id = 'b'`); !errors.Is(err, fault.Missing) {
			t.Errorf("an absent row gives %v, want Missing", err)
		}
		n, err := tx.Exec(ctx, `UPDATE thing SET version = 2 WHERE id = $1 AND version = $2`, "a", 7)
		return store.Changed(n, err, newer)
	})
	if !errors.Is(err, newer) {
		t.Errorf("updating an older version gives %v, want the conflict", err)
	}
}

// A folder may be called as it likes: the file is made in it and nowhere else.
func TestOpen_AnyFolder(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "ours #2? 100%25 é")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), filepath.Join(dir, "main.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(t.Context(), schema); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "main.db-wal"))
	entries, _ := os.ReadDir(top)
	if err != nil || info.Size() == 0 || len(entries) != 1 {
		t.Errorf("the database is not in its folder: %v, %v", err, entries)
	}
}
