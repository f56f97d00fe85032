package sharing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/sharing"
)

func TestWay_AsksOnlyWhatCanApply(t *testing.T) {
	yes := func(uses ...string) map[string]string {
		m := map[string]string{sharing.UseTraining: "no", sharing.UsePublication: "later"}
		for _, u := range uses {
			m[u] = "yes"
		}
		return m
	}
	for name, c := range map[string]struct {
		a    sharing.Answers
		want []sharing.Step
	}{
		"nothing allowed": {sharing.Answers{}, []sharing.Step{"", "who", "use", "check"}},
		"all answered no": {sharing.Answers{Uses: yes()}, []sharing.Step{"", "who", "use", "check"}},
		"one person":      {sharing.Answers{Who: []string{"person:bob"}}, []sharing.Step{"", "who", "use", "name", "until", "front", "check"}},
		"a group": {sharing.Answers{Who: []string{"lived-experience"}},
			[]sharing.Step{"", "who", "not", "use", "name", "until", "front", "check"}},
		"a group, used": {sharing.Answers{Who: []string{"partnership"}, Uses: yes(sharing.UseImprovement)},
			[]sharing.Step{"", "who", "not", "use", "how", "name", "until", "front", "check"}},
		"a study only, counted": {sharing.Answers{Uses: yes("analysis:s1")}, []sharing.Step{"", "who", "use", "not", "how", "until", "check"}},
		"a study only, in words": {sharing.Answers{Uses: yes("analysis:s1"), Form: "words"},
			[]sharing.Step{"", "who", "use", "not", "how", "name", "until", "check"}},
		"printed":                   {sharing.Answers{Uses: yes(sharing.UsePublication)}, []sharing.Step{"", "who", "use", "how", "until", "out", "check"}},
		"care, and nobody to do it": {sharing.Answers{Uses: yes(sharing.UseImprovement)}, []sharing.Step{"", "who", "use", "check"}},
	} {
		if diff := cmp.Diff(c.want, c.a.Way()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// However she answers, she comes from any step to the check in a few pages, and the part never goes back.
func TestWay_EndsAndItsPartsGoOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAnswers(t)
		at := rapid.SampledFrom([]sharing.Step{"", "who", "not", "use", "how", "name", "until", "out", "front"}).Draw(t, "at")
		for pages := 0; at != sharing.StepCheck; pages++ {
			next := a.After(at)
			if a.Part(next) < a.Part(at) || a.Part(next) > sharing.Parts || pages > 10 {
				t.Fatalf("from %q (part %d) to %q (part %d) after %d pages", at, a.Part(at), next, a.Part(next), pages)
			}
			at = next
		}
	})
}

func anyAnswers(t *rapid.T) sharing.Answers {
	some := func(name string, of ...string) []string {
		return rapid.SliceOfDistinct(rapid.SampledFrom(of), rapid.ID[string]).Draw(t, name)
	}
	a := sharing.Answers{Uses: map[string]string{}, Who: some("who", "lived-experience", "partnership", "practice:mill", "person:bob"),
		Not: some("not", "person:cat", "practice:mill"), Form: rapid.SampledFrom([]string{"", "number", "theme", "paraphrase", "words"}).Draw(t, "form"),
		Until: rapid.SampledFrom([]string{"", "1", "12"}).Draw(t, "until"), Joiners: rapid.Bool().Draw(t, "joiners")}
	for _, use := range some("uses", sharing.UseImprovement, sharing.UseTraining, "analysis:s1", "quote:s1", sharing.UsePublication) {
		a.Uses[use] = rapid.SampledFrom([]string{"yes", "no", "later"}).Draw(t, use)
	}
	return a
}

