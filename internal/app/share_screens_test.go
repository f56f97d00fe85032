package app_test

import (
	"net/url"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// What follows a form on the way to sharing, which no walk along links comes by: the page as somebody else
// would see it, what is shared, and changing it; on a small phone with text twice as big, and on a wide
// screen in the dark.
func TestShare_OnEveryScreen(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, which TestShare_FromDraftToTakenBack makes on both")
	for name, options := range map[string][]browser.Option{
		"small": {browser.Size(320, 700), browser.TextZoom200}, "wide": {browser.Size(1280, 900), browser.Dark},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			tab := h.as(t, "Bren", options...)
			draft := h.draftOf(t, tab)
			for _, p := range []string{"/check", "/who?from=check", "/as"} {
				tab.Go(draft + p)
				screen(t, tab, name+"-draft"+p)
			}
			tab.Click("text=Jo Tarrant")
			screen(t, tab, name+"-as-jo")
			tab.Go(draft + "/check")
			tab.Click("text=Share it like this")
			screen(t, tab, name+"-own")
			tab.Go(tab.URL() + "/change?open=who")
			screen(t, tab, name+"-change")
		})
	}
}

// draftOf fills a draft of whoever is signed in in the tab and returns its address.
func (h *house) draftOf(t *testing.T, tab *browser.Tab) string {
	t.Helper()
	tab.Go(h.url + "/share")
	tab.Click("text=Write something")
	draft := tab.URL()
	post := func(end string, form url.Values) {
		var status int
		tab.Eval(`(async () => (await fetch("`+draft+end+`", {method: "POST", headers: {"Content-Type": "application/x-www-form-urlencoded"}, body: "`+form.Encode()+`"})).status)()`, &status)
		if status != 200 {
			t.Fatalf("%s answers %d", end, status)
		}
	}
	post("", url.Values{"text": {herWords}, "kind": {"idea"}})
	post("/who", url.Values{"who": {consent.ToPartnership}})
	post("/use", url.Values{"use": {"improvement", "training"}})
	post("/how", url.Values{"form": {"words"}})
	post("/until", url.Values{"until": {"3"}})
	return draft
}

// screen looks at one page as it stands on the tab's screen.
func screen(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	for _, v := range tab.Axe() {
		t.Errorf("%s: %v", name, v)
	}
	var width, view int
	tab.Eval("document.documentElement.scrollWidth", &width)
	tab.Eval("window.innerWidth", &view)
	if width > view {
		t.Errorf("%s is %d wide on a screen of %d", name, width, view)
	}
	sameSize(t, tab, name)
	shot(tab, strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(name))
}

// sameSize checks that the buttons beside each other have one size.
func sameSize(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	var sizes []string
	tab.Eval(`[...document.querySelectorAll("main .acts .btn")].map(b => b.offsetWidth + " by " + b.offsetHeight)`, &sizes)
	for _, size := range sizes {
		if size != sizes[0] {
			t.Errorf("%s: the buttons are %v", name, sizes)
			return
		}
	}
}
