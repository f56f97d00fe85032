package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// R55: what people here cannot keep private is shown before somebody shares for the first time. Nothing is shared
// without that page, the version that she was shown is kept, and she is asked no second time.
func TestLimits_ShownBeforeTheFirstSharing(t *testing.T) {
	beside(t)
	h := open(t)
	wren := h.newcomer(t)
	const limit = "I must tell our safeguarding lead"
	begin := func(who string) string {
		draft := "/draft/" + wren.draft(t)
		wren.ask(t, "POST", draft, url.Values{"kind": {"idea"}, "text": {"A number instead of a surname."}})
		wren.ask(t, "POST", draft+"/who", url.Values{"who": {who}})
		wren.ask(t, "POST", draft+"/until", url.Values{"until": {"3"}})
		return draft
	}
	draft := begin("partnership")
	if a := wren.ask(t, "POST", draft+"/share", nil); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, limit) {
		t.Fatalf("sharing without having been shown what cannot be kept private answers %d to %q", a.status, a.location)
	}
	page := wren.ask(t, "GET", draft+"/check", nil)
	if !strings.Contains(page.body, limit) {
		t.Fatal("the last page before sharing does not say what cannot be kept private")
	}
	if a := wren.ask(t, "POST", draft+"/share", url.Values{"seen": {valueOf(t, page, "seen")}}); !strings.HasPrefix(a.location, "/share/") {
		t.Fatalf("having been shown it, sharing answers %d to %q", a.status, a.location)
	}
	if a := wren.ask(t, "GET", "/me/copy/all", nil); !strings.Contains(a.body, "you were shown what people here cannot keep private (version 1)") {
		t.Error("her copy does not say which version she was shown")
	}
	draft = begin("partnership")
	if a := wren.ask(t, "GET", draft+"/check", nil); strings.Contains(a.body, limit) {
		t.Error("she is shown it a second time")
	}
	if a := wren.ask(t, "POST", draft+"/share", nil); !strings.HasPrefix(a.location, "/share/") {
		t.Errorf("sharing once more answers %d to %q", a.status, a.location)
	}

	bren := h.visit(t, "Bren") // who was shown it long ago: a sheet tells nobody who shared something before
	sheet := bren.ask(t, "POST", "/paper/for/share", url.Values{"for": {h.idOf(t, "Bren")}})
	if a := bren.ask(t, "GET", sheet.location, nil); !strings.Contains(a.body, limit) {
		t.Error("a sheet for sharing does not say what cannot be kept private")
	}
}

// R55: an interview does not begin without it either. Which version she was shown is kept with the interview, and
// stands in her copy.
func TestLimits_ShownBeforeAnInterview(t *testing.T) {
	beside(t)
	h := open(t)
	bren, ruth := h.visit(t, "Bren"), h.visit(t, "Ruth")
	talk := regexp.MustCompile(`/talks/[a-z2-7]{26}`).FindString(bren.ask(t, "GET", "/", nil).body)
	page := bren.ask(t, "GET", talk, nil)
	if !strings.Contains(page.body, "I must tell our safeguarding lead") {
		t.Fatal("the page before an interview does not say what cannot be kept private")
	}
	if a := ruth.ask(t, "POST", talk+"/begin", nil); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "It cannot begin yet.") {
		t.Fatalf("an interview begins without it: %d", a.status)
	}
	bren.ask(t, "POST", talk+"/shown", url.Values{"version": {valueOf(t, page, "version")}})
	if a := bren.ask(t, "GET", "/me/copy/all", nil); !strings.Contains(a.body, "Before a talk with Ruth Ellery you were shown what cannot stay between us (version 1).") {
		t.Error("her copy does not say what she was shown")
	}
	ruth.ask(t, "POST", talk+"/begin", nil)
	if a := bren.ask(t, "GET", talk, nil); !strings.Contains(a.body, "It began on") {
		t.Error("she was shown it, and it does not begin")
	}
}
