// Package engine says on which database a test runs: SQLite, or PostgreSQL with FOOTING_ENGINE=postgres.
//
// make check runs a package's tests once on each (scripts/engines.sh). A test that needs a database asks this
// package for it, mostly through package fixture, and so runs on both without a word about it. Only a test of
// what one engine alone does names that engine.
package engine

import (
	"os"
	"path/filepath"
	"sync"
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

// filled holds SQLite's files by what they were filled with.
var filled = struct {
	sync.Mutex
	files map[string][]byte
}{files: map[string][]byte{}}

// Filled returns the address of a database as Database does, but one that holds what fill put into it. What is
// filled under a name is filled once in a test binary, and copied for every further test: tables by the dozen
// take longer to make than most tests. fill closes what it opens.
func Filled(t testing.TB, dir, name, what string, fill func(address string)) string {
	t.Helper()
	if Of() == store.Postgres {
		return pg.Filled(t, what, 1, func(addresses []string) { fill(addresses[0]) })[0]
	}
	filled.Lock()
	defer filled.Unlock()
	address := filepath.Join(dir, name)
	if file, ok := filled.files[what]; ok {
		if err := os.WriteFile(address, file, 0o600); err != nil {
			t.Fatal(err)
		}
		return address
	}
	fill(address)
	file, err := os.ReadFile(address)
	if err != nil {
		t.Fatal(err)
	}
	filled.files[what] = file
	return address
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
