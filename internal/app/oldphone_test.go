package app_test

import (
	"strings"
	"testing"
	"time"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// loaded is what a page was like to wait for: when its largest piece stood (LCP) in milliseconds, how much
// of it jumped (CLS), how long a touch waited for its answer (INP) in milliseconds, and what came over the
// line in bytes. Names and meanings: web.dev/articles/vitals.
type loaded struct{ LCP, CLS, INP, Bytes float64 }

// The browser keeps touches of less than 104 ms for nobody who was not listening, so listening comes first.
const (
	listen = `window.watched = {};
for (const type of ["largest-contentful-paint", "layout-shift", "event"]) {
  watched[type] = [];
  new PerformanceObserver(l => watched[type].push(...l.getEntries())).observe({ type, buffered: true, durationThreshold: 16 });
}`
	vitals = `(async () => {
  await new Promise(done => setTimeout(done, 250)); // what was painted is told a little later
  const came = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return {
    LCP: Math.max(0, ...watched["largest-contentful-paint"].map(e => e.startTime)),
    CLS: watched["layout-shift"].filter(e => !e.hadRecentInput).reduce((sum, e) => sum + e.value, 0),
    INP: Math.max(0, ...watched.event.filter(e => e.interactionId).map(e => e.duration)),
    Bytes: came.reduce((sum, e) => sum + e.transferSize, 0),
  };
})()`
)

// An old phone on a poor line, with nothing kept from before: the pages that a woman comes by first and
// most are small, and nothing in them jumps under her finger (P24). How long they take is said and not
// tested, as the machine that runs the tests may be busy. The processor is slow in the soak alone: slowing one
// keeps one of the machine's from everything else.
func TestOldPhone_SmallAndStill(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, which TestPages_EveryOneForEverybody reads on both")
	h := open(t)
	bren := h.visit(t, "Bren")
	draft := bren.draft(t)
	phone := []browser.Option{browser.Line(50_000, 300*time.Millisecond)}
	if inSoak() {
		phone = append(phone, browser.CPUSlowdown(6))
	}
	var worst loaded
	for _, path := range []string{"/", "/share", "/draft/" + draft, "/known", "/me"} {
		tab := browser.New(t, phone...)
		tab.Take(h.url, bren.cookies)
		tab.Go(h.url + path)
		tab.Eval(listen, nil)
		for _, touched := range []string{"main summary", "main textarea"} {
			if tab.Exists(touched) {
				tab.Click(touched)
				tab.Press("a")
			}
		}
		var l loaded
		tab.Eval(vitals, &l)
		t.Logf("%-40s LCP %4.0f ms, CLS %.3f, INP %3.0f ms, %5.1f kB", strings.Replace(path, draft, "…", 1), l.LCP, l.CLS, l.INP, l.Bytes/1000)
		if l.LCP == 0 || l.Bytes == 0 {
			t.Errorf("%s: nothing was measured: %+v", path, l)
		}
		if l.Bytes > 50_000 {
			t.Errorf("%s takes %.0f bytes, at most 50,000", path, l.Bytes)
		}
		if l.CLS > 0.1 {
			t.Errorf("%s jumps by %.3f, at most 0.1", path, l.CLS)
		}
		worst = loaded{max(worst.LCP, l.LCP), max(worst.CLS, l.CLS), max(worst.INP, l.INP), max(worst.Bytes, l.Bytes)}
	}
	t.Logf("at worst: LCP %.0f ms, CLS %.3f, INP %.0f ms, %.1f kB", worst.LCP, worst.CLS, worst.INP, worst.Bytes/1000)
}
