package keyring_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/vault"
	"footing/internal/vault/internal/box"
	"footing/internal/vault/keyring"
)

// A bench is one key store with the addresses of its parts.
type bench struct {
	*keyring.Ring
	db       *store.DB
	address  string
	rootFile string
	now      time.Time
}

// onBoth runs do on an empty key store of the run's engine.
func onBoth(t *testing.T, do func(t *testing.T, b *bench)) {
	engine.Run(t, func(t *testing.T, database func(name string) string) { do(t, newBench(t, database("keys.db"))) })
}

func newBench(t testing.TB, address string) *bench {
	t.Helper()
	b := &bench{address: address, rootFile: filepath.Join(t.TempDir(), "root.key"),
		now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	b.db, b.Ring = b.open(t)
	return b
}

// open opens the key store once more, as another replica would.
func (b *bench) open(t testing.TB) (*store.DB, *keyring.Ring) {
	t.Helper()
	db, err := store.Open(t.Context(), b.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	ring, err := keyring.Open(t.Context(), db, b.rootFile, func() time.Time { return b.now })
	if err != nil {
		t.Fatal(err)
	}
	return db, ring
}

// create makes keys for ids 0 to n-1 and returns their bytes by id.
func (b *bench) create(t testing.TB, n int) map[string]string {
	t.Helper()
	ids := make([]string, n)
	for i := range ids {
		ids[i] = name(i)
	}
	keys, err := b.Create(t.Context(), ids...)
	if err != nil {
		t.Fatal(err)
	}
	return raw(keys)
}

// keysOf returns the bytes of all keys there are among those of known.
func keysOf(t testing.TB, ring *keyring.Ring, known map[string]string) map[string]string {
	t.Helper()
	ids := make([]string, 0, len(known))
	for id := range known {
		ids = append(ids, id)
	}
	keys, err := ring.Keys(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	return raw(keys)
}

func raw(keys map[string]vault.Key) map[string]string {
	list := make(map[string]string, len(keys))
	for id, key := range keys {
		list[id] = string(box.Raw(key))
	}
	return list
}

// without returns known but for ids.
func without(known map[string]string, ids ...string) map[string]string {
	left := map[string]string{}
	for id, key := range known {
		if !slices.Contains(ids, id) {
			left[id] = key
		}
	}
	return left
}

func TestKeys_AreThereForWhatWasCreated(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		created := b.create(t, 300)
		asked := without(created)
		asked["absent"] = ""
		_, again := b.open(t)
		if diff := cmp.Diff(created, keysOf(t, again, asked)); diff != "" {
			t.Errorf("keys read (+) are not those created (-):\n%s", diff)
		}
		if n, err := b.Rows(t.Context()); n != 300 || err != nil {
			t.Errorf("%d rows, %v", n, err)
		}
		seen := map[string]bool{}
		for _, key := range created {
			seen[key] = true
		}
		if len(seen) != len(created) {
			t.Errorf("%d different keys for %d ids", len(seen), len(created))
		}
	})
}

func TestCreate_RefusesAnIDThatHasAKey(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		created := b.create(t, 3)
		for _, ids := range [][]string{{"new", name(1)}, {"new", "twice", "twice"}} {
			if _, err := b.Create(t.Context(), ids...); !errors.Is(err, store.ErrDuplicate) {
				t.Errorf("creating %v: %v, want ErrDuplicate", ids, err)
			}
		}
		asked := without(created)
		asked["new"], asked["twice"] = "", ""
		if diff := cmp.Diff(created, keysOf(t, b.Ring, asked)); diff != "" {
			t.Errorf("a refused Create changed keys:\n%s", diff)
		}
	})
}

func TestDestroy_TakesThoseAndKeepsTheRest(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		created := b.create(t, 300)
		_, other := b.open(t)
		gone := []string{name(0), name(7), name(299)}
		for range 2 { // the second time they are gone already
			if err := b.Destroy(t.Context(), append(gone, "absent")...); err != nil {
				t.Fatal(err)
			}
			for _, ring := range []*keyring.Ring{b.Ring, other} {
				if diff := cmp.Diff(without(created, gone...), keysOf(t, ring, created)); diff != "" {
					t.Fatalf("keys after Destroy:\n%s", diff)
				}
			}
		}
		if n, err := b.Rows(t.Context()); n != 297 || err != nil {
			t.Errorf("%d rows, %v; want 297", n, err)
		}
		if err := b.Destroy(t.Context(), slices.Collect(maps.Keys(created))...); err != nil {
			t.Fatal(err)
		}
		if n, err := b.Rows(t.Context()); n != 0 || err != nil {
			t.Errorf("%d rows, %v; want none", n, err)
		}
		if fresh, err := b.Create(t.Context(), name(0)); err != nil || raw(fresh)[name(0)] == created[name(0)] {
			t.Errorf("creating a destroyed id: %v, or its old key came back", err)
		}
	})
}

