package app

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// ErrInUse is returned when another process has the data folder open. Running holds its address.
type ErrInUse struct{ Running string }

// Error says where the other process answers.
func (e ErrInUse) Error() string {
	return "another footing has this data folder open and answers at " + e.Running
}

// lock keeps a data folder to one process. The system lets it go when the process ends, however it ends.
type lock struct{ file *os.File }

func takeLock(path, addr string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking the data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		other, _ := os.ReadFile(path)
		_ = f.Close()
		return nil, ErrInUse{strings.TrimSpace(string(other))}
	}
	if err := errors.Join(f.Truncate(0), writeAt(f, addr)); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &lock{f}, nil
}

func writeAt(f *os.File, s string) error {
	_, err := f.WriteAt([]byte(s), 0)
	return err
}

func (l *lock) release() error { return l.file.Close() }
