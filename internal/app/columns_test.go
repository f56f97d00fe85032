package app_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"footing/internal/store"
	"footing/internal/testing/engine"
)

// column is a line of docs/columns.toml: how a column that could hold somebody's words is kept.
type column struct {
	Kept string // sealed or plain
	Who  string // sealed: whose words, and who may open them
	Why  string // plain: why it is no danger
}

// listedColumns reads docs/columns.toml, by table and column.
func listedColumns(t *testing.T) (listed map[string]map[string]column) {
	t.Helper()
	if _, err := toml.DecodeFile(filepath.Join("..", "..", "docs", "columns.toml"), &listed); err != nil {
		t.Fatal(err)
	}
	return listed
}

// otherKeys are the tables whose sealed columns are under no key of their own, and why.
var otherKeys = map[string]string{
	"account_factor":  "under a key that is derived from the root key",
	"account_token":   "under a key that is derived from the root key",
	"consent_chunk":   "under the key of its blob",
	"consent_speaker": "a label is under the key of its contribution's title",
	"epoch":           "a key itself",
	"shelf":           "keys themselves",
}

// underKeys lists the sealed columns that are under a key of the keyring, by table.
func underKeys(t *testing.T) map[string][]string {
	list := map[string][]string{}
	for table, fields := range listedColumns(t) {
		for field, c := range fields {
			if c.Kept == "sealed" && otherKeys[table] == "" {
				list[table] = append(list[table], field)
			}
		}
	}
	return list
}

// Every column of text or bytes, in both databases, is listed with how it is kept. Numbers hold no words.
func TestColumns_AreAllListed(t *testing.T) {
	listed := listedColumns(t)
	h, query := open(t), sqliteColumns
	if engine.Of() == store.Postgres {
		query = postgresColumns
	}
	compare(t, listed, columns(t, h.Store(), query))
	compareKeys(t, listed, columns(t, h.KeyStore(), query))
}

const (
	sqliteColumns = `SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid`
	postgresColumns = `SELECT table_name, column_name, data_type FROM information_schema.columns
		WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`
)

// inBytes holds the columns that are bytes rather than text.
var inBytes = map[string]bool{}

// columns lists table.column of all text and bytes.
func columns(t *testing.T, db *store.DB, query string) []string {
	t.Helper()
	var list []string
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		return tx.Each(context.WithoutCancel(t.Context()), func(r store.Row) error {
			var table, name, kind string
			err := r.Scan(&table, &name, &kind)
			kind = strings.ToUpper(kind)
			number := strings.Contains(kind, "INT") || strings.Contains(kind, "BOOL") || strings.Contains(kind, "TIMESTAMP")
			if !number && !strings.HasPrefix(table, "goose_") {
				list = append(list, table+"."+name)
				if strings.HasPrefix(kind, "B") {
					inBytes[table+"."+name] = true
				}
			}
			return err
		}, query)
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func compare(t *testing.T, listed map[string]map[string]column, found []string) {
	t.Helper()
	for _, name := range found {
		table, field, _ := strings.Cut(name, ".")
		c, ok := listed[table][field]
		switch {
		case !ok && !isID(field):
			t.Errorf("%s can hold words and is not in docs/columns.toml", name)
		case ok && c.Kept == "sealed" && c.Who == "":
			t.Errorf("%s is sealed, and nobody says who may open it", name)
		case ok && c.Kept == "sealed" && !inBytes[name]:
			t.Errorf("%s is said to be sealed and is text", name)
		case ok && c.Kept == "sealed" && otherKeys[table] == "" && !slices.Contains(found, table+".key_id"):
			t.Errorf("%s is sealed and has no key_id beside it: its key would be taken for one that belongs to nothing", name)
		case ok && c.Kept == "plain" && c.Why == "":
			t.Errorf("%s is plain without a reason", name)
		case ok && c.Kept != "sealed" && c.Kept != "plain":
			t.Errorf("%s is kept %q", name, c.Kept)
		}
	}
	for table, fields := range listed {
		for field := range fields {
			if !slices.Contains(found, table+"."+field) && !strings.HasPrefix(table, "shelf") && table != "epoch" {
				t.Errorf("%s.%s is listed and does not exist", table, field)
			}
		}
	}
}

// compareKeys holds the key store to the same list, without asking that all of the list is in it.
func compareKeys(t *testing.T, listed map[string]map[string]column, found []string) {
	t.Helper()
	for _, name := range found {
		table, field, _ := strings.Cut(name, ".")
		if _, ok := listed[table][field]; !ok && !isID(field) {
			t.Errorf("%s of the key store is not in docs/columns.toml", name)
		}
	}
}

// isID reports whether a column is named as a random id, which the ids' own type fills: no words can be
// in it.
func isID(field string) bool { return field == "id" || strings.HasSuffix(field, "_id") }
