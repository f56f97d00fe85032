package matrix_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/matrix"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// keeps lets somebody's part of a talk be analysed and quoted for a day, and be checked for two years after that.
func (w *world) keeps(who person.Viewer, k talk, by consent.Audience) {
	w.t.Helper()
	analysts := consent.Audience{Kind: consent.ToAnalysts, ID: w.study}
	yes := func(to consent.Audience, p consent.Purpose, until time.Time) consent.Yes {
		return consent.Yes{Audience: to, Until: until, Use: consent.Use{Purpose: p, For: w.study, Form: consent.Words}}
	}
	day := w.clock().AddDate(0, 0, 1)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.SetTerms(ctx, tx, who, k.ID, k.Speakers[hers], consent.Terms{Owner: who.ID, Yes: []consent.Yes{
			yes(analysts, consent.Analysis, day), yes(analysts, consent.Quote, day), yes(by, consent.Checking, day.AddDate(2, 0, 0))}})
	})
}

// leaves makes a file of the charts and one of the passages.
func (w *world) leaves(site *fixture.Site) {
	w.t.Helper()
	cat := site.AtDesk(w.cat)
	cat.Post(w.whole()+"/export", "what", matrix.ChartsCSV, "purpose", "For the annex of the report.").Is(http.StatusOK, site.Ground)
	cat.Post("/export/"+w.study, "what", "codings.csv", "purpose", "For the report itself.").Is(http.StatusOK, site.Ground)
}

// Once it is out, an analyst finds behind each file that left what it used and what is kept for checking, says why
// she looks, and is shown that and nothing more. Those whose words they are read why, each time.
func TestChecks_WhatAFileUsedForAReason(t *testing.T) {
	w, site := onFixture(t)
	ann := w.talks[0]
	w.keeps(w.ann, ann, consent.Audience{Kind: consent.ToAnalysts, ID: w.study})
	w.add(w.cat, w.trust, "She waited, and nobody minded.", w.link(ann, 0)) // rests on the first thing she said alone
	w.add(w.cat, w.trust, "Ten days were ten days.", w.link(w.talks[1], 1)) // Bea's, who keeps nothing for checking
	w.leaves(site)
	dan := site.As(w.dan)
	dan.Get("/checks").Is(http.StatusOK, site.Ground).None(".card")
	w.pass(48 * time.Hour)
	dan = site.As(w.dan)
	at := map[string]string{} // of each file, by what it is
	for _, card := range dan.Get("/checks").All(".card") {
		href, _ := card.One("a").Attr("href")
		at[strings.Fields(card.Text())[0]] = href
	}
	dan.Get("/checks").One("main").HasText("For the annex of the report.")
	charts, passages := at["charts.csv"], at["codings.csv"]
	if n := len(site.AtDesk(w.dan).Get("/releases/" + w.study).All("a[href^='/checks/']")); n != 2 {
		t.Errorf("of two files that left, %d can be checked", n)
	}
	dan.Get(charts).Is(http.StatusOK, site.Ground).One("main").LacksText("nobody minded")
	w.openedBy(w.dan)
	dan.Post(charts, "why", " ").One(".check").HasText("say why")
	if len(w.openedBy(w.dan)) > 0 {
		t.Error("without a reason something was opened")
	}
	read := dan.Post(charts, "why", "An editor asks about a word.").Is(http.StatusOK, site.Ground)
	read.One("blockquote").HasText(said[0])
	again := read.Path // by somebody else, and by herself two hours later
	if strings.Contains(read.Body, said[1]) || strings.Contains(read.Body, "And then?") {
		t.Error("more is opened than the file used")
	}
	read = dan.Post(passages, "why", "The committee asks.")
	read.One("blockquote").HasText(said[0])
	read.One("blockquote").HasText(said[1])
	why, err := w.gate.Reasons(t.Context(), w.ann, ann.ID)
	must(t, err)
	told := map[string]bool{}
	for _, words := range why {
		told[words.Reveal()] = true
	}
	if len(told) != 2 || !told["An editor asks about a word."] || !told["The committee asks."] {
		t.Errorf("of two checks she is told %v", told)
	}
	site.AtDesk(w.dan).Get("/index/" + w.study + "/" + string(ann.ID)).One("main").LacksText("nobody minded")

	site.As(w.cat).Get(again).Is(http.StatusNotFound, site.Ground)
	site.AsBefore(w.dan).Get(charts).Is(http.StatusForbidden, site.Ground)
	w.pass(2 * time.Hour)
	site.As(w.dan).Get(again).Is(http.StatusNotFound, site.Ground)
	w.pass(380 * 24 * time.Hour) // the study is over by now; what it published can be checked
	dan = site.As(w.dan)
	dan.Post(charts, "why", "Another editor.").One("blockquote").HasText(said[0])
	for _, other := range []person.Viewer{w.bea, w.ann} {
		b := site.As(other)
		b.Get("/checks").None(".card")
		b.Get(charts).Is(http.StatusNotFound, site.Ground)
		b.Post(charts, "why", "I would like to know.").Is(http.StatusNotFound, site.Ground)
	}
	must(t, w.gate.TakeBack(t.Context(), w.ann, consent.Part{Contribution: ann.ID, Speaker: ann.Speakers[hers]}, false))
	dan.Get(charts).Is(http.StatusNotFound, site.Ground)
	dan.Get("/checks").None(".card")
}

// Somebody she named can check though no study names her, and of several parts is asked which.
func TestChecks_BySomebodySheNamed(t *testing.T) {
	w, site := onFixture(t)
	for i, who := range []person.Viewer{w.ann, w.bea} {
		w.keeps(who, w.talks[i], consent.Audience{Kind: consent.ToPerson, ID: string(w.bea.ID)})
	}
	w.leaves(site)
	w.pass(48 * time.Hour)
	bea := site.As(w.bea)
	card := bea.Get("/checks").One(".card") // the file of the charts is empty
	card.LacksText("For the report itself") // what a file was for stays on the desk
	at, _ := card.One("a").Attr("href")
	bea.Get(at).None("input[name=which]") // Ann's alone: Bea's own she reads anyway
	bea.Post(at, "why", "Ann asked me to look.").One("blockquote").HasText(said[1])
	site.AtDesk(w.dan).Get("/checks").None(".card")
}

// Of several parts that a file used she is asked which she would like to see, and that one is opened.
func TestChecks_OneOfSeveral(t *testing.T) {
	w, site := onFixture(t)
	for i, who := range []person.Viewer{w.ann, w.bea} {
		w.keeps(who, w.talks[i], consent.Audience{Kind: consent.ToAnalysts, ID: w.study})
	}
	w.leaves(site)
	w.pass(48 * time.Hour)
	dan := site.As(w.dan)
	at, _ := dan.Get("/checks").One(".card a").Attr("href")
	if n := len(dan.Get(at).All("input[name=which]")); n != 2 {
		t.Fatalf("%d parts can be checked, want Ann's and Bea's", n)
	}
	w.openedBy(w.dan)
	dan.Post(at, "why", "An editor asks.").One(".check").HasText("choose one")
	dan.Post(at, "why", "An editor asks.", "which", string(w.talks[1].ID)).One("blockquote").HasText(said[1])
	if got := w.openedBy(w.dan); got[w.ann.ID] || !got[w.bea.ID] {
		t.Errorf("she chose what Bea said, and on record is %v", got)
	}
}
