package aboutme_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/aboutme"
	"footing/internal/consent"
	"footing/internal/lang/plain"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(aboutme.New(aboutme.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

func TestStateOf_HerOwnWordForAPlaceComesFirst(t *testing.T) {
	yes, no, ask, veiled := consent.AnswerYes, consent.AnswerNo, consent.AnswerAsk, consent.AnswerVeiled
	for _, c := range []struct {
		own, standing consent.Answer
		taken         bool
		want          aboutme.State
	}{
		{"", "", false, aboutme.Shut}, {"", no, false, aboutme.Shut}, {"", yes, false, aboutme.Open}, {"", ask, false, aboutme.Asks},
		{"", veiled, false, aboutme.Asks}, {no, yes, false, aboutme.Shut}, {yes, no, false, aboutme.Open}, {yes, ask, false, aboutme.Open},
		{no, ask, false, aboutme.Shut}, {yes, yes, true, aboutme.Taken},
	} {
		if got := aboutme.StateOf(consent.Place{Mention: consent.Mention{Own: c.own}, Taken: c.taken}, c.standing); got != c.want {
			t.Errorf("own %q, standing %q, taken %v: %s, want %s", c.own, c.standing, c.taken, got, c.want)
		}
	}
}

// What she answers is obeyed by the gate at once, place by place, and the page says nothing of what is
// said about her.
func TestAbout_WhatSheAnswersIsObeyed(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(aboutme.New(aboutme.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle}).Web())
	dan, mo, kez := g.Person("Dan", person.Researcher), g.Person("Mo", person.LivedExperience), g.Person("Kez", person.LivedExperience)
	note, err := g.Gate.Prepare(t.Context(), g.P, consent.Incoming{Kind: consent.Note, Keeper: dan.ID,
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: dan.ID}}, Turns: []consent.NewTurn{{Text: "Mo made the tea and laughed."}}})
	g.Must(err)
	everybody := consent.Audience{Kind: consent.ToPartnership}
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := note.Save(ctx, tx); err != nil {
			return err
		}
		use := consent.Use{Purpose: consent.Heard, Form: consent.Words}
		if err := g.Gate.SetTerms(ctx, tx, dan, note.ID, note.Speakers[0], consent.Terms{Owner: dan.ID, How: consent.How{Way: "screen", By: dan.ID},
			Yes: []consent.Yes{{Audience: everybody, Use: use, Until: g.Now().Add(24 * time.Hour)}}}); err != nil {
			return err
		}
		return g.Gate.Mark(ctx, tx, g.P, consent.Mention{Contribution: note.ID, Turn: note.Turns[0], Span: consent.Span{Start: 0, End: 28}, About: mo.ID, By: dan.ID})
	})
	seen := func() bool {
		t.Helper()
		c, err := g.Gate.OpenOne(t.Context(), kez, consent.Use{Purpose: consent.Heard, Form: consent.Words}, consent.Reading, note.ID)
		g.Must(err)
		return strings.Contains(c.Turns[0].Words.Reveal(), "tea")
	}
	if seen() {
		t.Error("Mo has said nothing, and Kez reads about her: silence is no")
	}
	hers := s.As(mo)
	page := hers.Get("/me/about")
	page.HasText("In a note")
	page.HasText("Marked by Dan")
	page.LacksText("tea")
	place, _ := page.One("form[action^='/me/about/']").Attr("action")
	s.As(kez).Get("/me/about").HasText("Nobody has marked a place that speaks of you.")
	s.As(kez).Post(place, "answer", "yes").Is(http.StatusNotFound, g)

	hers.Post("/me/about", "answer", "ask").HasText("Shut, and asks you")
	if seen() {
		t.Error("Mo wants to be asked, and Kez reads about her")
	}
	hers.Post(place, "answer", "yes").HasText("Others may read it")
	if !seen() {
		t.Error("Mo said yes to this place, and Kez cannot read it")
	}
	hers.Post("/me/about", "answer", "yes")
	hers.Post(place, "answer", "no").HasText("Shut")
	if seen() {
		t.Error("Mo keeps this place shut, and Kez reads it because of her standing yes")
	}
	hers.Post(place, "answer", "perhaps").Is(http.StatusNotFound, g)
}
