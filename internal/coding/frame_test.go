package coding_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"footing/internal/coding"
	"footing/internal/fault"
	"footing/internal/refi"
)

func names(f coding.Frame) []string {
	var list []string
	for _, t := range f.Themes {
		list = append(list, f.Path(t.ID))
	}
	return list
}

func TestFrame_BeginsWithOtherAndKeepsItLast(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		if diff := cmp.Diff([]string{"Other"}, names(w.frame())); diff != "" {
			t.Fatalf("an empty frame (-want +got):\n%s", diff)
		}
		desk := w.theme("The desk", "")
		w.theme("Waiting", "")
		w.theme("Being heard", desk)
		f := w.frame()
		if diff := cmp.Diff([]string{"The desk", "The desk: Being heard", "Waiting", "Other"}, names(f)); diff != "" {
			t.Errorf("themes (-want +got):\n%s", diff)
		}
		if f.Version != 3 {
			t.Errorf("three changes made version %d", f.Version)
		}
		hues := map[int]bool{}
		for _, theme := range f.Themes {
			hues[theme.Hue] = true
		}
		if len(hues) != len(f.Themes) {
			t.Errorf("%d themes share %d numbers", len(f.Themes), len(hues))
		}
	})
}

func TestFrame_HasTwoLevels(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		top := w.theme("The desk", "")
		sub := w.theme("Being heard", top)
		for _, parent := range []string{sub, coding.Other, "nothing"} {
			if _, err := w.room.AddTheme(t.Context(), w.cat, w.study, coding.NewTheme{Name: "x", Parent: parent}); !errors.Is(err, coding.ErrParent) {
				t.Errorf("under %q: %v", parent, err)
			}
		}
		other := w.theme("Waiting", "")
		if err := w.room.EditTheme(t.Context(), w.cat, w.study, top, coding.NewTheme{Name: "The desk", Parent: other}, 1); !errors.Is(err, coding.ErrParent) {
			t.Errorf("a theme with sub-themes became one: %v", err)
		}
		if v := w.frame().Version; v != 3 {
			t.Errorf("what was refused made version %d of the frame", v)
		}
	})
}

func TestSeed_AddsASetOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		w.theme("safety", "") // by another spelling it is there already
		for range 2 {
			must(t, w.room.Seed(t.Context(), w.cat, w.study, "samhsa"))
		}
		if got := len(w.frame().Themes); got != 1+5+1 {
			t.Errorf("the frame has %d themes: %v", got, names(w.frame()))
		}
		definitions, err := w.room.Definitions(t.Context(), w.tolu, w.study)
		must(t, err)
		for _, theme := range w.frame().Themes {
			if d := definitions[theme.ID]; theme.Name == "Peer support" && (d.Definition == "" || !strings.Contains(d.Source, "SAMHSA")) {
				t.Errorf("the seeded theme says %+v", d.Entry)
			}
		}
	})
}

func TestEditTheme_SendsOlderPassagesToBeLookedAtAgain(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k, theme := w.talk(plain...), w.theme("The desk", "")
		w.add(w.cat, k, theme, k.part(2, 0, 21))
		stale := func() bool {
			th, _ := w.frame().Theme(theme)
			return w.codings(coding.Filter{})[0].Stale(th)
		}
		n := coding.NewTheme{Name: "The front desk", Entry: refi.Entry{Definition: "What The desk means"}}
		must(t, w.room.EditTheme(t.Context(), w.cat, w.study, theme, n, 1))
		if stale() {
			t.Error("a new name alone asks to look again")
		}
		n.UseWhen = "Somebody stands at it."
		must(t, w.room.EditTheme(t.Context(), w.tolu, w.study, theme, n, 1))
		if !stale() {
			t.Error("a new meaning does not ask to look again")
		}
		must(t, w.room.StillFits(t.Context(), w.cat, w.study, k.ID, w.codings(coding.Filter{})[0].ID))
		if stale() {
			t.Error("what was looked at is asked for again")
		}
		n.UseWhen = "It is spoken of."
		if err := w.room.EditTheme(t.Context(), w.cat, w.study, theme, n, 1); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an edit over a newer one: %v", err)
		}
		history, err := w.room.History(t.Context(), w.cat, w.study, theme)
		must(t, err)
		if len(history) != 2 || history[0].UseWhen != "Somebody stands at it." || history[1].UseWhen != "" || history[0].By != w.tolu.ID {
			t.Errorf("history: %+v", history)
		}
	})
}

func TestDefinitions_OfOtherCanBeWrittenToo(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		must(t, w.room.EditTheme(t.Context(), w.cat, w.study, coding.Other, coding.NewTheme{Entry: refi.Entry{Definition: "Fits nowhere"}}, 0))
		d, err := w.room.Definitions(t.Context(), w.cat, w.study)
		must(t, err)
		if d[coding.Other].Definition != "Fits nowhere" {
			t.Errorf("Other means %q", d[coding.Other].Definition)
		}
		if err := w.room.Retire(t.Context(), w.cat, w.study, coding.Other, true); !errors.Is(err, fault.Missing) {
			t.Errorf("Other was taken out of use: %v", err)
		}
	})
}
