package app_test

import (
	"os"
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// longest returns the greatest number of characters on a line of any paragraph.
const longest = `(() => {
  let most = 0;
  const range = document.createRange();
  for (const p of document.querySelectorAll("main p, main li, main dd, main .words p")) for (const n of p.childNodes) {
    if (n.nodeType != 3) continue;
    let top = null, count = 0;
    for (let i = 0; i < n.length; i++) {
      range.setStart(n, i);
      range.setEnd(n, i + 1);
      const y = range.getBoundingClientRect().top;
      if (top === null || Math.abs(y - top) > 6) count = 0, top = y;
      most = Math.max(most, ++count);
    }
  }
  return most;
})()`

// Every piece of pages in every state: free of faults that axe finds, nothing cut off, nothing too small to
// touch, lines of at most 70 characters; by day and night, from right to left, and with the letters that
// somebody can choose.
func TestComponents_ForEveryEye(t *testing.T) {
	beside(t)
	engine.Once(t, "it looks at pages that hold nothing of a database")
	h := open(t)
	for _, view := range []view{
		{name: "320", options: []browser.Option{browser.Size(320, 800)}},
		{name: "320 with text twice as big", options: []browser.Option{browser.Size(320, 800), browser.TextZoom200}},
		{name: "360 dark", options: []browser.Option{browser.Size(360, 800), browser.Dark}},
		{name: "360 forced colours", options: []browser.Option{browser.Size(360, 800), browser.ForcedColours}},
		{name: "1280", options: []browser.Option{browser.Size(1280, 800)}},
		{name: "1280 dark", options: []browser.Option{browser.Size(1280, 800), browser.Dark}},
	} {
		t.Run(view.name, func(t *testing.T) {
			tab := browser.New(t, view.options...)
			for _, path := range []string{"/components", "/components/desk"} {
				tab.Go(h.url + path)
				for _, change := range [][2]string{{"", ""}, {"from right to left", `root.dir = "rtl"`}, {"with the largest letters", `root.dir = "ltr", root.className = "largest"`}} {
					name := change[0]
					if name == "with the largest letters" && view.name == "320 with text twice as big" {
						continue // our own big text and the reader's at once is more than a small phone can hold
					}
					tab.Eval("{ const root = document.documentElement; "+change[1]+" }", nil)
					var faults []string
					var most int
					tab.Eval("["+tooWide+", "+tooSmall+", "+sideways+"].flat()", &faults)
					tab.Eval(longest, &most)
					if name == "" || os.Getenv("FOOTING_SOAK") == "1" { // names, roles and colours are the same then
						for _, v := range tab.Axe() {
							faults = append(faults, v.String())
						}
					}
					for _, f := range faults {
						t.Errorf("%s %s: %s", path, name, f)
					}
					if most > 72 || most < 10 { // 70, and the odd narrow letter
						t.Errorf("%s %s: the longest line has %d characters, want at most 70", path, name, most)
					}
				}
			}
		})
	}
}
