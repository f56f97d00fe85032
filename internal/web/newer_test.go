package web_test

import (
	"testing"

	"footing/internal/web"
)

func TestFrom_TellsTextsApart(t *testing.T) {
	seen := map[string][]string{}
	for _, texts := range [][]string{nil, {""}, {"", ""}, {"ab"}, {"a", "b"}, {"b", "a"}, {"a", "b", ""}, {"a b"}} {
		from := web.From(texts...)
		if other, is := seen[from]; is {
			t.Errorf("%q and %q look alike", texts, other)
		}
		if seen[from] = texts; from != web.From(texts...) {
			t.Errorf("%q differs from itself", texts)
		}
	}
}
