package jargon

import (
	"testing"
	"time"
)

var monday = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func TestDue_UnexplainedFirst(t *testing.T) {
	words := []Word{
		{Text: "cohort", marks: 9, Versions: []Version{{N: 1, Text: "a group"}}},
		{Text: "triage", marks: 1},
		{Text: "pathway", marks: 2},
		{Text: "audit", marks: 1},
	}
	for i, want := range []string{"pathway", "audit", "triage", "cohort"} {
		if got := Due(words, monday)[i].Text; got != want {
			t.Errorf("word %d to talk about is %q, want %q", i+1, got, want)
		}
	}
	if words[0].Text != "cohort" {
		t.Error("asking what is due changed the list")
	}
}

// A mark counts on the Monday after the day on which it was made, whatever day that was.
func TestMarks_CountOnTheMondayAfter(t *testing.T) {
	next := time.Date(2027, 3, 8, 0, 0, 0, 0, time.UTC)
	for day := range 7 {
		if got := countedOn(monday.AddDate(0, 0, day)); !got.Equal(next) {
			t.Errorf("what is marked %d days after Monday counts on %v, want %v", day, got, next)
		}
	}
	w := Word{marks: 2, waits: 3, counted: next}
	if n := w.Marks(next.Add(-time.Second)); n != 2 {
		t.Errorf("before the day it was marked %d times, want 2", n)
	}
	if n := w.Marks(next); n != 5 {
		t.Errorf("on the day it was marked %d times, want 5", n)
	}
}

func TestOnce_TwoRowsOfAWordAreOne(t *testing.T) {
	words := once([]Word{{ID: "a", Text: "triage", marks: 1}, {ID: "b"}, {ID: "c", Text: "triage", marks: 2, Versions: []Version{{N: 1}}}})
	if len(words) != 1 || words[0].ID != "c" || words[0].marks != 3 {
		t.Errorf("two rows of one word are %+v", words)
	}
}

func TestOnce_ShowsWhatEachOfTwoWrote(t *testing.T) {
	first := Word{ID: "a", Text: "triage", Versions: []Version{{N: 1, Text: "who goes first", Made: monday.Add(time.Hour)}}}
	second := Word{ID: "b", Text: "triage", Versions: []Version{{N: 1, Text: "sorting", Made: monday}, {N: 3, Text: "sorting who goes first", Made: monday.Add(2 * time.Hour)}}}
	words := once([]Word{first, second})
	if len(words) != 1 || len(words[0].Versions) != 3 {
		t.Fatalf("two rows of one word are %+v", words)
	}
	for i, want := range []string{"sorting", "who goes first", "sorting who goes first"} {
		if v := words[0].Versions[i]; v.Text != want || v.N != int64(i+1) {
			t.Errorf("version %d is %d, %q; want %q", i+1, v.N, v.Text, want)
		}
	}
	if words[0].ID != "b" || len(words[0].also) != 1 || words[0].also[0] != "a" {
		t.Errorf("it is found under %q and %q", words[0].ID, words[0].also)
	}
}

func TestFold_OneWordHoweverItIsTyped(t *testing.T) {
	if got := fold("  Framework\n ANALYSIS "); got != "framework analysis" {
		t.Errorf("it is compared as %q", got)
	}
	if got := plain(filled("triage")); got != "triage" || len(filled("triage")) != block {
		t.Errorf("filled up and read again it is %q", got)
	}
}
