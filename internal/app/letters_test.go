package app_test

import (
	"net/http"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// What a page is made of for who looks at it: its letters and their size in pixels, whether the typeface is
// there, and what came over the line for it, in bytes.
const madeOf = `(async () => {
  await document.fonts.ready;
  const style = getComputedStyle(document.body);
  return {
    Family: style.fontFamily.split(",")[0], Size: parseFloat(style.fontSize),
    Faces: [...document.fonts].filter(f => f.status == "loaded").length,
    Bytes: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((sum, e) => sum + e.transferSize, 0),
  };
})()`

type made struct {
	Family string
	Size   float64
	Faces  int
	Bytes  int
}

// U40 in a browser: she chooses by keyboard and without scripts, every page follows, and so does another phone.
func TestLetters_EveryPageFollows(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser")
	h := open(t)
	h.furnish(t)
	bren := h.visit(t, "Bren", person.LivedExperience)
	look := func(tab *browser.Tab, path string) (m made) {
		t.Helper()
		tab.Go(h.url + path)
		tab.Eval(madeOf, &m)
		t.Logf("%-9s %+v", path, m)
		return m
	}

	tab := browser.New(t, browser.Size(360, 740))
	tab.Take(h.url, bren.cookies)
	look(tab, "/")
	usual := look(tab, "/letters") // script and icon are kept by now
	if usual.Size != 18 || usual.Faces != 0 || usual.Family == "Clear" {
		t.Errorf("before she chooses a page is made of %+v", usual)
	}
	tab.Check("input[name=shapes][value=clear]")
	tab.Check("input[name=size][value=largest]")
	tab.Check("input[name=data][value=less]")
	shot(tab, "letters/chosen")
	tab.Focus("main form .btn")
	tab.Press("\r")
	tab.Wait("html.largest")
	shot(tab, "letters/kept")
	less := look(tab, "/letters") // and so are styles and letters
	var faults []string
	tab.Eval("["+tooWide+", "+tooSmall+", "+sideways+"].flat()", &faults)
	for _, f := range faults {
		t.Errorf("with clear and largest letters: %s", f)
	}
	if less.Size != 27 || less.Faces != 1 || less.Family != "Clear" {
		t.Errorf("after she chose a page is made of %+v", less)
	}
	if 2*less.Bytes >= usual.Bytes {
		t.Errorf("with less data the page takes %d bytes, %d before: the page says less than half", less.Bytes, usual.Bytes)
	}

	other := browser.New(t, browser.Size(360, 740), browser.Dark, browser.NoJavaScript)
	other.Take(h.url, h.visit(t, "Bren").cookies)
	other.Go(h.url + "/letters")
	other.Wait("html.largest")
	other.Check("input[name=size][value=larger]")
	other.Click("main form .btn")
	other.Wait("html.larger")
	for _, v := range other.Axe() {
		t.Errorf("with letters that are larger: %s", v)
	}
	if s := h.visit(t, "Tolu").ask(t, http.MethodGet, "/", nil); strings.Contains(s.body, `class="larg`) {
		t.Error("somebody else's pages changed, too")
	}
}
