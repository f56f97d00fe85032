package decision_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
)

var (
	women   = []string{"Ann", "Bea", "Cat", "Woman0", "Woman1", "Woman2"}
	workers = []string{"Ruth", "Sam", "Jo", "Worker0", "Worker1", "Worker2"}
)

// slips is a world as secret makes it, in which some answer on folded slips; Ann and Jo count.
func slips(t *testing.T, on ...string) (*world, string) {
	t.Helper()
	w, id := choosing(t, decision.Majority, on...)
	w.days(7)
	w.is(id, decision.Balloting, "")
	return w, id
}

// choosing is that world while people talk.
func choosing(t *testing.T, m decision.Method, on ...string) (*world, string) {
	t.Helper()
	w := newWorld(t)
	for i := range 3 {
		w.Person(fmt.Sprint("Woman", i), person.LivedExperience)
		w.Person(fmt.Sprint("Worker", i), person.Charity)
	}
	rule := w.rules.rules.By[agreement.Everyday]
	rule.Lived.Way, rule.Others.Way = agreement.Majority, agreement.Majority
	w.rules.rules.By[agreement.Everyday] = rule
	text := whole("Do we meet in the evening?")
	text.Secret, text.Method = true, m
	if m.Marks() {
		text.Choices = []string{"Mint", "Black"}
	}
	id := w.open(text)
	for _, name := range on {
		w.Must(w.room.Slip(t.Context(), w.Named(name), id, true))
	}
	w.Must(w.room.CountSlips(t.Context(), w.ann, id))
	w.Must(w.room.CountSlips(t.Context(), w.jo, id))
	return w, id
}

// agree has both who count agree to what stands there.
func (w *world) agree(id string) {
	w.T.Helper()
	for _, v := range []person.Viewer{w.ann, w.jo} {
		from, _ := w.as(v).Get("/decide/" + id + "/count").One("input[name=from]").Attr("value")
		w.as(v).Post("/decide/"+id+"/count/agree", "from", from).Is(http.StatusOK)
	}
}

// enter types in what is on slips, and 0 in every other box.
func (w *world) enter(v person.Viewer, id string, form ...string) shown {
	w.T.Helper()
	for _, a := range decision.Majority.Words() {
		if !slices.Contains(form, string(a)) {
			form = append(form, string(a), "0")
		}
	}
	return w.as(v).Post("/decide/"+id+"/count", form...)
}

// totals is what is on slips that have a word each.
func totals(c agreement.Counts) decision.Totals { return decision.Totals{Counts: c} }

