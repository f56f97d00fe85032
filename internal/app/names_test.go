package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// spoken is what somebody says, on a page.
var spoken = regexp.MustCompile(`(?s)<p[^>]*dir="auto"[^>]*>.*?</p>`)

// unname takes a woman's name off her part of something, and leaves the rest of her terms as they are.
func (h *house) unname(t *testing.T, r resting) {
	t.Helper()
	ctx, w := t.Context(), h.Demo(h.clock)
	err := w.DB.Write(ctx, func(tx *store.Tx) error {
		who, err := w.Circle.Named(ctx, tx, r.p, r.owner)
		if err != nil {
			return err
		}
		v := person.Viewer{Partnership: r.p, ID: who.ID}
		parts, err := w.Sources.Parts(ctx, tx, r.p, r.source)
		for _, part := range parts {
			if part.Person != v.ID {
				continue
			}
			terms, err := w.Gate.TermsOf(ctx, tx, v, r.source, part.Speaker)
			if err != nil {
				return err
			}
			terms.Attribution = consent.ByNone
			if err := w.Gate.SetTerms(ctx, tx, v, r.source, part.Speaker, terms); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whoever chose to stand without her name is named on no page on which others read or work with her words.
func TestNames_NoNameMeansNoName(t *testing.T) {
	h := open(t)
	r := h.pointOf(t, "Bren")
	h.unname(t, r)
	tolu := h.visit(t, "Tolu", person.LivedExperience, person.Analyst)
	words := strings.Join(strings.Fields(r.passage)[:3], " ")
	for path, form := range map[string]url.Values{
		"/source": nil, "/source/" + string(r.source): nil,
		"/index/" + r.study: nil, "/index/" + r.study + "/" + string(r.source): nil,
		"/matrix/" + r.study: nil, "/find/" + r.study: {"q": {words}},
	} {
		method := "GET"
		if form != nil {
			method = "POST"
		}
		a := tolu.ask(t, method, path, form)
		if a.status != 200 {
			t.Fatalf("%s answers %d", path, a.status)
		}
		a.body = spoken.ReplaceAllString(a.body, "") // she names herself in what she says
		if at := strings.Index(a.body, "Bren"); at >= 0 {
			t.Errorf("%s names her: …%s…", path, a.body[max(0, at-80):min(len(a.body), at+60)])
		}
	}
}

// What a woman shares without her name stands without it in what others can read; with it, it says so.
func TestNames_WhatIsSharedWithoutAName(t *testing.T) {
	h := open(t)
	bren, jo := h.visit(t, "Bren", person.LivedExperience), h.visit(t, "Jo", person.Charity)
	for name, shows := range map[string]bool{"": false, "none": false, "group": false, "chosen": true} {
		read := bren.share(t, name)
		for _, path := range []string{"/read", read, read + "/words"} {
			a := jo.ask(t, "GET", path, nil)
			if a.status != 200 || !strings.Contains(a.body, read) && path == "/read" {
				t.Fatalf("%s answers %d, or does not list what was shared", path, a.status)
			}
			if path == "/read" { // of the list, her line alone
				_, a.body, _ = strings.Cut(a.body, read+`"`)
				a.body, _, _ = strings.Cut(a.body, "</a>")
			}
			if strings.Contains(a.body, "Bren") != shows {
				t.Errorf("shared under the name %q, %s names her: %v", name, path, !shows)
			}
		}
	}
}

// share shares a few words with everybody, under a name or none, and returns where others read it.
func (v *visitor) share(t *testing.T, name string) string {
	t.Helper()
	d := "/draft/" + v.draft(t)
	v.ask(t, "POST", d, url.Values{"kind": {"idea"}, "text": {"A number instead of a surname."}})
	v.ask(t, "POST", d+"/who", url.Values{"who": {consent.ToPartnership}})
	v.ask(t, "POST", d+"/use", url.Values{"until": {"3"}, "attribution": {name}})
	a := v.ask(t, "POST", d+"/share", nil)
	if !strings.HasPrefix(a.location, "/share/") {
		t.Fatalf("sharing leads to %q", a.location)
	}
	return "/read/" + strings.TrimPrefix(a.location, "/share/")
}
