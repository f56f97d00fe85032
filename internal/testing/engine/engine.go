// Package engine says on which database a test runs: SQLite, or PostgreSQL with FOOTING_ENGINE=postgres.
//
// make check runs all tests once on each. A test that needs a database asks this package for it, mostly
// through package fixture, and so runs on both without a word about it. Only a test of what one engine
// alone does names that engine.
package engine

import (
	"os"
	"path/filepath"
	"testing"

	"footing/internal/store"
	"footing/internal/testing/pg"
)

// Of returns the engine of this run.
func Of() store.Engine {
	if os.Getenv("FOOTING_ENGINE") == string(store.Postgres) {
		return store.Postgres
	}
	return store.SQLite
}

// Database returns the address of an empty database for this test alone. On SQLite that is a file of
// this name in a folder, which is there.
func Database(t testing.TB, dir, name string) string {
	t.Helper()
	if Of() == store.Postgres {
		return pg.Database(t)
	}
	return filepath.Join(dir, name)
}

// Run runs a test on this run's engine, as a part of the test that says which one it is. database gives
// empty databases by their names.
func Run(t *testing.T, test func(t *testing.T, database func(name string) string)) {
	t.Helper()
	t.Run(string(Of()), func(t *testing.T) {
		dir := t.TempDir()
		test(t, func(name string) string { return Database(t, dir, name) })
	})
}

// Once skips a long test on PostgreSQL which has run on SQLite: why says why no database matters to it.
func Once(t *testing.T, why string) {
	t.Helper()
	if Of() == store.Postgres {
		t.Skip("tried on SQLite alone: " + why)
	}
}