// The rule of folded slips: who counts, what is entered, that both agree to the same, and nothing else counts.
func TestSlips_BothAgreeToWhatWasEntered(t *testing.T) {
	engine.Once(t, "it is a rule, without a database")
	s := decision.Slips{person.Lived: {Given: 4}, person.Others: {}}
	if len(s.Keep()) != 0 {
		t.Error("slips stay that nobody counts")
	}
	must := func(next decision.Slips, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		s = next
	}
	must(s.Name(person.Lived, "cat", true))
	must(s.Name(person.Lived, "ann", true))
	must(s.Name(person.Others, "jo", false))
	if got := s.Keep(); !slices.Equal(got, []person.House{person.Lived}) {
		t.Errorf("the slips of %v stay", got)
	}
	for screens, stay := range []int{1, 0, 0, 1, 1} { // who counts would know how one or two on screens answered
		if got := (decision.Slips{person.Lived: {Counter: "ann", Given: 4, Screens: screens}, person.Others: {Counter: "jo"}}).Keep(); len(got) != stay {
			t.Errorf("with %d left on screens the slips of %v stay", screens, got)
		}
	}
	for what, c := range map[string]struct {
		counts agreement.Counts
		want   error
	}{
		"more than take part": {agreement.Counts{Yes: 3, Stop: 2}, decision.ErrSlipsMany},
		"two alone":           {agreement.Counts{Yes: 1, Stop: 1}, decision.ErrSlipsFew},
		"less than none":      {agreement.Counts{Yes: 5, No: -1}, decision.ErrAnswer},
	} {
		if _, err := s.Enter(decision.Majority, 1, person.Lived, totals(c.counts)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.Enter(decision.NoObjection, 1, person.Lived, totals(agreement.Counts{Yes: 2, No: 2})); err == nil {
		t.Error("a slip says no where no plain no can be said")
	}
	if _, err := s.Agree(person.Lived); !errors.Is(err, decision.ErrSlipsFirst) {
		t.Errorf("somebody agrees to nothing: %v", err)
	}
	must(s.Enter(decision.Majority, 1, person.Lived, totals(agreement.Counts{Yes: 3})))
	if _, err := s.Name(person.Lived, "bea", false); err == nil {
		t.Error("somebody else counts after the talk")
	}
	must(s.Agree(person.Others))
	must(s.Enter(decision.Majority, 1, person.Lived, totals(agreement.Counts{Yes: 2, Stop: 1}))) // and so both agree anew
	must(s.Agree(person.Lived))
	if s.Counted() {
		t.Error("it counts with one yes to what is entered now")
	}
	must(s.Agree(person.Others))
	if !s.Counted() || s.Out() {
		t.Error("both agreed, and it does not count")
	}
	if _, err := s.Enter(decision.Majority, 1, person.Lived, totals(agreement.Counts{Yes: 4})); !errors.Is(err, decision.ErrSettled) {
		t.Errorf("what counts is changed: %v", err)
	}
}

// P18. The same answers come to the same, on screens, on slips, and some on each: one row of the written table after
// another, through the pages.
func TestSlips_CountAsScreensDo(t *testing.T) {
	for _, c := range []struct {
		lived, others agreement.Counts
		want          decision.Outcome
	}{
		{agreement.Counts{Yes: 4, No: 1}, agreement.Counts{Yes: 3, No: 1}, decision.Passed},
		{agreement.Counts{Yes: 5, Stop: 1}, agreement.Counts{Yes: 6}, decision.NotPassed}, // a stop counts at the close
		{agreement.Counts{Yes: 3, No: 3}, agreement.Counts{Yes: 6}, decision.NotPassed},   // a tie is no
	} {
		for _, way := range []string{"screens", "slips", "both"} {
			t.Run(fmt.Sprint(c.want, c.lived.Stop, way), func(t *testing.T) {
				on := map[string][]string{"screens": nil, "slips": append(slices.Clone(women), workers...), "both": append(slices.Clone(women[:3]), workers...)}[way]
				w, id := slips(t, on...)
				l, o := decision.Unfolded(totals(c.lived)), decision.Unfolded(totals(c.others))
				lived, others := w.answer(id, women, on, l), w.answer(id, workers, on, o)
				if way != "screens" {
					w.Must(w.room.EnterSlips(t.Context(), w.ann, id, totals(lived)))
					w.Must(w.room.EnterSlips(t.Context(), w.jo, id, totals(others)))
					w.agree(id)
				}
				w.days(7)
				w.is(id, decision.Closed, c.want)
			})
		}
	}
}

// answer has each of a house answer in turn, on a screen or on a slip, and returns what is on the slips.
func (w *world) answer(id string, who, on []string, said []decision.Said) (c agreement.Counts) {
	w.T.Helper()
	for i, s := range said {
		if !slices.Contains(on, who[i]) {
			w.cast(id, s.Word, who[i])
			continue
		}
		field := map[decision.Answer]*int{decision.Yes: &c.Yes, decision.No: &c.No, decision.Stop: &c.Stop}[s.Word]
		*field++
	}
	return c
}

// P18. Marks on slips are counted choice by choice, through the pages, and come to what they come to on screens: which
// choice has most, and how many would have it.
func TestSlips_WithMarks(t *testing.T) {
	w, id := choosing(t, decision.Score, women...)
	w.as(w.cat).Get("/decide/" + id + "/slip").Has("You write each choice on it with its number")
	w.days(7)
	w.is(id, decision.Balloting, "")
	typed := func(change ...string) (form []string) {
		set := map[string]string{"mark-0-3": "2", "mark-0-2": "1", "mark-0-1": "0", "mark-0-0": "2", "mark-1-3": "1", "mark-1-2": "0", "mark-1-1": "0", "mark-1-0": "4", "stop": "0", "ready": "0", "talk": "0", "pass": "1"}
		for i := 0; i < len(change); i += 2 {
			set[change[i]] = change[i+1]
		}
		for name, value := range set {
			form = append(form, name, value)
		}
		return form
	}
	count := "/decide/" + id + "/count"
	w.as(w.ann).Get(count).Has("Mint: 3, Very good").Has("Take one choice after the other.").None("input[name=yes]")
	for _, c := range []struct {
		change []string
		says   string
	}{
		{[]string{"mark-1-0", "3"}, "Each choice needs as many numbers as there are slips."},
		{[]string{"mark-1-1", ""}, "Please write a number in each box."},
		{[]string{"mark-1-1", "some"}, "Please write numbers"},
		{[]string{"mark-1-1", "-1"}, "Please write numbers"},
		{[]string{"pass", "2"}, "There are more slips than people who chose one."},
		{[]string{"mark-0-3", "0", "mark-0-2", "0", "mark-1-3", "0", "mark-1-0", "2", "pass", "0"}, "Please leave the slips folded"},
	} {
		page := w.as(w.ann).Post(count, typed(c.change...)...).Is(http.StatusUnprocessableEntity).Has(c.says)
		if value, _ := page.One("input[name=mark-0-0]").Attr("value"); value != "2" {
			t.Errorf("%v: what she typed is gone", c.change)
		}
		if n := w.Sum("1", "decision_counter", "totals <> ''"); n != 0 {
			t.Errorf("%v is counted", c.change)
		}
	}
	w.as(w.ann).Post(count, typed()...).Is(http.StatusOK).Has("Mint – Very good: 2, Good: 1, I could live with it: 0, Not this one: 2")
	if value, _ := w.as(w.ann).Get(count).Has("Change these numbers").One("input[name=mark-1-0]").Attr("value"); value != "4" {
		t.Errorf("of four in the box %q are left to change", value)
	}
	w.agree(id)
	for _, name := range workers {
		w.Must(w.room.Cast(t.Context(), w.Named(name), id, decision.Said{Marks: []int{2, 1}}))
	}
	if n := w.Sum("1", "decision_ballot", "house = 'lived'"); n != 6 {
		t.Errorf("%d slips are in the box of six", n)
	}
	w.days(7)
	w.is(id, decision.Closed, decision.Passed) // three of five would have it
	w.as(w.cat).Get("/decide/" + id).Has("We chose: Mint.")
}

// Nobody answers twice: who chose a slip has no way in on a screen, and once ballots are open nobody chooses one.
func TestSlips_NobodyAnswersTwice(t *testing.T) {
	w, id := slips(t, women[:3]...)
	if err := w.room.Cast(t.Context(), w.cat, id, decision.Said{Word: decision.Yes}); !errors.Is(err, decision.ErrSlip) {
		t.Errorf("who answers on a slip answers on a screen: %v", err)
	}
	w.as(w.cat).Get("/decide/" + id).Has("You answer on a folded slip.").None("a[href$='/ballot']")
	w.cast(id, decision.Yes, "Woman0")
	for _, name := range []string{"Woman0", "Woman1"} {
		if err := w.room.Slip(t.Context(), w.Named(name), id, true); !errors.Is(err, decision.ErrSettled) {
			t.Errorf("%s chooses a slip while ballots are open: %v", name, err)
		}
	}
	w.as(w.Named("Woman0")).Post("/decide/"+id+"/slip", "how", "slip").Is(http.StatusConflict)
	if n := w.Sum("slip", "decision_roll"); n != 3 {
		t.Errorf("%d people answer on a slip", n)
	}
}

// Fewer than three slips of a house, or nobody of each to count them, and they are answered on screens after all.
func TestSlips_TooFewOrNobodyToCount(t *testing.T) {
	w, id := slips(t, "Bea", "Cat", "Ruth", "Sam", "Worker0")
	w.cast(id, decision.Yes, "Bea") // two of the women are too few
	if err := w.room.Cast(t.Context(), w.ruth, id, decision.Said{Word: decision.Yes}); !errors.Is(err, decision.ErrSlip) {
		t.Errorf("three others keep theirs: %v", err)
	}
	// Both count, although one of them has none of her own.
	w.as(w.ann).Get("/decide/" + id + "/count").Has("Nobody in your group.").None("input[name=yes]")
	w.enter(w.jo, id, "yes", "3").Has("People who answer on a slip: 3")
	w.agree(id)
	w.as(w.jo).Get("/decide/" + id + "/count").Has("Both of you agreed.").Lacks("Yes: 3")
}

// Nor do slips stay where one or two would be left on screens: whoever knows all slips would learn from what comes out
// how they answered. Who has left is on no screen.
func TestSlips_TooFewLeftOnScreens(t *testing.T) {
	for _, c := range []struct {
		on   []string
		left string
		stay int
	}{
		{on: append(slices.Clone(women[:5]), workers[:5]...), stay: 0},
		{on: append(slices.Clone(women[:4]), workers[:3]...), stay: 3},
		{on: women, stay: 6},
		{on: women[:3], left: "Woman2", stay: 0},
		{on: women[:5], left: "Woman2", stay: 5},
	} {
		w, id := choosing(t, decision.Majority, c.on...)
		if c.left != "" {
			gone := w.Named(c.left).ID
			w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, gone, "") })
		}
		w.as(w.cat).Get("/decide/" + id + "/slip").Has("Those left on screens must be three or more, or nobody.")
		w.days(7)
		w.is(id, decision.Balloting, "")
		if n := w.Sum("slip", "decision_roll"); n != c.stay {
			t.Errorf("with %v on slips and %q gone %d slips stay, want %d", c.on, c.left, n, c.stay)
		}
		if err := w.room.Cast(t.Context(), w.bea, id, decision.Said{Word: decision.Yes}); (err == nil) != (c.stay < 5) {
			t.Errorf("with %v on slips Bea on a screen: %v", c.on, err)
		}
	}
}

