package keyring

import (
	"context"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/internal/box"
)

//go:embed migrations/*.sql
var migrations embed.FS

// rootHeading leads the one line of a root key file; the key follows as 64 hex digits.
const rootHeading = "footing-root-1 "

// Errors of Open, each within a sentence that says what to do.
var (
	ErrNoRoot     = errors.New("the root key file is missing")
	ErrWrongRoot  = errors.New("the root key is not the one this key store was made with")
	ErrLooseRoot  = errors.New("the root key file can be read by others on this machine")
	ErrBrokenRoot = errors.New("the root key file does not hold a root key")
)

// Open opens the key store in db, which must be a database of its own, bringing its tables up to date.
// rootFile is the path of the root key file: kept outside both databases and every backup of them,
// readable by its owner alone, the same on each replica. It is made when it is absent and the key
// store is empty, and never otherwise. The caller closes db.
func Open(ctx context.Context, db *store.DB, rootFile string, clock func() time.Time) (*Ring, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx, files); err != nil {
		return nil, fmt.Errorf("opening the key store: %w", err)
	}
	if err := keepNoSamples(ctx, db); err != nil {
		return nil, fmt.Errorf("opening the key store: %w", err)
	}
	r := &Ring{db: db, clock: clock}
	if err := r.begin(ctx, rootFile); err != nil {
		return nil, fmt.Errorf("opening the key store: %w", err)
	}
	return r, nil
}

// keepNoSamples stops PostgreSQL from copying shelves into its planner statistics, which scrubbing would
// not reach. (Of the one row of epoch it takes no sample.)
func keepNoSamples(ctx context.Context, db *store.DB) error {
	if db.Engine() != store.Postgres {
		return nil
	}
	return db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `ALTER TABLE shelf ALTER COLUMN sealed SET STATISTICS 0`)
		return err
	})
}

// begin reads or makes the root key, begins the first epoch in an empty key store, and tries the root
// key on the epoch in force.
func (r *Ring) begin(ctx context.Context, rootFile string) (err error) {
	_, err = r.state(ctx)
	empty := errors.Is(err, fault.Missing)
	if err != nil && !empty {
		return err
	}
	r.root, err = readRoot(rootFile)
	made := false
	if errors.Is(err, fs.ErrNotExist) {
		if !empty {
			return fmt.Errorf("%w: %s: put it back from where it is kept; without it nothing in this key store opens",
				ErrNoRoot, rootFile)
		}
		r.root, err = makeRoot(rootFile)
		made = err == nil
	}
	if err != nil {
		return err
	}
	if empty {
		if err := r.firstEpoch(ctx); err != nil {
			return err
		}
	}
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		e, err := r.inForce(ctx, tx)
		if err == nil {
			e.forget()
		}
		return err
	})
	if errors.Is(err, ErrWrongRoot) {
		if made {
			// Another replica began this key store in the same moment; ours opens nothing.
			err = errors.Join(err, os.Remove(rootFile))
		}
		return fmt.Errorf("%w: %s: use the same file on every replica", err, rootFile)
	}
	return err
}

// firstEpoch begins epoch 1 unless another replica just has.
func (r *Ring) firstEpoch(ctx context.Context) error {
	first := newEpoch(1, box.NewKey())
	defer first.forget()
	return r.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO epoch (one, number, wrapped, opened, scrubbed, clear) VALUES (1, 1, $1, $2, 0, 0)
			ON CONFLICT DO NOTHING`, r.wrapEpoch(first), store.Micros(r.clock()))
		return err
	})
}

func readRoot(path string) (vault.Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return vault.Key{}, fmt.Errorf("reading the root key file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return vault.Key{}, fmt.Errorf("%w: %s is not a file", ErrBrokenRoot, path)
	}
	// Windows has no such modes; there the folder's own rights must do.
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return vault.Key{}, fmt.Errorf("%w: %s has mode %04o: run chmod 600 on it", ErrLooseRoot, path, mode)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return vault.Key{}, fmt.Errorf("reading the root key file: %w", err)
	}
	defer clear(text)
	digits, ok := strings.CutPrefix(strings.TrimSpace(string(text)), rootHeading)
	raw, err := hex.DecodeString(digits)
	if !ok || err != nil || len(raw) != box.KeySize {
		return vault.Key{}, fmt.Errorf("%w: %s", ErrBrokenRoot, path)
	}
	defer clear(raw)
	return box.KeyOf([box.KeySize]byte(raw)), nil
}

// makeRoot writes a new root key and returns once it is on the disk: keys will depend on it.
func makeRoot(path string) (key vault.Key, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return vault.Key{}, fmt.Errorf("making the root key file: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return vault.Key{}, fmt.Errorf("making the root key file: %w", err)
	}
	key = box.NewKey()
	_, err = fmt.Fprintf(file, "%s%x\n", rootHeading, box.Raw(key))
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return vault.Key{}, errors.Join(fmt.Errorf("making the root key file: %w", err), os.Remove(path))
	}
	return key, nil
}

// syncFolder makes a new file's name last. Windows cannot and need not.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
