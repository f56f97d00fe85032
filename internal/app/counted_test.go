package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/facts"
	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
)

// R35: in the whole program every room that is counted hands in its numbers, and the made-up partnership has enough of
// them to be looked at.
func TestCounted_OfEveryRoom(t *testing.T) {
	engine.Once(t, "what is counted is counted on both by the rooms' own tests")
	h := open(t)
	bren := h.visit(t, "Bren")
	var things, pictures int
	var text string
	for at := "/decides/counted"; at != ""; {
		page := htmlcheck.Parse(t, strings.NewReader(bren.send(t, http.MethodGet, at, nil, asABrowser).body))
		things, pictures, text, at = things+len(page.All("section h2")), pictures+len(page.All("figure")), text+page.Text(), ""
		for _, next := range page.All("main > p > a[href*='leaf=']") { // reading on
			at, _ = next.Attr("href")
		}
	}
	if want := len(facts.Facts()) + 1; things != want {
		t.Errorf("%d things are counted, want %d", things, want)
	}
	if pictures < 7 {
		t.Errorf("of %d of them there is a picture, want 7", pictures)
	}
	for _, says := range []string{`The women’s group took on 4 things to do, and 4 are done\.`, `words of the women’s group come to [\d,]+ letters`, `Of [2-5] meetings, `, `The Green Kettle [1-4]`} {
		if !regexp.MustCompile(says).MatchString(text) {
			t.Errorf("the page does not say %q: %s", says, text)
		}
	}
}
