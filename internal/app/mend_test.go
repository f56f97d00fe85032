package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// A keeper puts the typing of a turn right: what is indexed in it moves with its words.
func TestMend_IndexedPassagesMoveWithTheirWords(t *testing.T) {
	h := open(t)
	r := h.pointOf(t, "Bren")
	ctx, w := t.Context(), h.Demo(h.clock)
	codings := func() (list []coding.Coding) {
		err := w.DB.Read(ctx, func(tx *store.Tx) (err error) {
			list, err = w.Coding.Codings(ctx, tx, r.p, r.study, coding.Filter{})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	var ruth person.ID
	keeps := map[consent.ID]bool{}
	err := w.DB.Read(ctx, func(tx *store.Tx) error {
		who, err := w.Circle.Named(ctx, tx, r.p, "Ruth Ellery")
		if err != nil {
			return err
		}
		ruth = who.ID
		list, err := w.Sources.List(ctx, tx, r.p, r.study)
		for _, s := range list {
			keeps[s.ID] = s.Keeper == ruth
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range codings() {
		if !keeps[c.Contribution] {
			continue
		}
		v := h.visit(t, "Ruth", person.Researcher, person.Analyst)
		path := "/source/" + string(c.Contribution) + "/mend/" + string(c.Parts[0].Turn)
		page := v.ask(t, "GET", path, nil)
		if page.status == http.StatusNotFound {
			continue // taken back since
		}
		opened, err := w.Gate.OpenOne(ctx, person.Viewer{Partnership: r.p, ID: ruth}, consent.Use{Purpose: consent.Keeping, Form: consent.Words}, consent.Reading, c.Contribution)
		if err != nil {
			t.Fatal(err)
		}
		before := wordsOf(opened, c.Parts[0].Turn)
		a := v.ask(t, "POST", path, url.Values{"text": {"Well, " + before}})
		if a.status != http.StatusSeeOther || !strings.Contains(a.location, "/mark") {
			t.Fatalf("mending answers %d to %s", a.status, a.location)
		}
		for _, now := range codings() {
			if now.ID == c.ID && (now.Parts[0].Start != c.Parts[0].Start+6 || now.Parts[0].End != c.Parts[0].End+6) {
				t.Errorf("the passage is at %v, was at %v: want it six further", now.Parts[0].Span, c.Parts[0].Span)
			}
		}
		return
	}
	t.Fatal("nothing that Ruth keeps is indexed: the test shows nothing")
}

func wordsOf(c consent.Contribution, turn consent.ID) string {
	for _, t := range c.Turns {
		if t.ID == turn {
			return t.Words.Reveal()
		}
	}
	return ""
}
