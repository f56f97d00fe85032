package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"footing/internal/store"
)

const idsOf = `SELECT id FROM thing WHERE version = $1 ORDER BY id`

// A statement that is still being read is not handed out again: both readings see all of their rows.
func TestPrepared_TheSameStatementWithinItself(t *testing.T) {
	db, ctx := openSQLite(t), t.Context()
	for _, id := range []string{"a", "b", "c"} {
		if err := add(ctx, db, id); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // prepared the first time, kept the second
		seen := ""
		err := db.Read(ctx, func(tx *store.Tx) error {
			return tx.Each(ctx, func(r store.Row) error {
				outer, err := store.One[string](r)
				if err != nil {
					return err
				}
				inner, err := store.List(ctx, tx, store.One[string], idsOf, 1)
				seen += outer + fmt.Sprint(len(inner))
				return err
			}, idsOf, 1)
		})
		if err != nil || seen != "a3b3c3" {
			t.Errorf("three rows, each with three of its own, read as %q (%v)", seen, err)
		}
	}
}

// A kept statement reads a table as it is by now, also when it was given another column.
func TestPrepared_AfterTheSchemaChanged(t *testing.T) {
	db, ctx := openSQLite(t), t.Context()
	if err := add(ctx, db, "a"); err != nil {
		t.Fatal(err)
	}
	columns := func() (n int) {
		err := db.Read(ctx, func(tx *store.Tx) error {
			return tx.Each(ctx, func(r store.Row) error {
				names, err := r.(interface{ Columns() ([]string, error) }).Columns()
				n = len(names)
				return err
			}, `SELECT * FROM thing`)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := columns()
	err := db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `ALTER TABLE thing ADD COLUMN more BIGINT NOT NULL DEFAULT 0`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := columns(); before != 3 || after != 4 {
		t.Errorf("the table has %d columns and then %d, want 3 and 4", before, after)
	}
}

// More texts than a connection keeps, by many readers at once, some of whom stop half-way.
func TestPrepared_MoreTextsThanAreKept(t *testing.T) {
	db, ctx := openSQLite(t), t.Context()
	for i := range 20 {
		if err := add(ctx, db, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	var group sync.WaitGroup
	for reader := range 8 {
		group.Go(func() {
			for i := range 300 {
				query, want := fmt.Sprintf(`SELECT id FROM thing WHERE version < $1 LIMIT %d`, 1+(i+reader*40)%200), 1+(i+reader*40)%200
				if err := readSome(ctx, db, query, min(want, 20), i%3 == 0); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

func readSome(ctx context.Context, db *store.DB, query string, want int, stop bool) error {
	enough := errors.New("enough")
	n := 0
	err := db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(store.Row) error {
			if n++; stop {
				return enough
			}
			return nil
		}, query, 2)
	})
	if stop && errors.Is(err, enough) && n == 1 {
		return nil
	}
	if err != nil || n != want {
		return fmt.Errorf("%q gives %d rows (%w), want %d", query, n, err, want)
	}
	return nil
}