// A box that nobody typed into is no number: a form that was sent too early throws no slips away.
func TestSlips_EveryBoxIsTypedInto(t *testing.T) {
	w, id := slips(t, women...)
	for _, form := range [][]string{nil, {"yes", "6"}, {"yes", "6", "no", "0", "stop", " ", "ready", "0", "talk", "0", "pass", "0"}} {
		page := w.as(w.ann).Post("/decide/"+id+"/count", form...).Is(http.StatusUnprocessableEntity).Has("Please write a number in each box.")
		if form != nil && !strings.Contains(page.Body, `value="6"`) {
			t.Error("what she typed is gone")
		}
		if n := w.Sum("1", "decision_counter", "totals <> ''"); n != 0 {
			t.Errorf("%v is counted", form)
		}
	}
	w.enter(w.ann, id).Has("Saved.") // nobody put one in
	w.agree(id)
	if n := w.Sum("1", "decision_ballot"); n != 0 {
		t.Errorf("of no slips %d are in the box", n)
	}
	other, plain := choosing(t, decision.NoObjection, women...) // there is no plain no, and no box for one
	other.days(7)
	other.as(other.ann).Get("/decide/" + plain + "/count").None("input[name=no]")
	other.as(other.ann).Post("/decide/"+plain+"/count", "yes", "5", "stop", "1", "ready", "0", "talk", "0", "pass", "0").Has("Saved.")
}

