package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"footing/internal/ledger"
	"footing/internal/store"
)

// columns are all columns of the log and how their values are stored.
var columns = map[string]map[string]string{
	"ledger_head":  {"partnership_id": "TEXT", "size": "BIGINT"},
	"ledger_entry": {"partnership_id": "TEXT", "seq": "BIGINT", "at": "BIGINT", "kind": "TEXT", "commitment": "BLOB"},
	"ledger_facts": {"partnership_id": "TEXT", "seq": "BIGINT", "subject": "TEXT", "salt": "BLOB", "facts": "TEXT"},
	"ledger_hash":  {"partnership_id": "TEXT", "position": "BIGINT", "hash": "BLOB"},
}

var keys = map[string]string{"ledger_head": "size", "ledger_entry": "seq", "ledger_facts": "seq", "ledger_hash": "position"}

// logged makes a log with every kind of row in it, some facts erased, a restore logged.
func logged(t *testing.T, path string) *store.DB {
	t.Helper()
	db := open(t, path)
	fill(t, db, ours)
	write(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := ledger.Forget(ctx, tx, ours, day, "subject1"); err != nil {
			return err
		}
		return ledger.Restored(ctx, tx, ours, day, ledger.Checkpoint{Size: 5})
	})
	return db
}

// P17: nobody can rewrite a decision or its minutes unseen.
func TestVerify_FindsEveryFlippedByteOfEveryColumn(t *testing.T) {
	db := logged(t, filepath.Join(t.TempDir(), "main.db"))
	witnesses := []ledger.Checkpoint{head(t, db, ours)}
	wantFaults(t, verify(t, db, ours, witnesses...))
	schema(t, db)
	flips := 0
	for table, types := range columns {
		var rows []int64
		read(t, db, func(ctx context.Context, tx *store.Tx) (err error) {
			rows, err = store.List(ctx, tx, store.One[int64], `SELECT `+keys[table]+` FROM `+table+` ORDER BY 1`)
			return err
		})
		for column, kind := range types {
			for _, row := range rows {
				flips += flipAll(t, db, table, column, kind, row)
			}
		}
	}
	if flips < 2000 {
		t.Errorf("only %d bytes were flipped", flips)
	}
	t.Logf("%d flips, all found", flips)
}

// schema fails when the log has a column that is not flipped here.
func schema(t *testing.T, db *store.DB) {
	t.Helper()
	read(t, db, func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, func(r store.Row) error {
			var table, column string
			err := r.Scan(&table, &column)
			if columns[table][column] == "" {
				t.Errorf("column %s.%s is not flipped", table, column)
			}
			return err
		}, `SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE 'ledger%'`)
	})
}

// flipAll flips each byte of one value, one at a time, each in a transaction that is given up.
func flipAll(t *testing.T, db *store.DB, table, column, kind string, row int64) int {
	t.Helper()
	var values []any
	read(t, db, func(ctx context.Context, tx *store.Tx) (err error) {
		values, err = flipped(ctx, tx, table, column, kind, row)
		return err
	})
	undo := errors.New("undo")
	for i, value := range values {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			n, err := tx.Exec(t.Context(), fmt.Sprintf(`UPDATE %s SET %s = CAST($1 AS %s) WHERE %s = $2`, table, column, kind, keys[table]), value, row)
			if errors.Is(err, store.ErrDuplicate) {
				return undo // the database itself refuses two rows with one key
			}
			if err != nil || n != 1 {
				return fmt.Errorf("flipping changed %d rows: %w", n, err)
			}
			r, err := ledger.Verify(t.Context(), tx, ours, nil, nil)
			if err == nil && len(r.Findings) == 0 {
				t.Errorf("flipping byte %d of %s.%s in row %d is not found", i, table, column, row)
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
	}
	return len(values)
}

func flipped(ctx context.Context, tx *store.Tx, table, column, kind string, row int64) ([]any, error) {
	query := fmt.Sprintf(`SELECT CAST(%s AS BLOB) FROM %s WHERE %s = $1`, column, table, keys[table])
	if kind == "BIGINT" {
		number, err := store.Get(ctx, tx, store.One[int64], strings.Replace(query, "BLOB", "BIGINT", 1), row)
		var values []any
		for i := range 8 {
			values = append(values, number^1<<(8*i+i%8))
		}
		return values, err
	}
	text, err := store.Get(ctx, tx, store.One[[]byte], query, row)
	var values []any
	for i := range text {
		value := bytes.Clone(text)
		value[i] ^= 1 << (i % 8)
		values = append(values, value)
	}
	return values, err
}

// The same below the database: bytes of the file itself, where they stand in a row.
func TestVerify_FindsFlippedBytesOfTheFile(t *testing.T) {
	dir := t.TempDir()
	db := logged(t, filepath.Join(dir, "main.db"))
	witness := head(t, db, ours)
	var needles [][]byte
	read(t, db, func(ctx context.Context, tx *store.Tx) (err error) {
		needles, err = store.List(ctx, tx, store.One[[]byte], `SELECT commitment FROM ledger_entry WHERE seq = 1
			UNION ALL SELECT salt FROM ledger_facts WHERE seq = 1 UNION ALL SELECT CAST(facts AS BLOB) FROM ledger_facts WHERE seq = 3
			UNION ALL SELECT hash FROM ledger_hash WHERE position IN (1, 2)`)
		return err
	})
	if err := db.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, "main.db"))
	if err != nil {
		t.Fatal(err)
	}
	for n, needle := range needles {
		if bytes.Count(file, needle) != 1 {
			t.Fatalf("value %d stands %d times in the file, want once", n, bytes.Count(file, needle))
		}
		broken := bytes.Clone(file)
		broken[bytes.Index(file, needle)+len(needle)/2] ^= 4
		path := filepath.Join(dir, fmt.Sprintf("broken%d.db", n))
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		if r := verify(t, open(t, path), ours, witness); len(r.Findings) == 0 {
			t.Errorf("a flipped byte of value %d in the file is not found", n)
		}
	}
}

// The salt and facts of what was taken back are on the disk no more, neither in the database nor in its
// write-ahead log.
func TestForget_LeavesNoSaltOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	db := open(t, filepath.Join(dir, "main.db"))
	fill(t, db, ours)
	canary := store.RandomID()
	write(t, db, func(ctx context.Context, tx *store.Tx) error {
		return ledger.Append(ctx, tx, ours, ledger.Entry{At: day, Kind: ledger.Terms, Subject: "mine", Facts: map[string]string{"a": canary}})
	})
	var salt []byte
	read(t, db, func(ctx context.Context, tx *store.Tx) (err error) {
		salt, err = store.Get(ctx, tx, store.One[[]byte], `SELECT salt FROM ledger_facts WHERE subject = 'mine'`)
		return err
	})
	if !onDisk(t, dir, salt) || !onDisk(t, dir, []byte(canary)) {
		t.Fatal("salt and facts are not on the disk before: this test sees nothing")
	}
	write(t, db, func(ctx context.Context, tx *store.Tx) error { return ledger.Forget(ctx, tx, ours, day, "mine") })
	if err := db.Scrub(t.Context(), ledger.FactsTable); err != nil {
		t.Fatal(err)
	}
	if onDisk(t, dir, salt) || onDisk(t, dir, []byte(canary)) {
		t.Error("salt or facts are still on the disk")
	}
}

// onDisk reports whether any file in dir holds needle.
func onDisk(t *testing.T, dir string, needle []byte) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, needle) {
			return true
		}
	}
	return false
}
