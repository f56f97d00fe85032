package vault

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"footing/internal/vault/internal/box"
)

const (
	spoolChunk  = 64 << 10
	spoolSealed = spoolChunk + chacha20poly1305.Overhead
	spoolEnding = ".spool"
)

// A Spool holds one upload on disk, sealed with a key that lives in this process's memory alone: a
// file left behind by a crash cannot be opened by anybody. Write to it, then read it through Reader,
// then Remove it.
//
// The file is a row of chunks of 64 kB, each sealed with ChaCha20-Poly1305 under a nonce made of the
// chunk's number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway
// and Vizár, 2015): chunks that are changed, swapped or missing do not open. The key seals this one
// file, so counting nonces never repeat.
type Spool struct {
	mu     sync.Mutex
	file   *os.File
	cipher cipher.AEAD
	size   int64
	chunks int64 // sealed so far
	done   bool  // the last chunk is sealed
	broken error // a write went wrong; the nonce it used must not be used again

	plain  []byte // while writing, what is not sealed yet; then the chunk read last
	loaded int64  // number of the chunk in plain, -1 for none
	sealed []byte
}

// NewSpool makes an empty spool file with a random name in dir, which it makes if absent. The caller
// calls Remove.
func NewSpool(dir string) (*Spool, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the spool folder: %w", err)
	}
	name := filepath.Join(dir, strings.ToLower(rand.Text())+spoolEnding)
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("making a spool file: %w", err)
	}
	key := box.NewKey()
	defer box.Wipe(key)
	c, err := chacha20poly1305.New(box.Raw(key))
	if err != nil {
		panic(err) // a Key has the right length
	}
	return &Spool{file: file, cipher: c, plain: make([]byte, 0, spoolChunk), loaded: -1}, nil
}

// Write seals p onto the end of the spool.
func (s *Spool) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return 0, errors.New("writing to a spool that is being read")
	}
	written := 0
	for len(p) > 0 {
		if len(s.plain) == spoolChunk {
			if err := s.flush(false); err != nil {
				return written, err
			}
		}
		n := min(len(p), spoolChunk-len(s.plain))
		s.plain = append(s.plain, p[:n]...)
		p, written, s.size = p[n:], written+n, s.size+int64(n)
	}
	return written, nil
}

func (s *Spool) flush(last bool) error {
	if s.broken != nil {
		return s.broken
	}
	s.sealed = s.cipher.Seal(s.sealed[:0], spoolNonce(s.chunks, last), s.plain, nil)
	if _, err := s.file.Write(s.sealed); err != nil {
		s.broken = fmt.Errorf("writing the spool: %w", err)
		return s.broken
	}
	s.chunks++
	s.done = last
	clear(s.plain)
	s.plain = s.plain[:0]
	return nil
}

func spoolNonce(chunk int64, last bool) []byte {
	nonce := make([]byte, chacha20poly1305.NonceSize)
	binary.BigEndian.PutUint64(nonce[3:], uint64(chunk))
	if last {
		nonce[11] = 1
	}
	return nonce
}

// Reader ends the writing and returns what was written, with its length in bytes. The reader may be
// used by many goroutines; it returns ErrShut for a chunk that was changed, and keeps one opened chunk
// in memory. It must not be used after Remove.
func (s *Spool) Reader() (io.ReaderAt, int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.done {
		if err := s.flush(true); err != nil {
			return nil, 0, err
		}
	}
	if err := s.load(s.chunks - 1); err != nil {
		return nil, 0, err
	}
	return spoolReader{s}, s.size, nil
}

type spoolReader struct{ s *Spool }

// ReadAt opens the chunks that hold the bytes asked for.
func (r spoolReader) ReadAt(p []byte, off int64) (int, error) {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	if off < 0 {
		return 0, errors.New("reading a spool before its start")
	}
	n := 0
	for n < len(p) {
		if off+int64(n) >= r.s.size {
			return n, io.EOF
		}
		at := off + int64(n)
		if err := r.s.load(at / spoolChunk); err != nil {
			return n, err
		}
		n += copy(p[n:], r.s.plain[at%spoolChunk:])
	}
	return n, nil
}

// load opens chunk i into plain.
func (s *Spool) load(i int64) error {
	if s.loaded == i {
		return nil
	}
	if s.file == nil {
		return fs.ErrClosed
	}
	s.loaded = -1
	length := min(s.size-i*spoolChunk, spoolChunk) + chacha20poly1305.Overhead
	s.sealed = append(s.sealed[:0], make([]byte, length)...)
	if _, err := s.file.ReadAt(s.sealed, i*spoolSealed); errors.Is(err, io.EOF) {
		return ErrShut // the file ends too early
	} else if err != nil {
		return fmt.Errorf("reading the spool: %w", err)
	}
	plain, err := s.cipher.Open(s.plain[:0], spoolNonce(i, i == s.chunks-1), s.sealed, nil)
	if err != nil {
		return ErrShut
	}
	s.plain, s.loaded = plain, i
	return nil
}

// Remove deletes the file and forgets the key. Calling it again does nothing.
func (s *Spool) Remove() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return nil
	}
	name := s.file.Name()
	err := s.file.Close()
	clear(s.plain[:cap(s.plain)])
	s.file, s.cipher, s.done, s.loaded = nil, nil, true, -1
	if gone := os.Remove(name); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	if err != nil {
		return fmt.Errorf("removing a spool file: %w", err)
	}
	return nil
}

// SweepSpool removes spool files in dir last written longer ago than olderThan and returns how many.
// At start, when no spool of this folder can be open, olderThan is zero. Ages are measured on the wall
// clock, as file systems do. An absent folder is empty.
func SweepSpool(dir string, olderThan time.Duration) (int, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	} else if err != nil {
		return 0, fmt.Errorf("sweeping the spool: %w", err)
	}
	removed := 0
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || filepath.Ext(entry.Name()) != spoolEnding ||
			(olderThan > 0 && time.Since(info.ModTime()) < olderThan) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, entry.Name())); err == nil {
			removed++
		} else if !errors.Is(err, fs.ErrNotExist) {
			return removed, fmt.Errorf("sweeping the spool: %w", err)
		}
	}
	return removed, nil
}
