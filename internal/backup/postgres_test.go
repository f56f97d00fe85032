package backup_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"footing/internal/backup"
	"footing/internal/store"
	"footing/internal/testing/canary"
	"footing/internal/testing/pg"
)

// newPostgresWorld is newWorld on two PostgreSQL databases.
func newPostgresWorld(t *testing.T) *world {
	for _, tool := range []string{"pg_dump", "pg_restore"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("needs PostgreSQL's client programs: run make setup")
		}
	}
	w := openWorld(t, t.TempDir(), filepath.Join(t.TempDir(), "root.key"), pg.Database(t), pg.Database(t), day0)
	w.found()
	return w
}

// P9 and P10 on PostgreSQL: what is said of SQLite holds, and what failed half-way is taken out again.
func TestPostgres_BackupAndRestore(t *testing.T) {
	w := newPostgresWorld(t)
	id, to := newIdentity(t), t.TempDir()
	word := canary.New()
	seen := w.share(canary.Text(word), "", "Ann", canary.Text(word))
	a, change := w.live()
	written := w.backup(to, id)
	change()
	nowhere(t, canary.Finder{Words: []string{word}, Identities: []age.Identity{id}}, to)
	o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
	o.Tombstones, o.Database, o.KeyStore = w.tombstones(), pg.Database(t), pg.Database(t)

	bad := o
	bad.RootKey = filepath.Join(t.TempDir(), "absent.key")
	if _, err := backup.Restore(t.Context(), bad); err == nil || !strings.Contains(err.Error(), "root key file is missing") {
		t.Errorf("without the root key: %v", err)
	}
	done, err := backup.Restore(t.Context(), o) // into the same two: they must be empty again
	if err != nil {
		t.Fatal(err)
	}
	back := openWorld(t, o.Into, w.root, o.Database, o.KeyStore, w.now)
	back.expect(cat, seen, "kept", canary.Text(word))
	back.expect(cat, a.hidden, "taken back", "")
	back.expect(ann, a.erased, "erased, for its owner", "")
	back.expect(ann, a.oneTurn, "one turn erased, for its owner", "Second.")
	back.expect(cat, a.undone, "brought back", "Undone.")
	gone(t, back, a.erased)
	if got := done.Partnerships[0]; !got.Complete || got.Withdrawals != 4 || got.Destroyed != 2 {
		t.Errorf("the outcome is %+v", got)
	}
	if _, err := backup.Restore(t.Context(), o); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("into databases in use: %v", err)
	}
	if back.db.Engine() != store.Postgres {
		t.Error("not on PostgreSQL")
	}
}

// The engines' backups are told apart before anything is changed.
func TestPostgres_RefusesTheOtherEnginesBackup(t *testing.T) {
	lite, id := newWorld(t), newIdentity(t)
	fromLite := lite.backup(t.TempDir(), id)
	w := newPostgresWorld(t)
	fromServer := w.backup(t.TempDir(), id)
	into := filepath.Join(t.TempDir(), "data")
	o := lite.options(fromServer, id, into)
	if _, err := backup.Restore(t.Context(), o); err == nil || !strings.Contains(err.Error(), "PostgreSQL") {
		t.Errorf("a PostgreSQL backup into a folder: %v", err)
	}
	o = lite.options(fromLite, id, into)
	o.Database, o.KeyStore = pg.Database(t), pg.Database(t)
	if _, err := backup.Restore(t.Context(), o); err == nil || !strings.Contains(err.Error(), "SQLite") {
		t.Errorf("an SQLite backup into databases: %v", err)
	}
	// A file that ends early is refused whole.
	content, err := os.ReadFile(fromServer.Main)
	if err != nil {
		t.Fatal(err)
	}
	short := filepath.Join(t.TempDir(), "short.age")
	if err := os.WriteFile(short, content[:len(content)*2/3], 0o600); err != nil {
		t.Fatal(err)
	}
	o.Main = short
	if _, err := backup.Restore(t.Context(), o); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a file that ends early: %v", err)
	}
}

// Where PostgreSQL's programs are missing the sentence says which.
func TestPostgres_SaysWhatIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := backup.Write(t.Context(), backup.Options{Main: "postgres://x@localhost/main", Keys: "postgres://x@localhost/keys", To: t.TempDir(),
		Recipients: []age.Recipient{newIdentity(t).Recipient()}, Now: day0})
	if err == nil || !strings.Contains(err.Error(), "pg_dump and pg_restore are needed") {
		t.Errorf("it says %v", err)
	}
}
