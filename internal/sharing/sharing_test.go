package sharing_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/consent"
	"footing/internal/sharing"
)

var now = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func TestTerms_NothingChosenAllowsNothing(t *testing.T) {
	a := sharing.Answers{Text: "x", Uses: map[string]string{}}
	if yes := a.Terms("ann", now).Yes; len(yes) != 0 {
		t.Errorf("nothing was chosen and %d uses are allowed", len(yes))
	}
}

func TestTerms_NoEndNoYes(t *testing.T) {
	a := sharing.Answers{Who: []string{"lived-experience"}, Uses: map[string]string{"analysis:s1": "yes"}}
	if yes := a.Terms("ann", now).Yes; len(yes) != 0 {
		t.Errorf("without an end %d uses are allowed", len(yes))
	}
}

func TestTerms_EachYesStandsAlone(t *testing.T) {
	a := sharing.Answers{
		Who: []string{"lived-experience"}, Not: []string{"person:bob"}, Form: "paraphrase", Until: "3",
		Uses: map[string]string{"improvement": "later", "training": "no", "analysis:s1": "yes"},
	}
	got := a.Terms("ann", now)
	until := now.AddDate(0, 3, 0)
	want := []consent.Yes{
		{Audience: consent.Audience{Kind: consent.ToLived}, Use: consent.Use{Purpose: consent.Heard, Form: consent.Words}, Until: until},
		{Audience: consent.Audience{Kind: consent.ToAnalysts, ID: "s1"}, Use: consent.Use{Purpose: consent.Analysis, For: "s1", Form: consent.Paraphrase}, Until: until},
	}
	if diff := cmp.Diff(want, got.Yes); diff != "" {
		t.Errorf("yeses (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]consent.Audience{{Kind: consent.ToPerson, ID: "bob"}}, got.Not); diff != "" {
		t.Errorf("refusals (-want +got):\n%s", diff)
	}
}

func TestAnswersOf_BringsBackWhatWasAllowed(t *testing.T) {
	a := sharing.Answers{
		Who: []string{"lived-experience", "person:cat"}, Not: []string{"practice:mill"}, Form: "words", Until: "6", Joiners: true,
		Attribution: consent.ByGroup, Uses: map[string]string{"improvement": "yes", "analysis:s1": "yes", "quote:s1": "yes", "publication": "yes"},
	}
	first := a.Terms("ann", now)
	again := sharing.AnswersOf(first, now).Terms("ann", now)
	less := func(t consent.Terms) []consent.Yes { // the day is kept, the hour is not
		for i := range t.Yes {
			t.Yes[i].Until = t.Yes[i].Until.Truncate(24 * time.Hour)
		}
		return t.Yes
	}
	if diff := cmp.Diff(less(first), less(again)); diff != "" {
		t.Errorf("terms changed on the way through the form (-first +again):\n%s", diff)
	}
}

func TestParagraphs_LoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab \n\u0301é🙂"))).Draw(t, "text")
		if got := strings.Join(sharing.Paragraphs(text), ""); got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
	if n := len(sharing.Paragraphs("one\n\ntwo\nstill two\n\n\nthree")); n != 3 {
		t.Errorf("three paragraphs are taken for %d", n)
	}
}
