package store

import (
	"context"
	"fmt"
)

// TablesWith lists the tables that have a column of that name, in the order of their names. It is for
// what must hold for every room's tables alike, whoever adds one.
func (db *DB) TablesWith(ctx context.Context, column string) (tables []string, err error) {
	query := `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.name = $1 ORDER BY m.name`
	if db.engine == Postgres {
		query = `SELECT table_name FROM information_schema.columns
			WHERE table_schema = current_schema() AND column_name = $1 ORDER BY table_name`
	}
	err = db.Read(ctx, func(tx *Tx) error {
		tables, err = List(ctx, tx, One[string], query, column)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for tables with a column %s: %w", column, err)
	}
	return tables, nil
}
