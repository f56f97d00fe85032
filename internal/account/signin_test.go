package account_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"footing/internal/account"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

func TestSignIn_TakesTheNameHoweverItIsTyped(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren  Éire")
		for _, name := range []string{"Wren Éire", " wren éire ", "WREN ÉIRE", "wren e\u0301ire", "Ｗren Éire"} {
			if s := w.signIn(here, name); s.Person != "p1" {
				t.Errorf("%q signs in %q", name, s.Person)
			}
		}
	})
}

func TestSignIn_SaysTheSameToEveryMiss(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.Create(ctx, tx, here, "p2", "Nobody's key", "")
		}))
		var said []string
		for i, name := range []string{"Wren", "Somebody else", "", "\u200b", "Nobody's key"} {
			err := w.miss(name, netip.AddrFrom4([4]byte{10, byte(i), 0, 1}))
			w.want(fmt.Sprintf("a miss at %q", name), err, account.ErrNoMatch)
			said = append(said, fmt.Sprint(err))
		}
		for _, s := range said {
			if s != said[0] {
				t.Errorf("misses read %q", said)
			}
		}
	})
}

func TestSignIn_HashesOnceWhetherOrNotTheNameExists(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		total, _ := w.CountHashes()
		for i, name := range []string{"Wren", "Somebody else", ""} {
			before := total()
			_ = w.miss(name, home)
			if n := total() - before; n != 1 {
				t.Errorf("miss %d took %d hashes, want 1", i, n)
			}
		}
		for _, name := range []string{"Wren", "Somebody else"} {
			before := total()
			_, err := w.Recover(t.Context(), here, account.Recovery{Name: name, Code: "able about", Passphrase: good, From: home})
			w.want("recovering with a wrong code", err, account.ErrNoMatch)
			if n := total() - before; n != 1 {
				t.Errorf("recovering as %q took %d hashes, want 1", name, n)
			}
		}
	})
}

func TestSignIn_RenewsAHashOfAnotherCost(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		w.Accounts = w.withCost(account.Cost{MemoryKiB: 128, Passes: 2, Lanes: 1})
		total, _ := w.CountHashes()
		w.signIn(here, "Wren")
		w.signIn(here, "Wren")
		if n := total(); n != 3 {
			t.Errorf("two sign-ins after a change of cost took %d hashes, want 3: check, renew, check", n)
		}
	})
}

func TestSignIn_StaysWithinItsPartnership(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		s := w.signIn(here, "Wren")
		_, err := w.Session(t.Context(), there, s.Token)
		w.want("a token shown to the other partnership", err, account.ErrSignedOut)
		hashed, err := w.Hash(t.Context(), "a new and other passphrase")
		w.must(err)
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error { return w.SetPassphrase(ctx, tx, here, "p1", hashed) }))
		w.signIn(there, "Wren")
		w.want("the old passphrase", func() error {
			_, err := w.SignIn(t.Context(), here, account.Credentials{Name: "Wren", Passphrase: good, From: home})
			return err
		}(), account.ErrNoMatch)
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error { return w.Remove(ctx, tx, here, "p1") }))
		for _, table := range []string{"account_person", "account_session"} {
			if w.rows(here, table) != 0 || w.rows(there, table) != 1 {
				t.Errorf("after removing her here %s has %d rows here and %d there", table, w.rows(here, table), w.rows(there, table))
			}
		}
	})
}

func TestHash_AtMostTwoAtOnce(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/main.db")
	total, most := w.CountHashes()
	var group sync.WaitGroup
	for range 12 {
		group.Go(func() {
			if _, err := w.Hash(t.Context(), good); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if total() != 12 || most() > 2 {
		t.Errorf("%d hashes, %d of them at once; want 12 and at most 2", total(), most())
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 { // a free place may win over the end of ctx
		if _, err := w.Hash(gone, good); errors.Is(err, context.Canceled) {
			return
		}
	}
	t.Error("Hash never noticed that nobody was waiting for it")
}

func TestVerify_ChecksThePersonAlone(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		w.must(w.Verify(t.Context(), here, "p1", good, home))
		w.want("a wrong passphrase", w.Verify(t.Context(), here, "p1", "quite another one", home), account.ErrNoMatch)
		w.want("an unknown person", w.Verify(t.Context(), here, "p9", good, home), account.ErrNoMatch)
	})
}

func TestThrottle_SlowsAndForgets(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		for _, name := range []string{"Wren", "Somebody else"} {
			for i := range 5 {
				w.want(fmt.Sprint("miss ", i), w.miss(name, home), account.ErrNoMatch)
			}
			for _, wait := range []int{1, 2, 4, 8, 16, 32, 60, 60} {
				err := w.miss(name, home)
				w.want("an attempt too soon", err, account.ErrWait)
				if f, ok := errors.AsType[*fault.Error](err); !ok || f.Args["count"] != wait {
					t.Errorf("%q must wait: %v, want %d s", name, f.Args, wait)
				}
				w.now = w.now.Add(time.Duration(wait) * time.Second)
				w.want("the next", w.miss(name, home), account.ErrNoMatch)
			}
			w.now = w.now.Add(time.Hour + time.Second)
			w.want("a miss an hour later", w.miss(name, home), account.ErrNoMatch)
			w.want("another", w.miss(name, home), account.ErrNoMatch)
			w.now = w.now.Add(2 * time.Hour)
		}
	})
}

