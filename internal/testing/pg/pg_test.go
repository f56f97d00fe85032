package pg_test

import (
	"database/sql"
	"testing"

	"footing/internal/testing/pg"
)

func open(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestDatabase_EachIsEmptyAndItsOwn(t *testing.T) {
	first, second := open(t, pg.Database(t)), open(t, pg.Database(t))
	if _, err := first.Exec("CREATE TABLE note (id TEXT PRIMARY KEY, words TEXT NOT NULL)"); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Exec("INSERT INTO note VALUES ($1, $2)", "a", "naïve 🌱"); err != nil {
		t.Fatal(err)
	}
	var words string
	if err := first.QueryRow("SELECT words FROM note WHERE id = $1", "a").Scan(&words); err != nil || words != "naïve 🌱" {
		t.Errorf("read %q, %v", words, err)
	}
	var tables int
	if err := second.QueryRow("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables); err != nil || tables != 0 {
		t.Errorf("the second database has %d tables, %v", tables, err)
	}
}

func TestDatabase_DroppedWithOpenConnections(t *testing.T) {
	var name string
	t.Run("use", func(t *testing.T) {
		// Left open on purpose: the database must go all the same.
		db, err := sql.Open("pgx", pg.Database(t))
		if err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRow("SELECT current_database()").Scan(&name); err != nil {
			t.Fatal(err)
		}
	})
	if name == "" {
		t.Skip("needs PostgreSQL: part of make check (FOOTING_ENGINE=postgres)")
	}
	var left int
	db := open(t, pg.Database(t))
	if err := db.QueryRow("SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&left); err != nil || left != 0 {
		t.Errorf("%s is there %d times after its test, %v", name, left, err)
	}
}

func TestDatabase_SortsByCodePointInUTC(t *testing.T) {
	db := open(t, pg.Database(t))
	var first, zone string
	if err := db.QueryRow("SELECT min(v), current_setting('TimeZone') FROM (VALUES ('a'), ('B')) AS w(v)").Scan(&first, &zone); err != nil {
		t.Fatal(err)
	}
	if first != "B" || zone != "UTC" {
		t.Errorf("first of a and B is %q, time zone %q", first, zone)
	}
}
