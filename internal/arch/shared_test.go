package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"
)

// What others shared with somebody is asked in one place, which leaves out what she would rather not come
// across. A second place would be a list or a count in which it shows.
func TestSharedWith_IsAskedInOnePlace(t *testing.T) {
	asked := 0
	for _, s := range sources(t) {
		file, err := parser.ParseFile(token.NewFileSet(), s.file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "SharedWith" {
					if asked++; s.pkg != "sharing" || filepath.Base(s.file) != "read.go" || fn.Name.Name != "Shared" {
						t.Errorf("%s: %s asks for what is shared with somebody: Shared in sharing does, without what she hides", s.file, fn.Name.Name)
					}
				}
				return true
			})
		}
	}
	if asked != 1 {
		t.Errorf("asked in %d places, want one", asked)
	}
}
