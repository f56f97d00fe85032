package app_test

import (
	"cmp"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// A view is one way to look at a page.
type view struct {
	name    string
	options []browser.Option
	axe     []string // the rules that make check asks axe for, nil for not asking it; make soak asks for all, in every view
	fresh   bool     // axe is asked only where a page has something that was not seen yet in this view
	largest bool     // also with the largest letters that she can choose (U40)
	narrow  bool     // whether the link that leaves has least room here
	soak    bool     // looked at in the soak alone
}

// The views that every page is for (U36 to U40): a phone by day, a wide screen by night, a small phone with
// letters twice as big, a page made four times as big, and colours that the reader's machine forces on the page.
// What axe finds are names, roles and contrast: the first two are the same everywhere, the colours of the
// third and fourth are those of the first, and those at night are those of the classes on a page. Forced colours move
// nothing, so without axe there is nothing to find.
var views = []view{
	{name: "360", options: []browser.Option{browser.Size(360, 740)}, axe: every, largest: true},
	{name: "1280-dark", options: []browser.Option{browser.Size(1280, 900), browser.Dark}, axe: []string{"color-contrast"}, fresh: true},
	{name: "320-twice", options: []browser.Option{browser.Size(320, 640), browser.TextZoom200}, narrow: true},
	{name: "400 % zoom", options: []browser.Option{browser.Size(320, 256)}, narrow: true},
	{name: "forced", options: []browser.Option{browser.Size(360, 740), browser.ForcedColours}, soak: true},
}

// every stands for all rules that axe has.
var every = []string{}

// tooWide lists what is cut off at the sides, apart from regions that scroll on purpose and can be reached
// by keyboard.
const tooWide = `[...document.querySelectorAll("body *")].filter(e => {
  const r = e.getBoundingClientRect();
  return (r.right > document.documentElement.clientWidth + 1 || r.left < -1) && !e.closest(".matrix,.scroll,.vh,.skip");
}).slice(0, 5).map(e => "cut off at the side: " + e.outerHTML.slice(0, 120))`

// tooSmall lists what is touched and less than 44 px high. Links in running text may be smaller (WCAG
// 2.5.8), and a box to tick may be when its label is not.
const tooSmall = `[...document.querySelectorAll("a,button,summary,input:not([type=hidden]),select,textarea")].filter(e => {
  if (!e.getClientRects().length || e.matches(".vh,.skip") || e.closest(".turn p,table p")) return false;
  const inText = e.matches("a") && [...e.parentElement.childNodes].some(n => n.nodeType == 3 && n.textContent.trim());
  if (inText) return false;
  // A card, a row and a person are touched anywhere.
  const whole = getComputedStyle(e, "::after").position == "absolute" && e.closest(".card,.rows li,.person");
  const target = whole || e.matches("[type=radio],[type=checkbox]") && e.labels[0] && (e.closest(".opt") || e.closest(".turn") || e.labels[0]) || e;
  return Math.max(e.getBoundingClientRect().height, target.getBoundingClientRect().height) < 43.5;
}).slice(0, 8).map(e => "too small to touch: " + e.outerHTML.slice(0, 120) + " " + e.getBoundingClientRect().height)`

// sideways says so when the page can be scrolled sideways.
const sideways = `document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["the page scrolls sideways"] : []`

// covered opens everything that can be opened and says of the link that leaves, with the page scrolled to
// its top, middle and end, whether it is reached at its centre; that it is 48 px high, and the second thing
// to reach by keyboard.
const covered = `(() => {
  for (const d of document.querySelectorAll("details")) d.open = true;
  const link = document.querySelector("[data-leave]"), faults = [];
  for (const part of [0, .5, 1]) {
    scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * part);
    const r = link.getBoundingClientRect(), at = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
    if (!at || !link.contains(at)) faults.push("scrolled to " + part + " it is covered by " + (at ? at.outerHTML.slice(0, 80) : "nothing: it is away"));
    if (r.height < 48) faults.push("it is " + r.height + " px high");
  }
  scrollTo(0, 0);
  const reached = [...document.querySelectorAll("a[href],button,input,select,textarea,summary,[tabindex='0']")].filter(e => e.checkVisibility() && !e.disabled && e.type != "hidden");
  if (reached[1] != link) faults.push("it is number " + (reached.indexOf(link) + 1) + " to be reached");
  return faults;
})()`

var (
	text = regexp.MustCompile(`>[^<]*<|="[^"]*"`)
	kind = regexp.MustCompile(` (class|type|role)="[^"]*"`)
)

// shape is a page without its words, addresses and ids: two people's pages of one shape look alike.
func shape(body string) string {
	_, main, _ := strings.Cut(body, "<main")
	return text.ReplaceAllString(kind.ReplaceAllStringFunc(main, func(s string) string { return strings.ReplaceAll(s, `"`, "'") }), "")
}

// Every page that each of the five, somebody who is not signed in, and a tablet that is handed round come
// by: nothing cut off at the sides, nothing too small to touch, in four views, and free of faults that axe
// finds, by day, with the contrast by night, and in the soak in all (P24, U36 to U40); and the link that leaves
// is second, 48 px high and uncovered, at 320 px with letters twice as big and at 400 % zoom, at the top, middle
// and end, with everything opened (P3).
func TestScreens_EveryPageForEveryEye(t *testing.T) {
	beside(t)
	engine.Once(t, "it looks at pages in a browser, which TestPages_EveryOneForEverybody reads on both")
	s := &seen{routes: map[string]int{}, shapes: map[string]bool{}, classes: map[string]bool{}}
	t.Run("visitors", func(t *testing.T) { eachPage(t, s.look) }) // which comes back once all have been everywhere
	t.Logf("%d routes, axe %d times in %v", len(s.routes), s.checks, s.spent)
}

// Pictures of every page for those who want to look: FOOTING_SHOTS names the folder they go to.
func TestScreens_Pictures(t *testing.T) {
	if os.Getenv("FOOTING_SHOTS") == "" {
		t.Skip("pictures are taken when FOOTING_SHOTS names a folder")
	}
	id, taken := regexp.MustCompile(`[a-z2-7]{26}`), &sync.Map{}
	eachPage(t, func(_ *testing.T, open func() *browser.Tab, at stop) {
		if _, before := taken.LoadOrStore(at.route.Pattern+shape(at.body), true); !before {
			tab := open()
			for name, options := range map[string][]browser.Option{"360": {browser.Size(360, 740)}, "360-dark": {browser.Size(360, 740), browser.Dark},
				"1280": {browser.Size(1280, 900)}, "1280-dark": {browser.Size(1280, 900), browser.Dark}} {
				tab.Show(options...)
				shot(tab, name+"/"+strings.ReplaceAll(id.ReplaceAllString(at.path, "X"), "/", "_")+"-"+at.who)
			}
		}
	})
}

// A looker looks at a page that somebody comes by, if it wants to: open opens the page.
type looker func(t *testing.T, open func() *browser.Tab, at stop)

// eachPage has look look at the pages that each visitor comes by, one of each route.
func eachPage(t *testing.T, look looker) {
	t.Helper()
	h := open(t)
	h.furnish(t)
	tablet := h.tablet(t)
	for _, v := range append(h.everybody(t), tablet) {
		t.Run(cmp.Or(v.name, "nobody"), func(t *testing.T) {
			beside(t)
			v.eachPage(t, look)
		})
	}
}

func (v *visitor) eachPage(t *testing.T, look looker) {
	tab := browser.New(t)
	tab.Take(v.h.url, v.cookies)
	came := map[string]bool{}
	for _, at := range v.everywhere(t, 2) {
		if at.status != http.StatusOK || !strings.HasPrefix(at.header.Get("Content-Type"), "text/html") || came[at.route.Pattern] {
			continue
		}
		came[at.route.Pattern] = true
		look(t, func() *browser.Tab { tab.Go(v.h.url + at.path); return tab }, at)
	}
	for _, url := range tab.Requests() {
		if !strings.HasPrefix(url, v.h.url) {
			t.Errorf("the browser asked %s for something", url)
		}
	}
	for _, e := range tab.Errors() {
		t.Errorf("the browser complains: %s", e)
	}
	if len(came) < 7 {
		t.Errorf("only %d pages were looked at", len(came))
	}
}

// seen is what was looked at so far, by all visitors.
type seen struct {
	mu      sync.Mutex
	routes  map[string]int // how many shapes of each
	shapes  map[string]bool
	classes map[string]bool
	checks  int
	spent   time.Duration
}

// inSoak reports whether everything is looked at in every way.
func inSoak() bool { return os.Getenv("FOOTING_SOAK") == "1" }

// wants reports whether a page is to be looked at, and counts it as looked at: one whose shape was seen on the
// route before is not, but in the soak.
func (s *seen) wants(at stop) (before int, wanted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	outline := at.route.Pattern + shape(at.body)
	before, wanted = s.routes[at.route.Pattern], !s.shapes[outline] || inSoak()
	if !s.shapes[outline] {
		s.shapes[outline] = true
		s.routes[at.route.Pattern]++
	}
	return before, wanted
}

// look looks at a page. The first shape of a route is looked at in every way, each further shape in one of them
// by turns, and one that was seen already is not even opened: so much takes its time. make soak looks at all in
// every way.
func (s *seen) look(t *testing.T, open func() *browser.Tab, at stop) {
	t.Helper()
	n, wanted := s.wants(at)
	if !wanted {
		return
	}
	tab := open()
	for i, view := range views {
		if inSoak() || !view.soak && (n == 0 || n%(len(views)-1) == i) {
			s.lookAt(t, tab, at, view)
		}
	}
}

func (s *seen) lookAt(t *testing.T, tab *browser.Tab, at stop, view view) {
	t.Helper()
	tab.Show(view.options...)
	fits := "[" + tooWide + ", " + tooSmall + ", " + sideways + "].flat()"
	s.faults(t, tab, at, view.name, fits)
	if view.narrow {
		s.faults(t, tab, at, view.name+", the link that leaves", covered)
	}
	rules := view.axe
	if inSoak() {
		rules = every
	}
	if rules != nil && (!view.fresh || s.bringsSomething(at) || inSoak()) {
		s.axe(t, tab, at, view.name, rules)
	}
	if view.largest {
		s.faults(t, tab, at, "with the largest letters", `(() => {
  const root = document.documentElement;
  root.className = "largest";
  const faults = `+fits+`;
  root.className = "";
  return faults;
})()`)
	}
}

var classes = regexp.MustCompile(`<[a-z0-9]+|class="[^"]*"`)

// bringsSomething reports whether a page has an element or a class, or classes together, that no page had before.
func (s *seen) bringsSomething(at stop) (something bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range classes.FindAllString(at.body, -1) {
		something = something || !s.classes[one]
		s.classes[one] = true
	}
	return something
}

// faults fails the test for each fault that an expression lists.
func (s *seen) faults(t *testing.T, tab *browser.Tab, at stop, how, expression string) {
	t.Helper()
	var faults []string
	tab.Eval(expression, &faults)
	for _, f := range faults {
		t.Errorf("%s at %s (%s): %s", how, at.path, at.route.Pattern, f)
	}
}

// axe asks axe for what breaks those of its rules.
func (s *seen) axe(t *testing.T, tab *browser.Tab, at stop, how string, rules []string) {
	t.Helper()
	start := time.Now()
	for _, violation := range tab.Axe(rules...) {
		t.Errorf("%s at %s (%s): %s", how, at.path, at.route.Pattern, violation)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.checks++
	s.spent += time.Since(start)
}

// brokenWords lists the words of the heading that go on in the next line without a hyphen.
const brokenWords = `[...document.querySelectorAll("h1")].flatMap(h => [...h.childNodes].filter(n => n.nodeType == 3).flatMap(n =>
  [...n.data.matchAll(/\S+/g)].filter(word => {
    const range = document.createRange();
    range.setStart(n, word.index);
    range.setEnd(n, word.index + word[0].length);
    return new Set([...range.getClientRects()].map(r => r.top)).size > 1;
  }).map(word => word[0])))`

// On a small phone with letters twice as big a heading stays in whole words.
func TestScreens_HeadingsAreNotBroken(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser")
	h := open(t)
	tab := h.as(t, "Bren", browser.Size(320, 640), browser.TextZoom200)
	draft := "/draft/" + h.visit(t, "Bren").draft(t)
	for _, path := range []string{draft, draft + "/who", draft + "/not", draft + "/use", draft + "/until", "/share", "/aloud", "/letters", "/needs", "/asks", "/people/keep"} {
		tab.Go(h.url + path)
		var broken []string
		tab.Eval(brokenWords, &broken)
		for _, word := range broken {
			t.Errorf("%s: the heading %q is broken in the word %q", path, tab.Text("h1"), word)
		}
	}
}
