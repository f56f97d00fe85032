package store

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
)

// tokens are the only differences between the engines that a migration may hold.
var tokens = map[Engine]*strings.Replacer{
	SQLite:   strings.NewReplacer("{{bytes}}", "BLOB", "{{without rowid}}", "WITHOUT ROWID"),
	Postgres: strings.NewReplacer("{{bytes}}", "BYTEA", "{{without rowid}}", ""),
}

// Migrate brings the database to the newest schema: every *.sql file of every given file system, in
// the order of their numbers (YYYYMMDDhhmm_what.sql), each once, each in a transaction. A room's file may
// be older than another room's newest: their tables have nothing to do with each other. Migrations go
// forward only; each must work with the binary before it still running.
func (db *DB) Migrate(ctx context.Context, from ...fs.FS) error {
	merged, err := merge(tokens[db.engine], from)
	if err != nil {
		return fmt.Errorf("reading migrations: %w", err)
	}
	dialect := goose.DialectSQLite3
	if db.engine == Postgres {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, db.write, merged, goose.WithAllowOutofOrder(true))
	if err != nil {
		return fmt.Errorf("reading migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrating: %w", err)
	}
	return nil
}

func merge(tokens *strings.Replacer, from []fs.FS) (fs.FS, error) {
	merged := fstest.MapFS{}
	for _, f := range from {
		names, err := fs.Glob(f, "*.sql")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := fs.ReadFile(f, name)
			if err != nil {
				return nil, err
			}
			if merged[name] != nil {
				return nil, fmt.Errorf("two migrations are called %s", name)
			}
			merged[name] = &fstest.MapFile{Data: []byte(tokens.Replace(string(text)))}
		}
	}
	return merged, nil
}
