package ledger_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"footing/internal/ledger"
	"footing/internal/store"
)

func export(t *testing.T, db *store.DB) []byte {
	t.Helper()
	var b bytes.Buffer
	read(t, db, func(ctx context.Context, tx *store.Tx) error { return ledger.Export(ctx, tx, ours, &b) })
	return b.Bytes()
}

func TestOffline_HoldsAgainstPrintedLines(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		empty := head(t, db, ours)
		fill(t, db, ours)
		middle, err := ledger.ParseCheckpoint(head(t, db, ours).String())
		if err != nil {
			t.Fatal(err)
		}
		fill(t, db, ours)
		fill(t, db, theirs)
		text := export(t, db)
		r, err := ledger.VerifyOffline(bytes.NewReader(text), []ledger.Checkpoint{empty, middle, head(t, db, ours)})
		if err != nil {
			t.Fatal(err)
		}
		wantFaults(t, r)
		if r.Checkpoint != head(t, db, ours) {
			t.Errorf("the exported log's head is %v, the log's %v", r.Checkpoint, head(t, db, ours))
		}
		for _, private := range []string{"terms", "withdrawal", "subject2"} { // whose two entries are both private
			if strings.Contains(string(text), private) {
				t.Errorf("the exported log tells of %q", private)
			}
		}
	})
}

func TestOffline_FindsEveryFlippedByte(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		fill(t, db, ours)
		text, witness := export(t, db), []ledger.Checkpoint{head(t, db, ours)}
		for i := range text {
			for _, bit := range []byte{1, 32} {
				changed := bytes.Clone(text)
				changed[i] ^= bit
				r, err := ledger.VerifyOffline(bytes.NewReader(changed), witness)
				if err == nil && len(r.Findings) == 0 {
					t.Fatalf("byte %d of an exported log can be changed unseen: %q", i, changed[max(0, i-30):min(len(changed), i+10)])
				}
			}
		}
	})
}

func TestOffline_RestoreIsALoss(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		fill(t, db, ours)
		last := head(t, db, ours)
		rewrite(t, db, 3)
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return ledger.Restored(ctx, tx, ours, day, last) })
		r, err := ledger.VerifyOffline(bytes.NewReader(export(t, db)), []ledger.Checkpoint{last})
		if err != nil {
			t.Fatal(err)
		}
		wantFaults(t, r, ledger.LossLogged)
	})
}

func FuzzVerifyOffline(f *testing.F) {
	f.Add([]byte(`{"partnership":"p"}` + "\n" + `{"leaf":"00"}`))
	f.Add([]byte(`{"partnership":"p"}` + "\n" + `{"at":1,"kind":"restore","commitment":"00","subject":"","salt":"","facts":"{\"size\":9}"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := ledger.VerifyOffline(bytes.NewReader(text), []ledger.Checkpoint{{Size: 3}})
		if err == nil && len(r.Findings) == 0 {
			t.Errorf("a log that no witness can have seen holds: %q", text)
		}
	})
}
