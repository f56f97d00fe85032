package vault_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"footing/internal/vault"
)

const (
	chunk  = 64 << 10
	sealed = chunk + 16
)

// upload returns n bytes in which every stretch is different and none is random.
func upload(n int) []byte {
	b := make([]byte, 0, n+8)
	for i := 0; len(b) < n; i++ {
		b = append(b, byte('a'+i%26), byte('a'+i/26%26), byte('a'+i/676%26), byte('a'+i/17576%26), ' ')
	}
	return b[:n]
}

// spooled writes b to a new spool in pieces of any size.
func spooled(t *testing.T, dir string, b []byte) *vault.Spool {
	t.Helper()
	s, err := vault.NewSpool(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Remove() })
	for rest := b; len(rest) > 0; {
		n := min(len(rest), 1+rand.IntN(3*chunk/2))
		if got, err := s.Write(rest[:n]); got != n || err != nil {
			t.Fatalf("wrote %d of %d: %v", got, n, err)
		}
		rest = rest[n:]
	}
	return s
}

// only returns the path of the one file in dir.
func only(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d files, %v; want one", len(entries), err)
	}
	return filepath.Join(dir, entries[0].Name())
}

func TestSpool_GivesBackWhatWasWritten(t *testing.T) {
	for _, size := range []int{0, 1, 1000, chunk - 1, chunk, chunk + 1, 2 * chunk, 3*chunk + 17} {
		want := upload(size)
		r, n, err := spooled(t, t.TempDir(), want).Reader()
		if err != nil || n != int64(size) {
			t.Fatalf("%d bytes: reader of %d, %v", size, n, err)
		}
		if err := iotest.TestReader(io.NewSectionReader(r, 0, n), want); err != nil {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

func TestSpool_ReadsAnywhereAtOnce(t *testing.T) {
	want := upload(5*chunk + 99)
	r, _, err := spooled(t, t.TempDir(), want).Reader()
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 200 {
				from := rand.IntN(len(want))
				got := make([]byte, rand.IntN(2*chunk))
				n, err := r.ReadAt(got, int64(from))
				if end := min(from+len(got), len(want)); !bytes.Equal(got[:n], want[from:end]) || (err != nil) != (n < len(got)) {
					t.Errorf("%d bytes from %d: %d, %v", len(got), from, n, err)
				}
			}
		})
	}
	all.Wait()
}

func TestSpool_IsSealedOnDiskAndPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "spool")
	text := upload(3 * chunk)
	spooled(t, dir, text)
	path := only(t, dir)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	disk, err := os.ReadFile(path)
	if err != nil || len(disk) < 2*chunk {
		t.Fatalf("%d bytes on disk, %v: nothing to look at", len(disk), err)
	}
	for at := 0; at+16 <= len(text); at += 16 {
		if bytes.Contains(disk, text[at:at+16]) {
			t.Fatal("the upload is on the disk in clear")
		}
	}
}

func TestSpool_SeesEveryChangeOfItsFile(t *testing.T) {
	text := upload(3 * chunk)
	changes := map[string]func([]byte) []byte{
		"last chunk cut off":  func(b []byte) []byte { return b[:2*sealed] },
		"one byte cut off":    func(b []byte) []byte { return b[:len(b)-1] },
		"emptied":             func([]byte) []byte { return nil },
		"first chunk dropped": func(b []byte) []byte { return append(b[sealed:], b[:sealed]...) },
		"two chunks swapped": func(b []byte) []byte {
			return bytes.Join([][]byte{b[sealed : 2*sealed], b[:sealed], b[2*sealed:]}, nil)
		},
		"last chunk put first":  func(b []byte) []byte { copy(b, b[2*sealed:3*sealed]); return b },
		"first chunk put last":  func(b []byte) []byte { copy(b[2*sealed:], b[:sealed]); return b },
		"one bit in the middle": func(b []byte) []byte { b[sealed+500] ^= 4; return b },
	}
	for name, change := range changes {
		dir := t.TempDir()
		s := spooled(t, dir, text)
		if _, _, err := s.Reader(); err != nil {
			t.Fatal(err)
		}
		path := only(t, dir)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, change(b), 0o600); err != nil {
			t.Fatal(err)
		}
		r, n, err := s.Reader()
		if err == nil {
			// The last chunk may still be in memory; reading all of it twice passes by the file.
			for range 2 {
				if _, readErr := io.ReadAll(io.NewSectionReader(r, 0, n)); readErr != nil {
					err = readErr
				}
			}
		}
		if !errors.Is(err, vault.ErrShut) {
			t.Errorf("%s: %v, want ErrShut", name, err)
		}
	}
}

func TestSpool_EndsWritingWhenRead(t *testing.T) {
	s := spooled(t, t.TempDir(), upload(10))
	if _, _, err := s.Reader(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Write([]byte("more")); err == nil {
		t.Error("wrote after the last chunk was sealed")
	}
}

func TestSpool_RemoveLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := spooled(t, dir, upload(chunk+5))
	r, _, err := s.Reader()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Remove(); err != nil {
			t.Fatal(err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%d files left", len(left))
	}
	if n, err := r.ReadAt(make([]byte, 5), 0); err == nil {
		t.Errorf("read %d bytes after Remove", n)
	}
}

func TestSweepSpool_RemovesOldSpoolsAlone(t *testing.T) {
	dir := t.TempDir()
	spooled(t, dir, upload(5))
	old := only(t, dir)
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	spooled(t, dir, upload(5))
	other := filepath.Join(dir, "main.db")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := vault.SweepSpool(dir, 24*time.Hour); n != 1 || err != nil {
		t.Errorf("swept %d, %v; want the one of yesterday", n, err)
	}
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("yesterday's spool: %v", err)
	}
	if n, err := vault.SweepSpool(dir, 0); n != 1 || err != nil {
		t.Errorf("swept %d at start, %v; want the other one", n, err)
	}
	if only(t, dir) != other {
		t.Error("swept what is not a spool")
	}
	if n, err := vault.SweepSpool(filepath.Join(dir, "absent"), 0); n != 0 || err != nil {
		t.Errorf("sweeping an absent folder: %d, %v", n, err)
	}
}

func BenchmarkSpool_100MB(b *testing.B) {
	piece := upload(32 << 10)
	b.SetBytes(100 << 20)
	b.ReportAllocs()
	for b.Loop() {
		s, err := vault.NewSpool(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		for range (100 << 20) / len(piece) {
			if _, err := s.Write(piece); err != nil {
				b.Fatal(err)
			}
		}
		r, n, err := s.Reader()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, io.NewSectionReader(r, 0, n)); err != nil {
			b.Fatal(err)
		}
		if err := s.Remove(); err != nil {
			b.Fatal(err)
		}
	}
}
