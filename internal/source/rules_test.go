package source_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/consent"
	"footing/internal/intake"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/study"
)

var (
	day    = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	year   = day.AddDate(1, 0, 0)
	study1 = study.Study{ID: "s1", Ends: year, Sheets: []study.Sheet{{Version: "2"}}, Analysts: []study.Analyst{{Person: "lena"}}}
)

func TestSentences_AreTheWholeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab .?!…\"”)\n\u0301é🙂。"))).Draw(t, "text")
		runes, at := []rune(text), 0
		for _, s := range source.Sentences(text) {
			if s.Start != at || s.End <= s.Start {
				t.Fatalf("a sentence goes from %d to %d, after %d", s.Start, s.End, at)
			}
			at = s.End
		}
		if at != len(runes) {
			t.Fatalf("the sentences end at %d of %d", at, len(runes))
		}
	})
}

func TestSentences_Cases(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{"One.", []string{"One."}},
		{"One. Two? Three", []string{"One. ", "Two? ", "Three"}},
		{"She said “yes.” Then she left.", []string{"She said “yes.” ", "Then she left."}},
		{"At 3.30 we met 🙂. Good.", []string{"At 3.30 we met 🙂. ", "Good."}},
		{"First line\nsecond line", []string{"First line\n", "second line"}},
	}
	for _, tt := range tests {
		var got []string
		for _, s := range source.Sentences(tt.text) {
			got = append(got, string([]rune(tt.text)[s.Start:s.End]))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestSentences_OfAVeryLongTurnAreQuick(t *testing.T) {
	start := time.Now()
	source.Sentences(strings.Repeat("word ", 400_000))
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("two million characters took %v", took)
	}
}

func find(name string) (person.ID, bool) {
	id, ok := map[string]person.ID{"Ann": "ann", "Bea": "bea"}[name]
	return id, ok
}

func TestParseVoice_Cases(t *testing.T) {
	tests := []struct {
		value string
		want  source.Voice
		fails bool
	}{
		{value: "", want: source.Voice{Role: consent.Outside}},
		{value: "outside", want: source.Voice{Role: consent.Outside}},
		{value: "me", want: source.Voice{Role: consent.Member, Person: "ruth"}},
		{value: "interviewer", want: source.Voice{Role: consent.Interviewer, Person: "ruth"}},
		{value: "member:Ann", want: source.Voice{Role: consent.Member, Person: "ann"}},
		{value: "interviewer: Bea", want: source.Voice{Role: consent.Interviewer, Person: "bea"}},
		{value: "member:Cat", fails: true},
		{value: "member", fails: true},
		{value: "keeper:Ann", fails: true},
	}
	for _, tt := range tests {
		got, err := source.ParseVoice(tt.value, "ruth", find)
		if (err != nil) != tt.fails {
			t.Errorf("%q: error %v", tt.value, err)
		}
		if !tt.fails && got != tt.want {
			t.Errorf("%q is %+v, want %+v", tt.value, got, tt.want)
		}
	}
}

func TestCast_KeepsEveryTurnAndOnePartForEachPerson(t *testing.T) {
	labels := []string{"", "I", "Ann", "Ann (phone)", "P1", "P2"}
	voices := map[string]source.Voice{"I": {Role: consent.Interviewer, Person: "ruth"}, "Ann": {Role: consent.Member, Person: "ann"},
		"Ann (phone)": {Role: consent.Member, Person: "ann"}, "": {Role: consent.Outside}, "P1": {Role: consent.Outside}, "P2": {Role: consent.Outside}}
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOfNDistinct(rapid.SampledFrom(labels), 0, -1, rapid.ID).Draw(t, "labels")
		cast := source.NewCast(some, func(label string) source.Voice { return voices[label] })
		people := map[person.ID]int{}
		for _, s := range cast.Speakers {
			people[s.Person]++
		}
		for who, n := range people {
			if who != "" && n != 1 {
				t.Fatalf("one person is %d speakers", n)
			}
		}
		for _, label := range some {
			in := intake.Turn{Speaker: label, Text: rapid.String().Draw(t, "text"), At: time.Duration(len(label))}
			turn, ok := cast.Turn(in)
			if !ok {
				t.Fatalf("nobody speaks under %q", label)
			}
			want, s := voices[label], cast.Speakers[turn.Speaker]
			if turn.Text != in.Text || turn.At != in.At || s.Person != want.Person || s.Role != want.Role {
				t.Fatalf("a turn under %q belongs to %+v, want %+v", label, s, want)
			}
			if want.Person == "" && s.Label != label {
				t.Fatalf("a turn under %q is kept under %q", label, s.Label)
			}
		}
		if _, ok := cast.Turn(intake.Turn{Speaker: "somebody else"}); ok {
			t.Fatal("a label that is in no list has a speaker")
		}
	})
}

func TestCast_WhoAsksAndIsSpokenWithIsAMember(t *testing.T) {
	voices := map[string]source.Voice{"Q": {Role: consent.Interviewer, Person: "ann"}, "Ann": {Role: consent.Member, Person: "ann"}}
	cast := source.NewCast([]string{"Q", "Ann"}, func(label string) source.Voice { return voices[label] })
	if len(cast.Speakers) != 1 || cast.Speakers[0].Role != consent.Member {
		t.Errorf("the speakers are %+v", cast.Speakers)
	}
}

