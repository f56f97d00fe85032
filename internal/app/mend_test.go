package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/testing/browser"
	"footing/internal/testing/fixture"
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

// What could not move is listed on the page of mending right away, each with its theme and the words it
// stood on. Its keeper puts it where it stands now, or takes it out; nobody else can.
func TestMend_WhatLostItsPlaceIsListedAndPlaced(t *testing.T) {
	h := open(t)
	u := use(t, h) // a note of Bren's, with one passage of Tolu's
	ctx, w := t.Context(), h.Demo(h.clock)
	ruth := h.named(t, "Ruth Ellery")
	talk, err := w.Sources.Prepare(ctx, u.p, u.study, consent.Incoming{Kind: consent.Interview, Keeper: ruth.ID,
		Turns:    []consent.NewTurn{{Text: "The room by the stares is quiet. I can think there. It is warm."}},
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: u.bren.ID}}}, source.Facts{})
	if err != nil {
		t.Fatal(err)
	}
	analysis := consent.Use{Purpose: consent.Analysis, For: u.study, Form: consent.Words}
	err = w.DB.Write(ctx, func(tx *store.Tx) error {
		if err := talk.Save(ctx, tx); err != nil {
			return err
		}
		src, err := w.Sources.Get(ctx, tx, u.p, talk.ID)
		if err != nil {
			return err
		}
		if err := fixture.TellBefore(ctx, tx, u.p, talk.ID, talk.Speakers[0]); err != nil {
			return err
		}
		if err := w.Sources.Move(ctx, tx, u.p, src, source.Offered); err != nil {
			return err
		}
		return w.Gate.SetTerms(ctx, tx, u.bren, talk.ID, talk.Speakers[0], consent.Terms{Attribution: consent.ByNone,
			Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToAnalysts, ID: u.study}, Use: analysis, Until: h.clock.Now().AddDate(1, 0, 0)}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	tolu := h.named(t, "Tolu")
	var ids []string
	for theme, at := range map[string]consent.Span{"Quiet places": {Start: 4, End: 31}, "Warm places": {Start: 52, End: 62}} {
		id, err := w.Coding.AddTheme(ctx, ruth, u.study, coding.NewTheme{Name: theme})
		if err != nil {
			t.Fatal(err)
		}
		made, err := w.Coding.Add(ctx, tolu, u.study, talk.ID, id, []coding.Part{{Turn: talk.Turns[0], Span: at}})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, made...)
	}
	path := "/source/" + string(talk.ID) + "/mend/" + string(talk.Turns[0])
	keeper := h.visit(t, "Ruth")
	a := keeper.ask(t, "POST", path, url.Values{"text": {"Oh, the room by the stairs is quiet. I can think there. It's warm there."}})
	if a.status != http.StatusSeeOther || a.location != path {
		t.Fatalf("mending answers %d to %s, want the same page", a.status, a.location)
	}
	page := keeper.ask(t, "GET", path, nil).body
	for _, want := range []string{"2 passages have lost their place.", "Quiet places", "room by the stares is quiet", "Warm places", "It is warm", "Indexed by Tolu", "Oh, the room by the stairs"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page after mending lacks %q", want)
		}
	}
	t.Run("to be looked at", func(t *testing.T) {
		for name, options := range map[string][]browser.Option{"1280": {browser.Size(1280, 900)}, "360-dark": {browser.Size(360, 740), browser.Dark}} {
			tab := h.as(t, "Ruth", options...)
			tab.Go(h.url + path)
			for _, v := range tab.Axe() {
				t.Errorf("the page of mending: %v", v)
			}
			shot(tab, "mend-lost-"+name)
			tab.Go(h.url + "/source/" + string(talk.ID))
			shot(tab, "source-lost-"+name)
		}
	})
	if got := keeper.ask(t, "GET", "/source/"+string(talk.ID), nil).body; !strings.Contains(got, `href="`+path+`"`) {
		t.Error("the source's own page does not lead to what is lost")
	}
	id := func(theme string) string {
		t.Helper()
		_, after, found := strings.Cut(keeper.ask(t, "GET", path, nil).body, "<h2>"+theme)
		_, after, there := strings.Cut(after, `name="id" value="`)
		value, _, _ := strings.Cut(after, `"`)
		if !found || !there {
			t.Fatalf("%s is not listed", theme)
		}
		return value
	}
	quiet, warm := id("Quiet places"), id("Warm places")
	if other := h.visit(t, "Tolu").ask(t, "POST", path+"/place", url.Values{"id": {quiet}, "drop": {"1"}}); other.status != http.StatusNotFound {
		t.Errorf("somebody who does not keep it places a passage and gets %d", other.status)
	}
	for words, says := range map[string]string{"room by the stares": "does not say these words", "there": "more than once"} {
		if a := keeper.ask(t, "POST", path+"/place", url.Values{"id": {quiet}, "words": {words}}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, says) || !strings.Contains(a.body, words) {
			t.Errorf("placing it at %q answers %d", words, a.status)
		}
	}
	if a := keeper.ask(t, "POST", path+"/place", url.Values{"id": {quiet}, "words": {"room by the stairs is quiet"}}); a.status != http.StatusSeeOther || a.location != path {
		t.Errorf("placing it answers %d to %s, want the same page, where one is left", a.status, a.location)
	}
	if a := keeper.ask(t, "POST", path+"/place", url.Values{"id": {warm}, "drop": {"1"}}); a.status != http.StatusSeeOther || !strings.Contains(a.location, "/mark") {
		t.Errorf("taking the last one out answers %d to %s", a.status, a.location)
	}
	if got := keeper.ask(t, "GET", path, nil).body; strings.Contains(got, "lost") {
		t.Error("seen to, something is still said to be lost")
	}
	stands := map[string]consent.Span{}
	err = w.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := w.Coding.Codings(ctx, tx, u.p, u.study, coding.Filter{Contributions: []consent.ID{talk.ID}})
		for _, c := range list {
			stands[c.ID] = c.Parts[0].Span
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(stands) != 1 || (stands[ids[0]] != consent.Span{Start: 8, End: 35}) && (stands[ids[1]] != consent.Span{Start: 8, End: 35}) {
		t.Errorf("indexed are %v, want the one at the words it was given", stands)
	}
}
