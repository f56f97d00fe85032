package sharing_test

import (
	"net/http"
	"strings"
	"testing"

	"footing/internal/testing/fixture"
)

// tab is a draft's page as one tab has it: what its form sends along.
func tab(page fixture.Page) []string { return []string{"from", from(page), "once", page.Once} }

// A draft is open in two tabs. What one saves, the other neither takes away by itself nor by its button: she is
// shown both, and going on after that is her choice. What one page saves twice is its own.
func TestDraft_InTwoTabsLosesNeither(t *testing.T) {
	w := newGround(t)
	b, draft := w.draft(w.ann, first)
	one, two := tab(b.Get(draft)), tab(b.Get(draft))
	text := func() string { return b.Get(draft).One("textarea").Text() }
	for _, typed := range []string{second, second + " And more."} { // it saves by itself while she types
		b.Post(draft+"/keep", append(one, "text", typed)...).Is(http.StatusOK, w.Ground)
	}
	b.Post(draft+"/keep", append(two, "text", "Something else.")...).Is(http.StatusConflict, w.Ground)
	if got := text(); got != second+" And more." {
		t.Errorf("the other tab saved by itself over it: %q", got)
	}
	page := b.Post(draft, append(two, "text", "Something else.", "kind", "note")...).Is(http.StatusUnprocessableEntity, w.Ground)
	page.One("blockquote").HasText(second + " And more.")
	page.One("textarea").HasText("Something else.")
	page.One("input[value=note][checked]")
	if got := text(); got != second+" And more." {
		t.Errorf("the button of the other tab saved over it: %q", got)
	}
	b.Post(draft, append(tab(page), "text", "Something else.")...).Is(http.StatusOK, w.Ground)
	if got := text(); got != "Something else." {
		t.Errorf("having seen both she went on, and it says %q", got)
	}
	b.Post(draft, append(one, "text", second)...).Is(http.StatusUnprocessableEntity, w.Ground)
	b.Post(draft, append(one, "text", "Something else.")...).Is(http.StatusOK, w.Ground) // the same words are nothing to ask about
}

// She leaves by a tab in which she typed over what another one saved: nobody can ask her any more, and what she
// typed is kept beside it.
func TestDraft_LeavingKeepsBoth(t *testing.T) {
	w := newGround(t)
	b, draft := w.draft(w.ann, first)
	old := tab(b.Get(draft))
	b.Post(draft, append(tab(b.Get(draft)), "text", second)...).Is(http.StatusOK, w.Ground)
	b.Post("/away", append(old, "text", "Typed last.", "keep", draft+"/keep")...)
	list := w.As(w.ann).Get("/share").Text()
	for _, words := range []string{second, "Typed last."} {
		if !strings.Contains(list, words) {
			t.Errorf("after leaving %q is not among her drafts: %s", words, list)
		}
	}
}