// What is entered is looked at before it counts, in sentences.
func TestSlips_WhatDoesNotAddUp(t *testing.T) {
	w, id := slips(t, women...)
	w.enter(w.ann, id, "yes", "6", "stop", "1").Is(http.StatusUnprocessableEntity).Has("There are more slips than people who chose one. Please count again.")
	w.enter(w.ann, id, "yes", "2").Is(http.StatusUnprocessableEntity).Has("Please leave the slips folded until three of a group are in.")
	page := w.enter(w.ann, id, "yes", "three").Is(http.StatusUnprocessableEntity).Has("Please write numbers")
	if !strings.Contains(page.Body, `value="three"`) {
		t.Error("what she typed is gone")
	}
	w.enter(w.cat, id, "yes", "3").Is(http.StatusNotFound) // she does not count
	w.enter(w.jo, id, "yes", "3").Is(http.StatusConflict)  // there are none of his group
	w.as(w.cat).Get("/decide/" + id + "/count").Is(http.StatusNotFound)
	w.enter(w.ann, id, "yes", "3").Has("Both of you still have to agree.")

	// Jo agrees to what he saw, and not to what Ann entered since.
	from, _ := w.as(w.jo).Get("/decide/" + id + "/count").One("input[name=from]").Attr("value")
	w.enter(w.ann, id, "yes", "3", "stop", "1")
	w.as(w.jo).Post("/decide/"+id+"/count/agree", "from", from).Is(http.StatusUnprocessableEntity).Has("It was changed meanwhile.")
	if n := w.Sum("1", "decision_ballot"); n != 0 {
		t.Errorf("%d slips are in the box before both agreed", n)
	}
	w.agree(id)
	if n := w.Sum("1", "decision_ballot"); n != 4 {
		t.Errorf("%d slips are in the box of four", n)
	}
	if n := w.Sum("1", "decision_counter", "totals <> ''"); n != 0 {
		t.Error("what was entered is kept once it counts")
	}
}

