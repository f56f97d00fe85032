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

// A floor is a part of the house: what is on it, what it may stand on, and why.
type floor struct {
	packages []string
	on       []string // floors and packages it may import
	why      string
}

// house is the direction of DESIGN: cmd → cli → app → rooms → ground → tools, never back.
var house = map[string]floor{
	"tools": {[]string{"intake", "refi", "sheet", "fault", "lang", "lang/plain", "web/look", "demo/texts"}, []string{"lang"},
		"pure functions and vocabulary; nothing of ours but words for reading checks"},
	"person":  {[]string{"person"}, nil, "vocabulary for who somebody is"},
	"store":   {[]string{"store"}, []string{"fault"}, "the one place that knows the engines"},
	"vault":   {[]string{"vault", "vault/unseal", "vault/keyring", "vault/internal/box"}, []string{"vault", "store", "person", "fault"}, "sealing and keys"},
	"ground":  {[]string{"account", "event", "ledger", "search"}, []string{"store", "person", "fault"}, "knows no room and no other ground"},
	"consent": {[]string{"consent"}, []string{"ground", "vault", "store", "person", "fault"}, "the gate records, logs and tells, and alone unseals"},
	"shell":   {[]string{"web"}, []string{"tools", "person"}, "shows what it is handed; knows no database"},
	"backup":  {[]string{"backup"}, []string{"consent", "ground", "vault", "store", "person", "fault"}, "puts back through the gate"},
	"circle":  {[]string{"circle"}, []string{"consent", "ground", "store", "person", "shell", "tools"}, "the first front room: people and their groups"},
	"front":   {[]string{"entry", "agreement", "study"}, []string{"circle", "front", "consent", "ground", "store", "person", "shell", "tools"}, "rooms that others may import"},
	"source":  {[]string{"source"}, []string{"front", "circle", "consent", "ground", "vault", "store", "person", "shell", "tools"}, "source ← coding ← matrix is the one line between rooms"},
	"coding":  {[]string{"coding"}, []string{"source", "front", "circle", "consent", "ground", "store", "person", "shell", "tools"}, "indexes sources"},
	"matrix":  {[]string{"matrix"}, []string{"coding", "source", "front", "circle", "consent", "ground", "vault", "store", "person", "shell", "tools"}, "charts what is indexed"},
	"rooms":   {[]string{"sharing", "care", "find", "record"}, []string{"front", "circle", "consent", "ground", "store", "person", "shell", "tools"}, "no room imports its neighbour"},
	"desk":    {[]string{"desk"}, []string{"source", "front", "consent", "store", "person", "shell", "tools"}, "where an analyst begins: counts sources"},
	"demo":    {[]string{"demo"}, []string{"rooms", "matrix", "coding", "source", "front", "circle", "consent", "ground", "store", "person", "tools"}, "does what people would have done"},
	"app":     {[]string{"app"}, []string{"*"}, "puts everything together"},
	"cli":     {[]string{"cli"}, []string{"app", "demo", "backup", "source", "ground"}, "speaks through the same routes"},
	"cmd":     {[]string{"../cmd/footing"}, []string{"cli"}, "ten lines"},
}

func floorOf(pkg string) (string, floor, bool) {
	for name, f := range house {
		if slices.Contains(f.packages, pkg) {
			return name, f, true
		}
	}
	return "", floor{}, false
}

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

func TestImports_GoOneWay(t *testing.T) {
	for _, s := range sources(t) {
		name, f, ok := floorOf(s.pkg)
		if !ok {
			t.Errorf("%s has no floor in the house: give it one, with a reason", s.pkg)
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), s.file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range file.Imports {
			to := strings.Trim(imp.Path.Value, `"`)
			if isDriver(to) && !slices.Contains([]string{"store", "search", "event"}, s.pkg) {
				t.Errorf("%s imports the driver %s: only store, search and event do", s.file, to)
			}
			to, ours := strings.CutPrefix(to, "footing/internal/")
			if !ours || slices.Contains(f.on, "*") {
				continue
			}
			under, _, _ := floorOf(to)
			if under == name && name != "ground" && name != "rooms" && name != "tools" {
				continue
			}
			if !slices.Contains(f.on, under) && !slices.Contains(f.on, to) {
				t.Errorf("%s (%s: %s) imports %s of %s", s.file, name, f.why, to, under)
			}
		}
	}
}

func isDriver(imp string) bool {
	return strings.HasPrefix(imp, "modernc.org/") || strings.HasPrefix(imp, "github.com/jackc/")
}

func TestUnseal_IsTheGatesAlone(t *testing.T) {
	for _, s := range sources(t) {
		file, err := parser.ParseFile(token.NewFileSet(), s.file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range file.Imports {
			if imp.Path.Value == `"footing/internal/vault/unseal"` && s.pkg != "consent" {
				t.Errorf("%s opens sealed words: only the gate does", s.file)
			}
		}
	}
}
