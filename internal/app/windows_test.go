package app_test

import (
	"context"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// text is what stands on a page, nothing while it is asked for anew.
func textOf(tab *browser.Tab) string {
	var page string
	tab.Eval(`document.documentElement?.textContent ?? ""`, &page)
	return page
}

// Leaving in one window empties the others of the same browser as well.
func TestLeave_EmptiesEveryWindow(t *testing.T) {
	engine.Once(t, "it looks at windows of a browser")
	h := open(t)
	r := h.pointOf(t, "Bren")
	tab := h.as(t, "Bren", browser.Size(360, 740))
	tab.Go(h.url + "/share/" + string(r.source))
	other := tab.Another(browser.Size(360, 740))
	other.Go(h.url + "/share/" + string(r.source))
	if !strings.Contains(textOf(other), "This is yours") {
		t.Fatal("the other window does not show her page")
	}
	tab.ClickWithoutWaiting("[data-leave]")
	other.Until("the other window is empty", func() bool { return !strings.Contains(textOf(other), "This is yours") })
}

// A desk left open closes by itself when its session is ended elsewhere, and is told nothing any more.
func TestSession_EndedElsewhereClosesOpenPages(t *testing.T) {
	engine.Once(t, "it looks at a page that stays open, which TestStanding_EndedClosesOpenPages does on both")
	h := open(t)
	r := h.pointOf(t, "Bren")
	ruth := person.ID(h.idOf(t, "Ruth Ellery"))
	w := h.Demo(h.clock)
	for _, path := range []string{"/index/" + r.study + "/" + string(r.source), "/matrix/" + r.study} {
		tab := h.as(t, "Ruth", browser.Size(1280, 900))
		tab.Go(h.url + path)
		before := textOf(tab)
		if !strings.Contains(before, r.passage) && !strings.Contains(before, r.point) {
			t.Fatalf("%s shows neither the passage nor the point", path)
		}
		err := w.DB.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := w.Accounts.EndSessions(context.WithoutCancel(t.Context()), tx, r.p, ruth, ""); err != nil {
				return err
			}
			return w.Gate.Narrowed(t.Context(), tx, r.p) // something happens, as it does all day
		})
		if err != nil {
			t.Fatal(err)
		}
		tab.Until(path+" closes by itself", func() bool {
			now := textOf(tab)
			return !strings.Contains(now, r.passage) && !strings.Contains(now, r.point)
		})
	}
}
