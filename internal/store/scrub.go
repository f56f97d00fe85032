package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ErrReaders is returned by Scrub when somebody kept reading an older state of the database for so
// long that what was deleted could not be overwritten. The caller tries again later.
var ErrReaders = errors.New("scrubbing: a reader is in the way")

const (
	scrubPatience = 30 * time.Second // how long Scrub waits for readers in all
	scrubPause    = 50 * time.Millisecond
)

// Scrub makes what was deleted unreadable on this machine's disk, as far as the engine can, waiting up
// to 30 s for readers in the way. On SQLite deleted rows were overwritten already (secure_delete) and
// the write-ahead log is emptied. On PostgreSQL the given tables are rewritten; old log segments and
// standbys follow in their own time, which ScrubTo and Traces report.
func (db *DB) Scrub(ctx context.Context, tables ...string) error {
	_, err := db.ScrubTo(ctx, tables...)
	return err
}

// ScrubTo does what Scrub does and returns how far the write-ahead log had come, in bytes since its
// start: nothing of what was deleted is written after that position. On SQLite it is always 1.
func (db *DB) ScrubTo(ctx context.Context, tables ...string) (position int64, err error) {
	if db.engine == SQLite {
		return 1, db.patiently(ctx, db.truncateLog)
	}
	passed, err := db.snapshotsPassed(ctx)
	if err != nil {
		return 0, err
	}
	if err := db.patiently(ctx, passed); err != nil {
		return 0, err
	}
	for _, table := range tables {
		rewrite := func(ctx context.Context) (bool, error) { return db.rewrite(ctx, table) }
		if err := db.patiently(ctx, rewrite); err != nil {
			return 0, err
		}
	}
	if position, err = db.position(ctx); err != nil {
		return 0, err
	}
	// Beginning a new log file lets the checkpoint drop the older ones at once. Both need rights that may
	// not be granted; then it happens in the server's own time and Traces goes on saying so.
	for _, statement := range []string{"SELECT pg_switch_wal()", "CHECKPOINT"} {
		if _, err := db.write.ExecContext(ctx, statement); err != nil && !isForbidden(err) {
			return 0, fmt.Errorf("scrubbing: %w", err)
		}
	}
	return position, nil
}

// patiently repeats try, which says whether it could do its work, until it could.
func (db *DB) patiently(ctx context.Context, try func(context.Context) (bool, error)) error {
	for end := time.Now().Add(scrubPatience); ; {
		if done, err := try(ctx); done || err != nil {
			return err
		}
		if time.Now().After(end) {
			return ErrReaders
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(scrubPause):
		}
	}
}

// truncateLog empties SQLite's write-ahead log, unless a reader still needs it. Its own wait is short:
// the one connection that writes must not be held while an export reads.
func (db *DB) truncateLog(ctx context.Context) (done bool, err error) {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return false, fmt.Errorf("emptying the write-ahead log: %w", err)
	}
	defer func() {
		// Even when ctx has ended the connection goes back as it was.
		_, restored := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA "+busyTimeout)
		err = errors.Join(err, restored, conn.Close())
	}()
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout(100)"); err != nil {
		return false, fmt.Errorf("emptying the write-ahead log: %w", err)
	}
	var busy, pages, moved int
	if err := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved); err != nil {
		return false, fmt.Errorf("emptying the write-ahead log: %w", err)
	}
	return busy == 0, nil
}

// snapshotsPassed returns a check whether no transaction is left that could still see rows deleted
// before this call. VACUUM FULL carries such rows over into the new file, and it sees the database as
// of the oldest transaction that writes anywhere in the cluster.
func (db *DB) snapshotsPassed(ctx context.Context) (check func(context.Context) (bool, error), err error) {
	var next string
	if err := db.write.QueryRowContext(ctx, `SELECT pg_snapshot_xmax(pg_current_snapshot())::text`).Scan(&next); err != nil {
		return nil, fmt.Errorf("looking for older snapshots: %w", err)
	}
	return func(ctx context.Context) (passed bool, err error) {
		err = db.write.QueryRowContext(ctx, `
			SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8
			   AND NOT EXISTS (SELECT 1 FROM pg_stat_activity
			       WHERE pid <> pg_backend_pid() AND (datname = current_database() OR backend_type = 'walsender')
			         AND age(backend_xmin) > age($1::xid8::xid))
			   AND NOT EXISTS (SELECT 1 FROM pg_replication_slots WHERE age(xmin) > age($1::xid8::xid))`,
			next).Scan(&passed)
		if err != nil {
			return false, fmt.Errorf("looking for older snapshots: %w", err)
		}
		return passed, nil
	}, nil
}