func TestThrottle_NobodyElseAtOneAddressCanKeepHerOut(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		stranger, end := netip.MustParseAddr("198.51.100.9"), w.now.Add(5*time.Hour)
		tries := 0
		for w.now.Before(end) { // he tries whenever he may
			err := w.miss("Wren", stranger)
			if f, ok := errors.AsType[*fault.Error](err); ok && errors.Is(err, account.ErrWait) {
				w.now = w.now.Add(time.Duration(f.Args["count"].(int)) * time.Second)
				continue
			}
			tries++
		}
		if perHour := tries / 5; perHour > 75 {
			t.Errorf("a stranger at one address was looked at %d times an hour", perHour)
		}
		w.signIn(here, "Wren")
	})
}

func TestThrottle_ManyAddressesTogetherAreSlowed(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		var err error
		for i := range 101 {
			err = w.miss("Wren", netip.AddrFrom4([4]byte{10, 1, byte(i), 1}))
		}
		w.want("the attempt after 100 misses from everywhere", err, account.ErrWait)
		code := w.recoveryCodes(here, "p1")[0]
		_, err = w.Recover(t.Context(), here, account.Recovery{Name: "Wren", Code: code, Passphrase: good + " again", From: home})
		w.must(err) // the way in by a printed code stays open
	})
}

func TestThrottle_GoingThroughNamesIsSlowed(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		for i := range 20 {
			w.want("a miss", w.miss(fmt.Sprint("name ", i), netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})), account.ErrNoMatch)
		}
		w.want("the next name from that network", w.miss("name 20", home), account.ErrWait)
		w.want("from another network", w.miss("name 20", netip.MustParseAddr("203.0.113.1")), account.ErrNoMatch)
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
			w.now = w.now.Add(2 * time.Hour)
			return w.Sweep(ctx, tx, here)
		}))
		if n := w.rows(here, "account_miss"); n != 0 {
			t.Errorf("%d misses are remembered after two hours", n)
		}
	})
}

func TestThrottle_HundredAtOnceDoNotSlipThrough(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		var group sync.WaitGroup
		var mu sync.Mutex
		looked := 0
		for range 40 {
			group.Go(func() {
				if errors.Is(w.miss("Wren", home), account.ErrNoMatch) {
					mu.Lock()
					looked++
					mu.Unlock()
				}
			})
		}
		group.Wait()
		if looked != 5 {
			t.Errorf("%d of 40 attempts at the same moment were looked at, want 5", looked)
		}
	})
}

func TestWaitAfter_GrowsToAMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		misses, free := rapid.Int64Range(0, 1<<40).Draw(t, "misses"), rapid.Int64Range(1, 200).Draw(t, "free")
		wait, next := account.WaitAfter(misses, free), account.WaitAfter(misses+1, free)
		if wait < 0 || wait > time.Minute || next < wait || (misses < free) != (wait == 0) {
			t.Fatalf("%d misses with %d free wait %v, then %v", misses, free, wait, next)
		}
	})
}

func TestCreate_ANameOnceInAPartnership(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		w.join("p2", "Robin")
		create := func(id person.ID, name string) error {
			return w.write(func(ctx context.Context, tx *store.Tx) error { return w.Create(ctx, tx, here, id, name, "") })
		}
		rename := func(id person.ID, name string) error {
			return w.write(func(ctx context.Context, tx *store.Tx) error { return w.Rename(ctx, tx, here, id, name) })
		}
		w.want("the same name", create("p3", " WREN"), account.ErrNameTaken)
		w.want("no name", create("p3", " \t"), account.ErrNameUnusable)
		w.want("renaming to another's", rename("p2", "wren"), account.ErrNameTaken)
		w.want("renaming nobody", rename("p9", "Finch"), fault.Missing)
		w.must(rename("p1", "WREN"))
		w.must(rename("p1", "Jenny"))
		w.must(create("p3", "Wren"))
		w.signIn(there, "Wren")
	})
}
