package consent_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// What is counted for everybody is what everybody may know of, as a number at least: silence is no, and one person who
// is refused, one passage about somebody who has not said yes, and whatever is taken back, keep a turn out. Nothing is
// opened, so nobody is on record, and the key of a turn is not needed.
func TestLengths_OfWhatEverybodyMayKnow(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		number := Use{Purpose: Heard, Form: Number}
		all := Yes{Audience: Audience{Kind: ToPartnership}, Use: number, Until: w.now.AddDate(1, 0, 0)}
		talk, other := w.interview(here), w.interview(here, all)
		w.interview(there, all) // somebody else's, whom nobody here may know
		counted := func(want map[person.ID]int, after string) {
			t.Helper()
			w.read(func(ctx context.Context, tx *store.Tx) error {
				got, err := w.gate.Lengths(ctx, tx, here, all.Audience, number, talk.ID)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", after, diff)
				}
				return err
			})
		}
		allow := func(who person.ID, speaker int, terms Terms) {
			t.Helper()
			terms.Owner = who
			w.write(func(ctx context.Context, tx *store.Tx) error {
				return w.gate.SetTerms(ctx, tx, viewer(here, who), talk.ID, talk.Speakers[speaker], terms)
			})
		}
		counted(map[person.ID]int{}, "nobody has said anything")
		allow("ann", 1, Terms{Yes: []Yes{w.study(), {Audience: all.Audience, Use: Use{Purpose: Decision, Form: Words}, Until: all.Until},
			{Audience: Audience{Kind: ToLived}, Use: Use{Purpose: Heard, Form: Words}, Until: all.Until}}})
		counted(map[person.ID]int{}, "she said yes to other things")
		allow("ann", 1, Terms{Yes: []Yes{all}})
		counted(map[person.ID]int{"ann": 36 + 29}, "she lets it be known as a number")
		allow("dan", 0, Terms{Yes: []Yes{all}})
		counted(map[person.ID]int{"ann": 65, "dan": 11 + 9}, "so does whoever asked")
		allow("ann", 1, Terms{Yes: []Yes{all}, Not: []Audience{{ToPerson, "cat"}}})
		counted(map[person.ID]int{}, "one person is not to know, and questions go with the answers")
		allow("ann", 1, Terms{Yes: []Yes{all}})
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.Mark(ctx, tx, here, Mention{Contribution: talk.ID, Turn: talk.Turns[3], Span: Span{Start: 5, End: 8}, About: "bea", By: "dan"})
		})
		counted(map[person.ID]int{"ann": 36, "dan": 20}, "a passage speaks of somebody who has not said yes")
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.SetAnswer(ctx, tx, here, "bea", AnswerYes)
		})
		counted(map[person.ID]int{"ann": 65, "dan": 20}, "she said yes")
		if err := w.gate.TakeBack(t.Context(), viewer(here, "ann"), Part{Contribution: talk.ID, Speaker: talk.Speakers[1], Turns: []ID{talk.Turns[1]}}, false); err != nil {
			t.Fatal(err)
		}
		counted(map[person.ID]int{"ann": 29, "dan": 20}, "she took one back")
		w.now = w.now.AddDate(1, 0, 1)
		counted(map[person.ID]int{}, "it has ended")

		w.now = w.now.AddDate(-1, 0, -1)
		w.read(func(ctx context.Context, tx *store.Tx) error {
			for _, x := range []struct {
				a   Audience
				ids []ID
			}{{Audience{Kind: ToPractice, ID: "nobody's"}, []ID{other.ID}}, {all.Audience, nil}} {
				if got, err := w.gate.Lengths(ctx, tx, here, x.a, number, x.ids...); err != nil || len(got) != 0 {
					t.Errorf("of %v for %v: %v, %v", x.ids, x.a, got, err)
				}
			}
			n, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM consent_opening WHERE partnership_id = $1`, here)
			if n != 0 {
				t.Errorf("%d openings are on record", n)
			}
			return err
		})
	})
}
