package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"footing/internal/account"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault/keyring"
)

// errNotOurs is returned for a file that opens but is not the backup it was given as.
var errNotOurs = errors.New("this is not the backup it was named as: look whether main and keys were mixed up")

// RestoreOptions say what to put back, and where.
type RestoreOptions struct {
	Main       string         // the main backup
	Keys       string         // the key backup; empty when there is none left
	Tombstones string         // the tombstone file; empty when it is lost
	Identities []age.Identity // what opens the backups

	Into               string // the data folder: absent, empty, or holding the root key alone
	Database, KeyStore string // for a PostgreSQL backup: the two empty databases
	RootKey            string // file of the root key

	Witnesses  []ledger.Checkpoint // printed lines of the log that members hold
	Migrations []fs.FS             // every table's
	// Gate makes the gate, with what rooms delete when turns are destroyed; a bare one when nil.
	Gate func(*store.DB, consent.Keys) *consent.Gate
	// Then is what rooms close themselves after a restore, such as invitations; may be nil.
	Then func(context.Context, *store.Tx, person.Partnership) error
	Now  func() time.Time
}

// Restore puts a backup back, closed as far as anybody took anything back since: nothing is in its place
// before that is so. The order holds for both engines. The main store comes first, which without keys
// opens nothing; tombstones and log entries are written into it; only then come the keys, and those of
// erased parts are destroyed again. When anything fails, nothing is left behind. It refuses a folder or
// a database that is not empty, and returns ErrNoMatch or ErrDamaged for a file that does not open.
func Restore(ctx context.Context, o RestoreOptions) (r Restored, err error) {
	var stones []section
	if o.Tombstones != "" {
		if stones, err = readTombstones(o.Tombstones); err != nil {
			return r, fmt.Errorf("reading the tombstones: %w", err)
		}
	}
	var t target = &folder{o: o}
	if o.Database != "" {
		t = &databases{o: o}
	}
	if err := t.begin(ctx); err != nil {
		return r, fmt.Errorf("restoring: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("restoring: %w", err), t.undo(ctx))
		}
	}()
	if r, err = o.restore(ctx, t, stones); err != nil {
		return r, err
	}
	return r, t.finish()
}

// A target is where a backup is put.
type target interface {
	begin(context.Context) error
	main(context.Context) (address string, err error)
	keys(context.Context) (address string, err error)
	tombstones() string
	finish() error
	undo(context.Context) error
}

func (o RestoreOptions) restore(ctx context.Context, t target, stones []section) (r Restored, err error) {
	r = Restored{NoKeys: o.Keys == "", NoTombstones: o.Tombstones == ""}
	address, err := t.main(ctx)
	if err != nil {
		return r, err
	}
	db, err := store.Open(ctx, address)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := o.look(ctx, db, o.Main, "consent_withdrawal"); err != nil {
		return r, err
	}
	if err := db.Migrate(ctx, o.Migrations...); err != nil {
		return r, err
	}
	if r.Partnerships, err = o.close(ctx, db, stones); err != nil {
		return r, err
	}
	if err := o.destroy(ctx, t, db, r.Partnerships); err != nil {
		return r, err
	}
	return r, errors.Join(WriteTombstones(ctx, db, t.tombstones(), o.Now()), db.Scrub(ctx))
}

