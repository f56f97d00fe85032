package engine

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"footing/internal/store"
)

// Rows returns every row of every table of a database as text, beginning with the table's name, for tests
// that look for what must stand nowhere. It returns what the engine says when it cannot be read.
func Rows(ctx context.Context, db *store.DB) ([]string, error) {
	query := `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
	if db.Engine() == store.Postgres {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`
	}
	tables, err := asText(ctx, db.Raw(), query, "")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, table := range tables {
		rows, err := asText(ctx, db.Raw(), `SELECT * FROM "`+table+`"`, table)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

func asText(ctx context.Context, db *sql.DB, query, begins string) (list []string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		texts := []string{begins}
		for _, v := range values {
			if bytes, ok := v.([]byte); ok {
				v = string(bytes)
			}
			texts = append(texts, fmt.Sprint(v))
		}
		list = append(list, strings.TrimSpace(strings.Join(texts, " ")))
	}
	return list, rows.Err()
}
