package decision_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/nextdoor"
)

// crowd is a secret decision with ballots open, of so many people, half of them women.
func crowd(t testing.TB, n int) (*world, string, []person.Viewer) {
	t.Helper()
	w := newWorld(t)
	if _, measures := t.(*testing.B); measures {
		nextdoor.Leave(t, w.DB) // what is written there too would be measured along
	}
	var people []person.Viewer
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		for i := range n - 6 {
			id, err := w.Circle.Add(ctx, tx, w.P, fmt.Sprint("Person ", i), "")
			if err != nil {
				return err
			}
			standing := person.LivedExperience
			if i%2 == 1 {
				standing = person.Charity
			}
			_, err = tx.Exec(ctx, `INSERT INTO circle_standing (partnership_id, person_id, standing, since, counts_from, until, given_by) VALUES ($1, $2, $3, 1, 1, 0, $2)`,
				w.P, id, standing)
			if err != nil {
				return err
			}
			people = append(people, person.Viewer{Partnership: w.P, ID: id, Standings: person.Set{standing}})
		}
		return nil
	})
	rule := w.rules.rules.By[agreement.Everyday]
	rule.Lived.Way, rule.Others.Way = agreement.Majority, agreement.Majority
	w.rules.rules.By[agreement.Everyday] = rule
	text := whole("Do we meet in the evening?")
	text.Secret = true
	id := w.open(text)
	w.days(7)
	return w, id, people
}

// vote has everybody put a ballot in, so many at a time.
func (w *world) vote(id string, people []person.Viewer, together int) {
	w.T.Helper()
	var wait sync.WaitGroup
	next := make(chan person.Viewer)
	for range together {
		wait.Go(func() {
			for v := range next {
				if err := w.room.Cast(w.T.Context(), v, id, decision.Said{Word: decision.Yes}); err != nil {
					w.T.Error(err)
				}
			}
		})
	}
	for _, v := range people {
		next <- v
	}
	close(next)
	wait.Wait()
}

// Many at the same time have one ballot each in the box.
func TestCast_ManyAtTheSameTime(t *testing.T) {
	w, id, people := crowd(t, 66)
	w.vote(id, append(people, people...)[:len(people)], 30)
	if n := w.Sum("1", "decision_ballot"); n != len(people) {
		t.Errorf("of %d people %d ballots are in the box", len(people), n)
	}
	if n := w.Sum("done", "decision_roll"); n != len(people) {
		t.Errorf("%d of %d are marked", n, len(people))
	}
}

// BenchmarkCast measures how many ballots a second are on the disk when a hundred people answer at the same time,
// and prints how long the disk takes to say that something is on it.
func BenchmarkCast(b *testing.B) {
	w, id, people := crowd(b, 4000)
	b.ResetTimer()
	began := time.Now()
	w.vote(id, people, 100)
	b.ReportMetric(float64(len(people))/time.Since(began).Seconds(), "ballots/s")
	b.ReportMetric(float64(syncs(b, w.Dir).Microseconds()), "fsync-µs")
}

// BenchmarkSettle measures how long a secret decision of ten thousand people takes to close.
func BenchmarkSettle(b *testing.B) {
	w, id, people := crowd(b, 10000)
	w.vote(id, people, 100)
	w.Pass(8 * 24 * time.Hour)
	b.ResetTimer()
	began := time.Now()
	w.Must(w.room.Tidy(b.Context(), w.P))
	b.ReportMetric(time.Since(began).Seconds(), "s/close")
	w.is(id, decision.Closed, decision.Passed)
}

// syncs returns the middle of how long the disk under a folder takes.
func syncs(b *testing.B, dir string) time.Duration {
	b.Helper()
	file, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	began := time.Now()
	for range 20 {
		if _, err := file.WriteString("x"); err != nil {
			b.Fatal(err)
		}
		if err := file.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began) / 20
}