// Slips that are out and not counted hold a decision open: it does not pass without a stop that lies folded.
func TestSlips_NotCountedItWaits(t *testing.T) {
	w, id := slips(t, women[:3]...)
	w.cast(id, decision.Yes, "Woman0", "Woman1", "Woman2", "Ruth", "Sam", "Jo")
	w.days(7)
	w.is(id, decision.Balloting, decision.Waits)
	w.as(w.cat).Get("/decide/" + id).Has("The folded slips were not counted by the last day.")
	w.enter(w.ann, id, "yes", "2", "stop", "1")
	w.agree(id)
	w.days(7)
	w.is(id, decision.Closed, decision.NotPassed)
	if n := w.Sum("slip + done", "decision_roll"); n != 0 {
		t.Error("at the end it is written down who had a slip")
	}
}

// Whoever counts and leaves is followed by somebody else of her group, also when something was entered.
func TestSlips_WhoCountsLeaves(t *testing.T) {
	w, id := slips(t, women...)
	w.enter(w.ann, id, "yes", "3")
	w.as(w.bea).Get("/decide/" + id + "/slip").Has("Counts the slips of the women’s group Ann").None("form[action$='/counter']")
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, w.ann.ID, "") })
	if found := w.Holding("decision_counter", string(w.ann.ID)); found != nil {
		t.Errorf("she has left, and stands in %v", found)
	}
	w.as(w.bea).Post("/decide/" + id + "/counter").Is(http.StatusOK)
	w.ann = w.bea
	w.enter(w.bea, id, "yes", "1", "stop", "3")
	// Jo agrees and leaves. What Bea enters then counts with nobody's yes but two people's.
	from, _ := w.as(w.jo).Get("/decide/" + id + "/count").One("input[name=from]").Attr("value")
	w.as(w.jo).Post("/decide/"+id+"/count/agree", "from", from).Is(http.StatusOK)
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, w.jo.ID, "") })
	if n := w.Sum("agreed", "decision_counter"); n != 0 {
		t.Error("he has left, and still agrees")
	}
	w.enter(w.bea, id, "yes", "4").Is(http.StatusOK)
	from, _ = w.as(w.bea).Get("/decide/" + id + "/count").One("input[name=from]").Attr("value")
	w.as(w.bea).Post("/decide/"+id+"/count/agree", "from", from).Is(http.StatusOK)
	if n := w.Sum("1", "decision_ballot"); n != 0 {
		t.Fatalf("by herself she put %d slips into the box", n)
	}
	w.as(w.sam).Post("/decide/" + id + "/counter").Is(http.StatusOK)
	w.jo = w.sam
	w.agree(id)
	if n := w.Sum("1", "decision_ballot", "word = 'yes'"); n != 4 {
		t.Errorf("%d slips are in the box of four", n)
	}
	// Once they are in the box they stay counted, whoever leaves.
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, w.sam.ID, "") })
	w.enter(w.bea, id, "yes", "6").Is(http.StatusConflict)
	w.as(w.bea).Get("/decide/" + id + "/count").Has("Both of you agreed.")
}

// What ends before it is counted leaves nothing of ballots: neither what is in the box, nor who has put one in or has a
// slip, nor what was counted on slips; and what is left of the list lies in an order of its own.
func TestSlips_WhatEndsUncountedLeavesNothing(t *testing.T) {
	for what, end := range map[string]func(*world, string) error{
		"taken back": func(w *world, id string) error { return w.room.TakeBack(w.T.Context(), w.ruth, id) },
		"void": func(w *world, _ string) error {
			return w.DB.Write(w.T.Context(), func(tx *store.Tx) error { return w.room.AfterRestore(w.T.Context(), tx, w.P) })
		},
	} {
		for _, talking := range []bool{true, false} {
			t.Run(fmt.Sprint(what, " in the talk: ", talking), func(t *testing.T) {
				w, id := choosing(t, decision.Majority, women[:3]...)
				if !talking {
					w.days(7)
					w.cast(id, decision.Yes, "Woman0", "Ruth")
					w.enter(w.ann, id, "yes", "3").Is(http.StatusOK)
				}
				roll := w.rows("decision_roll", "id")
				w.Must(end(w, id))
				for _, left := range [][]string{{"1", "decision_ballot"}, {"slip + done", "decision_roll"}, {"1", "decision_counter", "totals <> ''"}} {
					if n := w.Sum(left[0], left[1], left[2:]...); n != 0 {
						t.Errorf("%d of %v are left", n, left)
					}
				}
				after := w.rows("decision_roll", "id")
				if len(after) != 12 || !slices.IsSorted(w.rows("decision_roll", "id, house, done")) || slices.ContainsFunc(after, func(id string) bool { return slices.Contains(roll, id) }) {
					t.Errorf("%d are on the list, in the old order or with the ids they had", len(after))
				}
				if n := w.Sum("scrub", "decision_decision"); n != 1 {
					t.Error("what was rewritten is not to be scrubbed")
				}
				w.as(w.cat).Get("/decide/" + id).Is(http.StatusOK)
			})
		}
	}
}

