package app

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// A ballast is a file of nothing that keeps room on the disk of the data folder. Letting go of words takes
// a little room itself: what is deleted goes through SQLite's log first. When the disk is nearly full the
// ballast is thrown overboard, so that there is room for that, and nothing new is taken in until it can be
// taken on again.
type ballast struct {
	path string
	size int64 // 0: there is none, and room is never short
	log  *slog.Logger

	mu   sync.Mutex
	held bool
	told bool
}

// ballastSize is how large it is; with a quarter of that left, room is short.
const ballastSize = 16 << 20

// newBallast returns the ballast of a data folder. With PostgreSQL there is none: the words are elsewhere.
func newBallast(c Config) *ballast {
	b := &ballast{path: filepath.Join(c.Data, "ballast"), size: c.Ballast, log: c.Log}
	if c.Database != "" {
		b.size = 0
	}
	info, err := os.Stat(b.path)
	b.held = err == nil && info.Size() > 0
	return b
}

// short reports whether room is short. It lets go of the ballast when it is, and takes it on again when
// there is room for it and some more.
func (b *ballast) short() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	var disk syscall.Statfs_t
	if b.size == 0 || syscall.Statfs(filepath.Dir(b.path), &disk) != nil {
		return false
	}
	free := int64(disk.Bavail) * int64(disk.Bsize) //nolint:unconvert // they differ by system
	switch {
	case b.held && free < b.size/4:
		b.held = false
		if err := os.Remove(b.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			b.log.Error("making room", "error", err)
		}
	case !b.held && free > b.size+b.size/2:
		b.held = b.take()
	}
	if !b.held && !b.told {
		b.log.Error("the disk of the data folder is full: make room. Until then nothing new is kept; taking back and erasing go on")
	}
	b.told = !b.held
	return !b.held
}

// take takes the ballast on and reports whether it could.
func (b *ballast) take() bool {
	f, err := os.OpenFile(b.path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err == nil {
		err = errors.Join(allocate(f, b.size), f.Close())
	}
	if err != nil {
		_ = os.Remove(b.path)
	}
	return err == nil
}
