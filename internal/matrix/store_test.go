package matrix_test

import (
	"context"
	"errors"
	"testing"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/matrix"
	"footing/internal/store"
)

func TestPoint_ClosesWithAPassageAndOpensAgain(t *testing.T) {
	w := newWorld(t)
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
	w.Must(w.Gate.BringBack(t.Context(), w.ann, consent.Part{Contribution: k.ID, Speaker: k.Speakers[hers]}))
	if got := w.text(w.cat, both); got != "A promise with a day in it was believed." {
		t.Errorf("brought back and the point says %q", got)
	}
}

func TestPoint_LosesItsTextAndEarlierVersionsWithThePassage(t *testing.T) {
	w := newWorld(t)
	k := w.talks[0]
	id := w.add(w.cat, w.trust, "First version.", w.link(k, 0))
	w.Must(w.room.Change(t.Context(), w.cat, w.study, id, 1, matrix.Saying{Theme: w.trust, Text: "Second version.", Links: []matrix.Link{w.link(k, 0), w.link(k, 1)}}))
	other := w.add(w.cat, w.trust, "Rests on the rest.", w.link(k, 0))
	before, err := w.Ring.Rows(t.Context())
	w.Must(err)
	w.takeBack(w.ann, k, true, k.Turns[3])
	w.Must(w.Gate.DestroyDue(t.Context(), w.P)) // the keys doomed while emptying go with the next round
	after, err := w.Ring.Rows(t.Context())
	w.Must(err)
	if before-after != 2 { // her part was sealed anew, so its count stays; both versions of the point went
		t.Errorf("%d keys went, want those of both versions", before-after)
	}
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		left, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM matrix_text WHERE point_id = $1 AND words IS NOT NULL`, id)
		if left != 0 {
			t.Errorf("%d sealed versions are left of a point whose passage is destroyed", left)
		}
		return err
	})
	p := w.point(w.cat, id)
	if p.Open || len(p.Links) != 1 {
		t.Errorf("the point is open %v with %d links; want its closed row with the link that is left", p.Open, len(p.Links))
	}
	if w.text(w.cat, other) == "" {
		t.Error("a point on other words closed too")
	}
}

func TestPoint_AnEarlierVersionAloneGoesWithItsPassage(t *testing.T) {
	w := newWorld(t)
	k := w.talks[0]
	id := w.add(w.cat, w.trust, "Rests on the second thing.", w.link(k, 1))
	w.Must(w.room.Change(t.Context(), w.cat, w.study, id, 1, matrix.Saying{Theme: w.trust, Text: "Rests on the first.", Links: []matrix.Link{w.link(k, 0)}}))
	w.takeBack(w.ann, k, true, k.Turns[3])
	if got := w.text(w.cat, id); got != "Rests on the first." {
		t.Errorf("the point says %q after an earlier version's passage went", got)
	}
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		left, err := store.List(ctx, tx, store.One[int], `SELECT version FROM matrix_text WHERE point_id = $1 AND words IS NOT NULL`, id)
		if len(left) != 1 || left[0] != 2 {
			t.Errorf("versions %v are left, want the second", left)
		}
		return err
	})
}

func TestChange_NothingIsWrittenOverSomebodyElse(t *testing.T) {
	w := newWorld(t)
	k := w.talks[0]
	id := w.add(w.cat, w.trust, "As it was.", w.link(k, 0))
	say := func(text string) matrix.Saying {
		return matrix.Saying{Theme: w.trust, Text: text, Links: []matrix.Link{w.link(k, 0)}}
	}
	w.Must(w.room.Change(t.Context(), w.dan, w.study, id, 1, say("Dan's.")))
	if err := w.room.Change(t.Context(), w.cat, w.study, id, 1, say("Cat's.")); !errors.Is(err, matrix.ErrTwo) {
		t.Errorf("writing over a newer version: %v, want to be asked", err)
	}
	if got := w.text(w.cat, id); got != "Dan's." {
		t.Errorf("the point says %q", got)
	}
	if err := w.room.Remove(t.Context(), w.cat, w.study, id, 1); fault.KindOf(err) != fault.Conflict {
		t.Errorf("removing a version that is not the newest: %v", err)
	}
}

func TestAdd_RefusesWhatCannotBeTraced(t *testing.T) {
	w := newWorld(t)
	k := w.talks[0]
	for name, c := range map[string]struct {
		say  matrix.Saying
		want error
	}{
		"no words":   {matrix.Saying{Theme: w.trust, Text: " \n", Links: []matrix.Link{w.link(k, 0)}}, matrix.ErrNoText},
		"no passage": {matrix.Saying{Theme: w.trust, Text: "Something."}, matrix.ErrNoLink},
		"no theme":   {matrix.Saying{Theme: "nowhere", Text: "Something.", Links: []matrix.Link{w.link(k, 0)}}, matrix.ErrNoTheme},
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
}

func TestView_IsForNamedAnalystsAlone(t *testing.T) {
	w := newWorld(t)
	if _, err := w.room.View(t.Context(), w.ann, w.study); !errors.Is(err, fault.Missing) {
		t.Errorf("somebody who is not an analyst: %v", err)
	}
}