func TestDestroy_OnlyChangesTheEpochWhenSomethingGoes(t *testing.T) {
	engine.Once(t, "its database is a file of SQLite's")
	b := newBench(t, filepath.Join(t.TempDir(), "keys.db"))
	b.create(t, 5)
	if err := b.Destroy(t.Context(), "absent"); err != nil {
		t.Fatal(err)
	}
	if state, err := b.Scrubbed(t.Context()); err != nil || !state.Destroyed.IsZero() {
		t.Errorf("nothing was there to destroy, yet %+v, %v", state, err)
	}
}

// A sealed copy of the tables, as somebody would have taken it before a key was destroyed.
type snapshot struct {
	number  int64
	wrapped []byte
	shelves map[int][]byte
}

func (b *bench) snapshot(t *testing.T) (s snapshot) {
	t.Helper()
	ctx := t.Context()
	s.shelves = map[int][]byte{}
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		err := tx.Each(ctx, func(r store.Row) error { return r.Scan(&s.number, &s.wrapped) }, `SELECT number, wrapped FROM epoch`)
		if err != nil {
			return err
		}
		return tx.Each(ctx, func(r store.Row) error {
			var number int
			var sealed []byte
			err := r.Scan(&number, &sealed)
			s.shelves[number] = sealed
			return err
		}, `SELECT number, sealed FROM shelf`)
	})
	if err != nil || len(s.shelves) == 0 {
		t.Fatalf("%d shelves, %v", len(s.shelves), err)
	}
	return s
}

// opens counts the shelves of s that open with epoch's key.
func (s snapshot) opens(t *testing.T, epoch snapshot, root vault.Key) (n int) {
	t.Helper()
	key, err := box.Open(nil, box.Cipher(root), vault.Place{Table: "epoch", Column: "wrapped", Version: epoch.number}.Bind(nil), epoch.wrapped)
	if err != nil {
		t.Fatal(err)
	}
	cipher := box.Cipher(box.KeyOf([32]byte(key)))
	for number, sealed := range s.shelves {
		for _, version := range []int64{s.number, epoch.number} {
			place := vault.Place{Table: "shelf", Column: "sealed", Row: fmt.Sprint(number), Version: version}
			if _, err := box.Open(nil, cipher, place.Bind(nil), sealed); err == nil {
				n++
				break
			}
		}
	}
	return n
}

func (b *bench) root(t *testing.T) vault.Key {
	t.Helper()
	text, err := os.ReadFile(b.rootFile)
	if err != nil {
		t.Fatal(err)
	}
	var key []byte
	if _, err := fmt.Sscanf(string(text), "footing-root-1 %x", &key); err != nil {
		t.Fatal(err)
	}
	return box.KeyOf([32]byte(key))
}

func TestDestroy_LeavesTheOldEpochsKeyNothingToOpen(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		b.create(t, 200)
		before := b.snapshot(t)
		if err := b.Destroy(t.Context(), name(3)); err != nil {
			t.Fatal(err)
		}
		after, root := b.snapshot(t), b.root(t)
		if n := before.opens(t, before, root); n != len(before.shelves) {
			t.Errorf("the old key opened %d of %d old shelves: this test proves nothing", n, len(before.shelves))
		}
		if n := after.opens(t, before, root); n != 0 {
			t.Errorf("the old epoch's key opens %d of today's shelves", n)
		}
		if n := before.opens(t, after, root); n != 0 {
			t.Errorf("today's epoch key opens %d of the old shelves", n)
		}
	})
}

// A needle is something that is looked for in files.
type needle struct {
	what  string
	bytes []byte
}

// needles are what was sealed before, and keys in clear, ready to be looked for all at once.
type needles struct {
	begin [1 << 16]bool // whether one begins with these two bytes: most places in files are done with at that
	list  map[[2]byte][]needle
}

func (n *needles) add(what string, b []byte) {
	n.begin[int(b[0])<<8|int(b[1])] = true
	first := [2]byte{b[0], b[1]}
	n.list[first] = append(n.list[first], needle{what, b})
}

