package facts_test

import (
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// The numbers behind a picture are closed on a screen, and on paper they are there: paper cannot be opened.
func TestPage_TheNumbersAreOnPaper(t *testing.T) {
	engine.Once(t, "it looks at a page in a browser")
	for name, x := range map[string]struct {
		option browser.Option
		want   bool
	}{"screen": {browser.Size(360, 740), false}, "paper": {browser.Printed, true}} {
		t.Run(name, func(t *testing.T) {
			tab := browser.New(t, x.option)
			b := newGroup(t)
			b.settle("taken", "Kez", "Bea", "Ivy", "Jo", "Ruth", "Dan")
			b.next()
			tab.Take(b.URL, b.kez.Cookies())
			tab.Go(b.URL + "/decides/counted")
			var seen bool
			tab.Eval(`document.querySelector("details table td").checkVisibility()`, &seen)
			if seen != x.want {
				t.Errorf("the numbers are seen: %v, want %v", seen, x.want)
			}
		})
	}
}
