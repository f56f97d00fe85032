package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"footing/internal/store"
)

// copyTo returns what writes one consistent copy of the store.
func (s source) copyTo(ctx context.Context) func(io.Writer) error {
	return func(w io.Writer) error {
		switch {
		case engine(s.address) == store.Postgres:
			return dump(ctx, s.address, w)
		case s.keys:
			return s.fromMemory(ctx, w)
		}
		return s.fromCopy(ctx, w)
	}
}

// reopened opens the SQLite file a second time, so that the copying holds up nobody who writes.
func (s source) reopened(ctx context.Context, do func(*store.DB) error) error {
	if _, err := os.Stat(s.address); err != nil {
		return err // store.Open would make an empty one
	}
	db, err := store.Open(ctx, s.address)
	if err != nil {
		return err
	}
	return errors.Join(do(db), db.Close())
}

// fromMemory copies the key store by way of memory: a copy on the disk would leave keys in blocks that
// nothing overwrites when they are destroyed. At 100,000 keys it is about 9 MB.
func (s source) fromMemory(ctx context.Context, w io.Writer) error {
	return s.reopened(ctx, func(db *store.DB) error {
		image, err := serialize(ctx, db)
		defer clear(image)
		if err != nil {
			return err
		}
		_, err = w.Write(image)
		return err
	})
}

// serialize returns the bytes of a database file as of one moment, what is in its log included.
func serialize(ctx context.Context, db *store.DB) (image []byte, err error) {
	conn, err := db.Raw().Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	tx, err := conn.BeginTx(ctx, nil) // takes the write lock, so that nothing changes meanwhile
	if err != nil {
		return nil, fmt.Errorf("copying the key store: %w", err)
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	err = conn.Raw(func(raw any) (err error) {
		image, err = raw.(interface{ Serialize() ([]byte, error) }).Serialize()
		return err
	})
	return image, err
}

// copying is the suffix of the copy of the main store that lies beside it for the time of a backup.
const copying = ".copying"

// fromCopy copies the main store to a file beside it, which is as sealed as the store itself, and goes
// when it was read. One that a stopped run left is removed first.
func (s source) fromCopy(ctx context.Context, w io.Writer) (err error) {
	beside := s.address + copying
	if err := os.Remove(beside); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(beside, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(beside)) }()
	if err := f.Close(); err != nil {
		return err
	}
	err = s.reopened(ctx, func(db *store.DB) error {
		_, err := db.Raw().ExecContext(ctx, "VACUUM INTO $1", beside)
		return err
	})
	if err != nil {
		return fmt.Errorf("copying the main store: %w", err)
	}
	return read(beside, func(r io.Reader) error { _, err := io.Copy(w, r); return err })
}

// magicSQLite leads every SQLite file.
const magicSQLite = "SQLite format 3\x00"

// place decrypts one part into a new file.
func (o RestoreOptions) place(ctx context.Context, backup, path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(open(ctx, backup, o.Identities, f), f.Sync(), f.Close()); err != nil {
		return err
	}
	head := make([]byte, len(magicSQLite))
	if err := read(path, func(r io.Reader) error { _, err := io.ReadFull(r, head); return err }); err != nil || string(head) != magicSQLite {
		if string(head[:len(magicDump)]) == magicDump {
			return fmt.Errorf("%s is of a PostgreSQL database: name the two databases to restore it into", filepath.Base(backup))
		}
		return fmt.Errorf("%s: %w", filepath.Base(backup), errNotOurs)
	}
	return nil
}
