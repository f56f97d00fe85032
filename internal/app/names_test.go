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

// change changes what a woman allows with her part of something.
func (h *house) change(t *testing.T, r resting, do func(*consent.Terms)) {
	t.Helper()
	ctx, w := t.Context(), h.Demo(h.clock)
	her := person.Viewer{Partnership: r.p, ID: person.ID(h.idOf(t, r.owner))}
	err := w.DB.Write(ctx, func(tx *store.Tx) error {
		parts, err := w.Sources.Parts(ctx, tx, r.p, r.source)
		for _, part := range parts {
			if part.Person != her.ID {
				continue
			}
			terms, err := w.Gate.TermsOf(ctx, tx, her, r.source, part.Speaker)
			if err != nil {
				return err
			}
			do(&terms)
			if err := w.Gate.SetTerms(ctx, tx, her, r.source, part.Speaker, terms); err != nil {
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
	h.change(t, r, func(terms *consent.Terms) { terms.Attribution = consent.ByNone })
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
	v.ask(t, "POST", d+"/name", url.Values{"by": {name}})
	v.ask(t, "POST", d+"/until", url.Values{"until": {"3"}})
	a := v.ask(t, "POST", d+"/share", nil)
	if !strings.HasPrefix(a.location, "/share/") {
		t.Fatalf("sharing leads to %q", a.location)
	}
	return "/read/" + strings.TrimPrefix(a.location, "/share/")
}

// What a source is called belongs to those who were asked: it is on nobody's page for whom nothing of
// theirs is open, whether it was taken back or she is one of whom it was said that she should not see it.
func TestTitles_GoWithTheWords(t *testing.T) {
	for name, shut := range map[string]func(*testing.T, *house, resting){
		"taken back": func(t *testing.T, h *house, r resting) {
			h.visit(t, "Bren", person.LivedExperience).ask(t, "POST", "/share/"+string(r.source)+"/back", nil)
		},
		"not for her": func(t *testing.T, h *house, r resting) {
			h.change(t, r, func(terms *consent.Terms) {
				terms.Not = append(terms.Not, consent.Audience{Kind: consent.ToPerson, ID: h.idOf(t, "Tolu")})
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			r := h.pointOf(t, "Bren")
			tolu := h.visit(t, "Tolu", person.LivedExperience, person.Analyst)
			const title = "The 14 and the front desk"
			pages := []string{"/source", "/source/" + string(r.source), "/index/" + r.study, "/index/" + r.study + "/" + string(r.source),
				"/matrix/" + r.study, "/matrix/" + r.study + "/coverage", "/matrix/" + r.study + "/cases", "/matrix/" + r.study + "/case/" + string(r.source)}
			named := 0
			for _, path := range pages {
				named += strings.Count(tolu.ask(t, "GET", path, nil).body, title)
			}
			if named < 5 {
				t.Fatalf("before, the title stands %d times on her pages: the test shows too little", named)
			}
			shut(t, h, r)
			for _, path := range pages {
				if a := tolu.ask(t, "GET", path, nil); strings.Contains(a.body, title) {
					t.Errorf("%s says what it is called", path)
				}
			}
		})
	}
}
