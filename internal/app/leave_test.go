package app_test

import (
	"strings"
	"testing"

	"footing/internal/testing/browser"
)

// A woman walks through three of her pages and leaves, by the link or by Shift three times, with scripts
// or without. Back, as often as she likes, shows nothing of hers, and every title on the way is neutral.
func TestLeave_BackShowsNothingOfHers(t *testing.T) {
	ways := map[string]struct {
		options []browser.Option
		leave   func(*browser.Tab)
	}{
		"link":            {nil, func(tab *browser.Tab) { tab.ClickWithoutWaiting("[data-leave]") }},
		"without scripts": {[]browser.Option{browser.NoJavaScript}, func(tab *browser.Tab) { tab.ClickWithoutWaiting("[data-leave]") }},
		"shift": {nil, func(tab *browser.Tab) {
			tab.Press(browser.KeyShift)
			tab.Press(browser.KeyShift)
			tab.Press(browser.KeyShift)
		}},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			r := h.pointOf(t, "Bren")
			tab := h.as(t, "Bren", way.options...)
			for _, path := range []string{"/share", "/share/" + string(r.source), "/share/" + string(r.source) + "/opened", "/me"} {
				tab.Go(h.url + path)
			}
			way.leave(tab)
			// The everyday site cannot be reached from here: the browser ends on its own page that says so.
			tab.Until("the site is left", func() bool { return !strings.HasPrefix(tab.URL(), h.url) })
			for range 4 {
				if entries := tab.History(); len(entries) < 2 {
					break
				}
				tab.Back()
				if text := tab.HTML(); strings.Contains(text, r.passage) || strings.Contains(text, "Bren") {
					t.Errorf("Back shows %s with something of hers", tab.URL())
				}
			}
			for _, e := range tab.History() {
				if unkind.MatchString(e.Title) || strings.Contains(e.Title, "Bren") {
					t.Errorf("the history has %q", e.Title)
				}
			}
		})
	}
}
