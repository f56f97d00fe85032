package ledger_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"footing/internal/ledger"
	"footing/internal/store"
)

func TestVerify_NamesWhatIsWrong(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		fill(t, db, ours)
		fill(t, db, theirs)
		witness := head(t, db, ours)
		undo := errors.New("undo")
		for name, c := range map[string]struct {
			change string
			want   []ledger.Fault
		}{
			"changed row":    {`UPDATE ledger_entry SET at = at + 1 WHERE partnership_id = $1 AND seq = 3`, []ledger.Fault{ledger.RowChanged}},
			"missing row":    {`DELETE FROM ledger_entry WHERE partnership_id = $1 AND seq = 3`, []ledger.Fault{ledger.CounterChanged, ledger.RowExtra, ledger.RowMissing}},
			"changed facts":  {`UPDATE ledger_facts SET facts = '{}' WHERE partnership_id = $1 AND seq = 1`, []ledger.Fault{ledger.FactsChanged}},
			"facts gone":     {`DELETE FROM ledger_facts WHERE partnership_id = $1 AND seq = 1`, []ledger.Fault{ledger.FactsMissing}},
			"terms gone":     {`DELETE FROM ledger_facts WHERE partnership_id = $1 AND seq = 2`, []ledger.Fault{ledger.FactsMissing}},
			"inner node":     {`DELETE FROM ledger_hash WHERE partnership_id = $1 AND position = 2`, []ledger.Fault{ledger.TreeChanged}},
			"counter":        {`UPDATE ledger_head SET size = 1000000000000000 WHERE partnership_id = $1`, []ledger.Fault{ledger.CounterChanged, ledger.RowMissing}},
			"counter is low": {`UPDATE ledger_head SET size = 7 WHERE partnership_id = $1`, []ledger.Fault{ledger.CounterChanged, ledger.RowExtra, ledger.TreeChanged, ledger.Lost}},
		} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				if n, err := tx.Exec(t.Context(), c.change, string(ours)); err != nil || n != 1 {
					t.Errorf("%s: changed %d rows: %v", name, n, err)
				}
				r, err := ledger.Verify(t.Context(), tx, ours, []ledger.Checkpoint{witness}, nil)
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if name == "counter" { // how many rows are missing is bounded by the rows there are
					r.Findings = r.Findings[:min(2, len(r.Findings))]
				}
				t.Run(name, func(t *testing.T) { wantFaults(t, r, c.want...) })
				other, err := ledger.Verify(t.Context(), tx, theirs, nil, nil)
				wantFaults(t, other)
				return errors.Join(err, undo)
			})
			if !errors.Is(err, undo) {
				t.Fatal(err)
			}
		}
	})
}

// rewrite makes the log anew from nothing, as somebody with the whole database could.
func rewrite(t *testing.T, db *store.DB, entries int) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, table := range []string{"head", "entry", "facts", "hash"} {
			if _, err := tx.Exec(ctx, `DELETE FROM ledger_`+table+` WHERE partnership_id = $1`, string(ours)); err != nil {
				return err
			}
		}
		for i := range entries {
			e := ledger.Entry{At: day, Kind: ledger.Decision, Facts: facts{Version: i}}
			if err := ledger.Append(ctx, tx, ours, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestVerify_ForgeryOnlyAWitnessSees(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		fill(t, db, ours)
		witness := head(t, db, ours)
		rewrite(t, db, 12)
		wantFaults(t, verify(t, db, ours))
		wantFaults(t, verify(t, db, ours, witness), ledger.Forged)
	})
}

func TestVerify_EmptiedLogIsALoss(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		fill(t, db, ours)
		witness := head(t, db, ours)
		rewrite(t, db, 0)
		wantFaults(t, verify(t, db, ours))
		wantFaults(t, verify(t, db, ours, witness), ledger.Lost)
	})
}

func TestRestored_IsALossAndNotAForgery(t *testing.T) {
	dir := t.TempDir()
	db := open(t, filepath.Join(dir, "main.db"))
	fill(t, db, ours)
	early := head(t, db, ours)
	if _, err := db.Raw().ExecContext(t.Context(), `VACUUM INTO '`+filepath.Join(dir, "backup.db")+`'`); err != nil {
		t.Fatal(err)
	}
	fill(t, db, ours)
	late := head(t, db, ours)
	fill(t, db, ours)
	last := head(t, db, ours)

	back := open(t, filepath.Join(dir, "backup.db"))
	r := verify(t, back, ours, early, late, last)
	wantFaults(t, r, ledger.Lost, ledger.Lost)
	if r.Findings[0].Count != 8 || r.Findings[1].Count != 16 || r.Findings[1].Witness != last {
		t.Errorf("the losses are reported as %+v", r.Findings)
	}
	write(t, back, func(ctx context.Context, tx *store.Tx) error {
		return ledger.Restored(ctx, tx, ours, day.AddDate(0, 0, 1), last)
	})
	wantFaults(t, verify(t, back, ours, early, late, last), ledger.LossLogged, ledger.LossLogged)
	for range 4 { // the log grows past what was lost
		fill(t, back, ours)
	}
	new := head(t, back, ours)
	wantFaults(t, verify(t, back, ours, early, late, last, new), ledger.LossLogged, ledger.LossLogged)

	other := early
	other.Root[3] ^= 1
	wantFaults(t, verify(t, back, ours, other), ledger.Forged)
	beyond := last
	beyond.Size++
	wantFaults(t, verify(t, back, ours, beyond), ledger.Forged)
}

func BenchmarkVerify_TenThousandEntries(b *testing.B) {
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "main.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(b.Context(), ledger.Migrations); err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	err = db.Write(b.Context(), func(tx *store.Tx) error {
		for i := range 10_000 {
			e := ledger.Entry{At: day, Kind: ledger.Terms, Subject: store.RandomID(), Facts: facts{Version: i}}
			if err := ledger.Append(b.Context(), tx, ours, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	perAppend := float64(time.Since(start).Microseconds()) / 10_000
	for b.Loop() {
		err := db.Read(b.Context(), func(tx *store.Tx) error {
			r, err := ledger.Verify(b.Context(), tx, ours, nil, nil)
			if len(r.Findings) != 0 {
				b.Errorf("findings %v", r.Findings)
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(perAppend, "µs/append")
}
