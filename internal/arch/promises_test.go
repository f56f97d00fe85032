package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"footing/internal/care"
)

// Every sentence on the page of promises names tests that exist, and stands word for word in
// docs/promises.md: a promise whose test is gone, or whose words changed without its entry, stops the
// build (P25).
func TestPromises_AreBoundToTests(t *testing.T) {
	list, err := care.Promises()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "promises.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if !strings.Contains(oneLine(string(page)), oneLine(p.Sentence)) {
			t.Errorf("P%d is not in docs/promises.md as the page says it", p.Number)
		}
		for _, name := range p.Tests {
			if !hasTest(t, name) {
				t.Errorf("P%d names %s, which is no test", p.Number, name)
			}
		}
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// hasTest reports whether package.TestName exists, such as consent.TestAllows_Cases.
func hasTest(t *testing.T, name string) bool {
	t.Helper()
	dir, test, ok := strings.Cut(name, ".")
	if !ok {
		return false
	}
	var files []string
	for _, place := range []string{dir, "web/" + dir, "vault/" + dir, "lang/" + dir} { // packages are named by their last part
		found, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(place), "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, f := range files {
		file, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == test {
				return true
			}
		}
	}
	return false
}
