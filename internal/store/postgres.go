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

// diskFull is PostgreSQL's SQLSTATE for a disk without room.
const diskFull = "53100"

func isFull(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == diskFull
	}
	return sqliteFull(err)
}

func isDuplicate(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == uniqueViolation
	}
	return sqliteDuplicate(err)
}

// Raw gives the pool for the few statements that cannot run in a transaction: backup, checkpoints,
// LISTEN. Rooms do not use it.
func (db *DB) Raw() *sql.DB { return db.write }
