package app_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// unsendable lists what keeps a form from being filled and sent where scripts are off: no button that is
// seen, a field that must be filled and is hidden, a label for nothing, a list that nothing confirms.
const unsendable = `(() => {
  const faults = [], seen = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.matches(".vh");
  const label = e => e.outerHTML.slice(0, 120);
  for (const d of document.querySelectorAll("details")) d.open = true;
  for (const form of document.forms) {
    if (![...form.elements].some(e => e.type != "hidden")) continue; // a list whose lines have their buttons or none
    const buttons = [...form.elements].filter(e => e.matches("button,input[type=submit],input[type=image]") && e.type == "submit");
    if (!buttons.some(b => seen(b) && !b.disabled)) faults.push("no button that can be seen sends " + label(form));
    for (const e of form.elements) {
      if (e.required && !seen(e) && !(e.labels && e.labels[0] && seen(e.labels[0]))) faults.push("must be filled and cannot be seen: " + label(e));
      if (e.disabled) faults.push("waits for a script to wake it: " + label(e));
    }
  }
  for (const b of document.querySelectorAll("button")) if (seen(b) && (b.type == "button" || !b.form)) faults.push("does nothing: " + label(b));
  for (const a of document.querySelectorAll("a")) if (seen(a) && (!a.hasAttribute("href") || /^(#$|javascript:)/.test(a.getAttribute("href")))) faults.push("leads nowhere: " + label(a));
  return faults;
})()`

var inForm = regexp.MustCompile(`(?s)<form.*?</form>|<button.*?</button>|<(a|details|summary|dialog|fieldset|section|input|select|textarea)\b[^>]*>`)

// shapeOfForms is a page's forms and what else can be pressed, without words, addresses and ids, each kind once:
// a list of ten things with a form each is like one of two.
func shapeOfForms(body string) string {
	found := map[string]bool{}
	for _, form := range inForm.FindAllString(body, -1) {
		found[shape("<main"+form)] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(found)), "")
}

// Without scripts every form on every page that a member comes by has what fills and sends it, and nothing
// stands there that only a script could bring to life (P24). That each form then does what it says is
// shown by the tests of its room, which all send forms without scripts.
func TestNoScripts_EveryFormCanBeSent(t *testing.T) {
	beside(t)
	engine.Once(t, "it looks at pages in a browser, which TestPages_EveryOneForEverybody reads on both")
	h := open(t)
	h.furnish(t)
	forms, walked := 0, map[string]bool{}
	for _, v := range append(h.everybody(t), h.tablet(t)) {
		tab := browser.New(t, browser.NoJavaScript)
		tab.Take(h.url, v.cookies)
		for _, at := range v.everywhere(t, 2) {
			outline := shapeOfForms(at.body)
			if at.status != 200 || walked[outline] || at.path == "/components" || !strings.HasPrefix(at.header.Get("Content-Type"), "text/html") {
				continue
			}
			walked[outline] = true
			tab.Go(h.url + at.path)
			var faults []string
			tab.Eval(unsendable, &faults)
			for _, f := range faults {
				t.Errorf("%s as %q: %s", at.path, v.name, f)
			}
			forms += tab.Count("form")
		}
	}
	if t.Logf("%d pages, %d forms", len(walked), forms); forms < 100 {
		t.Errorf("only %d forms were looked at", forms)
	}
}
