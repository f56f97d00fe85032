package consent_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	. "footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// openTurns returns what a reader gets to see of some turns, shut ones as "-".
func (w *world) openTurns(v person.Viewer, turns ...ID) (words []string, in []ID) {
	w.t.Helper()
	list, err := w.gate.OpenTurns(w.t.Context(), v, inStudy, Reading, turns...)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range list {
		in = append(in, c.ID)
		for _, t := range c.Turns {
			if !t.Open {
				words = append(words, "-")
				continue
			}
			words = append(words, t.Words.Reveal())
		}
	}
	return words, in
}

// openers lists who has opened somebody's part of a talk.
func (w *world) openers(owner person.ID, talk ID) (readers []person.ID) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		list, err := w.gate.Openings(ctx, tx, viewer(here, owner), talk)
		for _, o := range list {
			readers = append(readers, o.Reader)
		}
		return err
	})
	return readers
}

func TestOpenTurns_OpensAndRecordsNoMoreThanAsked(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		one, two, there := w.interview(here, w.study()), w.interview(here, w.study()), w.interview(there, w.study())
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.SetTerms(ctx, tx, viewer(here, "dan"), one.ID, one.Speakers[0], Terms{Owner: "dan", Yes: []Yes{w.study()}})
		})
		cat := viewer(here, "cat")

		words, in := w.openTurns(cat, two.Turns[1], one.Turns[3], there.Turns[1], two.Turns[1], "nothing")
		if want := []string{"The bus was late, the talk was good.", "Then Bea came and we laughed."}; !slices.Equal(words, want) {
			t.Errorf("two turns asked for open as %q, want %q", words, want)
		}
		if want := []ID{two.ID, one.ID}; !slices.Equal(in, want) {
			t.Errorf("they stand in %v, want the talks in the order asked for", in)
		}
		if got := w.openers("ann", one.ID); !slices.Equal(got, []person.ID{"cat"}) {
			t.Errorf("Ann is told that %v opened hers, want Cat once", got)
		}
		if got := w.openers("dan", one.ID); len(got) != 0 {
			t.Errorf("Dan is told that %v opened his, and none of his turns was", got)
		}
		if got := w.openers("ann", there.ID); len(got) != 0 {
			t.Errorf("the other partnership's talk is opened by %v", got)
		}

		// One of hers and one of his, in the order of the talk.
		if words, _ := w.openTurns(cat, one.Turns[3], one.Turns[0]); !slices.Equal(words, []string{"How was it?", "Then Bea came and we laughed."}) {
			t.Errorf("asked for the last turn and the first, the first one comes as %q", words)
		}
		if got := w.openers("dan", one.ID); !slices.Equal(got, []person.ID{"cat"}) {
			t.Errorf("Dan is told that %v opened his, want Cat", got)
		}
	})
}

func TestOpenTurns_WhatIsShutStaysShut(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk, cat := w.interview(here, w.study()), viewer(here, "cat")
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.Mark(ctx, tx, here, Mention{Contribution: talk.ID, Turn: talk.Turns[3], Span: Span{5, 13}, About: "bea", By: "dan"})
		})
		// Dan has given no terms.
		if words, _ := w.openTurns(cat, talk.Turns[0], talk.Turns[3]); !slices.Equal(words, []string{"-", "Then ··· ···· and we laughed."}) {
			t.Errorf("a shut turn and one with a mention open as %q", words)
		}
		if words, in := w.openTurns(cat, talk.Turns[0], talk.Turns[2]); len(in) != 0 {
			t.Errorf("a talk of which only shut turns are asked for is there, with %q", words)
		}
		part := Part{Contribution: talk.ID, Speaker: talk.Speakers[1], Turns: []ID{talk.Turns[3]}}
		if err := w.gate.TakeBack(t.Context(), viewer(here, "ann"), part, false); err != nil {
			t.Fatal(err)
		}
		if words, _ := w.openTurns(cat, talk.Turns[1], talk.Turns[3]); !slices.Equal(words, []string{"The bus was late, the talk was good.", "-"}) {
			t.Errorf("with one of two turns taken back they open as %q", words)
		}
		if words, in := w.openTurns(viewer(here, "bea"), talk.Turns...); len(in) != 0 {
			t.Errorf("somebody who is no analyst reads %q", words)
		}
		if words, in := w.openTurns(cat); len(in) != 0 {
			t.Errorf("asked for nothing the gate opens %q", words)
		}
	})
}

// Many turns are read in several pieces: none is lost or out of its order.
func TestOpenTurns_MoreThanOneQueryHolds(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		n := Incoming{Kind: Interview, Title: "Long", Keeper: "dan", Speakers: []NewSpeaker{{Member, "ann", "Ann"}}}
		for i := range 1200 {
			n.Turns = append(n.Turns, NewTurn{0, string(rune('a'+i%26)) + "…", 0})
		}
		talk, err := w.gate.Prepare(t.Context(), here, n)
		if err != nil {
			t.Fatal(err)
		}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			if err := talk.Save(ctx, tx); err != nil {
				return err
			}
			return w.gate.SetTerms(ctx, tx, viewer(here, "ann"), talk.ID, talk.Speakers[0], Terms{Owner: "ann", Yes: []Yes{w.study()}})
		})
		back := slices.Concat(talk.Turns, talk.Turns)
		slices.Reverse(back)
		words, _ := w.openTurns(viewer(here, "cat"), back...)
		if len(words) != len(n.Turns) {
			t.Fatalf("%d turns open, want %d", len(words), len(n.Turns))
		}
		for i, word := range words {
			if word != n.Turns[i].Text {
				t.Fatalf("turn %d opens as %q, want %q", i, word, n.Turns[i].Text)
			}
		}
	})
}