func newNeedles(before snapshot, keys map[string]string) *needles {
	n := &needles{list: map[[2]byte][]needle{}}
	n.add("the epoch's wrapped key", before.wrapped[25:])
	for number, sealed := range before.shelves {
		// Its two ends and its middle: a piece may be overwritten.
		for _, piece := range [][]byte{sealed[:24], sealed[len(sealed)/2:][:24], sealed[len(sealed)-24:]} {
			n.add(fmt.Sprintf("shelf %d", number), piece)
		}
	}
	for id, key := range keys {
		n.add(fmt.Sprintf("key %s in clear", id), []byte(key))
	}
	return n
}

// in lists what of them is in a file, each once.
func (n *needles) in(file []byte) map[string]bool {
	found := map[string]bool{}
	for at := range len(file) - 1 {
		if !n.begin[int(file[at])<<8|int(file[at+1])] {
			continue
		}
		for _, one := range n.list[[2]byte{file[at], file[at+1]}] {
			if bytes.HasPrefix(file[at:], one.bytes) {
				found[one.what] = true
			}
		}
	}
	return found
}

// traces lists what is in the files of a folder of what was sealed before, and of keys in clear.
func traces(t *testing.T, folder string, before snapshot, keys map[string]string) (found []string) {
	t.Helper()
	all := newNeedles(before, keys)
	err := filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for what := range all.in(file) {
			found = append(found, what+" in "+info.Name())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestDestroy_LeavesNoTraceInSQLitesFiles(t *testing.T) {
	engine.Once(t, "its database is a file of SQLite's")
	b := newBench(t, filepath.Join(t.TempDir(), "keys.db"))
	folder := filepath.Dir(b.address)
	keys := map[string]string{}
	for i := range 600 { // one by one, so that pages are split and shelves grow
		some, err := b.Create(t.Context(), name(i))
		if err != nil {
			t.Fatal(err)
		}
		keys[name(i)] = raw(some)[name(i)]
	}
	for round := range 3 {
		before := b.snapshot(t)
		if found := traces(t, folder, before, nil); len(found) <= len(before.shelves) {
			t.Fatalf("only %d of %d shelves found before: this test proves nothing", len(found), len(before.shelves))
		}
		if err := b.Destroy(t.Context(), name(round)); err != nil {
			t.Fatal(err)
		}
		if found := traces(t, folder, before, keys); len(found) > 0 {
			t.Fatalf("round %d: %d traces, such as %s", round, len(found), found[0])
		}
	}
}

func TestDestroy_WaitsForReadersOfAnOlderState(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		b.create(t, 50)
		reading, release := make(chan struct{}), make(chan struct{})
		var reader sync.WaitGroup
		reader.Go(func() {
			err := b.db.Read(t.Context(), func(tx *store.Tx) error {
				_, err := store.Get(t.Context(), tx, store.One[int64], `SELECT count(*) FROM shelf`)
				close(reading)
				<-release
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		<-reading
		done := make(chan error, 2)
		go func() { done <- b.Destroy(t.Context(), name(1)) }()
		select {
		case err := <-done:
			t.Errorf("Destroy returned %v while an older state was being read", err)
			done <- err
		case <-time.After(500 * time.Millisecond):
		}
		if state, err := b.Scrubbed(t.Context()); err != nil || state.Tables != keyring.Waiting {
			t.Errorf("meanwhile %+v, %v; want it waiting", state, err)
		}
		if got := keysOf(t, b.Ring, map[string]string{name(1): ""}); len(got) != 0 {
			t.Error("the key can still be read meanwhile")
		}
		close(release)
		reader.Wait()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if state, err := b.Scrubbed(t.Context()); err != nil || state.Tables != keyring.Done || !state.Destroyed.Equal(b.now) {
			t.Errorf("then %+v, %v; want it done at %v", state, err, b.now)
		}
	})
}

func TestCreate_LosesNothingBesideDestroyOfAnotherReplica(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		first := b.create(t, 100)
		_, two := b.open(t)
		_, three := b.open(t)
		var mu sync.Mutex
		made := map[string]string{}
		var all sync.WaitGroup
		for r, ring := range []*keyring.Ring{two, three} {
			all.Go(func() {
				for i := range 40 {
					keys, err := ring.Create(t.Context(), fmt.Sprintf("replica %d key %d", r, i))
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					for id, key := range raw(keys) {
						made[id] = key
					}
					mu.Unlock()
				}
			})
		}
		for r, ring := range []*keyring.Ring{b.Ring, two} {
			all.Go(func() {
				for i := range 8 {
					if err := ring.Destroy(t.Context(), name(r*50+i)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		want := without(first)
		for i := range 8 {
			delete(want, name(i))
			delete(want, name(50+i))
		}
		for id, key := range made {
			want[id], first[id] = key, key
		}
		if diff := cmp.Diff(want, keysOf(t, three, first)); diff != "" {
			t.Errorf("keys lost (-) or back again (+):\n%s", diff)
		}
	})
}

func TestOrphans_SweepsWhatNeverGotItsRow(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		created := b.create(t, 200)
		noRow := map[string]bool{name(4): true, name(5): true}
		sweep := func(want int) {
			t.Helper()
			if n, err := b.Orphans(t.Context(), rowsOf(created, noRow), 24*time.Hour); n != want || err != nil {
				t.Errorf("swept %d, %v; want %d", n, err, want)
			}
		}
		sweep(0)
		b.now = b.now.Add(23 * time.Hour)
		delete(noRow, name(4)) // its row came late
		noRow[name(6)] = true
		sweep(0)
		b.now = b.now.Add(2 * time.Hour)
		sweep(1)
		if diff := cmp.Diff(without(created, name(5)), keysOf(t, b.Ring, created)); diff != "" {
			t.Errorf("keys after the sweeps:\n%s", diff)
		}
		stop := errors.New("stop")
		failing := func(context.Context, func(string)) error { return stop }
		b.now = b.now.Add(48 * time.Hour)
		if _, err := b.Orphans(t.Context(), failing, time.Hour); !errors.Is(err, stop) {
			t.Errorf("a sweep that could not ask returned %v", err)
		}
		if n, err := b.Rows(t.Context()); n != 199 || err != nil {
			t.Errorf("%d rows, %v; want 199: nothing goes on silence", n, err)
		}
	})
}

// rowsOf names the ids of created but those of noRow, as they are when it is asked.
func rowsOf(created map[string]string, noRow map[string]bool) func(context.Context, func(string)) error {
	return func(_ context.Context, known func(string)) error {
		for id := range created {
			if !noRow[id] {
				known(id)
			}
		}
		return nil
	}
}

// A row that another replica saves while the sweep is under way keeps its key, also one that was missed
// for long.
func TestOrphans_ARowThatComesMeanwhileKeepsItsKey(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		created := b.create(t, 20)
		noRow := map[string]bool{name(1): true}
		if _, err := b.Orphans(t.Context(), rowsOf(created, noRow), 24*time.Hour); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(25 * time.Hour)
		asked := 0
		racing := func(ctx context.Context, known func(string)) error {
			if asked++; asked == 2 {
				delete(noRow, name(1)) // saved between the two askings
			}
			return rowsOf(created, noRow)(ctx, known)
		}
		if n, err := b.Orphans(t.Context(), racing, 24*time.Hour); n != 0 || err != nil || asked != 2 {
			t.Errorf("swept %d, %v, having asked %d times", n, err, asked)
		}
		if diff := cmp.Diff(without(created), keysOf(t, b.Ring, created)); diff != "" {
			t.Errorf("keys after the sweep:\n%s", diff)
		}
	})
}

// A key store beside another database than its own loses nothing.
func TestOrphans_RefusesWhenMostHaveNoRow(t *testing.T) {
	engine.Once(t, "its database is a file of SQLite's")
	b := newBench(t, filepath.Join(t.TempDir(), "keys.db"))
	created := b.create(t, 300)
	nothing := func(context.Context, func(string)) error { return nil }
	for range 3 {
		if n, err := b.Orphans(t.Context(), nothing, 0); n != 0 || !errors.Is(err, keyring.ErrNotTheirs) {
			t.Errorf("swept %d, %v", n, err)
		}
	}
	if diff := cmp.Diff(without(created), keysOf(t, b.Ring, created)); diff != "" {
		t.Errorf("keys after the sweeps:\n%s", diff)
	}
}

func TestKeys_AreNotToldByTheTables(t *testing.T) {
	engine.Once(t, "its database is a file of SQLite's")
	b := newBench(t, filepath.Join(t.TempDir(), "keys.db"))
	created := b.create(t, 50)
	found := 0
	for _, ending := range []string{"", "-wal", "-shm"} {
		file, err := os.ReadFile(b.address + ending)
		if err != nil {
			t.Fatal(err)
		}
		for id, key := range created {
			if bytes.Contains(file, []byte(key)) || strings.Contains(string(file), id) {
				t.Errorf("%s tells of %s", filepath.Base(b.address)+ending, id)
			}
		}
		found += len(file)
	}
	if found < 8192 {
		t.Errorf("only %d bytes on disk: this test proves nothing", found)
	}
}
