package arch_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/BurntSushi/toml"
)

// Each of the forty rules for members' pages names tests that exist, or says what is missing.
func TestRules_AreBoundToTests(t *testing.T) {
	var list map[string]struct {
		Rule, Missing string
		Tests         []string
	}
	if _, err := toml.DecodeFile(filepath.Join("..", "..", "docs", "rules.toml"), &list); err != nil {
		t.Fatal(err)
	}
	const rules = 40
	if len(list) != rules {
		t.Errorf("there are %d rules, want %d", len(list), rules)
	}
	for n := range rules {
		r := list[strconv.Itoa(n+1)]
		if r.Rule == "" || (len(r.Tests) == 0 && r.Missing == "") {
			t.Errorf("U%d says nothing, or names neither a test nor what is missing", n+1)
		}
		for _, name := range r.Tests {
			if !hasTest(t, name) {
				t.Errorf("U%d names %s, which is no test", n+1, name)
			}
		}
	}
}