// Whatever was allowed, marked and taken back: a turn that is asked for by name opens exactly when it
// opens with all of its talk, with the same words under the same title.
func TestOpenTurns_AgreesWithOpen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk, ann := w.interview(here), viewer(here, "ann")
		w.interview(here, w.study())
		w.interview(there, w.study())
		allow := func(who person.ID, speaker int, form Form) {
			yes := w.study()
			yes.Form = form
			w.write(func(ctx context.Context, tx *store.Tx) error {
				return w.gate.SetTerms(ctx, tx, viewer(here, who), talk.ID, talk.Speakers[speaker], Terms{Owner: who, Yes: []Yes{yes}})
			})
		}
		back := func(turns ...ID) {
			if err := w.gate.TakeBack(t.Context(), ann, Part{Contribution: talk.ID, Speaker: talk.Speakers[1], Turns: turns}, false); err != nil {
				t.Fatal(err)
			}
		}
		opened := 0
		for _, step := range []struct {
			name string
			do   func()
		}{
			{"nothing allowed", func() {}},
			{"the questions alone", func() { allow("dan", 0, Words) }},
			{"a number of the answers", func() { allow("ann", 1, Number) }},
			{"the answers", func() { allow("ann", 1, Words) }},
			{"an answer taken back", func() { back(talk.Turns[1]) }},
			{"and brought back", func() {
				if err := w.gate.BringBack(t.Context(), ann, Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}); err != nil {
					t.Fatal(err)
				}
			}},
			{"a passage about somebody", func() {
				w.write(func(ctx context.Context, tx *store.Tx) error {
					return w.gate.Mark(ctx, tx, here, Mention{Contribution: talk.ID, Turn: talk.Turns[3], Span: Span{5, 13}, About: "bea", By: "dan"})
				})
			}},
			{"and an answer taken back", func() { back(talk.Turns[1]) }},
			{"the other one too", func() { back(talk.Turns[3]) }},
			{"all of her part", func() { back() }},
		} {
			step.do()
			for _, who := range []person.ID{"ann", "bea", "cat", "dan"} {
				whole, err := w.gate.Open(t.Context(), viewer(here, who), inStudy, Reading, talk.ID)
				if err != nil && !errors.Is(err, fault.Missing) {
					t.Fatal(err)
				}
				opened += len(whole)
				w.comparesInBrief(step.name, viewer(here, who), talk.ID)
				for some := 1; some < 1<<len(talk.Turns); some++ {
					var asked []ID
					for i, id := range talk.Turns {
						if some>>i&1 == 1 {
							asked = append(asked, id)
						}
					}
					got, err := w.gate.OpenTurns(t.Context(), viewer(here, who), inStudy, Reading, asked...)
					if err != nil {
						t.Fatal(err)
					}
					if a, b := shown(got), shown(only(whole, asked)); a != b {
						t.Errorf("%s: of the turns %b %s is shown %q, and of the whole talk %q", step.name, some, who, a, b)
					}
				}
			}
		}
		if opened < 10 {
			t.Errorf("only %d openings showed anything: the comparison shows little", opened)
		}
	})
}

// comparesInBrief holds a ruling in brief to the ruling over every turn, for a talk and for all there are.
func (w *world) comparesInBrief(when string, v person.Viewer, talk ID) {
	w.t.Helper()
	for _, named := range [][]ID{{talk}, nil} {
		for _, form := range []Form{Number, Words} {
			w.read(func(ctx context.Context, tx *store.Tx) error {
				u := Use{Analysis, "s1", form}
				whole, err := w.gate.RuleIn(ctx, tx, v, u, named...)
				if err != nil {
					return err
				}
				brief, err := w.gate.RuleInBrief(ctx, tx, v, u, named...)
				if a, b := brief.Told(talk), whole.Told(talk); a != b {
					w.t.Errorf("%s: %s is told of the talk: %v in brief, %v turn by turn", when, v.ID, a, b)
				}
				if a, b := sorted(brief.NotWhole()), sorted(whole.NotWhole()); !slices.Equal(a, b) {
					w.t.Errorf("%s: to %s is shut %v in brief, %v turn by turn", when, v.ID, a, b)
				}
				return err
			})
		}
	}
}

func sorted(ids []ID) []ID { slices.Sort(ids); return ids }

// only leaves out the turns that were not asked for, and a talk of which none of them is open.
func only(list []Contribution, asked []ID) []Contribution {
	var left []Contribution
	for _, c := range list {
		c.Turns = slices.DeleteFunc(slices.Clone(c.Turns), func(t Turn) bool { return !slices.Contains(asked, t.ID) })
		if slices.ContainsFunc(c.Turns, func(t Turn) bool { return t.Open }) {
			left = append(left, c)
		}
	}
	return left
}

func shown(list []Contribution) (text string) {
	for _, c := range list {
		text += c.Title.Reveal() + "/" + c.Note.Reveal() + ":"
		for _, t := range c.Turns {
			text += fmt.Sprintf(" %d %v %s %v", t.Seq, t.Open, t.Words.Reveal(), t.Masked)
		}
	}
	return text
}
