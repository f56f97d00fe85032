package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/tlog"

	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
)

const (
	ours   = person.Partnership("ours")
	theirs = person.Partnership("theirs")
)

// day is a Wednesday.
var day = time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)

// engines runs a test on the run's engine, with an empty log.
func engines(t *testing.T, test func(*testing.T, *store.DB)) {
	t.Helper()
	engine.Run(t, func(t *testing.T, database func(name string) string) { test(t, open(t, database("main.db"))) })
}

func open(t *testing.T, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(t.Context(), ledger.Migrations); err != nil {
		t.Fatal(err)
	}
	return db
}

func write(t *testing.T, db *store.DB, do func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *store.Tx) error { return do(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, db *store.DB, do func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := db.Read(t.Context(), func(tx *store.Tx) error { return do(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

type facts struct {
	Version int    `json:"version"`
	House   string `json:"house"`
}

// fill logs one entry of every kind there is to log, an hour apart, beginning at day.
func fill(t *testing.T, db *store.DB, p person.Partnership) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *store.Tx) error {
		for i, kind := range []ledger.Kind{ledger.Agreement, ledger.Decision, ledger.Terms, ledger.Standing,
			ledger.Terms, ledger.Withdrawal, ledger.Key, ledger.Release} {
			e := ledger.Entry{At: day.Add(time.Duration(i) * time.Hour), Kind: kind,
				Subject: fmt.Sprintf("subject%d", i/2), Facts: facts{i, "lived"}}
			if err := ledger.Append(ctx, tx, p, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func head(t *testing.T, db *store.DB, p person.Partnership) (c ledger.Checkpoint) {
	t.Helper()
	read(t, db, func(ctx context.Context, tx *store.Tx) (err error) {
		c, err = ledger.Head(ctx, tx, p)
		return err
	})
	return c
}

func verify(t *testing.T, db *store.DB, p person.Partnership, witnesses ...ledger.Checkpoint) (r ledger.Report) {
	t.Helper()
	read(t, db, func(ctx context.Context, tx *store.Tx) (err error) {
		r, err = ledger.Verify(ctx, tx, p, witnesses, nil)
		return err
	})
	return r
}

// faults returns what a report found, without places.
func faults(r ledger.Report) []ledger.Fault {
	list := []ledger.Fault{}
	for _, f := range r.Findings {
		list = append(list, f.Fault)
	}
	return list
}

func wantFaults(t *testing.T, r ledger.Report, want ...ledger.Fault) {
	t.Helper()
	if diff := cmp.Diff(append([]ledger.Fault{}, want...), faults(r)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestAppend_HoldsAndEveryEarlierHeadIsWitness(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		var witnesses []ledger.Checkpoint
		for range 5 {
			witnesses = append(witnesses, head(t, db, ours))
			fill(t, db, ours)
		}
		progressed := int64(-1)
		read(t, db, func(ctx context.Context, tx *store.Tx) error {
			r, err := ledger.Verify(ctx, tx, ours, witnesses, func(done, total int64) { progressed = total - done })
			wantFaults(t, r)
			if r.Checkpoint != head(t, db, ours) || r.Checkpoint.Size != 40 {
				t.Errorf("verified %v, the head is %v", r.Checkpoint, head(t, db, ours))
			}
			return err
		})
		if progressed != 0 {
			t.Errorf("progress ended %d entries early", progressed)
		}
	})
}

func TestAppend_TwoPartnershipsDoNotTouch(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		fill(t, db, ours)
		before := head(t, db, ours)
		fill(t, db, theirs)
		fill(t, db, theirs)
		if after := head(t, db, ours); after != before {
			t.Errorf("another partnership's log moved ours from %v to %v", before, after)
		}
		wantFaults(t, verify(t, db, ours, before))
		wantFaults(t, verify(t, db, theirs))
		wantFaults(t, verify(t, db, theirs, before), ledger.Forged)
		read(t, db, func(ctx context.Context, tx *store.Tx) error {
			page, err := ledger.Recent(ctx, tx, ours, day.AddDate(0, 0, 14), 100)
			if len(page.Acts) != 5 || page.Checkpoint != before {
				t.Errorf("our page shows %d acts at %v, want 5 at %v", len(page.Acts), page.Checkpoint, before)
			}
			acts, err2 := ledger.About(ctx, tx, ours, "subject1")
			if len(acts) != 2 {
				t.Errorf("%d entries are about the subject, want 2", len(acts))
			}
			return errors.Join(err, err2)
		})
	})
}

func TestAppend_RolledBackLeavesNoGap(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		fill(t, db, ours)
		before, stop := head(t, db, ours), errors.New("stop")
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return errors.Join(ledger.Append(t.Context(), tx, ours, ledger.Entry{At: day, Kind: ledger.Key}), stop)
		})
		if !errors.Is(err, stop) || head(t, db, ours) != before {
			t.Errorf("a transaction that was given up (%v) moved the head", err)
		}
		wantFaults(t, verify(t, db, ours, before))
	})
}

func TestAppend_ManyAtOnceHaveNoGap(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for range 10 {
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						return ledger.Append(t.Context(), tx, ours, ledger.Entry{At: day, Kind: ledger.Decision, Subject: store.RandomID()})
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		r := verify(t, db, ours)
		wantFaults(t, r)
		if r.Checkpoint.Size != 80 {
			t.Errorf("80 entries give a log of %d", r.Checkpoint.Size)
		}
	})
}

