package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"strings"
	"testing"
)

// tableOf finds the tables a statement reads or writes.
var tableOf = regexp.MustCompile(`(?:FROM|JOIN|INTO|UPDATE)\s+([a-z]+)_[a-z_]+`)

// A package's SQL names its own tables and nobody else's: what it needs of another it asks that one's
// code, so that a table can change without opening another room.
func TestTables_AreReadByTheirOwnersAlone(t *testing.T) {
	owners := map[string]bool{}
	for _, s := range sources(t) {
		owners[path.Base(s.pkg)] = true
	}
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
				if owners[m[1]] && m[1] != path.Base(s.pkg) && !strings.HasPrefix(m[0], "FROM pg_") {
					t.Errorf("%s reads or writes %s, which belongs to %s", s.file, strings.Fields(m[0])[1], m[1])
				}
			}
			return true
		})
	}
}
