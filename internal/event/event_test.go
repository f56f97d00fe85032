package event

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/pg"
)

const (
	ours   = person.Partnership("ours")
	theirs = person.Partnership("theirs")
)

// patience is how long a hint may take on a busy machine before a test gives up.
const patience = 20 * time.Second

// engines runs a test on the run's engine, with the address of a migrated database.
func engines(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	engine.Run(t, func(t *testing.T, database func(name string) string) { test(t, migrated(t, database("main.db"))) })
}

func migrated(t *testing.T, address string) string {
	t.Helper()
	if err := open(t, address).Migrate(t.Context(), Migrations); err != nil {
		t.Fatal(err)
	}
	return address
}

func open(t *testing.T, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// process is a bus with its own handles on the database, as another process would have. It runs until
// the test ends.
func process(t *testing.T, address string, every time.Duration) *Bus {
	t.Helper()
	b := New(open(t, address), time.Now, slog.New(slog.DiscardHandler))
	b.every = every
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if err := b.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { stop(); group.Wait() })
	return b
}

func publish(t *testing.T, b *Bus, p person.Partnership, topic, subject string) {
	t.Helper()
	err := b.db.Write(t.Context(), func(tx *store.Tx) error { return b.Publish(t.Context(), tx, p, topic, subject) })
	if err != nil {
		t.Fatal(err)
	}
}

func since(t *testing.T, b *Bus, p person.Partnership, seq int64, topics ...string) (events []Event) {
	t.Helper()
	err := b.db.Read(t.Context(), func(tx *store.Tx) (err error) {
		events, err = Since(t.Context(), tx, p, seq, topics...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// await fetches hints until one is at least seq.
func await(t *testing.T, hints <-chan int64, seq int64) {
	t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case got := <-hints:
			if got >= seq {
				return
			}
		case <-deadline:
			t.Fatalf("no hint for event %d came", seq)
		}
	}
}

func TestPublish_WakesBothProcesses(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		one, two := process(t, address, time.Second), process(t, address, time.Second)
		here, there := one.Subscribe(t.Context(), ours, "taken"), two.Subscribe(t.Context(), ours)
		for i := range int64(5) {
			publish(t, one, ours, "taken", fmt.Sprint("id", i))
			await(t, here, i+1)
			await(t, there, i+1)
		}
		want := []Event{{4, "taken", "id3"}, {5, "taken", "id4"}}
		if diff := cmp.Diff(want, since(t, two, ours, 3)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestPublish_IsHeardBeforeThePoll(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		one := process(t, address, time.Hour)
		hints := one.Subscribe(t.Context(), ours)
		publish(t, one, ours, "topic", "id")
		await(t, hints, 1)
	})
}

func TestPublish_NotifyReachesTheOtherProcessBeforeThePoll(t *testing.T) {
	address := migrated(t, pg.Database(t))
	one, two := process(t, address, time.Hour), process(t, address, time.Hour)
	hints := two.Subscribe(t.Context(), ours)
	publish(t, one, ours, "topic", "id")
	await(t, hints, 1)
}

// What is to leave no trace is gone, and whoever asks for what came after an older number still gets the rest.
func TestForget_LeavesTheOthers(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		b := New(open(t, address), time.Now, slog.New(slog.DiscardHandler))
		for _, e := range []Event{{1, "taken", "a"}, {2, "asked", "m"}, {3, "taken", "b"}, {4, "asked", "other"}, {5, "asked", "m"}} {
			publish(t, b, ours, e.Topic, e.Subject)
		}
		publish(t, b, theirs, "asked", "m")
		err := b.db.Write(t.Context(), func(tx *store.Tx) error { return Forget(t.Context(), tx, ours, "asked", "m") })
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]Event{{3, "taken", "b"}, {4, "asked", "other"}}, since(t, b, ours, 1)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		if got := since(t, b, ours, 4); len(got) > 0 {
			t.Errorf("after the newest that is left there is %v", got)
		}
		if got := since(t, b, theirs, 0); len(got) != 1 {
			t.Errorf("another partnership has %v", got)
		}
	})
}

func TestPublish_RolledBackIsNoEvent(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		b, stop := process(t, address, time.Second), errors.New("stop")
		err := b.db.Write(t.Context(), func(tx *store.Tx) error {
			return errors.Join(b.Publish(t.Context(), tx, ours, "topic", "id"), stop)
		})
		if !errors.Is(err, stop) || len(since(t, b, ours, 0)) != 0 {
			t.Errorf("a transaction that was given up (%v) left an event", err)
		}
		publish(t, b, ours, "topic", "id")
		if got := since(t, b, ours, 0); len(got) != 1 || got[0].Seq != 1 {
			t.Errorf("the first event is %v", got)
		}
	})
}

func TestSubscribe_OtherTopicsAndPartnershipsStayQuiet(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		b := process(t, address, 50*time.Millisecond)
		all := b.Subscribe(t.Context(), ours)
		publish(t, b, ours, "first", "")
		publish(t, b, theirs, "first", "")
		await(t, all, 1) // from here on both partnerships are known to the bus
		other := b.Subscribe(t.Context(), ours, "other")
		publish(t, b, ours, "topic", "")
		await(t, all, 2)
		publish(t, b, theirs, "other", "")
		publish(t, b, ours, "topic", "")
		await(t, all, 3)
		select {
		case seq := <-other:
			t.Errorf("a subscriber to another topic was woken with %d", seq)
		default:
		}
		publish(t, b, ours, "other", "")
		await(t, other, 4)
		if got := since(t, b, theirs, 0, "other"); len(got) != 1 || got[0].Seq != 2 {
			t.Errorf("the other partnership's events are %v", got)
		}
	})
}

