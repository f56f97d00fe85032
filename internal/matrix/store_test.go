package matrix_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/matrix"
	"footing/internal/store"
)

func TestPoint_ClosesWithAPassageAndOpensAgain(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k := w.talks[0]
		both := w.add(w.cat, w.trust, "A promise with a day in it was believed.", w.link(k, 0), w.link(k, 1))
		one := w.add(w.dan, w.waiting, "Being late was forgiven.", w.link(k, 0))
		w.takeBack(w.ann, k, false, k.Turns[3])
		if w.text(w.cat, both) != "" {
			t.Error("a point that rests on what was taken back is open")
		}
		if w.text(w.cat, one) == "" {
			t.Error("a point that rests on what is left is closed")
		}
		if shut := w.view(w.cat).Shut(w.cat.ID); len(shut) != 1 || shut[0].ID != both {
			t.Errorf("the writer is told of %d closed points, want hers", len(shut))
		}
		if shut := w.view(w.dan).Shut(w.dan.ID); len(shut) != 0 {
			t.Errorf("another analyst is asked to write %d points again", len(shut))
		}
		w.bringBack(w.ann, k)
		if got := w.text(w.cat, both); got != "A promise with a day in it was believed." {
			t.Errorf("brought back and the point says %q", got)
		}
	})
}

func TestPoint_ClosesWhenHerTermsNoLongerReachIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k := w.talks[0]
		id := w.add(w.cat, w.trust, "A promise was kept.", w.link(k, 1))
		for form, open := range map[consent.Form]bool{consent.Paraphrase: true, consent.Theme: false, consent.Words: true} {
			w.allow(w.ann, k, form)
			if got := w.text(w.cat, id) != ""; got != open {
				t.Errorf("allowed in form %d, a sentence about her words is open: %v", form, got)
			}
		}
		w.allow(w.ann, k, consent.Words)
		w.pass(366 * 24 * 3600e9) // her yes and the study are over
		if _, err := w.room.View(t.Context(), w.cat, w.study); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a study that is over shows its matrix: %v", err)
		}
	})
}

func TestPoint_LosesItsTextAndEarlierVersionsWithThePassage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k := w.talks[0]
		id := w.add(w.cat, w.trust, "First version.", w.link(k, 0))
		must(t, w.room.Change(t.Context(), w.cat, w.study, id, 1, matrix.Saying{Theme: w.trust, Text: "Second version.", Links: []matrix.Link{w.link(k, 0), w.link(k, 1)}}))
		other := w.add(w.cat, w.trust, "Rests on the rest.", w.link(k, 0))
		before, err := w.ring.Rows(t.Context())
		must(t, err)
		w.takeBack(w.ann, k, true, k.Turns[3])
		must(t, w.gate.DestroyDue(t.Context(), w.p)) // the keys doomed while emptying go with the next round
		after, err := w.ring.Rows(t.Context())
		must(t, err)
		if before-after != 2 { // what is left of hers was sealed anew, so that count stays
			t.Errorf("%d keys went, want those of both versions", before-after)
		}
		if left := w.versions(id); len(left) != 0 {
			t.Errorf("versions %v are left of a point whose passage is destroyed", left)
		}
		if p := w.point(w.cat, id); p.Open || len(p.Links) != 1 {
			t.Errorf("the point is open %v with %d links; want its closed row with the link that is left", p.Open, len(p.Links))
		}
		if w.text(w.cat, other) == "" {
			t.Error("a point on other words closed too")
		}
	})
}

func TestPoint_AnEarlierVersionAloneGoesWithItsPassage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k := w.talks[0]
		id := w.add(w.cat, w.trust, "Rests on the second thing.", w.link(k, 1))
		must(t, w.room.Change(t.Context(), w.cat, w.study, id, 1, matrix.Saying{Theme: w.trust, Text: "Rests on the first.", Links: []matrix.Link{w.link(k, 0)}}))
		w.takeBack(w.ann, k, true, k.Turns[3])
		if got := w.text(w.cat, id); got != "Rests on the first." {
			t.Errorf("the point says %q after an earlier version's passage went", got)
		}
		if left := w.versions(id); !slices.Equal(left, []int{2}) {
			t.Errorf("versions %v are left, want the second", left)
		}
	})
}

