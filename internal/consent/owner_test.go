package consent_test

import (
	"context"
	"testing"
	"time"

	. "footing/internal/consent"
	"footing/internal/store"
)

// What the gate tells somebody of herself it tells nobody else, in her partnership or another.
func TestOwner_IsToldWhatIsHersAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		w.interview(there, w.study())
		ann, dan := viewer(here, "ann"), viewer(here, "dan")
		part := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
		not := []Audience{{ToPerson, "bea"}, {ToPractice, "mill"}}
		w.now = w.now.Add(time.Hour)
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.SetTerms(ctx, tx, ann, talk.ID, talk.Speakers[1], Terms{Not: not, Attribution: ByNone, How: How{Way: "screen"}})
		})
		for _, do := range []func() error{
			func() error { return w.gate.TakeBack(t.Context(), ann, part, false) },
			func() error { return w.gate.BringBack(t.Context(), ann, part) },
			func() error { return w.gate.TakeBack(t.Context(), ann, part, true) },
		} {
			if err := do(); err != nil {
				t.Fatal(err)
			}
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			history, err := w.gate.History(ctx, tx, ann, talk.ID, talk.Speakers[1])
			if err != nil || len(history) < 2 || len(history[0].Not) != 2 || history[0].Not[0] != not[0] {
				t.Errorf("all that Ann ever allowed: %v (%v)", history, err)
			}
			taken, err := w.gate.Withdrawals(ctx, tx, ann, talk.ID)
			if err != nil || len(taken) != 2 || taken[0].Undone.IsZero() || taken[1].Destroyed.IsZero() {
				t.Errorf("all that Ann took back: %v (%v)", taken, err)
			}
			if taken, err := w.gate.Withdrawals(ctx, tx, dan, talk.ID); err != nil || len(taken) != 0 {
				t.Errorf("Dan is told what Ann took back: %v (%v)", taken, err)
			}
			if _, given, err := w.gate.AnswerGiven(ctx, tx, ann); err != nil || given {
				t.Errorf("Ann gave no answer and is told of one (%v)", err)
			}
			in, err := w.gate.MembershipsOf(ctx, tx, ann)
			if err != nil || len(in) != 2 || in[0].Audience.Kind != ToLived || !in[0].Until.IsZero() {
				t.Errorf("Ann is in %v (%v)", in, err)
			}
			return nil
		})
		w.write(func(ctx context.Context, tx *store.Tx) error {
			if err := w.gate.SetAnswer(ctx, tx, here, "ann", AnswerAsk); err != nil {
				return err
			}
			return w.gate.Leave(ctx, tx, here, "ann", Audience{Kind: ToLived})
		})
		w.read(func(ctx context.Context, tx *store.Tx) error {
			answer, given, err := w.gate.AnswerGiven(ctx, tx, ann)
			if err != nil || !given || answer.Answer != AnswerAsk || !answer.Given.Equal(w.now) {
				t.Errorf("Ann's answer: %v (%v)", answer, err)
			}
			in, err := w.gate.MembershipsOf(ctx, tx, ann)
			if err != nil || in[0].Until.IsZero() {
				t.Errorf("the group Ann left is shown as %v (%v)", in, err)
			}
			return nil
		})
	})
}
