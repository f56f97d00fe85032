package keyring_test

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/pg"
	"footing/internal/vault/keyring"
)

// server gives what a test needs to look at PostgreSQL from outside: its folder and a way to run one
// statement.
func server(t *testing.T, b *bench) (folder string, run func(string)) {
	t.Helper()
	run = func(statement string) {
		t.Helper()
		if _, err := b.db.Raw().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.db.Raw().QueryRowContext(t.Context(), "SHOW data_directory").Scan(&folder); err != nil {
		t.Fatal(err)
	}
	return folder, run
}

// onPostgres returns the address of an empty database of a server of PostgreSQL's, in the round that has one.
func onPostgres(t *testing.T) string {
	t.Helper()
	if engine.Of() != store.Postgres {
		t.Skip("is about what PostgreSQL keeps: runs with FOOTING_ENGINE=postgres")
	}
	return pg.Database(t)
}

// recycling sets whether the server uses old files of its log again, until the test ends.
func recycling(t *testing.T, run func(string), on string) {
	run("ALTER SYSTEM SET wal_recycle = " + on)
	run("ALTER SYSTEM SET min_wal_size = '32MB'")
	run("SELECT pg_reload_conf()")
	time.Sleep(200 * time.Millisecond) // the server's processes take it up in their own time
}

func TestDestroy_LeavesNoTraceInPostgresFiles(t *testing.T) {
	b := newBench(t, onPostgres(t))
	folder, run := server(t, b)
	recycling(t, run, "off")
	keys := b.create(t, 300)
	run("ANALYZE") // its samples must not hold what is sealed
	run("CHECKPOINT")
	before := b.snapshot(t)
	if found := traces(t, folder, before, nil); len(found) <= len(before.shelves) {
		t.Fatalf("only %d traces of %d shelves before: this test proves nothing", len(found), len(before.shelves))
	}
	if err := b.Destroy(t.Context(), name(1)); err != nil {
		t.Fatal(err)
	}
	want := keyring.State{Destroyed: b.now, Tables: keyring.Done, Log: keyring.Done, Standbys: keyring.Done}
	if state, err := b.Scrubbed(t.Context()); err != nil || state != want {
		t.Errorf("after Destroy %+v, %v; want %+v", state, err, want)
	}
	if found := traces(t, folder, before, keys); len(found) > 0 {
		t.Errorf("%d traces, such as %s", len(found), found[0])
	}
}

func TestScrubbed_WaitsUntilUsedLogFilesAreOverwritten(t *testing.T) {
	b := newBench(t, onPostgres(t))
	folder, run := server(t, b)
	recycling(t, run, "on")
	keys := b.create(t, 300)
	run("CHECKPOINT")
	before := b.snapshot(t)
	if err := b.Destroy(t.Context(), name(1)); err != nil {
		t.Fatal(err)
	}
	run("CREATE TABLE filler (body BYTEA)")
	waited := 0
	for ; ; waited++ {
		state, err := b.Scrubbed(t.Context())
		if err != nil || state.Tables != keyring.Done || state.Standbys != keyring.Done {
			t.Fatalf("%+v, %v", state, err)
		}
		if state.Log == keyring.Done {
			if waited == 0 {
				t.Error("done at once, while files of the log wait to be used again")
			}
			break
		}
		if state.Log != keyring.Waiting || waited == 100 {
			t.Fatalf("after %d rounds the log is %s", waited, state.Log)
		}
		run("INSERT INTO filler VALUES ('work that goes on')")
		run("SELECT pg_switch_wal()")
		run("CHECKPOINT")
	}
	if found := traces(t, folder, before, keys); len(found) > 0 {
		t.Errorf("said to be done with %d traces, such as %s", len(found), found[0])
	}
}

func TestScrubbed_WaitsForAReplicationSlot(t *testing.T) {
	b := newBench(t, onPostgres(t))
	_, run := server(t, b)
	recycling(t, run, "off")
	b.create(t, 3)
	run("SELECT pg_create_physical_replication_slot('lagging', true)")
	t.Cleanup(func() {
		db, err := sql.Open("pgx", b.address)
		if err == nil {
			_, err = db.Exec("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots")
		}
		if err != nil {
			t.Error(err)
		}
		db.Close()
	})
	if err := b.Destroy(t.Context(), name(1)); err != nil {
		t.Fatal(err)
	}
	if state, err := b.Scrubbed(t.Context()); err != nil || state.Standbys != keyring.Waiting || state.Log != keyring.Waiting {
		t.Errorf("with a standby that lags %+v, %v; want it waiting", state, err)
	}
	run("SELECT pg_drop_replication_slot('lagging')")
	run("CHECKPOINT")
	if state, err := b.Scrubbed(t.Context()); err != nil || state.Standbys != keyring.Done || state.Log != keyring.Done {
		t.Errorf("without it %+v, %v; want it done", state, err)
	}
}

func TestScrubbed_SaysUnknownWithoutTheRightToLook(t *testing.T) {
	admin := newBench(t, onPostgres(t))
	_, run := server(t, admin)
	address, err := url.Parse(pg.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	run("CREATE ROLE plain LOGIN")
	run("ALTER DATABASE " + strings.TrimPrefix(address.Path, "/") + " OWNER TO plain")
	address.User = url.User("plain")
	b := newBench(t, address.String())
	b.create(t, 3)
	if err := b.Destroy(t.Context(), name(1)); err != nil {
		t.Fatal(err)
	}
	state, err := b.Scrubbed(t.Context())
	if err != nil || state.Tables != keyring.Done || state.Log != keyring.Unknown {
		t.Errorf("%+v, %v; want the tables done and the log unknown", state, err)
	}
}

func TestDestroy_IsScrubbedOnSQLiteAtOnce(t *testing.T) {
	engine.Once(t, "its database is a file of SQLite's")
	b := newBench(t, filepath.Join(t.TempDir(), "keys.db"))
	b.create(t, 3)
	nothing := keyring.State{Tables: keyring.Done, Log: keyring.Done, Standbys: keyring.Done}
	if state, err := b.Scrubbed(t.Context()); err != nil || state != nothing {
		t.Errorf("before anything was destroyed %+v, %v", state, err)
	}
	if err := b.Destroy(t.Context(), name(1)); err != nil {
		t.Fatal(err)
	}
	nothing.Destroyed = b.now
	if state, err := b.Scrubbed(t.Context()); err != nil || state != nothing {
		t.Errorf("after Destroy %+v, %v", state, err)
	}
}
