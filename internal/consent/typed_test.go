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

// What is typed up of her voice, and she said yes to, stands behind her words, for the same people to the same
// end; nobody else puts words into her part, and nobody at all once it is taken back.
func TestAddTurns_AreHersUnderTheTermsThereAre(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		s := w.spoken(here, "", randomBytes(9), w.heard(Words))
		add := func(v person.Viewer, text string) error {
			return w.gate.AddTurns(t.Context(), v, s.whole(), []string{text}, func(context.Context, *store.Tx, []ID) error { return nil })
		}
		for _, v := range []person.Viewer{viewer(here, "bea"), viewer(there, "ann"), viewer(here, "")} {
			if err := add(v, "Not hers."); !errors.Is(err, fault.Missing) {
				t.Errorf("%s of %s adds words to Ann's part: %v", v.ID, v.Partnership, err)
			}
		}
		if err := errors.Join(add(viewer(here, "ann"), "The bus."), add(viewer(here, "ann"), "And the tea.")); err != nil {
			t.Fatal(err)
		}
		for who, want := range map[person.ID]string{"bea": " | The bus. | And the tea.", "dan": ""} {
			if got := w.words(viewer(here, who), inWords, s.ID); got != want {
				t.Errorf("%s reads %q, want %q", who, got, want)
			}
		}
		var first ID
		w.read(func(ctx context.Context, tx *store.Tx) (err error) {
			first, err = store.Get(ctx, tx, store.One[ID], `SELECT id FROM consent_turn WHERE partnership_id = $1 AND contribution_id = $2 AND length = 8`, here, s.ID)
			return err
		})
		part := s.whole()
		part.Turns = []ID{first}
		refused := errors.New("not now")
		instead := func(err error) error {
			return w.gate.AddTurns(t.Context(), viewer(here, "ann"), part, []string{"The tram."}, func(context.Context, *store.Tx, []ID) error { return err })
		}
		if err := instead(refused); !errors.Is(err, refused) {
			t.Errorf("what runs with it fails, and it answers %v", err)
		}
		if got, want := w.words(viewer(here, "bea"), inWords, s.ID), " | The bus. | And the tea."; got != want {
			t.Errorf("nothing was to be replaced, and Bea reads %q, want %q", got, want)
		}
		if err := instead(nil); err != nil {
			t.Fatal(err)
		}
		if got, want := w.words(viewer(here, "bea"), inWords, s.ID), " | And the tea. | The tram."; got != want {
			t.Errorf("one was replaced, and Bea reads %q, want %q", got, want)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			wordless, err := w.gate.Wordless(ctx, tx, here, s.ID)
			if len(wordless) != 0 || err != nil {
				t.Errorf("typed up, and said to be without a word (%v)", err)
			}
			return nil
		})
		if err := w.gate.TakeBack(t.Context(), viewer(here, "ann"), s.whole(), false); err != nil {
			t.Fatal(err)
		}
		if err := add(viewer(here, "ann"), "Late."); !errors.Is(err, fault.Missing) {
			t.Errorf("taken back, and words are added: %v", err)
		}
	})
}

// Who was asked to type something up is told of it while she may hear it, and nobody else is.
func TestToTypeUp_IsForWhomSheAskedAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		asked := Yes{Audience: Audience{ToPerson, "cat"}, Use: Use{Typing, "", Voice}, Until: w.now.AddDate(0, 1, 0)}
		s := w.spoken(here, "", randomBytes(9), w.heard(Voice), asked)
		lists := func(when string, want bool) {
			t.Helper()
			for _, v := range []person.Viewer{viewer(here, "cat"), viewer(here, "bea"), viewer(here, "ann"), viewer(there, "cat")} {
				w.read(func(ctx context.Context, tx *store.Tx) error {
					list, err := w.gate.ToTypeUp(ctx, tx, v)
					if is := len(list) == 1; is != (want && v.ID == "cat" && v.Partnership == here) || err != nil {
						t.Errorf("%s, %s of %s is told of %d (%v)", when, v.ID, v.Partnership, len(list), err)
					}
					return nil
				})
			}
		}
		lists("asked", true)
		if got := w.words(viewer(here, "cat"), inWords, s.ID); got != "" {
			t.Errorf("the typist reads %q", got)
		}
		if err := w.gate.TakeBack(t.Context(), viewer(here, "ann"), s.voice(), false); err != nil {
			t.Fatal(err)
		}
		lists("the voice is taken back", false)
		if err := w.gate.BringBack(t.Context(), viewer(here, "ann"), s.whole()); err != nil {
			t.Fatal(err)
		}
		lists("brought back", true)
		w.now = w.now.AddDate(0, 1, 1)
		lists("its end has come", false)
	})
}
