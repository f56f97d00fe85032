package app_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/app"
	"footing/internal/consent"
	"footing/internal/demo"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault/keyring"
)

// A key that belongs to nothing saved is swept, also by another replica than the one that made it, but
// not before it has been so for a week; and no key of anything that is stored ever is.
func TestTidy_SweepsKeysOfWhatWasNeverSaved(t *testing.T) {
	on := stores(t)
	w := replicas{t: t, clock: &demo.Clock{}, config: app.Config{Addr: "127.0.0.1:0", Data: t.TempDir(), UndoDays: 7, Database: on.Database, Keys: on.Keys}}
	w.config.RootKey = filepath.Join(t.TempDir(), "root.key")
	w.config.Now = func() time.Time { return w.clock.Now().Add(w.later) }
	var p person.Partnership
	var never string // the key of a paper whose save is refused
	var late *consent.Prepared
	w.start(func(a *app.App) {
		if _, err := demo.Fill(t.Context(), a.Demo(w.clock)); err != nil {
			t.Fatal(err)
		}
		var err error
		if p, err = a.Partnership(t.Context()); err != nil {
			t.Fatal(err)
		}
		gate := a.Demo(w.clock).Gate
		if never, _, err = gate.SealPaper(t.Context(), p, "sharing_draft", "answers", "refused", "Never saved."); err != nil {
			t.Fatal(err)
		}
		late, err = gate.Prepare(t.Context(), p, consent.Incoming{Kind: consent.Idea, Keeper: "kez",
			Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: "kez"}}, Turns: []consent.NewTurn{{Text: "Saved late."}}})
		if err != nil {
			t.Fatal(err)
		}
	})
	w.start(func(*app.App) {}) // takes note
	w.later = time.Hour
	w.start(func(a *app.App) {
		if err := a.Store().Write(t.Context(), func(tx *store.Tx) error { return late.Save(t.Context(), tx) }); err != nil {
			t.Fatal(err)
		}
	})
	w.later = 6 * 24 * time.Hour
	w.start(func(*app.App) {
		if !w.holds(never) {
			t.Error("after six days the key is gone: somebody might still be about to use it")
		}
	})
	w.later = 8 * 24 * time.Hour
	w.start(func(a *app.App) { // starting tidies
		gate := a.Demo(w.clock).Gate
		if _, err := gate.OpenOwn(t.Context(), person.Viewer{Partnership: p, ID: "kez"}, late.ID); err != nil {
			t.Errorf("what was saved late cannot be read: %v", err)
		}
		if w.holds(never) {
			t.Error("after eight days the key of what was never saved is still there")
		}
		w.everyStoredKeyIsThere(a)
	})
}

// A key backup goes from the folder that the server was told of when its days are over, though nobody
// makes another backup: words erased since end with it. A main backup stays.
func TestTidy_RemovesOldKeyBackups(t *testing.T) {
	w := replicas{t: t, clock: &demo.Clock{}, config: app.Config{Addr: "127.0.0.1:0", Data: t.TempDir(), Backups: t.TempDir(), KeepDays: 3}}
	w.config.Now = func() time.Time { return w.clock.Now().Add(w.later) }
	w.start(func(*app.App) {})
	h := house{dir: w.config.Data, clock: w.clock}
	written := h.backupTo(t, w.config.Backups, app.Config{})
	left := func() (names []string) {
		for _, path := range []string{written.Main, written.Keys} {
			if _, err := os.Stat(path); err == nil {
				names = append(names, path)
			}
		}
		return names
	}
	for _, one := range []struct {
		later time.Duration
		want  []string
	}{
		{3*24*time.Hour - time.Hour, []string{written.Main, written.Keys}},
		{3*24*time.Hour + time.Hour, []string{written.Main}},
		{300 * 24 * time.Hour, []string{written.Main}},
	} {
		w.later = one.later
		w.start(func(*app.App) {}) // starting tidies, with nobody in it yet
		if diff := cmp.Diff(one.want, left()); diff != "" {
			t.Errorf("after %v:\n%s", one.later, diff)
		}
	}
}

// A promise of seven days is not made longer by a setting, nor missed for a folder that is not there.
func TestOpen_RefusesBackupsThatWouldStayTooLong(t *testing.T) {
	for want, c := range map[string]app.Config{
		"--keep-days is from 1 to 7":                {KeepDays: 8},
		"--backups: there is no folder /not/there:": {Backups: "/not/there"},
	} {
		c.Data = t.TempDir()
		if a, err := app.Open(t.Context(), c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("it starts (%v) with %+v: %v", a != nil, c, err)
		}
	}
}

