package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
)

var buddyAt = regexp.MustCompile(`/buddy/[a-z2-7]{26}`)

// R15: whoever has a buddy is offered her name where she takes part in a meeting, where something is to be said
// without a name, and first where she asks for a call. Nothing is filled in for her, and nobody else is offered it.
func TestBuddy_IsOfferedToHerAloneAndNeverFilledIn(t *testing.T) {
	beside(t)
	engine.Once(t, "its pages ask what buddy.TestBuddy_OnlyAfterBothSaidYesAndForNobodyElse asks on both")
	h := open(t)
	bren, tolu := h.visit(t, "Bren"), h.visit(t, "Tolu")
	kezs := h.idOf(t, "Kez")
	meeting := meetingAt.FindString(bren.ask(t, "GET", "/meetings", nil).body)
	way := meeting + "/way"
	call := func(v *visitor) string {
		t.Helper()
		first, _ := htmlcheck.Parse(t, strings.NewReader(v.ask(t, "GET", "/today/call", nil).body)).All("input[name=whom]")[0].Attr("value")
		return first
	}
	page := htmlcheck.Parse(t, strings.NewReader(bren.ask(t, "GET", way, nil).body))
	page.One("input[name=by][value='" + kezs + "']")
	if len(page.All("input[name=by][checked]")) > 0 {
		t.Error("something is filled in for her")
	}
	if got := bren.ask(t, "GET", "/decides/new/seen", nil).body; !strings.Contains(got, "Your buddy could do that too: Kez.") {
		t.Error("where something is said without a name, her buddy is not named to her")
	}
	if got := call(bren); got != kezs {
		t.Errorf("when she asks for a call, the first to choose is %s", got)
	}
	for _, path := range []string{way, "/decides/new/seen", "/today/call"} {
		if got := tolu.ask(t, "GET", path, nil).body; strings.Contains(strings.ToLower(got), "buddy") {
			t.Errorf("%s speaks of a buddy to somebody who has none", path)
		}
	}
	sheet := bren.ask(t, "POST", "/paper/for/call", url.Values{"for": {h.idOf(t, "Bren")}})
	if got := bren.ask(t, "GET", sheet.location, nil).body; strings.Contains(strings.ToLower(got), "buddy") {
		t.Error("a sheet of paper tells who is her buddy")
	}

	bren.ask(t, "POST", way, url.Values{"way": {"through"}, "by": {kezs}})
	if got := bren.ask(t, "GET", meeting, nil).body; !strings.Contains(got, "Through Kez") {
		t.Error("she chose her buddy, and it is not kept")
	}
	tolu.ask(t, "POST", way, url.Values{"way": {"through"}, "by": {kezs}})
	if got := tolu.ask(t, "GET", meeting, nil).body; strings.Contains(got, "Through Kez") {
		t.Error("somebody who is not her buddy can be named as one")
	}
	for _, at := range buddyAt.FindAllString(bren.ask(t, "GET", "/buddy", nil).body, -1) {
		bren.ask(t, "POST", at+"/end", nil)
	}
	if got := bren.ask(t, "GET", way, nil).body; strings.Contains(got, `name="by"`) {
		t.Error("it has ended, and her name is offered still")
	}
}
