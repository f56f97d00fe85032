package app_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"footing/internal/app"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
	"footing/internal/testing/nextdoor"
	"footing/internal/web"
)

// smallDisk mounts a disk of its own size, or skips where that is not allowed.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	if engine.Of() != store.SQLite {
		t.Skip("needs SQLite: PostgreSQL keeps its words on another disk")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=700,size="+size); err != nil {
		t.Skipf("a small disk cannot be mounted, which takes root: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fill leaves no more than so many bytes on a disk, until the returned function is called.
func fill(t *testing.T, dir string, left int64) (empty func()) {
	t.Helper()
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "somebody else's")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(make([]byte, max(0, int64(disk.Bavail)*disk.Bsize-left))); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// count counts the rows of a table, without those of the partnership next door.
func (h *house) count(t *testing.T, table string) (n int64) {
	t.Helper()
	err := h.Store().Read(t.Context(), func(tx *store.Tx) (err error) {
		n, err = store.Get(t.Context(), tx, store.One[int64], "SELECT COUNT(*) FROM "+table+" WHERE partnership_id <> $1", nextdoor.There)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// On a full disk nothing new is taken in: a page says so in a sentence and holds what was typed. Signing
// in, taking back and erasing go on. When there is room again the same form goes through.
func TestFull_LettingGoGoesOn(t *testing.T) {
	dir := smallDisk(t, "48m")
	h := open(t, func(c *app.Config) { c.Data, c.Ballast = dir, 4<<20 })
	bren, ruth := h.visit(t, "Bren"), h.visit(t, "Ruth")
	share := func() string {
		draft := "/draft/" + bren.draft(t)
		bren.ask(t, "POST", draft, url.Values{"kind": {"opinion"}, "text": {"The waiting room has no window."}})
		return strings.TrimSpace(bren.ask(t, "POST", draft+"/share", nil).location)
	}
	first, second := share(), share()
	draft := "/draft/" + bren.draft(t)
	bren.ask(t, "POST", draft, url.Values{"kind": {"idea"}, "text": {"A window."}})
	link := h.link(t, "Tolu")
	sources, chunks := h.count(t, "source_source"), h.count(t, "consent_chunk")

	empty := fill(t, dir, 0)
	typed := url.Values{"kind": {"idea"}, "text": {"A window,\nand \"a plant\"."}}
	full := bren.ask(t, "POST", draft, typed)
	for name, a := range map[string]answer{
		"drafting": full, "sharing": bren.ask(t, "POST", draft+"/share", nil), "beginning": bren.ask(t, "POST", "/share/new", nil),
		"uploading": ruth.upload(t, "/source/upload", "talk.txt", strings.Repeat("Ann: It was late.\n", 400_000)),
	} {
		if a.status != http.StatusInsufficientStorage || !strings.Contains(a.body, "The computer behind this site is full.") {
			t.Errorf("%s on a full disk answers %d: %s", name, a.status, htmlcheck.Parse(t, strings.NewReader(a.body)).Text())
		}
	}
	if a := ruth.send(t, "POST", "/source/add", nil, http.Header{"Accept": {"application/json"}}); a.status != http.StatusInsufficientStorage || !strings.Contains(a.body, "is full") {
		t.Errorf("a command is told %d: %s", a.status, a.body)
	}
	if a := (&visitor{h: h}).ask(t, "POST", link, nil); a.status != http.StatusSeeOther {
		t.Errorf("signing in on a full disk answers %d", a.status)
	}
	for path, form := range map[string]url.Values{first + "/back": nil, second + "/back": {"erase": {"1"}}} {
		if a := bren.ask(t, "POST", path, form); a.status != http.StatusSeeOther {
			t.Errorf("%s on a full disk answers %d", path, a.status)
		}
	}
	if err := h.Tidy(t.Context()); err != nil {
		t.Errorf("tidying a full disk: %v", err)
	}
	if n := h.count(t, "consent_doomed"); n != 0 {
		t.Errorf("%d keys of what was erased are still there", n)
	}
	if h.count(t, "source_source") != sources || h.count(t, "consent_chunk") != chunks {
		t.Error("something of an upload was kept")
	}

	empty()
	again := url.Values{}
	form := htmlcheck.Parse(t, strings.NewReader(full.body)).One("form[action='" + draft + "']")
	for _, field := range form.All("input") {
		name, _ := field.Attr("name")
		value, _ := field.Attr("value")
		again.Add(name, value)
	}
	if a := bren.ask(t, "POST", draft, again); a.status != http.StatusSeeOther {
		t.Errorf("with room again the same form answers %d", a.status)
	}
	if got := bren.ask(t, "GET", draft, nil).body; !strings.Contains(got, "and &#34;a plant&#34;.") {
		t.Error("with room again what was typed is not kept")
	}
	if _, err := os.Stat(filepath.Join(dir, "ballast")); err != nil {
		t.Errorf("with room again the room for letting go is not kept: %v", err)
	}
}

// The disk becomes full in the middle of one large change: all of it is undone, and letting go goes on.
func TestFull_InTheMiddle(t *testing.T) {
	dir := smallDisk(t, "48m")
	h := open(t, func(c *app.Config) { c.Data, c.Ballast = dir, 4<<20 })
	bren, ruth := h.visit(t, "Bren"), h.visit(t, "Ruth")
	draft := "/draft/" + bren.draft(t)
	bren.ask(t, "POST", draft, url.Values{"kind": {"opinion"}, "text": {"The waiting room has no window."}})
	shared := strings.TrimSpace(bren.ask(t, "POST", draft+"/share", nil).location)
	sources := h.count(t, "source_source")
	defer fill(t, dir, 3<<20)()
	a := ruth.upload(t, "/source/upload", "talk.txt", strings.Repeat("Ann: It was late.\n", 800_000))
	if a.status != http.StatusInsufficientStorage || !strings.Contains(a.body, "The computer behind this site is full.") {
		t.Errorf("an upload that fills the disk answers %d: %s", a.status, htmlcheck.Parse(t, strings.NewReader(a.body)).Text())
	}
	if err := h.Tidy(t.Context()); err != nil {
		t.Errorf("tidying a full disk: %v", err)
	}
	if h.count(t, "source_source") != sources || h.count(t, "source_import") != 0 || h.count(t, "consent_chunk") != 0 {
		t.Error("something of the upload was kept")
	}
	if a := bren.ask(t, "POST", shared+"/back", url.Values{"erase": {"1"}}); a.status != http.StatusSeeOther {
		t.Errorf("erasing on a full disk answers %d", a.status)
	}
}

// What lets go of something, or lets somebody in, never waits for room.
func TestFull_WhatLetsGoNeverWaits(t *testing.T) {
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	routes := a.Shell().Routes()
	for _, pattern := range []string{"POST /in", "POST /in/{token}", "POST /recover", "POST /again", "POST /out", "POST /factor",
		"POST /share/{contribution}/back", "POST /share/{contribution}/part", "POST /share/{contribution}/end", "POST /share/{contribution}/change",
		"POST /draft/{draft}/drop", "POST /me/about", "POST /me/about/{place}", "POST /me/end/now", "POST /me/back", "POST /me/sessions/others",
		"POST /me/sessions/{session}/end", "POST /me/tokens/{token}/end", "POST /helping", "POST /table/tap/{picture}", "POST /me/passphrase",
		"POST /source/{source}/close", "POST /import/{import}/cancel", "POST /offer-note/{contribution}/stop", "POST /studies/{study}/stop"} {
		if i := slices.IndexFunc(routes, func(r web.Route) bool { return r.Pattern == pattern }); i < 0 || !routes[i].GoesOnWhenFull() {
			t.Errorf("%s waits for room on the disk", pattern)
		}
	}
}
