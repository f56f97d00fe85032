package coding_test

import (
	"context"
	"errors"
	"testing"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/source"
	"footing/internal/store"
)

func (w *world) lost(k talk) (list []source.Lost) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		list, err = w.room.Lost(ctx, tx, w.p, k.ID)
		return err
	})
	return list
}

// What cannot be moved is listed with its theme and where it stood, until somebody has seen to it: it is
// placed anew as it was indexed, taken out, or looked at by an analyst.
func TestLost_IsListedUntilSomebodySeesToIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		ctx, k := t.Context(), w.talk(plain...)
		seen, desk := w.theme("Being seen", ""), w.theme("The desk", "")
		a, b := w.add(w.cat, k, seen, k.part(2, 23, 53)), w.add(w.tolu, k, desk, k.part(2, 0, 21))
		w.add(w.cat, k, desk, k.part(5, 0, 19)) // in a turn that nobody mends
		if list := w.lost(k); len(list) != 0 {
			t.Fatalf("before anything is mended these are lost: %v", list)
		}
		frame := w.frame().Version
		mended := "Well. The counter is low by now, and I can see whom I speak with, yes."
		must(t, w.gate.Mend(ctx, w.dan, k.ID, k.Turns[1], "", mended))

		list := w.lost(k)
		if len(list) != 2 || list[0].Theme != "The desk" || list[0].By != "Tolu" || list[0].Was != (consent.Span{Start: 0, End: 21}) ||
			list[1].Theme != "Being seen" || list[1].By != "Cat" || list[1].Was != (consent.Span{Start: 23, End: 53}) || list[1].Turn != k.Turns[1] {
			t.Fatalf("these are lost: %+v", list)
		}
		before, err := w.gate.Before(ctx, w.dan, k.ID, k.Turns[1])
		must(t, err)
		if got := before[list[1].Correction].Reveal(); got != plain[1].text {
			t.Errorf("the keeper is told that the turn said %q", got)
		}
		if _, err := w.gate.Before(ctx, w.cat, k.ID, k.Turns[1]); !errors.Is(err, fault.Missing) {
			t.Errorf("somebody who does not keep it is told what it said before: %v", err)
		}
		must(t, w.gate.Mend(ctx, w.dan, k.ID, k.Turns[1], "", "So. "+mended+" Mm."))
		if again := w.lost(k); len(again) != 2 || again[1].Correction != list[1].Correction || again[1].Was != list[1].Was {
			t.Errorf("mended once more, they were lost in another text: %+v", again)
		}

		at := consent.Span{Start: 42, End: 68}
		must(t, w.room.Settle(ctx, w.dan, k.ID, list[1].ID, at))
		must(t, w.room.Settle(ctx, w.dan, k.ID, list[0].ID, consent.Span{}))
		for _, c := range w.codings(coding.Filter{Removed: true}) {
			switch c.ID {
			case a:
				if c.Parts[0].Span != at || c.Frame != frame {
					t.Errorf("placed anew it stands at %v, under version %d of the frame, want %v and %d", c.Parts[0].Span, c.Frame, at, frame)
				}
			case b:
				if c.Removed.IsZero() || c.RemovedBy != w.dan.ID {
					t.Error("taken out, it is still in the index")
				}
			}
		}
		if list := w.lost(k); len(list) != 0 {
			t.Errorf("seen to, these are still listed: %v", list)
		}
		for _, id := range []string{list[1].ID, list[0].ID, a + ".7", "nothing"} {
			if err := w.room.Settle(ctx, w.dan, k.ID, id, at); id != list[0].ID && !errors.Is(err, fault.Missing) {
				t.Errorf("what is not lost can be placed: %v", err)
			}
		}
	})
}

// What a keeper took out an analyst can put back, and is then asked again; her own yes to it ends that, and
// so does the end of the words.
func TestLost_AnAnalystHasTheLastWord(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		ctx, k := t.Context(), w.talk(plain...)
		theme := w.theme("Being seen", "")
		id := w.add(w.cat, k, theme, k.part(2, 23, 53))
		must(t, w.gate.Mend(ctx, w.dan, k.ID, k.Turns[1], "", "Well. The counter is low by now, and I can see whom I speak with, yes."))
		must(t, w.room.Settle(ctx, w.dan, k.ID, w.lost(k)[0].ID, consent.Span{}))
		must(t, w.room.PutBack(ctx, w.cat, w.study, k.ID, id))
		if n := len(w.lost(k)); n != 1 {
			t.Errorf("put back, %d are lost, want the one", n)
		}
		must(t, w.room.StillFits(ctx, w.cat, w.study, k.ID, id))
		if n := len(w.lost(k)); n != 0 {
			t.Errorf("an analyst said that it fits as it stands, and %d are listed", n)
		}
		must(t, w.gate.Mend(ctx, w.dan, k.ID, k.Turns[1], "", "Hm. Low by now, and I see them, yes and no."))
		must(t, w.gate.TakeBack(ctx, w.ann, consent.Part{Contribution: k.ID, Speaker: k.Speakers[1]}, true))
		if n := len(w.lost(k)); n != 0 {
			t.Errorf("the words are gone and %d of their passages are listed", n)
		}
	})
}
