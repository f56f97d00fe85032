package nextdoor_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/nextdoor"
)

var tables = fstest.MapFS{
	"202601010000_note.sql": {Data: []byte(`-- +goose Up
CREATE TABLE note (partnership_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, words {{bytes}}, at BIGINT NOT NULL, PRIMARY KEY (partnership_id, id));
CREATE TABLE setting (id TEXT NOT NULL PRIMARY KEY);`)},
}

func TestBuild_ShowsWhatForgetsThePartnership(t *testing.T) {
	engine.Run(t, func(t *testing.T, database func(string) string) {
		ctx := t.Context()
		db, err := store.Open(ctx, database("main.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(db.Migrate(ctx, tables))
		nextdoor.Build(t, db)
		nextdoor.Build(t, db) // does nothing more
		exec := func(query string, args ...any) (n int64, err error) {
			err = db.Write(ctx, func(tx *store.Tx) error { n, err = tx.Exec(ctx, query, args...); return err })
			return n, err
		}
		n, err := exec(`INSERT INTO note (partnership_id, id, name, words, at) VALUES ('here', 'a', 'Ann', $1, 7), ('here', 'b', 'plain', $1, 7)`, []byte{1, 2})
		must(err)
		if n != 2 {
			t.Errorf("writing two rows touched %d", n)
		}
		all, names := list(ctx, t, db, `SELECT name FROM note ORDER BY id, partnership_id`), list(ctx, t, db, `SELECT name FROM note WHERE partnership_id = 'here' ORDER BY id`)
		if got := strings.Join(all, "|"); got != "Ann|"+nextdoor.Mark+" Ann|plain|plain" {
			t.Errorf("without the partnership a list is %s", got)
		}
		if got := strings.Join(names, "|"); got != "Ann|plain" {
			t.Errorf("with the partnership a list is %s", got)
		}
		for _, query := range []string{`UPDATE note SET at = 8 WHERE id = 'a'`, `DELETE FROM note WHERE id = 'a'`} {
			if _, err := exec(query); err == nil || !strings.Contains(err.Error(), "next door") {
				t.Errorf("%s is answered with %v", query, err)
			}
			if n, err := exec(strings.Replace(query, "WHERE", "WHERE partnership_id = 'here' AND", 1)); n != 1 || err != nil {
				t.Errorf("the same for one partnership touches %d rows, %v", n, err)
			}
		}
		nextdoor.Leave(t, db)
		if left := list(ctx, t, db, `SELECT id FROM note`); len(left) != 1 {
			t.Errorf("after leaving %d rows are there, want ours alone", len(left))
		}
		_, err = exec(`DELETE FROM note`)
		must(err)
	})
}

func list(ctx context.Context, t *testing.T, db *store.DB, query string) (all []string) {
	t.Helper()
	err := db.Read(ctx, func(tx *store.Tx) (err error) { all, err = store.List(ctx, tx, store.One[string], query); return err })
	if err != nil {
		t.Fatal(err)
	}
	return all
}
