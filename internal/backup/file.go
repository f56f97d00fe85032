package backup

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"filippo.io/age"
)

// Errors of opening a backup, each a sentence for the person at the terminal.
var (
	ErrNoMatch = errors.New("this passphrase or key does not open the file")
	ErrDamaged = errors.New("the file is damaged or not whole: take another copy of it")
)

// ByPassphrase returns what a passphrase encrypts with and decrypts with. Trying one costs about a second.
func ByPassphrase(passphrase string) (age.Recipient, age.Identity, error) {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, nil, fmt.Errorf("using the passphrase: %w", err)
	}
	from, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, nil, fmt.Errorf("using the passphrase: %w", err)
	}
	return to, from, nil
}

// seal writes what produce gives as an age file at path, which appears there only when it is whole: it
// is written beside, brought to the disk, read back and then given its name. It returns its size.
func seal(path string, to []age.Recipient, try []age.Identity, produce func(io.Writer) error) (size int64, err error) {
	part := path + unfinished
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(part))
		}
	}()
	sealed, plain := sha256.New(), sha256.New()
	if err := encrypt(io.MultiWriter(f, sealed), plain, to, produce); err != nil {
		return 0, errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return 0, err
	}
	if err := readBack(part, sealed, plain, try); err != nil {
		return 0, err
	}
	info, err := os.Stat(part)
	if err != nil {
		return 0, err
	}
	if _, err := os.Stat(path); err == nil {
		return 0, fmt.Errorf("%s exists", path)
	}
	if err := os.Rename(part, path); err != nil {
		return 0, err
	}
	return info.Size(), syncFolder(filepath.Dir(path))
}

func encrypt(to io.Writer, plain hash.Hash, recipients []age.Recipient, produce func(io.Writer) error) error {
	buffered := bufio.NewWriterSize(to, 1<<16)
	w, err := age.Encrypt(buffered, recipients...)
	if err != nil {
		return fmt.Errorf("encrypting: %w", err)
	}
	if err := produce(io.MultiWriter(w, plain)); err != nil {
		return err
	}
	return errors.Join(w.Close(), buffered.Flush())
}

// readBack compares a file on the disk with what was written to it and, given identities, what comes
// out of it with what went in.
func readBack(path string, sealed, plain hash.Hash, try []age.Identity) error {
	got := sha256.New()
	if err := read(path, func(r io.Reader) error { _, err := io.Copy(got, r); return err }); err != nil {
		return err
	}
	if !bytes.Equal(got.Sum(nil), sealed.Sum(nil)) {
		return errors.New("what is on the disk is not what was written")
	}
	if err := read(path, func(r io.Reader) error { _, err := age.ExtractHeader(r); return err }); err != nil {
		return fmt.Errorf("reading back the header: %w", err)
	}
	if len(try) == 0 {
		return nil
	}
	got = sha256.New()
	if err := open(context.Background(), path, try, got); err != nil {
		return fmt.Errorf("opening it again: %w", err)
	}
	if !bytes.Equal(got.Sum(nil), plain.Sum(nil)) {
		return errors.New("what comes out is not what went in")
	}
	return nil
}

// open decrypts the age file at path to w. It returns ErrNoMatch or ErrDamaged where they apply.
func open(ctx context.Context, path string, with []age.Identity, w io.Writer) error {
	return read(path, func(r io.Reader) error {
		plain, err := age.Decrypt(r, with...)
		if _, none := errors.AsType[*age.NoIdentityMatchError](err); none {
			return fmt.Errorf("%w: %s", ErrNoMatch, filepath.Base(path))
		} else if err != nil {
			return fmt.Errorf("%w: %s", ErrDamaged, filepath.Base(path))
		}
		buffer := make([]byte, 1<<16)
		for {
			n, err := plain.Read(buffer)
			if _, failed := w.Write(buffer[:n]); failed != nil {
				return failed
			}
			switch {
			case errors.Is(err, io.EOF):
				return ctx.Err()
			case err != nil:
				return fmt.Errorf("%w: %s", ErrDamaged, filepath.Base(path))
			case ctx.Err() != nil:
				return ctx.Err()
			}
		}
	})
}

func read(path string, do func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(do(bufio.NewReaderSize(f, 1<<16)), f.Close())
}

// replace puts a file in the place of another, wholly or not at all, also when the power goes.
func replace(path string, content []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(content); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes names last. Windows cannot and need not.
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