// Terms from anywhere (paper, an import, long ago) that are opened on her page of changes and saved as they
// stand allow nobody anything that they did not allow.
func TestAnswersOf_SavedUnchangedAllowNothingNew(t *testing.T) {
	groups := []consent.Audience{{Kind: consent.ToLived}, {Kind: consent.ToPartnership}, {Kind: consent.ToPractice, ID: "mill"},
		{Kind: consent.ToPerson, ID: "bob"}, {Kind: consent.ToAnalysts, ID: "s1"}, {Kind: consent.ToPublic}}
	purposes := []consent.Purpose{consent.Heard, consent.Decision, consent.Improvement, consent.Training, consent.Analysis, consent.Quote, consent.Publication, consent.Checking}
	rapid.Check(t, func(t *rapid.T) {
		days := func(name string, from, to int) time.Time {
			return now.AddDate(0, 0, rapid.IntRange(from, to).Draw(t, name))
		}
		old := consent.Terms{Owner: "ann", Given: now.AddDate(0, -1, 0)}
		for range rapid.IntRange(0, 5).Draw(t, "yeses") {
			y := consent.Yes{Audience: rapid.SampledFrom(groups).Draw(t, "to"), Until: days("until", -20, 400), Later: rapid.Bool().Draw(t, "later"),
				Use: consent.Use{Purpose: rapid.SampledFrom(purposes).Draw(t, "purpose"), Form: consent.Form(rapid.IntRange(1, 5).Draw(t, "form"))}}
			if rapid.Bool().Draw(t, "for a study") {
				y.For = "s1"
			}
			if rapid.Bool().Draw(t, "begins") {
				y.From = days("from", -30, 30)
			}
			old.Yes = append(old.Yes, y)
		}
		again := sharing.AnswersOf(old, now).Terms("ann", now)
		if sharing.Within(again, old) {
			again = again.For(old)
		}
		r := consent.Reader{ID: rapid.SampledFrom([]person.ID{"bob", "cat"}).Draw(t, "reader"), Since: map[consent.Audience]time.Time{}}
		for _, g := range groups[:5] {
			if rapid.Bool().Draw(t, "in a group") {
				r.Since[g] = days("since", -60, 0)
			}
		}
		use := consent.Use{Purpose: rapid.SampledFrom(purposes).Draw(t, "use"), For: rapid.SampledFrom([]string{"", "s1", "s2"}).Draw(t, "for"),
			Form: consent.Form(rapid.IntRange(1, 5).Draw(t, "as"))}
		at := days("then", 0, 400)
		then := at
		if use.Purpose == consent.Checking { // begins when the rest ends, of which the day is kept and not the hour
			then = at.AddDate(0, 0, 1)
		}
		if consent.Allows(again, r, use, at) && !consent.Allows(old, r, use, at) && !consent.Allows(old, r, use, then) {
			t.Fatalf("%+v was not allowed by\n%+v\nand is by\n%+v", use, old, again)
		}
	})
}

func TestWithin_LessIsAndMoreIsNot(t *testing.T) {
	base := sharing.Answers{Who: []string{"lived-experience", "person:bob"}, Not: []string{"person:cat"}, Until: "6", Form: "paraphrase",
		Uses: map[string]string{sharing.UseTraining: "yes"}}
	old := base.Terms("ann", now)
	for name, c := range map[string]struct {
		change func(*sharing.Answers)
		want   bool
	}{
		"the same":        {func(*sharing.Answers) {}, true},
		"sooner":          {func(a *sharing.Answers) { a.Until = "1" }, true},
		"fewer":           {func(a *sharing.Answers) { a.Who = a.Who[:1] }, true},
		"one more not":    {func(a *sharing.Answers) { a.Not = append(a.Not, "person:dan") }, true},
		"nothing":         {func(a *sharing.Answers) { a.Who, a.Uses = nil, nil }, true},
		"for longer":      {func(a *sharing.Answers) { a.Until = "12" }, false},
		"more people":     {func(a *sharing.Answers) { a.Who = append(a.Who, "partnership") }, false},
		"nobody left out": {func(a *sharing.Answers) { a.Not = nil }, false},
		"in her words":    {func(a *sharing.Answers) { a.Form = "words" }, false},
		"who joins too":   {func(a *sharing.Answers) { a.Joiners = true }, false},
	} {
		a := base
		c.change(&a)
		if got := sharing.Within(a.Terms("ann", now), old); got != c.want {
			t.Errorf("%s: within %v, want %v", name, got, c.want)
		}
	}
}
