package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// busyTimeout is how long a statement waits for another process, in milliseconds.
const busyTimeout = "busy_timeout(10000)"

// pragmas are set on every connection. busy_timeout comes first: the others may already have to wait.
// secure_delete overwrites deleted rows with zeros, synchronous FULL makes an acknowledged write
// survive a power cut, temp_store MEMORY keeps sorted words off the disk, and a log that one large change
// made long gives its room back.
var pragmas = []string{
	busyTimeout, "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)",
	"temp_store(MEMORY)", "foreign_keys(1)", "cache_size(-8000)", "journal_size_limit(16777216)",
}

// readersCache is how much each connection that reads keeps of pages, in kB: there are several, and one that a
// recording was read through keeps as much of it as it may, which nobody reads twice. The system keeps the file.
const readersCache = "cache_size(-4000)"

func openSQLite(ctx context.Context, path string) (*DB, error) {
	if err := ownFile(path); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	query := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}
	writer, err := newPreparing(uri(path, query))
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	write := sql.OpenDB(writer)
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the database: %w", err), write.Close())
	}
	readers := url.Values{"_pragma": append(append([]string{}, pragmas...), "query_only(1)", readersCache)}
	reader, err := newPreparing(uri(path, readers))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the database for reading: %w", err), write.Close())
	}
	read := sql.OpenDB(reader)
	read.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	read.SetMaxIdleConns(max(4, 2*runtime.NumCPU()))
	return &DB{engine: SQLite, write: write, read: read}, nil
}

// uri names a file to SQLite, which would take a # or ? in a folder's name for the end of the path.
func uri(path string, query url.Values) string {
	return "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) + "?" + query.Encode()
}

// sqliteDuplicate reports whether err is SQLite's "a row with this key exists".
func sqliteDuplicate(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY || e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE)
}

// sqliteFull reports whether err says that SQLite found no room on its disk, in any of the places where it
// looks for some: the database, its log, or the index of the log.
func sqliteFull(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (e.Code() == sqlite3.SQLITE_FULL || e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE)
}

// ownFile makes the file before SQLite does, so that nobody else on the machine can read it. What SQLite
// puts beside it, the log and its index, takes over the file's mode.
func ownFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}