// On PostgreSQL what was entered is in no old page of the table once the decision is over: it was written anew.
func TestSlips_WhatWasEnteredIsScrubbed(t *testing.T) {
	if engine.Of() != store.Postgres {
		t.Skip("needs PostgreSQL (FOOTING_ENGINE=postgres): SQLite overwrites what is deleted")
	}
	w, id := slips(t, women...)
	file := func() (n int64) {
		w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			n, err = store.Get(ctx, tx, store.One[int64], `SELECT CAST(pg_relation_filenode('decision_counter') AS BIGINT)`)
			return err
		})
		return n
	}
	w.enter(w.ann, id, "yes", "5", "stop", "1")
	w.agree(id)
	w.cast(id, decision.Yes, workers...)
	before := file()
	w.days(7)
	w.is(id, decision.Closed, decision.NotPassed)
	if file() == before {
		t.Error("the table still has the pages in which it stood")
	}
}

// P21. With slips in the room every page of everybody but the two who count is the same, byte by byte, whatever is on
// the slips and whether they were counted.
func TestSlips_NobodySeesHowItStands(t *testing.T) {
	w, id := slips(t, women[:3]...)
	people := []person.Viewer{w.bea, w.cat, w.Named("Woman2"), w.ruth, w.sam, w.Person("Fay", person.Funder)}
	look := func() map[string]string {
		seen := map[string]string{}
		for _, v := range people {
			for _, path := range []string{"/", "/decide", "/decide/" + id, "/decide/" + id + "/slip", "/decide/" + id + "/ballot", "/decide/" + id + "/count", "/me"} {
				seen[v.Name+" "+path] = w.as(v).Get(path).Body
			}
		}
		return seen
	}
	before := look()
	for _, form := range [][]string{{"yes", "3"}, {"stop", "3"}} {
		w.enter(w.ann, id, form...).Is(http.StatusOK)
		for at, was := range look() {
			if before[at] != was {
				t.Errorf("with %v on the slips %s is not what it was", form, at)
			}
		}
	}
	w.agree(id)
	for at, was := range look() {
		if before[at] != was {
			t.Errorf("once slips are counted %s is not what it was", at)
		}
	}
}

// A woman without a screen chooses a slip on paper, and can choose otherwise until the talk is over.
func TestSlips_ChosenOnPaper(t *testing.T) {
	w := newWorld(t)
	for i := range 3 {
		w.Person(fmt.Sprint("Woman", i), person.LivedExperience)
		w.Person(fmt.Sprint("Worker", i), person.Charity)
	}
	text := whole("Do we meet in the evening?")
	text.Secret = true
	id := w.open(text)
	w.as(w.cat).Get("/decide/" + id + "/slip").Has("Nobody yet").None("input[checked]")
	w.paper("slip", string(w.cat.ID)+"/"+id, "how", "slip").Has("Done")
	if n := w.Sum("slip", "decision_roll"); n != 1 {
		t.Fatalf("%d people answer on a slip", n)
	}
	w.as(w.cat).Post("/decide/" + id + "/slip").Is(http.StatusUnprocessableEntity).Has("Please choose one of the answers.")
	w.as(w.cat).Post("/decide/"+id+"/slip", "how", "screen").Has("Saved.")
	if n := w.Sum("slip", "decision_roll"); n != 0 {
		t.Error("she chose a screen, and has a slip")
	}
	named := whole("Do we meet on Mondays?") // by name there is none
	other := w.open(named)
	w.as(w.cat).Get("/decide/" + other + "/slip").Is(http.StatusNotFound)
	if err := w.room.Slip(t.Context(), w.cat, other, true); err == nil {
		t.Error("somebody has a slip in a decision by name")
	}
}
