package arch_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// source is one parsed file that is not a test.
type source struct{ pkg, file string }

// sources lists every Go file of the program, without tests and the tools of tests.
func sources(t *testing.T) []source {
	t.Helper()
	var list []source
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		if d != nil && d.IsDir() && (rel == "tools" || rel == "internal/testing" || rel == "internal/arch" || strings.HasPrefix(d.Name(), ".") && rel != ".") {
			return fs.SkipDir
		}
		if err == nil && strings.HasSuffix(rel, ".go") && !strings.HasSuffix(rel, "_test.go") {
			pkg := strings.TrimPrefix(path.Dir(rel), "internal/")
			if strings.HasPrefix(rel, "cmd/") {
				pkg = "../" + path.Dir(rel)
			}
			list = append(list, source{pkg, p})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestDrivers_StayWhereTheEnginesAreKnown(t *testing.T) {
	for _, s := range sources(t) {
		for _, to := range imports(t, s) {
			if isDriver(to) && !slices.Contains([]string{"store", "search", "event"}, s.pkg) {
				t.Errorf("%s imports the driver %s: only store, search and event do", s.file, to)
			}
		}
	}
}

// imports returns what a file imports.
func imports(t *testing.T, s source) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), s.file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]string, len(file.Imports))
	for i, imp := range file.Imports {
		list[i] = strings.Trim(imp.Path.Value, `"`)
	}
	return list
}

func isDriver(imp string) bool {
	return strings.HasPrefix(imp, "modernc.org/") || strings.HasPrefix(imp, "github.com/jackc/")
}

func TestUnseal_IsTheGatesAlone(t *testing.T) {
	for _, s := range sources(t) {
		for _, to := range imports(t, s) {
			if to == "footing/internal/vault/unseal" && s.pkg != "consent" {
				t.Errorf("%s opens sealed words: only the gate does", s.file)
			}
		}
	}
}