func TestChange_NothingIsWrittenOverSomebodyElse(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k := w.talks[0]
		id := w.add(w.cat, w.trust, "As it was.", w.link(k, 0))
		say := func(text string) matrix.Saying {
			return matrix.Saying{Theme: w.trust, Text: text, Links: []matrix.Link{w.link(k, 0)}}
		}
		must(t, w.room.Change(t.Context(), w.dan, w.study, id, 1, say("Dan's.")))
		if err := w.room.Change(t.Context(), w.cat, w.study, id, 1, say("Cat's.")); !errors.Is(err, matrix.ErrTwo) {
			t.Errorf("writing over a newer version: %v, want to be asked", err)
		}
		if got := w.text(w.cat, id); got != "Dan's." {
			t.Errorf("the point says %q", got)
		}
		if err := w.room.Remove(t.Context(), w.cat, w.study, id, 1); fault.KindOf(err) != fault.Conflict {
			t.Errorf("removing a version that is not the newest: %v", err)
		}
		must(t, w.room.Remove(t.Context(), w.cat, w.study, id, 2))
		if n := len(w.view(w.cat).Points); n != 0 {
			t.Errorf("%d points are left after the one was removed", n)
		}
		must(t, w.room.PutBack(t.Context(), w.dan, w.study, id, 2))
		if got := w.text(w.cat, id); got != "Dan's." {
			t.Errorf("put back, the point says %q", got)
		}
	})
}

func TestAdd_RefusesWhatCannotBeTraced(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k := w.talks[0]
		long := make([]rune, matrix.LongestPoint+1)
		for i := range long {
			long[i] = 'é'
		}
		for name, c := range map[string]struct {
			say  matrix.Saying
			want error
		}{
			"no words":       {matrix.Saying{Theme: w.trust, Text: " \n", Links: []matrix.Link{w.link(k, 0)}}, matrix.ErrNoText},
			"too many words": {matrix.Saying{Theme: w.trust, Text: string(long), Links: []matrix.Link{w.link(k, 0)}}, matrix.ErrTooLong},
			"no passage":     {matrix.Saying{Theme: w.trust, Text: "Something."}, matrix.ErrNoLink},
			"no theme":       {matrix.Saying{Theme: "nowhere", Text: "Something.", Links: []matrix.Link{w.link(k, 0)}}, matrix.ErrNoTheme},
		} {
			if _, err := w.room.Add(t.Context(), w.cat, w.study, c.say); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
		w.takeBack(w.ann, k, false)
		_, err := w.room.Add(t.Context(), w.cat, w.study, matrix.Saying{Theme: w.trust, Text: "Too late.", Links: []matrix.Link{w.link(k, 0)}})
		if !errors.Is(err, matrix.ErrShutLink) {
			t.Errorf("a point on a passage taken back a moment ago: %v, want to be told", err)
		}
		if n := len(w.view(w.cat).Points); n != 0 {
			t.Errorf("%d points were kept of what was refused", n)
		}
	})
}

func TestView_IsForNamedAnalystsOfThatPartnership(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		if _, err := w.room.View(t.Context(), w.ann, w.study); !errors.Is(err, fault.Missing) {
			t.Errorf("somebody who is not an analyst: %v", err)
		}
		stranger := w.cat
		stranger.Partnership = "there"
		if _, err := w.room.View(t.Context(), stranger, w.study); !errors.Is(err, fault.Missing) {
			t.Errorf("somebody of another partnership: %v", err)
		}
		view := w.view(w.cat)
		if len(view.Points) != 0 || len(view.Cases) != 2 || len(view.Found()) != 4 {
			t.Errorf("%d points, %d cases, %d passages; want none of the other partnership's", len(view.Points), len(view.Cases), len(view.Found()))
		}
	})
}

// What may not be counted is not counted, and a source that is shut has a row only while something is
// charted from it.
func TestView_RowsAndCountsAskTheGate(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		w.takeBack(w.ann, w.talks[0], false, w.talks[0].Turns[1])
		if n := len(w.view(w.cat).Found()); n != 3 {
			t.Errorf("%d passages are counted after one of four was taken back", n)
		}
		w.bringBack(w.ann, w.talks[0])
		w.add(w.cat, w.trust, "Charted.", w.link(w.talks[0], 0))
		w.takeBack(w.ann, w.talks[0], false)
		w.takeBack(w.bea, w.talks[1], false)
		view := w.view(w.cat)
		if len(view.Cases) != 1 || view.Cases[0].ID != string(w.talks[0].ID) || len(view.Found()) != 0 {
			t.Errorf("%d rows and %d passages of what is all taken back; want the charted row and nothing counted", len(view.Cases), len(view.Found()))
		}
	})
}

// A link stays on its words when the record is put right, and says so when it cannot.
func TestMend_LinksMoveWithTheirWords(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k := w.talks[0]
		id := w.add(w.cat, w.trust, "Late, and nobody minded.", w.link(k, 0))
		must(t, w.gate.Mend(t.Context(), w.dan, k.ID, k.Turns[1], "", "Well. "+said[0]))
		p := w.point(w.cat, id)
		if want := (consent.Span{Start: 6, End: 6 + len(said[0])}); p.Links[0].Span != want || !p.Open {
			t.Errorf("the link leads to %v, open %v; want %v", p.Links[0].Span, p.Open, want)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			at, err := w.gate.Rests(ctx, tx, w.p, matrix.PointKind, id)
			if len(at[id]) != 1 || at[id][0] != consent.SpanRef(k.Turns[1], p.Links[0].Span) {
				t.Errorf("the gate knows it by %v", at[id])
			}
			return err
		})
	})
}
