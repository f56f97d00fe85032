package arch_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A file is one Go file that goes into the program.
type file struct {
	path, pkg string // under internal/
	imports   []string
}

// program parses every Go file under internal/ and cmd/ that is not a test.
func program(t *testing.T) (files []file) {
	t.Helper()
	for _, top := range []string{"internal", "cmd"} {
		root := filepath.Join("..", "..", top)
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			syntax, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			under, err := filepath.Rel(filepath.Join("..", "..", "internal"), name)
			if err != nil {
				return err
			}
			f := file{path: filepath.ToSlash(under)}
			f.pkg = path.Dir(f.path)
			for _, spec := range syntax.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				f.imports = append(f.imports, imported)
			}
			files = append(files, f)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 100 {
		t.Fatalf("only %d files: this test does not see the program", len(files))
	}
	return files
}

const (
	ours    = "footing/internal/"
	command = "../cmd/footing"
)

func forTests(pkg string) bool { return strings.HasPrefix(pkg, "testing/") }

// The direction cmd → cli → app → rooms → ground → tools, never back, with a reason for each edge.
func TestImports_GoDownAndHaveAReason(t *testing.T) {
	used := map[string]map[string]bool{}
	for _, f := range program(t) {
		if forTests(f.pkg) {
			continue
		}
		if used[f.pkg] == nil {
			used[f.pkg] = map[string]bool{}
		}
		for _, imported := range f.imports {
			if to, is := strings.CutPrefix(imported, ours); is && !used[f.pkg][to] {
				used[f.pkg][to] = true
				if why := refused(f.pkg, to); why != "" {
					t.Errorf("%s imports %s: %s", f.path, to, why)
				}
			}
		}
	}
	for pkg, p := range places {
		if used[pkg] == nil {
			t.Errorf("the table knows %s, which is not there", pkg)
			continue
		}
		for to := range p.uses {
			if !used[pkg][to] {
				t.Errorf("the table lets %s import %s, which it does not: take the line out", pkg, to)
			}
		}
	}
	for pkg := range used {
		if _, known := places[pkg]; !known && pkg != command {
			t.Errorf("%s is not in the table: say on which level it is", pkg)
		}
	}
}

// refused says why a package may not import another, "" when it may.
func refused(from, to string) string {
	if forTests(to) {
		return "that is for tests"
	}
	if from == command {
		if to == "cli" {
			return ""
		}
		return "main calls the command line and nothing else"
	}
	a, b := places[from], places[to]
	switch {
	case b.on > a.on:
		return "that is above it"
	case a.on == tool:
		return "a tool imports nothing of ours"
	case a.on == app:
		return ""
	case a.uses[to] == "" && always[a.on][to] == "":
		return "there is no reason for it in the table"
	}
	return ""
}

// The table itself must not let in what DESIGN forbids.
func TestTable_KeepsRoomsApart(t *testing.T) {
	between := map[string]bool{"coding source": true, "matrix source": true, "matrix coding": true, "desk source": true}
	for pkg, p := range places {
		for to := range p.uses {
			if p.on == room && places[to].on == room && !between[pkg+" "+to] {
				t.Errorf("the room %s imports its neighbour %s", pkg, to)
			}
		}
		if p.uses["vault/unseal"] != "" && pkg != "consent" {
			t.Errorf("%s may open what is sealed", pkg)
		}
	}
}
