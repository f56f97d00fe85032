package app_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"footing/internal/app"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
	"footing/internal/testing/pg"
)

// diskForAll mounts a disk of its own size that other users can be let in to, or skips where that is not
// allowed.
func diskForAll(t *testing.T, size string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "footing-disk-") // beneath t.TempDir nobody else comes in
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(dir) })
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=755,size="+size); err != nil {
		t.Skipf("a small disk cannot be mounted, which takes root: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// The disk of a PostgreSQL server is full: what needs room is refused with a page that says so and holds what
// was typed, nothing that was there is lost, and reading one's own and the server's health go on. No room is
// kept there for letting go, and the page does not say that there is: erasing may wait, and then it is done.
func TestFull_Postgres(t *testing.T) {
	if engine.Of() != store.Postgres {
		t.Skip("needs PostgreSQL: it is part of the run on it (FOOTING_ENGINE=postgres)")
	}
	data, changes := diskForAll(t, "160m"), diskForAll(t, "512m")
	database := pg.OnDisk(t, data, changes)
	h := open(t, func(c *app.Config) { c.Database, c.Keys = database(), database() })
	bren, ruth := h.visit(t, "Bren"), h.visit(t, "Ruth")
	draft := "/draft/" + bren.draft(t)
	bren.ask(t, "POST", draft, url.Values{"kind": {"opinion"}, "text": {"The waiting room has no window."}})
	shared := strings.TrimSpace(bren.ask(t, "POST", draft+"/share", nil).location)
	draft = "/draft/" + bren.draft(t)
	bren.ask(t, "POST", draft, url.Values{"kind": {"idea"}, "text": {"A window."}})
	others := regexp.MustCompile(`/read/[a-z0-9]{26}`).FindString(ruth.ask(t, "GET", "/read", nil).body)
	sources, chunks, given := h.count(t, "source_source"), h.count(t, "consent_chunk"), h.count(t, "consent_contribution")

	empty := fill(t, data, 0)
	long := strings.Repeat("A window, and \"a plant\". ", 800)
	for range 2 {
		for name, a := range map[string]answer{
			"uploading": ruth.upload(t, "/source/upload", "talk.txt", strings.Repeat("Ann: It was late.\n", 400_000)),
			"drafting":  bren.ask(t, "POST", draft, url.Values{"kind": {"idea"}, "text": {long}}),
		} {
			if a.status != http.StatusInsufficientStorage || !strings.Contains(a.body, "Taking back and erasing may have to wait until then.") {
				t.Errorf("%s on a full disk answers %d: %s", name, a.status, htmlcheck.Parse(t, strings.NewReader(a.body)).Text())
			}
			if name == "drafting" && !strings.Contains(a.body, "A window, and &#34;a plant&#34;.") {
				t.Error("what she typed is not on the page")
			}
		}
		if got := bren.ask(t, "GET", "/healthz", nil); got.status != http.StatusOK {
			t.Errorf("on a full disk the server's health is %d", got.status)
		}
		for path, words := range map[string]string{"/share": "A window.", draft: "A window.", shared: "The waiting room has no window.", "/read": "", "/people": ""} {
			if got := bren.ask(t, "GET", path, nil); got.status != http.StatusOK || !strings.Contains(got.body, words) {
				t.Errorf("on a full disk %s answers %d, and lacks %q", path, got.status, words)
			}
		}
	}
	// Whoever reads what another shared is put on record first. Where that cannot be, nothing is shown.
	if got := ruth.ask(t, "GET", others, nil); got.status != http.StatusOK && got.status != http.StatusInsufficientStorage {
		t.Errorf("on a full disk what another shared answers %d", got.status)
	}
	erased := bren.ask(t, "POST", shared+"/back", url.Values{"erase": {"1"}}).status
	if erased != http.StatusSeeOther && erased != http.StatusInsufficientStorage {
		t.Errorf("on a full disk erasing answers %d", erased)
	}
	t.Logf("erasing on a full disk answered %d", erased)
	if h.count(t, "source_source") != sources || h.count(t, "consent_chunk") != chunks || h.count(t, "consent_contribution") != given {
		t.Error("something of an upload was kept, or something that was there is gone")
	}

	empty()
	if a := bren.ask(t, "POST", draft, url.Values{"kind": {"idea"}, "text": {long}}); a.status != http.StatusSeeOther {
		t.Errorf("with room again the same form answers %d", a.status)
	}
	if erased != http.StatusSeeOther {
		bren.ask(t, "POST", shared+"/back", url.Values{"erase": {"1"}})
	}
	if err := h.Tidy(t.Context()); err != nil {
		t.Errorf("with room again tidying says %v", err)
	}
	if got := bren.ask(t, "GET", shared, nil).body; strings.Contains(got, "has no window") || h.count(t, "consent_doomed") != 0 {
		t.Error("with room again what she erased is still there")
	}
}