// replicas are starts of one server, one after the other, with a clock that is set forward.
type replicas struct {
	t      *testing.T
	config app.Config
	clock  *demo.Clock
	later  time.Duration
}

func (w *replicas) start(do func(*app.App)) {
	w.t.Helper()
	a, err := app.Open(w.t.Context(), w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	do(a)
	if err := a.Close(); err != nil {
		w.t.Fatal(err)
	}
}

// ring opens the key store as it lies there.
func (w *replicas) ring(do func(*keyring.Ring)) {
	w.t.Helper()
	_, address := w.config.Stores()
	db, err := store.Open(w.t.Context(), address)
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	ring, err := keyring.Open(w.t.Context(), db, w.config.RootKey, w.config.Now)
	if err != nil {
		w.t.Fatal(err)
	}
	do(ring)
}

// holds reports whether there is a key of that id.
func (w *replicas) holds(id string) (held bool) {
	w.t.Helper()
	w.ring(func(ring *keyring.Ring) {
		keys, err := ring.Keys(w.t.Context(), []string{id})
		if err != nil {
			w.t.Fatal(err)
		}
		_, held = keys[id]
	})
	return held
}

// everyStoredKeyIsThere fails for sealed words whose key is gone, and for keys that belong to nothing.
func (w *replicas) everyStoredKeyIsThere(a *app.App) {
	w.t.Helper()
	under, used := map[string]string{}, map[string]bool{} // under: by key, a column under it
	for table, fields := range underKeys(w.t) {
		for _, field := range fields {
			w.column(a.Store(), table, field, func(key string) { under[key] = table + "." + field })
		}
	}
	if err := a.Demo(w.clock).Gate.KeysInUse(w.t.Context(), func(key string) { used[key] = true }); err != nil {
		w.t.Fatal(err)
	}
	w.ring(func(ring *keyring.Ring) {
		held, err := ring.Keys(w.t.Context(), slices.Collect(maps.Keys(used)))
		if err != nil {
			w.t.Fatal(err)
		}
		for key, column := range under {
			if _, ok := held[key]; !ok {
				w.t.Errorf("%s holds words, and their key is gone or not known to be used", column)
			}
		}
		if rows, err := ring.Rows(w.t.Context()); err != nil || int64(len(held)) != rows {
			w.t.Errorf("%d keys are used, and there are %d keys (%v)", len(held), rows, err)
		}
		if len(under) < 100 {
			w.t.Errorf("only %d keys have words under them: this test sees too little", len(under))
		}
	})
}

// column calls do with the key of each value that a column holds.
func (w *replicas) column(db *store.DB, table, field string, do func(key string)) {
	w.t.Helper()
	err := db.Read(w.t.Context(), func(tx *store.Tx) error {
		return tx.Each(w.t.Context(), func(r store.Row) error {
			key, err := store.One[string](r)
			do(key)
			return err
		}, `SELECT key_id FROM `+table+` WHERE `+field+` IS NOT NULL`)
	})
	if err != nil {
		w.t.Fatalf("%s.%s: %v", table, field, err)
	}
}

// Where somebody was signed in, and when, does not stay behind for longer than she was.
func TestTidy_SweepsSessionsThatRanOut(t *testing.T) {
	w := replicas{t: t, clock: &demo.Clock{}, config: app.Config{Addr: "127.0.0.1:0", Data: t.TempDir(), UndoDays: 7}}
	w.config.Now = func() time.Time { return w.clock.Now().Add(w.later) }
	left := func(a *app.App) (n int) {
		err := a.Store().Read(t.Context(), func(tx *store.Tx) (err error) {
			n, err = store.Get(t.Context(), tx, store.One[int], `SELECT count(*) FROM account_session`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	w.start(func(a *app.App) {
		if _, err := demo.Fill(t.Context(), a.Demo(w.clock)); err != nil {
			t.Fatal(err)
		}
		(&house{App: a, clock: w.clock}).visit(t, "Bren", person.LivedExperience)
		if left(a) != 1 {
			t.Fatalf("there are %d sessions, she signed in once", left(a))
		}
	})
	w.later = 48 * time.Hour
	w.start(func(a *app.App) {
		if n := left(a); n != 0 {
			t.Errorf("two days later %d sessions are still kept", n)
		}
	})
}
