package backup_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"footing/internal/account"
	"footing/internal/backup"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault/keyring"
)

const (
	p       person.Partnership = "here"
	undoFor                    = 7 * 24 * time.Hour
)

var (
	day0       = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	migrations = []fs.FS{account.Migrations, consent.Migrations, event.Migrations, ledger.Migrations}
	inStudy    = consent.Use{Purpose: consent.Analysis, For: "s1", Form: consent.Words}
	ann, cat   = person.Viewer{Partnership: p, ID: "ann"}, person.Viewer{Partnership: p, ID: "cat"}
)

// world is a gate on real stores in a data folder, with Ann, who shares, and Cat, who analyses.
type world struct {
	t          *testing.T
	dir, root  string
	main, keys string // addresses
	now        time.Time
	db, keyDB  *store.DB
	ring       *keyring.Ring
	gate       *consent.Gate
}

func newWorld(t *testing.T) *world {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	w := openWorld(t, dir, filepath.Join(t.TempDir(), "root.key"), filepath.Join(dir, backup.MainFile), filepath.Join(dir, backup.KeyFile), day0)
	w.found()
	return w
}

func (w *world) found() {
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(
			w.gate.Join(ctx, tx, p, "ann", consent.Audience{Kind: consent.ToPartnership}, w.now),
			w.gate.Join(ctx, tx, p, "cat", consent.Audience{Kind: consent.ToAnalysts, ID: "s1"}, w.now))
	})
}

func openWorld(t *testing.T, dir, root, main, keys string, now time.Time) *world {
	t.Helper()
	w := &world{t: t, dir: dir, root: root, main: main, keys: keys, now: now}
	open := func(address string) *store.DB {
		db, err := store.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() }) // closed twice where a test closes it itself
		return db
	}
	w.db, w.keyDB = open(main), open(keys)
	if err := w.db.Migrate(t.Context(), migrations...); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.ring, err = keyring.Open(t.Context(), w.keyDB, root, w.clock); err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	w.gate = consent.New(w.db, w.ring, event.New(w.db, w.clock, quiet), w.clock, undoFor, quiet)
	return w
}

func (w *world) clock() time.Time { return w.now }

func (w *world) close() {
	w.t.Helper()
	if err := errors.Join(w.db.Close(), w.keyDB.Close()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) write(do func(context.Context, *store.Tx) error) {
	w.t.Helper()
	if err := w.db.Write(w.t.Context(), func(tx *store.Tx) error { return do(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(do func(context.Context, *store.Tx) error) {
	w.t.Helper()
	if err := w.db.Read(w.t.Context(), func(tx *store.Tx) error { return do(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

// share is a talk between Dan, who asks, and Ann, who may be analysed by Cat's study.
type share struct {
	*consent.Prepared
	part consent.Part // Ann's
}

func (w *world) share(title, note, label string, texts ...string) share {
	w.t.Helper()
	in := consent.Incoming{Kind: consent.Interview, Title: title, Note: note, Keeper: "dan",
		Speakers: []consent.NewSpeaker{{Role: consent.Interviewer, Person: "dan", Label: "Dan"}, {Role: consent.Member, Person: "ann", Label: label}},
		Turns:    []consent.NewTurn{{Speaker: 0, Text: "How was it?"}}}
	for _, text := range texts {
		in.Turns = append(in.Turns, consent.NewTurn{Speaker: 1, Text: text})
	}
	prepared, err := w.gate.Prepare(w.t.Context(), p, in)
	if err != nil {
		w.t.Fatal(err)
	}
	s := share{prepared, consent.Part{Contribution: prepared.ID, Speaker: prepared.Speakers[1]}}
	w.write(func(ctx context.Context, tx *store.Tx) error { return prepared.Save(ctx, tx) })
	w.allow(s)
	return s
}

// allow lets Cat's study analyse Ann's part for a year.
func (w *world) allow(s share) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.SetTerms(ctx, tx, ann, s.ID, s.part.Speaker, consent.Terms{Owner: "ann", Yes: []consent.Yes{{
			Audience: consent.Audience{Kind: consent.ToAnalysts, ID: "s1"}, Use: inStudy, Until: w.now.AddDate(1, 0, 0)}}})
	})
}

func (w *world) takeBack(part consent.Part, erase bool) {
	w.t.Helper()
	if err := w.gate.TakeBack(w.t.Context(), ann, part, erase); err != nil {
		w.t.Fatal(err)
	}
}

// words returns what somebody reads of Ann's part, nothing when it is shut.
func (w *world) words(v person.Viewer, s share) string {
	w.t.Helper()
	c, err := w.gate.OpenOne(w.t.Context(), v, inStudy, consent.Reading, s.ID)
	if v.ID == "ann" {
		c, err = w.gate.OpenOwn(w.t.Context(), v, s.ID)
	}
	if errors.Is(err, fault.Missing) {
		return ""
	}
	if err != nil {
		w.t.Fatal(err)
	}
	var open []string
	for _, turn := range c.Turns {
		if turn.Open && turn.Speaker == s.part.Speaker {
			open = append(open, turn.Words.Reveal())
		}
	}
	return strings.Join(open, " | ")
}

func (w *world) expect(v person.Viewer, s share, what, want string) {
	w.t.Helper()
	if got := w.words(v, s); got != want {
		w.t.Errorf("%s: %s reads %q, want %q", what, v.ID, got, want)
	}
}

func (w *world) tombstones() string {
	w.t.Helper()
	path := filepath.Join(w.dir, backup.TombstoneFile)
	if err := backup.WriteTombstones(w.t.Context(), w.db, path, w.now); err != nil {
		w.t.Fatal(err)
	}
	return path
}

func (w *world) head() (c ledger.Checkpoint) {
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		c, err = ledger.Head(ctx, tx, p)
		return err
	})
	return c
}

func newIdentity(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// backup writes a backup and tries it.
func (w *world) backup(to string, id *age.X25519Identity) backup.Written {
	w.t.Helper()
	written, err := backup.Write(w.t.Context(), backup.Options{Main: w.main, Keys: w.keys, To: to,
		Recipients: []age.Recipient{id.Recipient()}, Identities: []age.Identity{id}, Now: w.now})
	if err != nil {
		w.t.Fatal(err)
	}
	return written
}

func (w *world) options(written backup.Written, id age.Identity, into string) backup.RestoreOptions {
	return backup.RestoreOptions{Main: written.Main, Keys: written.Keys, Identities: []age.Identity{id}, Into: into, RootKey: w.root,
		Migrations: migrations, Now: w.clock}
}

// restore puts a backup back into a new folder and opens it.
func (w *world) restore(o backup.RestoreOptions) (*world, backup.Restored) {
	w.t.Helper()
	done, err := backup.Restore(w.t.Context(), o)
	if err != nil {
		w.t.Fatal(err)
	}
	return openWorld(w.t, o.Into, w.root, filepath.Join(o.Into, backup.MainFile), filepath.Join(o.Into, backup.KeyFile), w.now), done
}
