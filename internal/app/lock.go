package app

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
)

// ErrInUse is returned when another process has the data folder open.
type ErrInUse struct {
	Running string // the address it answers at, with its scheme; empty while it does not serve
	Proxied bool   // it answers through a proxy alone, whose address it does not know
}

// Error says where the other process answers.
func (e ErrInUse) Error() string {
	if e.Running == "" {
		return "another footing has this data folder open and does not serve: wait until it is done"
	}
	return "another footing has this data folder open and answers at " + e.Running
}

// proxied stands before the address of a server that takes requests from its proxy alone.
const proxied = "proxied "

// lock keeps a data folder to one process. The system lets it go when the process ends, however it ends.
// The file says where that process answers, from when it does.
type lock struct{ file *os.File }

func takeLock(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking the data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		other, _ := os.ReadFile(path)
		_ = f.Close()
		at, isProxied := strings.CutPrefix(strings.TrimSpace(string(other)), proxied)
		return nil, ErrInUse{Running: at, Proxied: isProxied}
	}
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &lock{f}, nil
}

// says writes where the process answers into the lock.
func (l *lock) says(where string) error {
	_, err := l.file.WriteAt([]byte(where), 0)
	return err
}

func (l *lock) release() error { return l.file.Close() }

// where is what the lock of a server says that listens at an address.
func (c Config) where(at net.Addr) string {
	u := url.URL{Scheme: "http", Host: at.String()}
	switch {
	case c.TLSCert != "":
		u.Scheme = "https"
	case len(c.BehindProxy) > 0:
		return proxied + u.String()
	}
	return u.String()
}
