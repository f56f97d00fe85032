package arch_test

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// statement finds the beginning of an SQL statement.
var statement = regexp.MustCompile(`^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s`)

// ownEngine are packages that hold SQL and are not tried on the run's engine, with the reason.
var ownEngine = map[string]string{
	"backup": "each engine is copied in its own way, and its tests name the engine",
}

// A package with SQL has tests that take the run's database, from package engine or through fixture, so
// that make check tries them on SQLite and on PostgreSQL.
func TestEngines_WhatHoldsSQLIsTriedOnBoth(t *testing.T) {
	tried, holders := map[string]bool{}, map[string]string{}
	for _, s := range sources(t) {
		if holders[s.pkg] == "" && holdsSQL(t, s.file) {
			holders[s.pkg] = s.file
		}
	}
	if len(holders) < 10 {
		t.Fatalf("only %d packages hold SQL: this test does not see them", len(holders))
	}
	for pkg, file := range holders {
		tests, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range tests {
			for _, to := range imports(t, source{pkg, test}) {
				tried[pkg] = tried[pkg] || to == ours+"testing/engine" || to == ours+"testing/fixture"
			}
		}
		if !tried[pkg] && ownEngine[pkg] == "" {
			t.Errorf("%s holds SQL, and no test of it takes the run's database from testing/engine or testing/fixture", pkg)
		}
		if tried[pkg] && ownEngine[pkg] != "" {
			t.Errorf("%s is tried on both engines: take it out of ownEngine", pkg)
		}
	}
	const run = "check: setup format lint\n\t$(FULL) $(GO) test -p 2 -exec $(CURDIR)/scripts/engines.sh"
	text, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), run) {
		t.Errorf("the Makefile does not say %q: make check may run on one engine alone", run)
	}
}

// What the script is handed runs on SQLite and then on PostgreSQL, in the check and in the soak; what fails on
// either fails; what starts no PostgreSQL runs once; and no test has its folders where go test links.
func TestEngines_TheScriptRunsBoth(t *testing.T) {
	engines := func(marks, fails, soak string) (said string, failed bool) {
		stands := filepath.Join(t.TempDir(), "house.test")
		program := "#!/bin/sh\n# " + marks + "\necho \"$1 on ${FOOTING_ENGINE-sqlite} in ${GOTMPDIR-memory}\"\n[ \"${FOOTING_ENGINE-sqlite}\" != \"" + fails + "\" ]\n"
		if err := os.WriteFile(stands, []byte(program), 0o700); err != nil {
			t.Fatal(err)
		}
		script := exec.CommandContext(t.Context(), "../../scripts/engines.sh", stands, "-v")
		script.Env = append(slices.DeleteFunc(os.Environ(), func(set string) bool { return strings.HasPrefix(set, "FOOTING_") }),
			"GOTMPDIR=/nowhere", "FOOTING_SOAK="+soak)
		out, err := script.Output()
		return string(out), err != nil
	}
	const starts = "footing/internal/testing/pg.Database"
	const once, both = "-v on sqlite in memory\n", "-v on sqlite in memory\n-v on postgres in memory\n"
	for _, c := range []struct {
		marks, fails, soak string
		said               string
		failed             bool
	}{
		{"", "", "", once, false},
		{"", "sqlite", "", once, true},
		{starts, "", "", both, false},
		{starts, "", "1", both, false},
		{starts, "sqlite", "", once, true},
		{starts, "postgres", "", both, true},
		{starts, "postgres", "1", both, true},
	} {
		if said, failed := engines(c.marks, c.fails, c.soak); said != c.said || failed != c.failed {
			t.Errorf("%+v: the script ran %q, failed: %v", c, said, failed)
		}
	}
}

func holdsSQL(t *testing.T, name string) (found bool) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
			found = found || statement.MatchString(strings.Trim(text.Value, "`\""))
		}
		return !found
	})
	return found
}

// unreached are store methods that no test reaches on PostgreSQL, with the reason.
var unreached = map[string]string{}

// Every function that takes a transaction was run on PostgreSQL. make cover-engines runs all tests there,
// hands their coverage to this one, and is too slow for make check.
func TestEngines_EveryStoreMethodRanOnPostgres(t *testing.T) {
	profile := os.Getenv("FOOTING_COVER")
	if profile == "" {
		t.Skip("make cover-engines runs it")
	}
	ran := readCover(t, profile)
	methods := 0
	for _, s := range sources(t) {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, s.file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil || len(f.Body.List) == 0 || !takesTx(f) {
				continue
			}
			methods++
			name := s.pkg + "." + f.Name.Name
			from, to := set.Position(f.Body.Pos()).Line, set.Position(f.Body.End()).Line
			reached := false
			for line := range ran[filepath.ToSlash(filepath.Clean(s.file))] {
				reached = reached || line >= from && line <= to
			}
			if reached == (unreached[name] != "") {
				t.Errorf("%s: run on PostgreSQL is %v, and the list says otherwise", name, reached)
			}
		}
	}
	t.Logf("%d functions take a transaction", methods)
	if methods < 200 {
		t.Errorf("only %d functions take a transaction: this test does not see them", methods)
	}
}

// takesTx reports whether one of a function's parameters is a *store.Tx.
func takesTx(f *ast.FuncDecl) bool {
	for _, p := range f.Type.Params.List {
		star, ok := p.Type.(*ast.StarExpr)
		if !ok {
			continue
		}
		if sel, ok := star.X.(*ast.SelectorExpr); ok && fmt.Sprint(sel.X) == "store" && sel.Sel.Name == "Tx" {
			return true
		}
	}
	return false
}

// readCover returns the lines, by file, on which a block begins that was run. A line of a profile is
// file:line.column,line.column statements count.
func readCover(t *testing.T, name string) map[string]map[int]bool {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	ran := map[string]map[int]bool{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		place, rest, ok := strings.Cut(strings.TrimPrefix(lines.Text(), "footing/"), ":")
		if !ok || strings.HasSuffix(rest, " 0") || strings.HasPrefix(lines.Text(), "mode:") {
			continue
		}
		line, err := strconv.Atoi(rest[:strings.IndexByte(rest, '.')])
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.ToSlash(filepath.Join("..", "..", place))
		if ran[path] == nil {
			ran[path] = map[int]bool{}
		}
		ran[path][line] = true
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return ran
}