func TestSubscribe_CoalescesForASlowReader(t *testing.T) {
	b := process(t, migrated(t, filepath.Join(t.TempDir(), "main.db")), 20*time.Millisecond)
	slow, quick := b.Subscribe(t.Context(), ours), b.Subscribe(t.Context(), ours)
	for i := range int64(10) {
		publish(t, b, ours, "topic", "")
		await(t, quick, i+1)
	}
	if got := <-slow; got != 10 {
		t.Errorf("the slow reader is given %d first, want the newest, 10", got)
	}
}

func TestSubscribe_EndsWithItsContext(t *testing.T) {
	b := process(t, migrated(t, filepath.Join(t.TempDir(), "main.db")), time.Second)
	ctx, stop := context.WithCancel(t.Context())
	hints := b.Subscribe(ctx, ours)
	stop()
	select {
	case _, open := <-hints:
		if open {
			t.Error("a hint came although nothing happened")
		}
	case <-time.After(patience):
		t.Fatal("the channel stays open after its context ended")
	}
	other := b.Subscribe(t.Context(), ours)
	publish(t, b, ours, "topic", "") // must not be sent on the closed channel
	await(t, other, 1)
}

// Several writers on two processes at once; a reader that only follows hints and its own last number
// must read every event once, in order, although its listener is killed again and again.
func TestSince_LosesNothingWhenTheListenerIsKilled(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		one, two := process(t, address, 200*time.Millisecond), process(t, address, 200*time.Millisecond)
		hints := two.Subscribe(t.Context(), ours, "kept")
		const each, writers = 25, 4
		var group sync.WaitGroup
		for w := range writers {
			group.Go(func() {
				b := []*Bus{one, two}[w%2]
				for i := range each {
					publish(t, b, ours, []string{"kept", "other"}[i%2], fmt.Sprint(w, ".", i))
					if w == 0 && i%8 == 0 && b.db.Engine() == store.Postgres {
						killListeners(t, b)
					}
				}
			})
		}
		read, last, want := map[string]bool{}, int64(0), writers*(each+1)/2
		deadline := time.After(patience)
		for len(read) < want {
			select {
			case <-hints:
			case <-deadline:
				t.Fatalf("%d of %d events were read", len(read), want)
			}
			for _, e := range since(t, two, ours, last, "kept") {
				if e.Seq <= last || read[e.Subject] {
					t.Errorf("event %d came again or out of order, after %d", e.Seq, last)
				}
				read[e.Subject], last = true, e.Seq
			}
		}
		group.Wait()
		if all := since(t, one, ours, 0); len(all) != each*writers || all[len(all)-1].Seq != each*writers {
			t.Errorf("%d events end at %d, want %d without a gap", len(all), all[len(all)-1].Seq, each*writers)
		}
	})
}

func killListeners(t *testing.T, b *Bus) {
	t.Helper()
	_, err := b.db.Raw().ExecContext(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND query LIKE 'LISTEN%'`)
	if err != nil {
		t.Error(err)
	}
}

func listeners(t *testing.T, b *Bus) (n int) {
	t.Helper()
	err := b.db.Raw().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM pg_stat_activity
		WHERE datname = current_database() AND query LIKE 'LISTEN%'`).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRun_ListensAgainAfterTheConnectionIsKilled(t *testing.T) {
	address := migrated(t, pg.Database(t))
	one, two := process(t, address, 50*time.Millisecond), process(t, address, 50*time.Millisecond)
	for round := range 3 {
		deadline := time.Now().Add(patience)
		for listeners(t, one) != 2 {
			if time.Now().After(deadline) {
				t.Fatalf("round %d: %d of 2 processes listen", round, listeners(t, one))
			}
			time.Sleep(20 * time.Millisecond)
		}
		killListeners(t, two)
	}
}

func TestRun_TellsAllWhenTheDatabaseWentBack(t *testing.T) {
	b := process(t, migrated(t, filepath.Join(t.TempDir(), "main.db")), 20*time.Millisecond)
	hints := b.Subscribe(t.Context(), ours, "kept")
	publish(t, b, ours, "kept", "")
	publish(t, b, ours, "kept", "")
	await(t, hints, 2)
	err := b.db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE event_head SET seq = 1`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	await(t, hints, 1)
}

func TestTrim_KeepsADayAndSaysWhatIsGone(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		now := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
		b := New(open(t, address), func() time.Time { return now }, slog.New(slog.DiscardHandler))
		publish(t, b, ours, "topic", "old")
		publish(t, b, theirs, "topic", "old")
		now = now.Add(2 * time.Hour)
		publish(t, b, ours, "topic", "new")
		now = now.Add(Kept - time.Hour)
		if err := b.trim(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := since(t, b, ours, 1); len(got) != 1 || got[0].Subject != "new" {
			t.Errorf("after trimming there is %v", got)
		}
		for p, seq := range map[person.Partnership]int64{ours: 0, theirs: 0} {
			err := b.db.Read(t.Context(), func(tx *store.Tx) error {
				_, err := Since(t.Context(), tx, p, seq)
				return err
			})
			if !errors.Is(err, ErrTooOld) {
				t.Errorf("reading %s from the start gives %v, want ErrTooOld", p, err)
			}
		}
		if got := since(t, b, theirs, 1); len(got) != 0 {
			t.Errorf("nothing came after the newest event, yet %v", got)
		}
	})
}
