package app_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// reachable marks everything that can be reached by keyboard with its place in the page, one for each group
// of radio buttons, and returns how many there are.
const reachable = `(() => {
  let n = 0;
  const groups = new Map();
  for (const e of document.querySelectorAll("a[href],button,input,select,textarea,summary,audio[controls],[tabindex='0']")) {
    if (!e.checkVisibility({visibilityProperty: true}) || e.disabled || e.type == "hidden" || e.tabIndex < 0) continue;
    const group = e.type == "radio" && (e.form ? e.form.action : "") + e.name;
    if (group && groups.has(group)) {
      e.dataset.stop = groups.get(group);
      continue;
    }
    if (group) groups.set(group, n);
    e.dataset.stop = n++;
  }
  return n;
})()`

// focused says of what has the focus: its place in the page, and why it cannot be seen.
const focused = `(() => {
  const e = document.activeElement;
  const seen = s => (s.outlineStyle != "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow != "none";
  const drawn = [getComputedStyle(e)];
  if (e.labels && e.labels[0]) drawn.push(getComputedStyle(e.labels[0], "::before"));
  const r = e.getBoundingClientRect(), top = document.querySelector(".top").getBoundingClientRect();
  let why = "";
  if (!drawn.some(seen)) why = "nothing shows that it has the focus";
  else if (r.bottom <= 0 || r.top >= innerHeight) why = "it is out of sight";
  else if (!e.closest(".top") && !e.matches(".skip") && r.bottom <= top.bottom + 1) why = "it is behind the bar at the top";
  return (e.dataset.stop ?? "nothing") + " " + why + (why ? ": " + e.outerHTML.slice(0, 120) : "");
})()`

// By keyboard alone: on every page that a member comes by, the Tab key reaches each link, button, box and
// group of choices, in the order in which they stand, and each shows that it has the focus (U38). The bar at
// the top is the same on all of one person's pages, and is gone through on the first. The soak goes through each
// shape of a page, make check through the first of each route.
func TestKeyboard_ReachesEverythingInOrder(t *testing.T) {
	engine.Once(t, "it tries pages in a browser, which TestPages_EveryOneForEverybody reads on both")
	h := open(t)
	h.furnish(t)
	walked := map[string]bool{}
	for _, v := range h.everybody(t)[:2] { // nobody, and one of the women: every page for members
		tab := browser.New(t)
		tab.Take(h.url, v.cookies)
		pages, stops := 0, 0
		for _, at := range v.everywhere(t, 2) {
			outline := at.route.Pattern
			if inSoak() {
				outline += shape(at.body)
			}
			if at.status != 200 || walked[outline] || !strings.HasPrefix(at.header.Get("Content-Type"), "text/html") {
				continue
			}
			walked[outline] = true
			tab.Go(h.url + at.path)
			head := "body"
			if pages > 0 {
				head = "main"
			}
			pages++
			stops += tabThrough(t, tab, at.path, head)
		}
		t.Logf("%q: %d pages, %d things reached", v.name, pages, stops)
	}
}

// tabThrough goes with the Tab key through all that can be reached from an element on, and returns how much.
func tabThrough(t *testing.T, tab *browser.Tab, path, head string) int {
	t.Helper()
	// A page may begin elsewhere, as at a thing to check: here it begins at the head of the element.
	tab.Eval(`{ const e = document.createElement("i"); e.tabIndex = -1; document.querySelector("`+head+`").prepend(e); e.focus(); e.remove() }`, nil)
	var n, first int
	tab.Eval(reachable, &n)
	tab.Eval(`+(document.querySelector("`+head+` [data-stop]")?.dataset.stop ?? `+strconv.Itoa(n)+`)`, &first)
	for i := first; i < n; i++ {
		tab.Press(browser.KeyTab)
		place, why := whereTheFocusIs(tab)
		for more := 0; more < 10 && place == strconv.Itoa(i-1) && isPlayer(tab); more++ { // it has several buttons within
			tab.Press(browser.KeyTab)
			place, why = whereTheFocusIs(tab)
		}
		if place != strconv.Itoa(i) || why != "" {
			t.Errorf("%s: Tab %d times leads to number %s, want %d. %s", path, i-first+1, place, i, why)
			break
		}
	}
	return n - first
}

// isPlayer reports whether the focus is within something that plays sound.
func isPlayer(tab *browser.Tab) (is bool) {
	tab.Eval(`document.activeElement.tagName == "AUDIO"`, &is)
	return is
}

// whereTheFocusIs returns the place of what has the focus, and why it cannot be seen.
func whereTheFocusIs(tab *browser.Tab) (place, why string) {
	for range 10 {
		var here string
		tab.Eval(focused, &here)
		if place, why, _ = strings.Cut(here, " "); why == "" {
			break
		}
		time.Sleep(30 * time.Millisecond) // the page may be scrolling there
	}
	return place, why
}
