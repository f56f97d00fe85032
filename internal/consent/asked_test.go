package consent_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	. "footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
)

// Questions repeat what was answered and lead to it. Where no answer is open to somebody, no question is,
// nor what the talk is called and about; whoever asked still reads her own.
func TestRule_QuestionsOpenWithTheAnswers(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.SetTerms(ctx, tx, viewer(here, "dan"), talk.ID, talk.Speakers[0], Terms{Owner: "dan", Yes: []Yes{w.study()}})
		})
		cat, dan := viewer(here, "cat"), viewer(here, "dan")
		if got := w.words(cat, inStudy, talk.ID); !strings.Contains(got, "How was it?") || !strings.Contains(got, "The bus was late") {
			t.Fatalf("both said yes, and the analyst reads %q", got)
		}
		if err := w.gate.TakeBack(t.Context(), viewer(here, "ann"), Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}, false); err != nil {
			t.Fatal(err)
		}
		if _, err := w.gate.OpenOne(t.Context(), cat, inStudy, Reading, talk.ID); !errors.Is(err, fault.Missing) {
			t.Errorf("the answers are taken back, and the analyst is told %v of the talk: want that there is none", err)
		}
		c, err := w.gate.OpenOne(t.Context(), dan, inStudy, Reading, talk.ID)
		if err != nil {
			t.Fatalf("whoever asked reads nothing of her own: %v", err)
		}
		if !c.Turns[0].Open || c.Turns[1].Open || c.Title.Reveal() != "" || c.Note.Reveal() != "" {
			t.Errorf("whoever asked reads her question: %v, the answer: %v, the title %q and the note %q",
				c.Turns[0].Open, c.Turns[1].Open, c.Title.Reveal(), c.Note.Reveal())
		}
	})
}

// What she took back turn by turn stays taken back when she takes all of it back and brings that back:
// bringing back undoes what she did last, and only then what she did before.
func TestBringBack_LeavesWhatWasTakenBackBefore(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		ann, cat := viewer(here, "ann"), viewer(here, "cat")
		whole := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
		some := whole
		some.Turns = talk.Turns[1:2]
		for _, part := range []Part{some, whole} {
			if err := w.gate.TakeBack(t.Context(), ann, part, false); err != nil {
				t.Fatal(err)
			}
		}
		back := func() string {
			t.Helper()
			if err := w.gate.BringBack(t.Context(), ann, whole); err != nil {
				t.Fatal(err)
			}
			return w.words(cat, inStudy, talk.ID)
		}
		if got := back(); strings.Contains(got, "The bus was late") || !strings.Contains(got, "Then Bea came") {
			t.Errorf("she brings all of it back, and what she took back before reads %q", got)
		}
		if got := back(); !strings.Contains(got, "The bus was late") {
			t.Errorf("she brings the rest back too, and it reads %q", got)
		}
	})
}

// What was erased is not said to have come back.
func TestBringBack_NotWhatIsErased(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		ann := viewer(here, "ann")
		whole := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
		for _, erase := range []bool{false, true} { // a second thought, from a page that still had the button
			if err := w.gate.TakeBack(t.Context(), ann, whole, erase); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.gate.BringBack(t.Context(), ann, whole); !errors.Is(err, fault.Missing) {
			t.Errorf("bringing back what is erased answers %v: want that there is nothing to bring back", err)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			taken, err := w.gate.Taken(ctx, tx, here, talk.ID)
			for _, one := range taken {
				if one.Destroyed.IsZero() {
					t.Errorf("her page is told of a part that can come back until %v; it is erased", one.EraseAt)
				}
			}
			return err
		})
	})
}
