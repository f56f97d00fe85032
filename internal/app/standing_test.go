package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/browser"
)

// idOf returns who is called that.
func (h *house) idOf(t *testing.T, name string) string {
	t.Helper()
	w := h.Demo(h.clock)
	p, err := h.Partnership(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var id person.ID
	err = w.DB.Read(t.Context(), func(tx *store.Tx) error {
		who, err := w.Circle.Named(t.Context(), tx, p, name)
		id = who.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(id)
}

// Whoever takes part no longer reads for no study: when a researcher's part is ended, the sources shut for
// her at once, and being given the part again does not bring them back.
func TestStanding_EndedEndsReading(t *testing.T) {
	h := open(t)
	r := h.pointOf(t, "Bren")
	ruth, jo := h.visit(t, "Ruth", person.Researcher, person.Analyst), h.visit(t, "Jo", person.Charity, person.Administrator)
	pages := []string{"/desk", "/source/" + string(r.source), "/index/" + r.study, "/index/" + r.study + "/" + string(r.source), "/matrix/" + r.study, "/find/" + r.study}
	for _, path := range pages {
		if a := ruth.ask(t, "GET", path, nil); a.status != http.StatusOK {
			t.Fatalf("before, %s answers %d", path, a.status)
		}
	}
	her := "/people/" + h.idOf(t, "Ruth Ellery")
	if a := jo.ask(t, "POST", her+"/take", url.Values{"standing": {"researcher"}}); a.status != http.StatusSeeOther {
		t.Fatalf("ending her part answers %d", a.status)
	}
	closed := func(when string, pages []string) {
		t.Helper()
		for _, path := range pages {
			if a := ruth.ask(t, "GET", path, nil); a.status != http.StatusNotFound {
				t.Errorf("%s, %s answers %d: want it to look as if it did not exist", when, path, a.status)
			}
		}
	}
	closed("when her part has ended", pages)
	jo.ask(t, "POST", her+"/give", url.Values{"standing": {"researcher"}})
	closed("when she has her part again and is named in no study", pages[2:])
}

// A page that is open when its reader may not read any more closes by itself.
func TestStanding_EndedClosesOpenPages(t *testing.T) {
	h := open(t)
	r := h.pointOf(t, "Bren")
	jo := h.visit(t, "Jo", person.Charity, person.Administrator)
	reader := "/studies/" + r.study + "/readers/" + h.idOf(t, "Tolu") + "/end"
	for _, one := range []struct{ who, what, end string }{
		{"Tolu", "she is named no more", reader},
		{"Ruth", "the study is over", "/studies/" + r.study + "/end"},
	} {
		tab := h.as(t, one.who, browser.Size(1280, 900))
		tab.Go(h.url + "/index/" + r.study + "/" + string(r.source))
		if !strings.Contains(tab.HTML(), r.passage) {
			t.Fatalf("%s does not read the passage", one.who)
		}
		if a := jo.ask(t, "POST", one.end, nil); a.status != http.StatusSeeOther {
			t.Fatalf("%s: the form answers %d", one.what, a.status)
		}
		tab.Until(one.who+"'s open page closes by itself when "+one.what, func() bool {
			var page string // there is none for a moment while it is asked for anew
			tab.Eval(`document.documentElement?.textContent ?? ""`, &page)
			return !strings.Contains(page, r.passage)
		})
	}
}
