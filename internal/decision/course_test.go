package decision_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/person"
)

var day = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func ask(question string) decision.Text {
	return decision.Text{Question: question, Method: decision.Majority, Matter: agreement.Everyday}
}

// everyday is what decisions are counted by where nobody changed anything.
func everyday() decision.Frame {
	return decision.Frame{Method: decision.Majority, Stops: 1, Rule: agreement.Founding().By[agreement.Everyday]}
}

func TestText_WhatAsksTheSame(t *testing.T) {
	a := decision.Text{Title: "Tea", Question: "Do we have tea first?", Method: decision.Score, Choices: []string{"Tea", "Coffee"}}
	for name, c := range map[string]struct {
		change func(*decision.Text)
		same   bool
	}{
		"nothing":              {func(*decision.Text) {}, true},
		"spaces and marks":     {func(u *decision.Text) { u.Question = "  do we have TEA, first" }, true},
		"another title":        {func(u *decision.Text) { u.Title = "Drinks" }, true},
		"another way of count": {func(u *decision.Text) { u.Method = decision.Ranked }, true},
		"another matter":       {func(u *decision.Text) { u.Matter = agreement.Money }, true},
		"secret":               {func(u *decision.Text) { u.Secret = true }, true},
		"the order of choices": {func(u *decision.Text) { u.Choices = []string{"Coffee", "Tea"} }, true},
		"another question":     {func(u *decision.Text) { u.Question = "Do we have tea last?" }, false},
		"another choice":       {func(u *decision.Text) { u.Choices = []string{"Tea", "Water"} }, false},
	} {
		b := a
		b.Choices = slices.Clone(a.Choices)
		c.change(&b)
		if a.Same(b) != c.same {
			t.Errorf("changing %s: the same is %v", name, !c.same)
		}
		_, err := decision.Course{Stage: decision.Draft}.PutForward(b, []decision.Text{ask("x"), a})
		if errors.Is(err, decision.ErrSame) != c.same {
			t.Errorf("changing %s: put forward gives %v", name, err)
		}
	}
}

func TestCourse_WaitsAndNeverLapses(t *testing.T) {
	c, err := decision.Course{Stage: decision.Put}.Begin(7, false, false, day)
	if err != nil {
		t.Fatal(err)
	}
	short := func(bool) decision.Result { return everyday().Decide(decision.Tally{}, decision.Tally{}, true) }
	for weeks := 1; weeks <= 60; weeks++ {
		c = c.Settle(short, day.AddDate(0, 0, 7*weeks))
		if c.Stage != decision.Talking || c.Outcome != decision.Waits || c.Windows != weeks+1 {
			t.Fatalf("after %d weeks without anybody it is %s, %s, in window %d", weeks, c.Stage, c.Outcome, c.Windows)
		}
		if want := day.AddDate(0, 0, 7*weeks+7); !c.Until.Equal(want) {
			t.Fatalf("it is open until %v, want as long again: %v", c.Until, want)
		}
	}
}

func TestCourse_WordingIsQuestionedBeforeItOpens(t *testing.T) {
	if _, err := (decision.Course{Stage: decision.Put}).Begin(7, false, true, day); !errors.Is(err, decision.ErrQuestioned) {
		t.Errorf("with a question about its wording it opens: %v", err)
	}
	if _, err := (decision.Course{Stage: decision.Draft}).Begin(7, false, false, day); err == nil {
		t.Error("what nobody has seen opens")
	}
}

// The parts of P19 that the walk does with one letter: which house a stop stops in.
func TestCourse_StopsAreThoseOfTheWomen(t *testing.T) {
	stop := agreement.Counts{Of: 3, Yes: 2, Talk: 1}
	f := everyday()
	yes := agreement.Counts{Of: 3, Yes: 3}
	if got := f.Decide(decision.Tally{Counts: stop}, decision.Tally{Counts: yes}, true); got.Outcome != decision.Stopped {
		t.Errorf("a woman who needs to talk does not stop it: %s", got.Outcome)
	}
	if got := f.Decide(decision.Tally{Counts: yes}, decision.Tally{Counts: stop}, true); got.Outcome != decision.NotPassed || slices.Contains(got.Agreed, person.Others) {
		t.Errorf("what one of everyone else says stops it, or counts as yes: %+v", got)
	}
	f.Stops = 0
	if !f.Stopped(stop) {
		t.Error("where nothing is written about stops, one does not stop it")
	}
}
