package arch_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"footing/internal/lang"
)

// binding is a sentence of pages that says what is kept from whom, and what shows it.
type binding struct {
	Promise int               // its number, 0 when it belongs to none
	Tests   []string          // package.TestName
	Say     map[string]string // key of the words → lang.Catalogue.Mark of the text the tests were looked at for
}

// promising finds the words by which a page promises: who cannot see, what is gone, what can be undone.
var promising = regexp.MustCompile(`(?i)\bonly you\b|nobody (else|can|learns|here can|will)|not told|\berase|undone|back (for|until)|never get`)

// What the screens promise is what the code does (P25): every sentence on a member's page that promises
// something names tests that exist, and one that is changed stops the build until somebody has looked at
// those tests and written down the new text's mark in docs/sentences.toml.
func TestSentences_ChangeWithTheirEntry(t *testing.T) {
	var list map[string]binding
	if _, err := toml.DecodeFile(filepath.Join("..", "..", "docs", "sentences.toml"), &list); err != nil {
		t.Fatal(err)
	}
	c, err := lang.Load(wordsOfRooms(t)...)
	if err != nil {
		t.Fatal(err)
	}
	bound := map[string]bool{}
	for name, b := range list {
		if len(b.Tests) == 0 && name != "nothing" { // what only sounds like a promise
			t.Errorf("%s names no test", name)
		}
		for _, test := range b.Tests {
			if !hasTest(t, test) {
				t.Errorf("%s names %s, which is no test", name, test)
			}
		}
		for key, of := range b.Say {
			if bound[key] {
				t.Errorf("%s is listed twice", key)
			}
			bound[key] = true
			if mark := c.Mark("en", key); mark != of {
				t.Errorf("%s: this text changed. Do %v still show what it says? Then its line is\n%q = %q", key, b.Tests, key, mark)
			}
		}
	}
	for key, text := range c.Members("en") {
		key, _, _ = strings.Cut(key, " ") // of a text with plural forms
		if promising.MatchString(text) && !bound[key] {
			t.Errorf("%s promises something and is bound to no test in docs/sentences.toml: %q\n%q = %q", key, text, key, c.Mark("en", key))
		}
	}
	t.Logf("%d sentences are bound", len(bound))
}
