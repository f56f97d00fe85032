// Package store opens the database, SQLite or PostgreSQL, and runs transactions on it.
//
// Both engines are given the same SQL: $1 placeholders, ids as text, times as whole microseconds UTC,
// booleans as 0 or 1. What differs (drivers, pragmas, error codes, how a dropped key is scrubbed from
// the disk) stays in this package.
//
// An action opens one transaction with Write or Read and hands it on; store methods of rooms take a
// *Tx and never open their own. On SQLite there is one writer, so a Write inside a Write would wait
// for itself.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"footing/internal/fault"
)

// An Engine is the kind of database behind a DB.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	engine Engine
	write  *sql.DB
	read   *sql.DB
	full   func() // may be nil
}

// OnFull sets what is called when a change found no room on the disk, before whoever made it is told, so that
// what puts things in order afterwards finds some. It is called before the first transaction, or not at all.
func (db *DB) OnFull(do func()) { db.full = do }

// Open opens the database at address: a file path for SQLite (made if absent), or a postgres:// URL.
// The caller closes it.
func Open(ctx context.Context, address string) (*DB, error) {
	if IsPostgres(address) {
		return openPostgres(ctx, address)
	}
	return openSQLite(ctx, address)
}

// IsPostgres reports whether address names a PostgreSQL database rather than a file.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// Engine returns which engine this is. Rooms do not ask; migrations, backup and the runbook pages do.
func (db *DB) Engine() Engine { return db.engine }

// Close waits for running statements and closes the database.
func (db *DB) Close() error {
	err := db.read.Close()
	if db.write != db.read {
		err = errors.Join(db.write.Close(), err)
	}
	return err
}

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// A Tx is one transaction. It must not be used after the function it was given to returns.
type Tx struct {
	tx     *sql.Tx
	before []func() error
	after  []func()
}

// Write runs do in a transaction that may change rows and commits it when do returns nil. Functions
// handed to After run once the commit has succeeded.
func (db *DB) Write(ctx context.Context, do func(*Tx) error) error {
	err := run(ctx, db.write, nil, do)
	if db.full != nil && errors.Is(err, ErrFull) {
		db.full()
	}
	return err
}

// Read runs do in a transaction that sees one state of the database and cannot change it.
func (db *DB) Read(ctx context.Context, do func(*Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if db.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return run(ctx, db.read, opts, do)
}

func run(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, do func(*Tx) error) (err error) {
	inner, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return mapped(fmt.Errorf("opening a transaction: %w", err))
	}
	tx := &Tx{tx: inner}
	defer func() {
		if p := recover(); p != nil {
			_ = inner.Rollback()
			panic(p)
		}
	}()
	if err := tx.finish(do(tx)); err != nil {
		return errors.Join(err, ignoreDone(inner.Rollback()))
	}
	if err := inner.Commit(); err != nil {
		return mapped(fmt.Errorf("committing: %w", err))
	}
	for _, f := range tx.after {
		f()
	}
	return nil
}

// finish runs what waits for the end of the transaction.
func (tx *Tx) finish(err error) error {
	for _, f := range tx.before {
		if err == nil {
			err = f()
		}
	}
	return err
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// Before registers f to run last in this transaction, in the order registered. It is for rows that many
// transactions fight for, such as a counter: taken last by everybody, they are never waited for in a
// circle. An error rolls everything back.
func (tx *Tx) Before(f func() error) { tx.before = append(tx.before, f) }

// After registers f to run once this transaction has committed. f must not fail: it tells others that
// something changed, and they look for themselves.
func (tx *Tx) After(f func()) { tx.after = append(tx.after, f) }

// Exec runs a statement and returns how many rows it touched.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := tx.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, mapped(err)
	}
	return res.RowsAffected()
}

// A Row is what a scan function reads one row's columns from.
type Row interface{ Scan(dest ...any) error }

// Each runs a query and calls do for every row, in order. It holds no more than one row at a time.
func (tx *Tx) Each(ctx context.Context, do func(Row) error, query string, args ...any) error {
	rows, err := tx.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return mapped(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return mapped(rows.Err())
}

// Get returns the one row of a query, or fault.Missing when there is none.
func Get[T any](ctx context.Context, tx *Tx, scan func(Row) (T, error), query string, args ...any) (T, error) {
	v, err := scan(tx.tx.QueryRowContext(ctx, query, args...))
	if err != nil {
		var zero T
		return zero, mapped(err)
	}
	return v, nil
}

// List returns all rows of a query, an empty slice when there are none.
func List[T any](ctx context.Context, tx *Tx, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	list := []T{}
	err := tx.Each(ctx, func(r Row) error {
		v, err := scan(r)
		if err == nil {
			list = append(list, v)
		}
		return err
	}, query, args...)
	return list, err
}

// One scans a single column. It serves counts, existence checks and lists of ids.
func One[T any](r Row) (T, error) {
	var v T
	err := r.Scan(&v)
	return v, err
}

// ErrDuplicate is returned when a row with the same key exists.
var ErrDuplicate = fault.New(fault.Conflict, "web.duplicate")

// ErrFull is returned when the disk under the database has no room for what was to be written. Nothing of
// the transaction is kept.
var ErrFull = fault.New(fault.Full, "web.full")

// Changed turns "no row had that version" into conflict: n is what Exec returned for an UPDATE … WHERE
// id = … AND version = ….
func Changed(n int64, err error, conflict *fault.Error) error {
	if err == nil && n == 0 {
		return conflict
	}
	return err
}

// mapped turns drivers' errors into ours. The driver's text stays in the chain for the log; drivers put
// statement text and constraint names there, never bound values.
func mapped(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return fault.Missing
	case isDuplicate(err):
		return ErrDuplicate.Wrap(err)
	case isFull(err):
		return ErrFull.Wrap(err)
	}
	return err
}
