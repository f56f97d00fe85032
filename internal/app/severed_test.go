package app_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"footing/internal/app"
	"footing/internal/backup"
	"footing/internal/testing/engine"
	"footing/internal/testing/nextdoor"
)

// Bren leaves and keeps everything without her name. Then a backup from before that is put back: it does not
// say again what was hers, in no table of any room, and opens none of it.
func TestRestore_WhatWasKeptWithoutHerNameStaysSo(t *testing.T) {
	old, restored := stores(t), stores(t)
	h := open(t, func(c *app.Config) {
		if old.Database != "" {
			c.Database, c.Keys = old.Database, old.Keys
		}
	})
	nextdoor.Leave(t, h.Store())
	r := h.pointOf(t, "Bren")
	bren, id := h.visit(t, "Bren"), h.idOf(t, "Bren")
	copied := h.backup(t, old)
	parts := regexp.MustCompile(`/me/end/([a-z0-9]{26})`).FindAllStringSubmatch(bren.ask(t, "GET", "/me/end/check", nil).body, -1)
	if len(parts) == 0 {
		t.Fatal("she has shared nothing: the test shows nothing")
	}
	for _, part := range parts {
		bren.ask(t, "POST", "/me/end/"+part[1], url.Values{"what": {"unnamed"}})
	}
	tied := func(h *house) (found []string) {
		rows, err := engine.Rows(t.Context(), h.Store())
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, part := range parts {
				if strings.Contains(row, id) && strings.Contains(row, part[1]) {
					found = append(found, row)
				}
			}
		}
		return found
	}
	if len(tied(h)) == 0 {
		t.Fatal("nothing ties her to what she shared: the test shows nothing")
	}
	if got := bren.ask(t, "POST", "/me/end/now", nil); got.status != http.StatusSeeOther {
		t.Fatalf("leaving answers %d", got.status)
	}
	if rows := tied(h); len(rows) > 0 {
		t.Errorf("before the restore rows tie her to it:\n%s", strings.Join(rows, "\n"))
	}
	stones := filepath.Join(t.TempDir(), backup.TombstoneFile)
	if err := backup.WriteTombstones(t.Context(), h.Store(), stones, h.clock.Now()); err != nil {
		t.Fatal(err)
	}

	back, _ := h.restore(t, copied, stones, restored)
	if rows := tied(back); len(rows) > 0 {
		t.Errorf("it comes back as hers:\n%s", strings.Join(rows, "\n"))
	}
	ruth := back.visit(t, "Ruth")
	if got := ruth.ask(t, "GET", "/index/"+r.study+"/"+string(r.source), nil).body; strings.Contains(got, r.passage) {
		t.Error("what she said is open again")
	}
	if got := back.visit(t, "Bren").ask(t, "GET", "/share", nil).body; strings.Contains(got, string(r.source)) {
		t.Error("her list has what is not hers any more")
	}
}
