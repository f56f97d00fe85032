package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/testing/engine"
)

// Welsh takes more letters than English. What a member comes by in it keeps to the same weight, and
// says that it is Welsh.
func TestPages_InWelshKeepToTheirWeight(t *testing.T) {
	beside(t)
	engine.Once(t, "a language is the same on both")
	h := open(t)
	h.furnish(t)
	bren := h.visit(t, "Bren", person.LivedExperience)
	if a := bren.ask(t, http.MethodPost, "/language", url.Values{"language": {"cy"}}); a.status != http.StatusSeeOther {
		t.Fatalf("choosing Welsh: %d %s", a.status, a.body)
	}
	bren.packs = true
	stops := bren.everywhere(t, 1)
	welsh := 0
	for _, at := range stops {
		if at.status != http.StatusOK || !strings.HasPrefix(at.header.Get("Content-Type"), "text/html") {
			continue
		}
		bren.checkPage(t, at.route, at.path, at.answer)
		if strings.Contains(at.body, `lang="cy"`) {
			welsh++
		}
	}
	t.Logf("%d of %d pages are in Welsh", welsh, len(stops))
	if welsh < 60 {
		t.Errorf("only %d of %d pages are in Welsh: the test shows too little", welsh, len(stops))
	}
	if !slices.ContainsFunc(stops, func(s stop) bool { return s.path == "/" && strings.Contains(s.body, "Helo, Bren") }) {
		t.Error("the first page does not greet her in Welsh")
	}
	page := bren.ask(t, http.MethodGet, "/language", nil).body
	for _, unread := range []string{"Does neb sy’n siarad yr iaith hon wedi darllen", "لم يقرأ"} {
		if !strings.Contains(page, unread) {
			t.Errorf("the page of languages does not say %q: nobody has read these words", unread)
		}
	}
}
