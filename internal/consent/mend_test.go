package consent_test

import (
	"context"
	"errors"
	"testing"

	. "footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

func TestMend_KeepsTermsMovesPlacesAndIsShownToHer(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk, dan, ann := w.interview(here, w.study()), viewer(here, "dan"), viewer(here, "ann")
		turn := talk.Turns[1] // "The bus was late, the talk was good."
		late, good := SpanRef(turn, Span{8, 14}), SpanRef(turn, Span{31, 35})
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(w.gate.RestOn(ctx, tx, here, Ref{"point", "late"}, late), w.gate.RestOn(ctx, tx, here, Ref{"point", "good"}, good))
		})
		var told []bool
		w.gate.WhenMended(func(_ context.Context, _ *store.Tx, _ person.Partnership, m Moving) error {
			_, ok := m.To(Span{8, 14})
			told = append(told, m.Turn == turn, ok)
			return nil
		})
		if err := w.gate.Mend(t.Context(), ann, talk.ID, turn, "", "x"); !errors.Is(err, fault.Missing) {
			t.Errorf("somebody who does not keep it mends it: %v", err)
		}
		if err := w.gate.Mend(t.Context(), dan, talk.ID, turn, "", "The bus was early, the talk was good."); err != nil {
			t.Fatal(err)
		}
		if got := w.words(viewer(here, "cat"), inStudy, talk.ID); got != "The bus was early, the talk was good. | Then Bea came and we laughed." {
			t.Errorf("the analyst reads %q", got)
		}
		if len(told) != 2 || !told[0] || told[1] {
			t.Errorf("rooms were told %v, want that turn and that the changed word did not move", told)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			rests, err := w.gate.Rests(ctx, tx, here, "point", "late", "good")
			if rests["good"][0] != SpanRef(turn, Span{32, 36}) || rests["late"][0] != SpanRef(turn, Span{0, 37}) {
				t.Errorf("points rest on %v, want the one moved and the other on the whole turn", rests)
			}
			return err
		})
		list, err := w.gate.Mendings(t.Context(), ann, talk.ID)
		if err != nil || len(list) != 1 || list[0].Before.Reveal() != "The bus was late, the talk was good." || list[0].By != "dan" {
			t.Errorf("Ann is shown %v (%v)", list, err)
		}
		if list, err := w.gate.Mendings(t.Context(), dan, talk.ID); err != nil || len(list) != 0 {
			t.Errorf("Dan is shown corrections in Ann's words: %v (%v)", list, err)
		}
	})
}

func TestMend_NotWhatIsTakenBack(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/m.db", t.TempDir()+"/k.db")
	talk := w.interview(here, w.study())
	if err := w.gate.TakeBack(t.Context(), viewer(here, "ann"), Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}, false); err != nil {
		t.Fatal(err)
	}
	if err := w.gate.Mend(t.Context(), viewer(here, "dan"), talk.ID, talk.Turns[1], "", "x"); !errors.Is(err, fault.Missing) {
		t.Errorf("what is taken back can be mended: %v", err)
	}
}

func TestRewrite_EndsTheOldTerms(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ann, bea := viewer(here, "ann"), viewer(here, "bea")
		heard := Use{Purpose: Heard, Form: Words}
		prepared, err := w.gate.Prepare(t.Context(), here, Incoming{Kind: Idea, Keeper: "ann", Speakers: []NewSpeaker{{Member, "ann", ""}}, Turns: []NewTurn{{0, "Old words.", 0}}})
		if err != nil {
			t.Fatal(err)
		}
		terms := Terms{Yes: []Yes{{Audience: Audience{Kind: ToLived}, Use: heard, Until: w.now.AddDate(0, 1, 0)}}}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(prepared.Save(ctx, tx), w.gate.SetTerms(ctx, tx, ann, prepared.ID, prepared.Speakers[0], terms))
		})
		if got := w.words(bea, heard, prepared.ID); got != "Old words." {
			t.Fatalf("Bea reads %q", got)
		}
		if err := w.gate.Rewrite(t.Context(), bea, prepared.ID, nil, []string{"x"}); !errors.Is(err, fault.Missing) {
			t.Errorf("Bea rewrites Ann's words: %v", err)
		}
		if err := w.gate.Rewrite(t.Context(), ann, prepared.ID, nil, []string{"New words."}); err != nil {
			t.Fatal(err)
		}
		if err := w.gate.Rewrite(t.Context(), ann, prepared.ID, prepared.Turns, []string{"Over what is gone."}); !errors.Is(err, ErrRewritten) {
			t.Errorf("she rewrites what is there no more: %v", err)
		}
		if got := w.words(bea, heard, prepared.ID); got != "" {
			t.Errorf("under the old terms Bea reads %q", got)
		}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.SetTerms(ctx, tx, ann, prepared.ID, prepared.Speakers[0], terms)
		})
		if got := w.words(bea, heard, prepared.ID); got != "New words." {
			t.Errorf("under the new terms Bea reads %q", got)
		}
	})
}

func TestMend_ANameTypedInFullStaysCovered(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/m.db", t.TempDir()+"/k.db")
	talk, cat, dan := w.interview(here, w.study()), viewer(here, "cat"), viewer(here, "dan")
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.Mark(ctx, tx, here, Mention{Contribution: talk.ID, Turn: talk.Turns[3], Span: Span{5, 8}, About: "bea", By: "dan"})
	})
	if err := w.gate.Mend(t.Context(), dan, talk.ID, talk.Turns[3], "", "Then Beatrice came and we laughed."); err != nil {
		t.Fatal(err)
	}
	if got := w.words(cat, inStudy, talk.ID); got != "The bus was late, the talk was good. | Then ········ came and we laughed." {
		t.Errorf("the analyst reads %q", got)
	}
}
