package between_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"footing/internal/between"
	"footing/internal/person"
)

var day = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// TestAgreed_HoldsOnlyWhatBothSaidYesTo walks all paths of seven steps and remembers beside them, in a way of its
// own, who said yes to which words.
func TestAgreed_HoldsOnlyWhatBothSaidYesTo(t *testing.T) {
	const asker, other person.ID = "a", "b"
	type said map[string]map[person.ID]bool // by words
	paths := 0
	var walk func(a between.Agreed, yes said, words, step int)
	walk = func(a between.Agreed, yes said, words, step int) {
		if held := a.Holding(); held != nil && (!yes[held.Words][asker] || !yes[held.Words][other]) {
			t.Fatalf("%q holds, and not both said yes to it: %+v", held.Words, a)
		}
		if a.Holds() == (a.Waits(asker) || a.Waits(other)) {
			t.Fatalf("it holds and waits, or neither: %+v", a)
		}
		if step == 7 {
			paths++
			return
		}
		with := func(text string, who person.ID) said {
			next := said{}
			for w, by := range yes {
				next[w] = by
			}
			next[text] = map[person.ID]bool{who: true}
			for by := range yes[text] {
				next[text][by] = true
			}
			return next
		}
		for _, who := range []person.ID{asker, other} {
			walk(a.Say(who), with(a.Now.Words, who), words, step+1)
			text := strings.Repeat("w", words+1)
			walk(a.Change(who, between.Terms{Words: text, Again: day}), with(text, who), words+1, step+1)
		}
		back := a.Back()
		if held := a.Holding(); held != nil && back.Holding().Words != held.Words {
			t.Fatalf("letting go of what waits changes what holds: %+v becomes %+v", a, back)
		}
		walk(back, yes, words, step+1)
	}
	first := between.Agreed{ID: "x", Asker: asker, Other: other, Now: between.Terms{Words: "w", Again: day}}.Say(asker)
	walk(first, said{"w": {asker: true}}, 1, 0)
	t.Logf("%d paths", paths)
}

func TestAgreed_IsDueOnItsDayAndGoesOn(t *testing.T) {
	a := between.Agreed{Asker: "a", Other: "b", Now: between.Terms{Words: "w", Again: day}}.Say("a")
	if a.Due(day) {
		t.Error("what only one said yes to is looked at again")
	}
	a = a.Say("b")
	if a.Due(day.Add(-time.Second)) || !a.Due(day) || a.Holding() == nil {
		t.Errorf("on its day it is due and holds: %+v", a)
	}
	if a = a.Change("b", between.Terms{Words: "v", Again: day.AddDate(0, 1, 0)}); !a.Due(day) {
		t.Error("suggesting something takes the day away before both said yes")
	}
	if a = a.Say("a"); a.Due(day) {
		t.Error("both chose a later day, and it is due")
	}
	if a.Ended = "a"; a.Due(day.AddDate(1, 0, 0)) || a.Holding() != nil {
		t.Error("what has ended is due")
	}
}

func TestNewTerms_AskForWordsAndADay(t *testing.T) {
	for name, c := range map[string]struct {
		words  string
		months int
		want   error
	}{
		"all is there":  {" Tea first. ", 3, nil},
		"no words":      {"  ", 3, between.ErrWords},
		"no day":        {"Tea first.", 0, between.ErrAgain},
		"another month": {"Tea first.", 2, between.ErrAgain},
	} {
		got, err := between.NewTerms(c.words, c.months, day)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if c.want == nil && (got.Words != "Tea first." || !got.Again.Equal(day.AddDate(0, 3, 0))) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