// look makes sure that a store is the one it was given as.
func (o RestoreOptions) look(ctx context.Context, db *store.DB, backup, table string) error {
	err := db.Read(ctx, func(tx *store.Tx) error {
		_, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM `+table)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(backup), errNotOurs)
	}
	return nil
}

// close writes into the main store what is known to have been closed since, in one transaction.
func (o RestoreOptions) close(ctx context.Context, db *store.DB, stones []section) (list []Outcome, err error) {
	err = db.Write(ctx, func(tx *store.Tx) error {
		partnerships, err := partnerships(ctx, tx)
		if err != nil {
			return err
		}
		known := map[person.Partnership]section{}
		for _, s := range stones {
			known[s.Partnership] = s
		}
		for _, p := range partnerships {
			s, have := known[p]
			if !have && len(stones) > 0 {
				return errors.New("the tombstone file belongs to another partnership than the backup")
			}
			outcome, err := o.closeOne(ctx, tx, p, s)
			if err != nil {
				return err
			}
			list = append(list, outcome)
		}
		return nil
	})
	return list, err
}

// closeOne closes what was closed since in one partnership. Tombstones count as complete when they are
// as new as the backup and as every checkpoint that a witness holds.
func (o RestoreOptions) closeOne(ctx context.Context, tx *store.Tx, p person.Partnership, s section) (Outcome, error) {
	now, out := o.Now(), Outcome{Partnership: p, Written: s.Written, Last: s.Log}
	var err error
	if out.Log, err = ledger.Head(ctx, tx, p); err != nil {
		return out, err
	}
	for _, w := range o.Witnesses {
		if w.Size > out.Last.Size {
			out.Last = w
		}
	}
	out.Complete = !s.Written.IsZero() && s.Log.Size >= out.Log.Size && s.Log == out.Last && (s.Log.Size > out.Log.Size || s.Log == out.Log)
	out.Lost = max(0, out.Last.Size-out.Log.Size)
	// First of all, so that every checkpoint after the restored log is known as lost.
	if err := ledger.Restored(ctx, tx, p, now, out.Last); err != nil {
		return out, err
	}
	if out.Replayed, err = consent.Replay(ctx, tx, p, s.Tombstones, now); err != nil {
		return out, err
	}
	if !out.Complete {
		if out.ShutAll, err = consent.ShutAll(ctx, tx, p, now); err != nil {
			return out, err
		}
	}
	ways := s.WaysIn
	if !out.Complete {
		ways = nil
	}
	if out.Closed, err = account.CloseRestored(ctx, tx, p, ways, s.Written); err != nil {
		return out, err
	}
	if o.Then != nil {
		err = o.Then(ctx, tx, p)
	}
	return out, err
}

// destroy puts the keys in place and destroys again those of parts that had been erased.
func (o RestoreOptions) destroy(ctx context.Context, t target, db *store.DB, list []Outcome) (err error) {
	address, err := t.keys(ctx)
	if err != nil {
		return err
	}
	keys, err := store.Open(ctx, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, keys.Close()) }()
	if o.Keys != "" {
		if err := o.look(ctx, keys, o.Keys, "epoch"); err != nil {
			return err
		}
	}
	ring, err := keyring.Open(ctx, keys, o.RootKey, o.Now)
	if err != nil {
		return err
	}
	gate := o.gate(db, ring)
	for i := range list {
		if err := gate.SeverAgain(ctx, list[i].Partnership, list[i].Severed); err != nil {
			return err
		}
		if err := gate.DestroyDue(ctx, list[i].Partnership); err != nil {
			return err
		}
		if list[i].WithoutKey, list[i].Turns, err = gate.WithoutKey(ctx, list[i].Partnership); err != nil {
			return err
		}
	}
	return keys.Scrub(ctx)
}

func (o RestoreOptions) gate(db *store.DB, keys consent.Keys) *consent.Gate {
	if o.Gate != nil {
		return o.Gate(db, keys)
	}
	quiet := slog.New(slog.DiscardHandler)
	return consent.New(db, keys, event.New(db, o.Now, quiet), o.Now, 0, quiet)
}

// A folder is the target for SQLite: everything happens in a folder within it, whose files are moved to
// their places at the end, the main store last.
type folder struct {
	o       RestoreOptions
	made    bool
	working string
}

func (f *folder) begin(context.Context) error {
	entries, err := os.ReadDir(f.o.Into)
	if f.made = errors.Is(err, os.ErrNotExist); f.made {
		err = os.MkdirAll(f.o.Into, 0o700)
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if filepath.Join(f.o.Into, e.Name()) != filepath.Clean(f.o.RootKey) {
			return fmt.Errorf("the folder %s is not empty: name a new one", f.o.Into)
		}
	}
	f.working, err = os.MkdirTemp(f.o.Into, ".restoring-*")
	return err
}

func (f *folder) main(ctx context.Context) (string, error) {
	path := filepath.Join(f.working, MainFile)
	return path, f.o.place(ctx, f.o.Main, path)
}

func (f *folder) keys(ctx context.Context) (string, error) {
	path := filepath.Join(f.working, KeyFile)
	if f.o.Keys == "" {
		return path, nil
	}
	return path, f.o.place(ctx, f.o.Keys, path)
}

func (f *folder) tombstones() string { return filepath.Join(f.working, TombstoneFile) }

func (f *folder) finish() error {
	for _, name := range []string{TombstoneFile, KeyFile, MainFile} {
		if log, err := os.Stat(filepath.Join(f.working, name+"-wal")); err == nil && log.Size() > 0 {
			return fmt.Errorf("%s was not closed", name)
		}
		if err := os.Rename(filepath.Join(f.working, name), filepath.Join(f.o.Into, name)); err != nil {
			return err
		}
	}
	// What else is there was a store's log, empty since the store was closed.
	return errors.Join(os.RemoveAll(f.working), syncFolder(f.o.Into))
}

func (f *folder) undo(context.Context) error {
	err := os.RemoveAll(f.working)
	if f.made {
		err = errors.Join(err, os.Remove(f.o.Into))
	}
	return err
}

// databases are the target for PostgreSQL.
type databases struct{ o RestoreOptions }

func (d *databases) begin(ctx context.Context) error {
	for _, path := range []string{d.o.Main, d.o.Keys} {
		if path == "" {
			continue
		}
		if err := open(ctx, path, d.o.Identities, discard{}); err != nil { // all of it, before anything is changed
			return err
		}
	}
	if err := os.MkdirAll(d.o.Into, 0o700); err != nil {
		return err
	}
	return errors.Join(emptyDatabase(ctx, d.o.Database), emptyDatabase(ctx, d.o.KeyStore))
}

func (d *databases) main(ctx context.Context) (string, error) {
	return d.o.Database, d.o.load(ctx, d.o.Main, d.o.Database)
}

func (d *databases) keys(ctx context.Context) (string, error) {
	if d.o.Keys == "" {
		return d.o.KeyStore, nil
	}
	return d.o.KeyStore, d.o.load(ctx, d.o.Keys, d.o.KeyStore)
}

func (d *databases) tombstones() string { return filepath.Join(d.o.Into, TombstoneFile) }

func (d *databases) finish() error { return nil }

func (d *databases) undo(ctx context.Context) error {
	return errors.Join(clearDatabase(ctx, d.o.Database), clearDatabase(ctx, d.o.KeyStore))
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
