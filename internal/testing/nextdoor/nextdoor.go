// Package nextdoor puts a second partnership with equal data beside the one that a test fills.
//
// A database belongs to many partnerships as far as its tables know, and each statement has to say which
// one it means. Forgetting that in one place would show a woman's name to another group. So every row that
// is written here is written next door as well, with the same ids, and:
//
//   - a list, count or page that forgets to ask for the partnership sees everything twice;
//   - names and other plain words carry Mark there, which no page, log or error may show;
//   - sealed words are bound to their partnership and do not open;
//   - a statement that changes or deletes a row next door fails at once.
package nextdoor

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/store"
)

// There is the partnership next door.
const There person.Partnership = "next-door"

// Mark leads every plain text there that has a capital or a space in it, as names and sentences have and
// our own ids and words of a fixed vocabulary have not.
const Mark = "Qznextdoorqz"

// touched are the tables in which a statement may change rows of every partnership, with the reason.
var touched = map[string]string{
	"event":        "what is older than a day is dropped for all",
	"account_miss": "misses are forgotten after an hour for all",
}

// Build lets every row of db that is written from now on be written next door too. Tables that come later
// need another call; for those that have it already it does nothing.
func Build(t testing.TB, db *store.DB) {
	t.Helper()
	tables, err := tables(t.Context(), db)
	if err != nil {
		t.Fatalf("listing tables for next door: %v", err)
	}
	for _, table := range tables {
		for _, statement := range table.triggers(db.Engine()) {
			if _, err := db.Raw().ExecContext(t.Context(), statement); err != nil {
				t.Fatalf("building %s next door: %v\n%s", table.name, err, statement)
			}
		}
	}
}

// A table that belongs to partnerships.
type table struct {
	name    string
	columns []column
}

type column struct {
	name string
	text bool
}

const (
	sqliteColumns = `SELECT m.name, c.name, c.type = 'TEXT' FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name IN (SELECT o.name FROM sqlite_master o, pragma_table_info(o.name) p WHERE p.name = 'partnership_id')
		AND NOT EXISTS (SELECT 1 FROM sqlite_master d WHERE d.type = 'trigger' AND d.name = 'next_door_copy_' || m.name) ORDER BY m.name, c.cid`
	postgresColumns = `SELECT c.table_name, c.column_name, c.data_type = 'text' FROM information_schema.columns c
		WHERE c.table_schema = 'public' AND c.table_name IN (SELECT p.table_name FROM information_schema.columns p
			WHERE p.table_schema = 'public' AND p.column_name = 'partnership_id')
		AND NOT EXISTS (SELECT 1 FROM pg_trigger d WHERE d.tgname = 'next_door_copy_' || c.table_name) ORDER BY c.table_name, c.ordinal_position`
)

// tables lists those of db that belong to partnerships and have no copy next door yet.
func tables(ctx context.Context, db *store.DB) (list []table, err error) {
	query := sqliteColumns
	if db.Engine() == store.Postgres {
		query = postgresColumns
	}
	rows, err := db.Raw().QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var c column
		if err := rows.Scan(&name, &c.name, &c.text); err != nil {
			return nil, err
		}
		if len(list) == 0 || list[len(list)-1].name != name {
			list = append(list, table{name: name})
		}
		list[len(list)-1].columns = append(list[len(list)-1].columns, c)
	}
	return list, rows.Err()
}

// triggers returns the statements that build the table next door.
func (t table) triggers(e store.Engine) []string {
	var names, values []string
	for _, c := range t.columns {
		value := "NEW." + c.name
		switch {
		case c.name == "partnership_id":
			value = "'" + string(There) + "'"
		case c.text && e == store.SQLite:
			value = fmt.Sprintf("CASE WHEN %s GLOB '*[A-Z ]*' THEN '%s ' || %s ELSE %s END", value, Mark, value, value)
		case c.text:
			value = fmt.Sprintf("CASE WHEN %s ~ '[A-Z ]' THEN '%s ' || %s ELSE %s END", value, Mark, value, value)
		}
		names, values = append(names, c.name), append(values, value)
	}
	copied := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING", t.name, strings.Join(names, ", "), strings.Join(values, ", "))
	if e == store.Postgres {
		return t.onPostgres(copied)
	}
	return t.onSQLite(copied)
}

func (t table) onSQLite(copied string) []string {
	list := []string{fmt.Sprintf("CREATE TRIGGER next_door_copy_%s AFTER INSERT ON %s WHEN NEW.partnership_id <> '%s' BEGIN %s; END", t.name, t.name, There, copied)}
	if touched[t.name] != "" {
		return list
	}
	for _, act := range []string{"UPDATE", "DELETE"} {
		list = append(list, fmt.Sprintf("CREATE TRIGGER next_door_%s_%s BEFORE %s ON %s WHEN OLD.partnership_id = '%s' BEGIN SELECT RAISE(ABORT, '%s'); END",
			strings.ToLower(act), t.name, act, t.name, There, t.complaint()))
	}
	return list
}

func (t table) onPostgres(copied string) []string {
	make := "CREATE FUNCTION next_door_%s_%s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s; RETURN NULL; END $$"
	list := []string{
		fmt.Sprintf(make, "copy", t.name, copied),
		fmt.Sprintf("CREATE TRIGGER next_door_copy_%s AFTER INSERT ON %s FOR EACH ROW WHEN (NEW.partnership_id <> '%s') EXECUTE FUNCTION next_door_copy_%s()",
			t.name, t.name, There, t.name),
	}
	if touched[t.name] != "" {
		return list
	}
	return append(list,
		fmt.Sprintf(make, "keep", t.name, fmt.Sprintf("RAISE EXCEPTION '%s'", t.complaint())),
		fmt.Sprintf("CREATE TRIGGER next_door_keep_%s BEFORE UPDATE OR DELETE ON %s FOR EACH ROW WHEN (OLD.partnership_id = '%s') EXECUTE FUNCTION next_door_keep_%s()",
			t.name, t.name, There, t.name))
}

func (t table) complaint() string {
	return "a statement touches the rows of " + t.name + " that belong to the partnership next door"
}

// Leave takes the partnership next door out again, for a test of what is done to a whole database: putting
// back a backup opens the log of every partnership in it.
func Leave(t testing.TB, db *store.DB) {
	t.Helper()
	queries := []string{
		`SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'next_door_%'`,
		`SELECT 'DELETE FROM ' || m.name || ' WHERE partnership_id = $1' FROM sqlite_master m, pragma_table_info(m.name) c
			WHERE m.type = 'table' AND c.name = 'partnership_id'`,
	}
	if db.Engine() == store.Postgres {
		queries = []string{
			`SELECT 'DROP FUNCTION ' || proname || ' CASCADE' FROM pg_proc WHERE proname LIKE 'next_door_%'`,
			`SELECT 'DELETE FROM ' || table_name || ' WHERE partnership_id = $1' FROM information_schema.columns
				WHERE table_schema = 'public' AND column_name = 'partnership_id'`,
		}
	}
	for i, query := range queries {
		statements, err := texts(t.Context(), db, query)
		for _, statement := range statements {
			args := []any{There}[:i]
			if err == nil {
				_, err = db.Raw().ExecContext(t.Context(), statement, args...)
			}
		}
		if err != nil {
			t.Fatalf("leaving next door: %v", err)
		}
	}
}

func texts(ctx context.Context, db *store.DB, query string) (list []string, err error) {
	rows, err := db.Raw().QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list = append(list, text)
	}
	return list, rows.Err()
}
