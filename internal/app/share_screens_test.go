package app_test

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// What follows a form on the way to sharing, which no walk along links comes by: the page as somebody else
// would see it, what is shared, and changing it; in the four views.
func TestShare_OnEveryScreen(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, which TestShare_FromDraftToTakenBack makes on both")
	h := open(t)
	tab := h.as(t, "Bren")
	draft := h.draftOf(t, tab)
	for _, p := range []string{"/check", "/who?from=check", "/as"} {
		tab.Go(draft + p)
		screens(t, tab, "draft"+p)
	}
	tab.Click("text=Jo Tarrant")
	screens(t, tab, "as-jo")
	tab.Go(draft + "/check")
	tab.Click("text=Share it like this")
	screens(t, tab, "own")
	tab.Go(tab.URL() + "/change?open=who")
	screens(t, tab, "change")
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

// screens looks at the page that a tab with scripts is at in the four views, and leaves it in the first.
func screens(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	for _, view := range views {
		tab.Show(view.options...)
		if soak := os.Getenv("FOOTING_SOAK") == "1"; soak || view.axe != nil {
			screen(t, tab, view.name+"-"+name)
		} else {
			fits(t, tab, view.name+"-"+name)
		}
	}
	tab.Show(views[0].options...)
}

// screen looks at one page as it stands on the tab's screen.
func screen(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	for _, v := range tab.Axe() {
		t.Errorf("%s: %v", name, v)
	}
	fits(t, tab, name)
}

// fits measures the page as it stands on the tab's screen.
func fits(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
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
