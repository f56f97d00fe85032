package keyring_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/vault/keyring"
)

// The child of the kill test destroys keys group by group until it is killed.
const (
	killKeys  = 5000
	killGroup = 5
)

func TestMain(m *testing.M) {
	if address := os.Getenv("KEYRING_KILL_ADDRESS"); address != "" {
		if err := destroyUntilKilled(address, os.Getenv("KEYRING_KILL_ROOT"), os.Getenv("KEYRING_KILL_FROM")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// group returns the ids that the child destroys in one call.
func group(i int) (ids []string) {
	for k := range killGroup {
		ids = append(ids, name(i*killGroup+k))
	}
	return ids
}

func destroyUntilKilled(address, rootFile, from string) error {
	ctx := context.Background()
	first, err := strconv.Atoi(from)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, address)
	if err != nil {
		return err
	}
	defer db.Close()
	ring, err := keyring.Open(ctx, db, rootFile, time.Now)
	if err != nil {
		return err
	}
	for i := first; i < killKeys/killGroup; i++ {
		fmt.Println(i) // about to destroy group i
		if err := ring.Destroy(ctx, group(i)...); err != nil {
			return err
		}
	}
	return nil
}

// TestDestroy_SurvivesBeingKilledAnywhere kills a process with SIGKILL at random moments within Destroy.
// Each time every group must be wholly there or wholly gone, all others as they were, and calling
// Destroy again must finish it.
func TestDestroy_SurvivesBeingKilledAnywhere(t *testing.T) {
	rounds := 15
	if os.Getenv("FOOTING_SOAK") == "1" {
		rounds = 60
	}
	engine.Run(t, func(t *testing.T, database func(name string) string) {
		if engine.Of() == store.Postgres {
			rounds /= 3
		}
		killOften(t, database("keys.db"), rounds)
	})
}

func killOften(t *testing.T, address string, rounds int) {
	b := newBench(t, address)
	left := b.create(t, killKeys)
	next, early := 0, 0
	for round := range rounds {
		begun := killOnce(t, b, next, time.Duration(rand.Int64N(int64(40*time.Millisecond))))
		db, ring := b.open(t)
		found := keysOf(t, ring, left)
		for next <= begun && missing(found, group(next)) {
			left = without(left, group(next)...)
			next++
		}
		// A group that went in part shows here, as does any other key lost or changed.
		if diff := cmp.Diff(left, found); diff != "" {
			t.Fatalf("round %d, killed in group %d:\n%s", round, begun, diff)
		}
		switch next {
		case begun:
			early++
		case begun + 1:
		default:
			t.Fatalf("round %d: killed in group %d, but group %d is still there", round, begun, next)
		}
		if err := ring.Destroy(t.Context(), group(begun)...); err != nil {
			t.Fatalf("round %d: finishing: %v", round, err)
		}
		if state, err := ring.Scrubbed(t.Context()); err != nil || state.Tables != keyring.Done {
			t.Fatalf("round %d: finished to %+v, %v", round, state, err)
		}
		left, next = without(left, group(begun)...), begun+1
		if diff := cmp.Diff(left, keysOf(t, ring, left)); diff != "" {
			t.Fatalf("round %d: after finishing:\n%s", round, diff)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills, %d of them before the commit, %d groups destroyed", rounds, early, next)
}

func missing(left map[string]string, ids []string) bool {
	for _, id := range ids {
		if left[id] != "" {
			return false
		}
	}
	return true
}

// killOnce starts the child, kills it some time after its first Destroy, of group from, has begun, and returns the
// group it was at.
func killOnce(t *testing.T, b *bench, from int, after time.Duration) (begun int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "KEYRING_KILL_ADDRESS="+b.address, "KEYRING_KILL_ROOT="+b.rootFile,
		"KEYRING_KILL_FROM="+strconv.Itoa(from))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("the child ended at once: %v", child.Wait())
	}
	time.Sleep(after)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for more := true; more; more = lines.Scan() {
		if _, err := fmt.Sscan(lines.Text(), &begun); err != nil {
			t.Fatal(err)
		}
	}
	_, _ = io.Copy(io.Discard, out)
	if child.Wait() == nil {
		t.Fatal("the child came to its end: there is nothing left to destroy")
	}
	return begun
}
