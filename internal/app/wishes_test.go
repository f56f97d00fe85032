package app_test

import (
	"strings"
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// On her phone, Bren is told where she asked to be that something of hers ends, and says yes again with one
// tap; and she hides a topic, which leaves no gap anywhere, and lets it come up again.
func TestWishes_OnHerPhone(t *testing.T) {
	engine.Once(t, "it goes through pages in a browser that the room's own tests go through on both")
	for name, options := range map[string][]browser.Option{
		"with scripts": nil, "without scripts": {browser.NoJavaScript},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			tab := h.as(t, "Bren", append(options, browser.Size(360, 740))...)
			tab.Go(h.url)
			shot(tab, "home-ends-360")
			tab.Click("text=Something you shared ends within a month.")
			if got := tab.Text("main"); !strings.Contains(got, "Part of what you allowed ends on") || !strings.Contains(got, "late rule") && !strings.Contains(got, "timetable") {
				t.Errorf("the line leads to\n%s", got)
			}
			shot(tab, "own-ends-360")
			tab.Click("form[action$='/longer'] .btn")
			if got := tab.Text("[role=status].note"); !strings.Contains(got, "goes on for longer") {
				t.Errorf("she says yes again and is told %q", got)
			}
			tab.Go(h.url)
			if strings.Contains(tab.Text("main"), "within a month") {
				t.Error("she said yes again and is told once more")
			}

			found := func() int { tab.Go(h.url + "/read"); return tab.Count(".card") }
			before := found()
			shot(tab, "read-list-360")
			tab.Go(h.url + "/me")
			shot(tab, "me-360")
			tab.Click("a[href='/me/topics']")
			shot(tab, "topics-360")
			tab.Check("[name=topic][value=health]")
			tab.Check("[name=long][value=today]")
			tab.Click("text=Save this")
			shot(tab, "topics-hidden-360")
			if n := found(); n != before-1 {
				t.Errorf("with one topic hidden she finds %d, before %d", n, before)
			}
			tab.Go(h.url + "/me")
			if !strings.Contains(tab.Text("main"), "Some topics do not come up for you until") {
				t.Error("her settings do not say so")
			}
			tab.Click("a[href='/me/topics']")
			tab.Click("text=Let everything come up again")
			if n := found(); n != before {
				t.Errorf("undone, she finds %d, before %d", n, before)
			}
		})
	}
}