func TestAnswers_EachYesStandsAloneAndEndsWithTheStudy(t *testing.T) {
	a := source.Answers{Analysis: "yes", Quote: "no", Publication: "later", Form: "words", Until: "12", Way: "paper", Sheet: "2", Beside: "Mary", Not: []string{"lena", "somebody"}}
	got, err := a.Terms(study1, day)
	if err != nil {
		t.Fatal(err)
	}
	want := consent.Terms{Attribution: consent.ByNone, How: consent.How{Way: "paper", Sheet: "2"}, Not: []consent.Audience{{Kind: consent.ToPerson, ID: "lena"}},
		Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToAnalysts, ID: "s1"}, Use: consent.Use{Purpose: consent.Analysis, For: "s1", Form: consent.Words}, Until: year}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
	late, err := a.Terms(study1, day.AddDate(0, 6, 0))
	if err != nil || !late.Yes[0].Until.Equal(year) {
		t.Errorf("half a year later a year's yes ends on %v (%v), want the study's end", late.Yes[0].Until, err)
	}
}

func TestAnswers_NothingSaidAllowsNothing(t *testing.T) {
	got, err := source.Answers{Way: "spoken", Sheet: "2"}.Terms(study1, day)
	if err != nil || len(got.Yes) != 0 {
		t.Errorf("%d yeses, error %v", len(got.Yes), err)
	}
}

func TestAnswers_NoSheetNoTerms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string, values ...string) string { return rapid.SampledFrom(values).Draw(t, label) }
		a := source.Answers{Analysis: draw("analysis", "", "no", "yes"), Publication: draw("publication", "", "yes"), Until: draw("until", "", "study", "3", "99"),
			Way: draw("way", "", "paper", "spoken", "screen"), Sheet: draw("sheet", "", "1", "2"), Form: draw("form", "", "words", "voice")}
		terms, err := a.Terms(study1, day)
		known := a.Sheet == "2" && (a.Way == "paper" || a.Way == "spoken")
		asks := a.Analysis == "yes" || a.Publication == "yes"
		ends := a.Until == "study" || a.Until == "3"
		if (err == nil) != (known && (!asks || ends)) {
			t.Fatalf("%+v is answered with %v", a, err)
		}
		for _, y := range terms.Yes {
			if err == nil && (y.Until.IsZero() || y.Until.After(study1.Ends) || y.Form > consent.Words || y.Form < consent.Number) {
				t.Fatalf("a yes is %+v", y)
			}
		}
	})
}

func TestAnswersOf_BringsBackWhatWasWrittenDown(t *testing.T) {
	a := source.Answers{Analysis: "yes", Quote: "yes", Publication: "yes", Form: "paraphrase", Attribution: "group", AskFirst: "yes", Joiners: "yes",
		Not: []string{"lena"}, Until: "6", Way: "spoken", Sheet: "2", Beside: "supporter"}
	terms, err := a.Terms(study1, day)
	if err != nil {
		t.Fatal(err)
	}
	again := source.AnswersOf(terms)
	a.Until, a.Sheet = "", "" // asked anew
	if diff := cmp.Diff(a, again); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

func TestAnalysable_Cases(t *testing.T) {
	yes := func(p consent.Purpose, of string, from, until time.Time) consent.Terms {
		return consent.Terms{Yes: []consent.Yes{{Use: consent.Use{Purpose: p, For: of, Form: consent.Words}, From: from, Until: until}}}
	}
	tests := []struct {
		name  string
		terms consent.Terms
		want  bool
	}{
		{"a yes for the study", yes(consent.Analysis, "s1", time.Time{}, year), true},
		{"a yes for any study", yes(consent.Analysis, "", time.Time{}, year), true},
		{"a yes for another study", yes(consent.Analysis, "s2", time.Time{}, year), false},
		{"a yes to a quote", yes(consent.Quote, "s1", time.Time{}, year), false},
		{"a yes that has ended", yes(consent.Analysis, "s1", time.Time{}, day), false},
		{"a yes that begins later", yes(consent.Analysis, "s1", day.Add(1), year), false},
		{"nothing said", consent.Terms{}, false},
	}
	for _, tt := range tests {
		if _, got := source.Analysable(tt.terms, "s1", day); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestSoundsLikeAsker_Cases(t *testing.T) {
	for label, want := range map[string]bool{"Interviewer": true, "INT:": true, "I": true, "[Q]": true, "Ian": false, "Bren": false, "": false} {
		if got := source.SoundsLikeAsker(label); got != want {
			t.Errorf("%q: %v, want %v", label, got, want)
		}
	}
}

func TestFind_OnceOrNotAtAll(t *testing.T) {
	const text = "Früh 🙂 it was. It was late, and it was good."
	for words, want := range map[string]string{"It was late": "15-26", " 🙂 it ": "5-9", "it was": "", "never": "", "": "", "Früh": "0-4", "good.": "39-44"} {
		at, err := source.Find(text, words)
		if got := fmt.Sprintf("%d-%d", at.Start, at.End); (err == nil) != (want != "") || err == nil && got != want {
			t.Errorf("%q stands at %s (%v), want %q", words, got, err, want)
		}
	}
}
