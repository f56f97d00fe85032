package arch_test

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"strings"
	"testing"
)

// tableOf finds the tables a statement reads or writes.
var tableOf = regexp.MustCompile(`(?:FROM|JOIN|INTO|UPDATE)\s+(([a-z]+)_[a-z_]+)`)

// moved are tables that a room took along when it moved out of another one, with whose they are now. They are called
// as they are in every database that there is: another name would be a change for a program that still runs.
var moved = map[string]string{
	"source_interview": "interview",
}

// A package's SQL names its own tables and nobody else's: what it needs of another it asks that one's
// code, so that a table can change without opening another room.
func TestTables_AreReadByTheirOwnersAlone(t *testing.T) {
	owners := map[string]bool{}
	for _, s := range sources(t) {
		owners[path.Base(s.pkg)] = true
	}
	used := map[string]bool{}
	for _, s := range sources(t) {
		file, err := parser.ParseFile(token.NewFileSet(), s.file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			text, ok := n.(*ast.BasicLit)
			if !ok || text.Kind != token.STRING {
				return true
			}
			for _, m := range tableOf.FindAllStringSubmatch(text.Value, -1) {
				table, owner := m[1], cmp.Or(moved[m[1]], m[2])
				used[table] = true
				if owners[owner] && owner != path.Base(s.pkg) && !strings.HasPrefix(m[0], "FROM pg_") {
					t.Errorf("%s reads or writes %s, which belongs to %s", s.file, table, owner)
				}
			}
			return true
		})
	}
	for table, owner := range moved {
		if !used[table] || !owners[owner] {
			t.Errorf("%s is said to have moved to %s: take the line out", table, owner)
		}
	}
}
