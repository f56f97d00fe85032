package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"footing/internal/app"
	"footing/internal/person"
	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
	"footing/internal/web"
)

var (
	aloudAt   = regexp.MustCompile(`<audio controls preload="none" src="(/aloud/[a-z2-7]{26})"`)
	removesAt = regexp.MustCompile(`action="(/aloud/[a-z2-7]{26}/remove)"`)
)

// A page that one of the group reads aloud says so at its top, to whoever comes, also without signing in. She
// takes it away, or whoever looks after the site; nobody else does, and nobody else's is put in its place.
func TestAloud_AtTheTopOfThePage(t *testing.T) {
	engine.Once(t, "it looks at pages, which TestPages_EveryOneForEverybody opens on both")
	h := open(t)
	bren, tolu, jo, nobody := h.visit(t, "Bren", person.LivedExperience), h.visit(t, "Tolu"), h.visit(t, "Jo", person.Administrator), h.visit(t, "")
	read := func(v *visitor, page, said string, want int) answer {
		t.Helper()
		a := v.leave(t, "/aloud", "reading.ogg", said, "page", page)
		if a.status != want {
			t.Fatalf("%s reads %s and gets %d: %s", v.name, page, a.status, a.body)
		}
		return a
	}
	at := func(v *visitor, page string) string {
		t.Helper()
		if m := aloudAt.FindStringSubmatch(v.ask(t, "GET", page, nil).body); m != nil {
			return m[1]
		}
		return ""
	}
	read(bren, "/support", "OggS Someone to talk to", http.StatusSeeOther)
	read(bren, "/people", "OggS People", http.StatusSeeOther)
	read(bren, "/draft/{draft}/who", "OggS Who may read it", http.StatusSeeOther)
	for _, v := range []*visitor{bren, tolu} { // on the same question of everybody's
		draft := v.draft(t)
		if got := v.ask(t, "GET", at(v, "/draft/"+draft+"/who"), nil); got.body != "OggS Who may read it" || at(v, "/draft/"+draft+"/use") != "" {
			t.Errorf("%s hears %d %q on the way to something shared", v.name, got.status, got.body)
		}
	}
	for _, v := range []*visitor{nobody, bren, tolu, jo} {
		a := v.ask(t, "GET", "/support", nil)
		top, _, _ := strings.Cut(a.body, "<h1>")
		who := "Read to you by Bren"
		if v == nobody {
			who = "Read to you by one of us"
		}
		if strings.Contains(top, "Bren") != (v != nobody) || !strings.Contains(top, who) || !aloudAt.MatchString(top) {
			t.Errorf("%s is not read to at the top of the page", v.name)
		}
		if got := v.ask(t, "GET", at(v, "/support"), nil); got.body != "OggS Someone to talk to" || got.header.Get("Content-Type") != "audio/ogg" {
			t.Errorf("%s hears %d %q as %s", v.name, got.status, got.body, got.header.Get("Content-Type"))
		}
		if at(v, "/phones") != "" {
			t.Errorf("%s is read to where nobody reads", v.name)
		}
	}
	for said, form := range map[string][2]string{"choose which page": {"/elsewhere", "OggS x"}, "no sound file": {"/phones", "<html>"}, "reads that page already": {"/support", "OggS mine"}} {
		if a := read(tolu, form[0], form[1], http.StatusUnprocessableEntity); !strings.Contains(a.body, said) {
			t.Errorf("%v is not answered with %q", form, said)
		}
	}
	if a := bren.ask(t, "POST", "/aloud", url.Values{"page": {"/phones"}}); !strings.Contains(a.body, "choose the recording") {
		t.Errorf("without a recording: %d", a.status)
	}
	support := at(nobody, "/support")
	if a := tolu.ask(t, "POST", support+"/remove", nil); a.status != http.StatusNotFound || removesAt.MatchString(tolu.ask(t, "GET", "/aloud", nil).body) {
		t.Errorf("Tolu takes away what Bren read: %d", a.status)
	}
	read(bren, "/support", "OggS Better", http.StatusSeeOther)
	if got := nobody.ask(t, "GET", at(nobody, "/support"), nil); got.body != "OggS Better" {
		t.Errorf("read anew, and heard is %q", got.body)
	}
	if got := nobody.ask(t, "GET", support, nil); got.status == http.StatusOK {
		t.Errorf("what was there before is still heard: %d", got.status)
	}
	for i, v := range []*visitor{bren, jo} {
		page := []string{"/support", "/people"}[i]
		if a := v.ask(t, "POST", at(bren, page)+"/remove", nil); a.status != http.StatusSeeOther || at(bren, page) != "" {
			t.Errorf("%s takes it away from %s and gets %d", v.name, page, a.status)
		}
	}
}

// Each page that can be read aloud is there, is a member's, and is called what the words call it.
func TestAloud_EveryPageIsThere(t *testing.T) {
	engine.Once(t, "it looks at pages, which TestPages_EveryOneForEverybody opens on both")
	h := open(t)
	offered := app.AloudPages
	called := htmlcheck.Parse(t, strings.NewReader(h.visit(t, "Bren").ask(t, "GET", "/aloud", nil).body))
	for _, page := range offered {
		if !slices.ContainsFunc(h.Shell().Routes(), func(r web.Route) bool { return r.Pattern == "GET "+page.Path && r.Weight == web.Member }) {
			t.Errorf("%s is no page of a member's", page.Path)
		}
	}
	if n := len(called.All("input[name=page]")); n != len(offered) {
		t.Errorf("%d pages are offered, of %d", n, len(offered))
	}
	for _, label := range called.All("label") {
		if text := label.Text(); text == "" || strings.Contains(text, "_") {
			t.Errorf("a page is called %q", text)
		}
	}
}
