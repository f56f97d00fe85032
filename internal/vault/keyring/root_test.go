package keyring_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/vault/keyring"
)

func TestOpen_MakesTheRootKeyFileForItsOwnerAlone(t *testing.T) {
	b := newBench(t, filepath.Join(t.TempDir(), "keys.db"))
	info, err := os.Stat(b.rootFile)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v; want 0600", info.Mode(), err)
	}
	before, err := os.ReadFile(b.rootFile)
	if err != nil {
		t.Fatal(err)
	}
	created := b.create(t, 3)
	_, again := b.open(t)
	if diff := cmp.Diff(created, keysOf(t, again, created)); diff != "" {
		t.Errorf("keys after opening again:\n%s", diff)
	}
	if after, err := os.ReadFile(b.rootFile); err != nil || string(after) != string(before) {
		t.Errorf("opening again changed the root key file, %v", err)
	}
}

func TestOpen_RefusesARootKeyFileThatWillNotDo(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		good, err := os.ReadFile(b.rootFile)
		if err != nil {
			t.Fatal(err)
		}
		tests := []struct {
			name string
			text string
			mode os.FileMode
			want error
			says string
		}{
			{"another key", "footing-root-1 " + strings.Repeat("5a", 32) + "\n", 0o600, keyring.ErrWrongRoot, "same file on every replica"},
			{"read by the group", string(good), 0o640, keyring.ErrLooseRoot, "has mode 0640: run chmod 600"},
			{"read by all", string(good), 0o604, keyring.ErrLooseRoot, "has mode 0604"},
			{"cut short", string(good[:40]), 0o600, keyring.ErrBrokenRoot, b.rootFile},
			{"another file", "hello\n", 0o600, keyring.ErrBrokenRoot, b.rootFile},
			{"empty", "", 0o600, keyring.ErrBrokenRoot, b.rootFile},
		}
		for _, tt := range tests {
			if err := errors.Join(os.WriteFile(b.rootFile, []byte(tt.text), 0o600), os.Chmod(b.rootFile, tt.mode)); err != nil {
				t.Fatal(err)
			}
			_, err := keyring.Open(t.Context(), b.db, b.rootFile, time.Now)
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%s: %v; want %v and %q", tt.name, err, tt.want, tt.says)
			}
			if err != nil && len(tt.text) > 20 && strings.Contains(err.Error(), tt.text[15:30]) {
				t.Errorf("%s: the error shows the key", tt.name)
			}
		}
		if err := os.Remove(b.rootFile); err != nil {
			t.Fatal(err)
		}
		_, err = keyring.Open(t.Context(), b.db, b.rootFile, time.Now)
		if !errors.Is(err, keyring.ErrNoRoot) || !strings.Contains(err.Error(), "put it back") {
			t.Errorf("absent: %v; want ErrNoRoot", err)
		}
		if _, err := os.Stat(b.rootFile); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a root key file was made for a key store in use: %v", err)
		}
	})
}

func TestOpen_TakesARootKeyFileThatIsThereAlready(t *testing.T) {
	b := newBench(t, filepath.Join(t.TempDir(), "keys.db"))
	// Another machine's empty key store, the file brought over first and kept read-only.
	if err := os.Chmod(b.rootFile, 0o400); err != nil {
		t.Fatal(err)
	}
	b.address = filepath.Join(t.TempDir(), "other.db")
	_, other := b.open(t)
	if _, err := other.Create(t.Context(), "a"); err != nil {
		t.Error(err)
	}
}