// rewrite copies what is left of a PostgreSQL table into a new file and drops the old one, unless
// somebody keeps the table open. Its own wait is short: whoever comes later waits behind it.
func (db *DB) rewrite(ctx context.Context, table string) (done bool, err error) {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return false, fmt.Errorf("scrubbing: %w", err)
	}
	defer func() {
		// Even when ctx has ended the connection goes back as it was.
		_, restored := conn.ExecContext(context.WithoutCancel(ctx), "RESET lock_timeout")
		err = errors.Join(err, restored, conn.Close())
	}()
	if _, err := conn.ExecContext(ctx, "SET lock_timeout = '100ms'"); err != nil {
		return false, fmt.Errorf("scrubbing: %w", err)
	}
	_, err = conn.ExecContext(ctx, "VACUUM FULL "+pgx.Identifier{table}.Sanitize())
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "55P03" { // lock_not_available
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("scrubbing: %w", err)
	}
	return true, nil
}

// position returns how far PostgreSQL's log has come.
func (db *DB) position(ctx context.Context) (position int64, err error) {
	row := db.write.QueryRowContext(ctx, `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint`)
	if err := row.Scan(&position); err != nil {
		return 0, fmt.Errorf("reading the log's position: %w", err)
	}
	return position, nil
}

// Traces says where a PostgreSQL server may still hold rows that were deleted and scrubbed: positions
// as in ScrubTo. On SQLite it is the zero Traces.
type Traces struct {
	// Log is false when this role may not list the log's files (it needs pg_monitor).
	Log bool
	// Now is where the log is written; Oldest is where the oldest file on disk begins. End is where the
	// last file ends that may be an old one renamed for use again: until Now has passed it, its old
	// content is still in it. It is zero when the server does not do that (wal_recycle = off).
	Now, Oldest, End int64
	// Standbys is false when this role may not see how far standbys are. Replayed is how far the slowest
	// connected standby and the slowest replication slot are, zero when there is none.
	Standbys bool
	Replayed int64
}

// Traces asks the server how far its log and its standbys are. Copies outside its reach (archived log,
// base backups, a standby that is neither connected nor has a slot) cannot be seen from here.
func (db *DB) Traces(ctx context.Context) (Traces, error) {
	if db.engine == SQLite {
		return Traces{}, nil
	}
	var t Traces
	var err error
	if t.Now, err = db.position(ctx); err != nil {
		return Traces{}, err
	}
	if t.Oldest, t.End, err = db.logFiles(ctx); err == nil {
		t.Log = true
	} else if !isForbidden(err) {
		return Traces{}, fmt.Errorf("listing the log's files: %w", err)
	}
	// Of a standby this role may not see, every position is null.
	err = db.write.QueryRowContext(ctx, `
		SELECT coalesce(bool_and(seen), true), coalesce(min(upto), 0) FROM (
			SELECT replay_lsn IS NOT NULL AS seen, pg_wal_lsn_diff(replay_lsn, '0/0')::bigint AS upto FROM pg_stat_replication
			UNION ALL
			SELECT true, pg_wal_lsn_diff(restart_lsn, '0/0')::bigint FROM pg_replication_slots WHERE restart_lsn IS NOT NULL
		) s`).Scan(&t.Standbys, &t.Replayed)
	if err != nil {
		return Traces{}, fmt.Errorf("asking for standbys: %w", err)
	}
	return t, nil
}

// logFiles returns where the oldest file of the log begins and where the last one ends, the latter
// zero unless files are used again.
func (db *DB) logFiles(ctx context.Context) (oldest, end int64, err error) {
	var first, last string
	var size int64
	var recycles bool
	// A file's name is timeline, then the upper and the lower half of its number: 3 × 8 hex digits. A new
	// timeline begins where an older one was left, so names are compared without it.
	err = db.write.QueryRowContext(ctx, `
		SELECT min(substr(name, 9)), max(substr(name, 9)),
		       pg_size_bytes(current_setting('wal_segment_size')), current_setting('wal_recycle')::boolean
		FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'`).Scan(&first, &last, &size, &recycles)
	if err != nil {
		return 0, 0, err
	}
	if oldest, err = segmentStart(first, size); err != nil {
		return 0, 0, err
	}
	if recycles {
		if end, err = segmentStart(last, size); err != nil {
			return 0, 0, err
		}
		end += size
	}
	return oldest, end, nil
}

// segmentStart returns where the log file begins whose name ends in these 16 hex digits.
func segmentStart(digits string, size int64) (int64, error) {
	upper, err := strconv.ParseInt(digits[:8], 16, 64)
	if err != nil {
		return 0, err
	}
	lower, err := strconv.ParseInt(digits[8:], 16, 64)
	if err != nil {
		return 0, err
	}
	return upper<<32 + lower*size, nil
}

// isForbidden reports whether PostgreSQL refused for want of a right (insufficient_privilege).
func isForbidden(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == "42501"
}
