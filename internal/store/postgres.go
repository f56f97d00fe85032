package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// uniqueViolation is PostgreSQL's SQLSTATE for a row whose key exists.
const uniqueViolation = "23505"

func openPostgres(ctx context.Context, address string) (*DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// The address holds a password, so the parser's own text is not passed on.
		return nil, errors.New("opening the database: the postgres address cannot be read")
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(20)
	pool.SetMaxIdleConns(20)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the database: %w", err), pool.Close())
	}
	return &DB{engine: Postgres, write: pool, read: pool}, nil
}

func isDuplicate(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == uniqueViolation
	}
	return sqliteDuplicate(err)
}

// Scrub makes what was deleted unreadable on this machine's disk, as far as the engine can. On SQLite
// deleted rows were overwritten already (secure_delete) and the write-ahead log is emptied. On
// PostgreSQL the given tables are rewritten; old log segments and standbys follow in their own time,
// which ScrubbedUpTo reports.
func (db *DB) Scrub(ctx context.Context, tables ...string) error {
	if db.engine == SQLite {
		return db.truncateLog(ctx)
	}
	for _, table := range tables {
		if _, err := db.write.ExecContext(ctx, "VACUUM FULL "+pgx.Identifier{table}.Sanitize()); err != nil {
			return fmt.Errorf("scrubbing: %w", err)
		}
	}
	_, err := db.write.ExecContext(ctx, "CHECKPOINT")
	return err
}

// truncateLog empties SQLite's write-ahead log. Readers can hold it back, so it answers busy instead of
// pretending; the caller tries again.
func (db *DB) truncateLog(ctx context.Context) error {
	var busy, pages, moved int
	row := db.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	if err := row.Scan(&busy, &pages, &moved); err != nil {
		return fmt.Errorf("emptying the write-ahead log: %w", err)
	}
	if busy != 0 {
		return errors.New("emptying the write-ahead log: a reader is in the way")
	}
	return nil
}

// Raw gives the pool for the few statements that cannot run in a transaction: backup, checkpoints,
// LISTEN. Rooms do not use it.
func (db *DB) Raw() *sql.DB { return db.write }
