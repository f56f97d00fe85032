package backup_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"footing/internal/backup"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/testing/canary"
)

func TestWriteTombstones_SaysWhatWasTakenBackAndNoWords(t *testing.T) {
	w := newWorld(t)
	word := canary.New()
	s := w.share(canary.Text(word), canary.Text(word), canary.Text(word), canary.Text(word))
	path := w.tombstones()
	empty, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w.takeBack(s.part, false)
	w.tombstones()
	hidden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(empty, []byte(`"withdrawal"`)) || !bytes.Contains(hidden, []byte(`"withdrawal":{"seq":1,`)) {
		t.Errorf("before taking back:\n%s\nafter:\n%s", empty, hidden)
	}
	nowhere(t, canary.Finder{Words: []string{word}}, w.dir)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v (%v)", info.Mode(), err)
	}
	if names := filesIn(t, w.dir); strings.Contains(strings.Join(names, " "), path+"-") {
		t.Errorf("left behind: %v", names)
	}
}

func TestWriteTombstones_LeavesTheFileWhenNothingChanged(t *testing.T) {
	w := newWorld(t)
	path := w.tombstones()
	written := func() string {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	first := written()
	w.now = w.now.Add(time.Minute)
	w.tombstones()
	if written() != first {
		t.Error("a minute on the file was written again")
	}
	w.now = w.now.Add(time.Hour)
	w.tombstones()
	if written() == first {
		t.Error("an hour on the file still has the old time: nobody can tell that it is complete")
	}
}

// An older copy put in place by hand must not make the tombstones forget.
func TestWriteTombstones_RefusesAnOlderDatabase(t *testing.T) {
	w := newWorld(t)
	s := w.share("Talk", "", "Ann", "Kept.")
	copyAt := filepath.Join(t.TempDir(), "copy.db")
	if _, err := w.db.Raw().ExecContext(t.Context(), "VACUUM INTO $1", copyAt); err != nil {
		t.Fatal(err)
	}
	w.takeBack(s.part, false)
	path := w.tombstones()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	old := openWorld(t, w.dir, w.root, copyAt, w.keys, w.now)
	if err := backup.WriteTombstones(t.Context(), old.db, path, w.now); !errors.Is(err, backup.ErrOlder) {
		t.Errorf("an older database writes its tombstones: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the tombstones changed (%v)", err)
	}
	if err := os.WriteFile(path, before[:len(before)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := backup.WriteTombstones(t.Context(), w.db, path, w.now); err == nil {
		t.Error("a damaged file was written over: what it knew is lost")
	}
}

// Replaying is the same once and twice, and on a copy that went on by itself for a while.
func TestReplay_TwiceAndOnACopyThatWentOn(t *testing.T) {
	w := newWorld(t)
	a, b := w.share("A", "", "Ann", "A."), w.share("B", "", "Ann", "B.")
	copyAt := filepath.Join(t.TempDir(), "copy.db")
	if _, err := w.db.Raw().ExecContext(t.Context(), "VACUUM INTO $1", copyAt); err != nil {
		t.Fatal(err)
	}
	old := openWorld(t, w.dir, w.root, copyAt, w.keys, w.now)
	old.takeBack(b.part, false) // has the number that A's will have
	w.takeBack(a.part, false)
	var stones consent.Tombstones
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		stones, err = consent.ReadTombstones(ctx, tx, p)
		return err
	})
	for round, want := range []int{1, 0} {
		old.write(func(ctx context.Context, tx *store.Tx) error {
			done, err := consent.Replay(ctx, tx, p, stones, w.now)
			if done.Withdrawals != want {
				t.Errorf("round %d: %d withdrawals are new, want %d", round, done.Withdrawals, want)
			}
			return err
		})
	}
	old.expect(cat, a, "taken back in one", "")
	old.expect(cat, b, "taken back in the other", "")
}
