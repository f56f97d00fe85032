package app_test

import (
	"net/url"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/testing/browser"
)

// Every page on the way to sharing, and those of her own thing, on a phone, on a small one with text twice
// as big, and on a wide screen in the dark: free of faults that axe finds, no wider than the screen, with
// stopping and skipping in the size of going on.
func TestShare_OnEveryScreen(t *testing.T) {
	for name, options := range map[string][]browser.Option{
		"phone": {browser.Size(360, 740)}, "small": {browser.Size(320, 700), browser.TextZoom200},
		"wide": {browser.Size(1280, 900), browser.Dark}, "plain": {browser.Size(360, 740), browser.ForcedColours},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			tab := h.as(t, "Bren", options...)
			draft := h.draftOf(t, tab)
			paths := []string{"", "/who", "/not", "/use", "/how", "/name", "/until", "/front", "/check", "/who?from=check", "/as"}
			for _, p := range paths {
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
			for _, p := range []string{"/", "/share", "/read", "/me", "/me/topics", "/me/reminders", "/topics"} {
				tab.Go(h.url + p)
				screen(t, tab, name+"-page"+p)
			}
			tab.Go(h.url)
			var ends string
			tab.Eval(`document.querySelector("main li a[href^='/share/']").href`, &ends)
			tab.Go(ends)
			screen(t, tab, name+"-ends")
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
