package engine_test

import (
	"testing"

	"footing/internal/store"
	"footing/internal/testing/engine"
)

// What is filled once is there for each test, and what one test writes is in no other's.
func TestFilled_EachTestHasItsOwnCopy(t *testing.T) {
	times := 0
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			address := engine.Filled(t, t.TempDir(), "main.db", "one row", func(address string) {
				times++
				run(t, address, `CREATE TABLE thing (id TEXT NOT NULL)`, `INSERT INTO thing (id) VALUES ('made')`)
			})
			run(t, address, `INSERT INTO thing (id) VALUES ('mine')`)
			if n := rows(t, address); n != 2 {
				t.Errorf("the %s test finds %d rows, want the one that was made and its own", name, n)
			}
		})
	}
	if times != 1 {
		t.Errorf("it was filled %d times, want once", times)
	}
}

func run(t *testing.T, address string, statements ...string) {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Raw().ExecContext(t.Context(), s); err != nil {
			t.Error(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func rows(t *testing.T, address string) (n int) {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Raw().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM thing`).Scan(&n); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	return n
}
