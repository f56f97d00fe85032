package backup_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"footing/internal/backup"
	"footing/internal/testing/canary"
)

// nowhere fails when a word is found in any of the places.
func nowhere(t *testing.T, find canary.Finder, places ...string) {
	t.Helper()
	hits, err := find.Look(places...)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		t.Error(h)
	}
}

// P9: my words are never stored readable, in the stores and their logs, in what lies in temporary
// folders while a backup runs, in the tombstones and in the backups.
func TestWrite_LeavesNoWordReadable(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	w, id, to := newWorld(t), newIdentity(t), t.TempDir()
	var words []string
	text := func() string {
		words = append(words, canary.New())
		return canary.Text(words[len(words)-1])
	}
	s := w.share(text(), text(), text(), text(), text())
	if _, sealed, err := w.gate.SealPaper(t.Context(), p, "matrix_point", "words", "p1", text()); err != nil || len(sealed) == 0 {
		t.Fatal(err)
	}
	if got := w.words(cat, s); !strings.Contains(got, words[3]) {
		t.Fatal("the words cannot be read by whom they are for: this test sees nothing")
	}
	w.takeBack(s.part, false)
	w.tombstones()
	w.backup(to, id)
	find := canary.Finder{Words: words, Identities: []age.Identity{id}}
	nowhere(t, find, w.dir, to, temporary) // with the stores open: their logs are there
	if _, err := os.Stat(w.main + "-wal"); err != nil {
		t.Error("there was no log to search")
	}
	w.close()
	nowhere(t, find, w.dir, to, temporary)
	for _, left := range []string{w.main + ".copying", w.main + "-wal", w.main + "-shm"} {
		if _, err := os.Stat(left); err == nil {
			t.Errorf("%s is left", filepath.Base(left))
		}
	}
}

func TestWrite_NeverHoldsTheRootKey(t *testing.T) {
	w, id, to := newWorld(t), newIdentity(t), t.TempDir()
	w.share("Talk", "", "Ann", "We talked.")
	w.backup(to, id)
	line, err := os.ReadFile(w.root)
	if err != nil {
		t.Fatal(err)
	}
	digits := strings.Fields(string(line))[1]
	raw, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	nowhere(t, canary.Finder{Words: []string{digits, string(raw)}, Identities: []age.Identity{id}}, to, w.dir)
	for _, name := range filesIn(t, to) {
		if bytes.Contains(decrypted(t, filepath.Join(to, name), id), raw) {
			t.Errorf("the root key is in %s", name)
		}
	}
}

func TestWrite_FilesAreTheirOwnersAlone(t *testing.T) {
	w, to := newWorld(t), filepath.Join(t.TempDir(), "backups")
	w.backup(to, newIdentity(t))
	for _, name := range filesIn(t, to) {
		info, err := os.Stat(filepath.Join(to, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %o, want 600", name, info.Mode().Perm())
		}
	}
	if got := filesIn(t, to); !slices.Equal(got, []string{"keys-20270104T090000Z.age", "main-20270104T090000Z.age"}) {
		t.Errorf("the folder holds %v", got)
	}
}

// turning is a recipient that lets something happen when the second file is begun.
type turning struct {
	age.Recipient
	files  int
	happen func()
}

func (r *turning) Wrap(key []byte) ([]*age.Stanza, error) {
	if r.files++; r.files == 2 {
		r.happen()
	}
	return r.Recipient.Wrap(key)
}

// What is shared while a backup runs is in it with its key or not at all.
func TestWrite_WhileOthersShare(t *testing.T) {
	w, id, to := newWorld(t), newIdentity(t), t.TempDir()
	w.share("Before", "", "Ann", "We talked.")
	between := &turning{Recipient: id.Recipient(), happen: func() { w.share("Between", "", "Ann", "We talked.") }}
	written, err := backup.Write(t.Context(), backup.Options{Main: w.main, Keys: w.keys, To: to, Recipients: []age.Recipient{between}, Now: w.now})
	if err != nil {
		t.Fatal(err)
	}
	_, outcome := w.restore(w.options(written, id, filepath.Join(t.TempDir(), "data")))
	if got := outcome.Partnerships[0]; between.files != 2 || got.Turns == 0 || got.WithoutKey != 0 {
		t.Errorf("%d files; of %d turns in the copy %d have no key: the keys were copied before the words", between.files, got.Turns, got.WithoutKey)
	}
}

// A backup that cannot be written removes no older one and leaves no piece behind.
func TestWrite_FailsWhole(t *testing.T) {
	w, id, to := newWorld(t), newIdentity(t), t.TempDir()
	w.backup(to, id)
	before := filesIn(t, to)
	w.now = w.now.AddDate(0, 1, 0)
	_, err := backup.Write(t.Context(), backup.Options{Main: w.main, Keys: filepath.Join(w.dir, "absent.db"), To: to,
		Recipients: []age.Recipient{id.Recipient()}, Now: w.now})
	if err == nil {
		t.Fatal("a key store that is not there was copied")
	}
	after := filesIn(t, to)
	if !slices.Contains(after, before[0]) || slices.ContainsFunc(after, func(name string) bool { return strings.HasSuffix(name, ".part") }) {
		t.Errorf("the folder holds %v", after)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "absent.db")); err == nil {
		t.Error("an empty store was made")
	}
	if _, err := backup.Write(t.Context(), backup.Options{Main: w.main, Keys: w.keys, To: to, Now: w.now}); err == nil {
		t.Error("a backup for nobody was written")
	}
}

func TestPrune_KeyBackupsEndWithTheirDays(t *testing.T) {
	w, id, to := newWorld(t), newIdentity(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(to, "keys-mine.age"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		w.backup(to, id)
		w.now = w.now.AddDate(0, 0, 1)
	}
	var keys, mains int
	for _, name := range filesIn(t, to) {
		if strings.HasPrefix(name, "keys-2027") {
			keys++
		}
		if strings.HasPrefix(name, "main-2027") {
			mains++
		}
	}
	if keys != 7 || mains != 10 {
		t.Errorf("after ten daily backups %d key and %d main backups are left, want 7 and 10", keys, mains)
	}
	removed, err := backup.Prune(to, w.now.AddDate(0, 1, 0), backup.KeepKeys)
	if err != nil || len(removed) != 7 {
		t.Errorf("a month later %d are removed (%v), want 7", len(removed), err)
	}
	if _, err := os.Stat(filepath.Join(to, "keys-mine.age")); err != nil {
		t.Error("somebody's own file was removed")
	}
	cutOff := filepath.Join(to, "keys-20270104T090000Z.age.part")
	if err := os.WriteFile(cutOff, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if removed, err = backup.Prune(to, w.now.AddDate(0, 1, 0), backup.KeepKeys); err != nil || !slices.Equal(removed, []string{cutOff}) {
		t.Errorf("of one that was cut off %v is removed (%v)", removed, err)
	}
}

func filesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func decrypted(t *testing.T, path string, id age.Identity) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := age.Decrypt(f, id)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