func TestAppend_RefusesWords(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "main.db"))
	for name, e := range map[string]ledger.Entry{
		"sentence":    {At: day, Kind: ledger.Decision, Facts: map[string]string{"reason": "two words"}},
		"deep":        {At: day, Kind: ledger.Decision, Facts: []any{map[string]any{"a": []string{"ok", "not ok"}}}},
		"key":         {At: day, Kind: ledger.Decision, Facts: map[string]int{"a b": 1}},
		"raw":         {At: day, Kind: ledger.Decision, Facts: []byte(`{"reason":"not ok"}`)},
		"broken":      {At: day, Kind: ledger.Decision, Facts: []byte(`{`)},
		"subject":     {At: day, Kind: ledger.Decision, Subject: "not an id"},
		"no time":     {Kind: ledger.Decision},
		"no kind":     {At: day},
		"wrong kind":  {At: day, Kind: "decided"},
		"unencodable": {At: day, Kind: ledger.Decision, Facts: func() {}},
	} {
		err := db.Write(t.Context(), func(tx *store.Tx) error { return ledger.Append(t.Context(), tx, ours, e) })
		if err == nil || strings.Contains(err.Error(), "not ok") {
			t.Errorf("%s: logging gives %v", name, err)
		}
	}
	if c := head(t, db, ours); c.Size != 0 {
		t.Errorf("refused entries made a log of %d", c.Size)
	}
}

func TestForget_KeepsTheLeafAndSaysSo(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		fill(t, db, ours)
		fill(t, db, theirs)
		before := head(t, db, ours)
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			if err := ledger.Forget(ctx, tx, ours, day, "nobody", "subject0"); err != nil { // an agreement and a decision
				return err
			}
			return ledger.Forget(ctx, tx, ours, day, "subject1", "subject2") // terms and standing, terms and withdrawal
		})
		r := verify(t, db, ours, before)
		wantFaults(t, r)
		if r.Erased != 3 || r.Checkpoint.Size != before.Size+1 {
			t.Errorf("erased %d with %d new entries, want 3 with 1", r.Erased, r.Checkpoint.Size-before.Size)
		}
		read(t, db, func(ctx context.Context, tx *store.Tx) error {
			mine, err := ledger.About(ctx, tx, ours, "subject2")
			if len(mine) != 0 {
				t.Errorf("%d entries still name what was forgotten", len(mine))
			}
			other, err2 := ledger.About(ctx, tx, theirs, "subject2")
			if len(other) != 2 {
				t.Errorf("forgetting in one partnership left %d entries of another's, want 2", len(other))
			}
			return errors.Join(err, err2)
		})
	})
}

func TestHead_EmptyLogIsTheEmptyTree(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		want, _ := tlog.TreeHash(0, nil)
		if c := head(t, db, ours); c.Size != 0 || c.Root != [20]byte(want[:20]) {
			t.Errorf("an empty log's head is %v", c)
		}
		wantFaults(t, verify(t, db, ours, head(t, db, ours)))
	})
}

func TestRecent_CountsPrivateActsByWholeWeeks(t *testing.T) {
	engines(t, func(t *testing.T, db *store.DB) {
		fill(t, db, ours) // Wednesday: two terms and a withdrawal
		lastWeek := head(t, db, ours)
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			nextMonday := time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
			if err := ledger.Append(ctx, tx, ours, ledger.Entry{At: nextMonday, Kind: ledger.Terms, Subject: "late"}); err != nil {
				return err
			}
			return ledger.Append(ctx, tx, ours, ledger.Entry{At: nextMonday, Kind: ledger.Decision, Subject: "open"})
		})
		now := time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)
		read(t, db, func(ctx context.Context, tx *store.Tx) error {
			page, err := ledger.Recent(ctx, tx, ours, now, 3)
			want := []ledger.Week{{Monday: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Terms: 2, Withdrawals: 1}}
			if diff := cmp.Diff(want, page.Weeks); diff != "" {
				t.Errorf("weeks (-want +got):\n%s", diff)
			}
			var kinds []ledger.Kind
			for _, act := range page.Acts {
				kinds = append(kinds, act.Kind)
			}
			if diff := cmp.Diff([]ledger.Kind{ledger.Decision, ledger.Release, ledger.Key}, kinds); diff != "" {
				t.Errorf("acts (-want +got):\n%s", diff)
			}
			if page.Checkpoint != lastWeek {
				t.Errorf("the page's checkpoint is %v, want last week's %v", page.Checkpoint, lastWeek)
			}
			later, err2 := ledger.Recent(ctx, tx, ours, now.AddDate(0, 0, 7), 3)
			if len(later.Weeks) != 2 || later.Weeks[0].Terms != 1 {
				t.Errorf("a week later the weeks are %v", later.Weeks)
			}
			return errors.Join(err, err2)
		})
	})
}
