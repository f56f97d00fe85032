package coding_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

func TestRoom_IsForTheStudysAnalysts(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		ctx, k, theme := t.Context(), w.talk(plain...), w.theme("The desk", "")
		id := w.add(w.cat, k, theme, k.part(2, 0, 21))
		n := coding.NewTheme{Name: "x"}
		for what, do := range map[string]func(v person.Viewer, study string) error{
			"add a theme":  func(v person.Viewer, s string) error { _, err := w.room.AddTheme(ctx, v, s, n); return err },
			"edit a theme": func(v person.Viewer, s string) error { return w.room.EditTheme(ctx, v, s, theme, n, 1) },
			"retire":       func(v person.Viewer, s string) error { return w.room.Retire(ctx, v, s, theme, true) },
			"seed":         func(v person.Viewer, s string) error { return w.room.Seed(ctx, v, s, "samhsa") },
			"index": func(v person.Viewer, s string) error {
				_, err := w.room.Add(ctx, v, s, k.ID, theme, []coding.Part{k.part(2, 0, 9)})
				return err
			},
			"remove":     func(v person.Viewer, s string) error { return w.room.Remove(ctx, v, s, k.ID, id) },
			"put back":   func(v person.Viewer, s string) error { return w.room.PutBack(ctx, v, s, k.ID, id) },
			"look again": func(v person.Viewer, s string) error { return w.room.StillFits(ctx, v, s, k.ID, id) },
			"undo":       func(v person.Viewer, s string) error { return w.room.Undo(ctx, v, s, k.ID) },
			"releases":   func(v person.Viewer, s string) error { _, err := w.room.Releases(ctx, v, s); return err },
			"export": func(v person.Viewer, s string) error {
				_, err := w.room.Export(ctx, v, s, coding.CodingsCSV, "why", plainWords{})
				return err
			},
		} {
			if err := do(w.dan, w.study); !errors.Is(err, fault.Missing) {
				t.Errorf("somebody who is no analyst can %s: %v", what, err)
			}
			if err := do(w.cat, "another"); !errors.Is(err, fault.Missing) {
				t.Errorf("in another study an analyst can %s: %v", what, err)
			}
			elsewhere := w.cat
			elsewhere.Partnership = "elsewhere"
			if err := do(elsewhere, w.study); !errors.Is(err, fault.Missing) {
				t.Errorf("in another partnership an analyst can %s: %v", what, err)
			}
		}
	})
}

type plainWords struct{}

func (plainWords) T(key string, _ ...any) string { return key }

func TestAdd_PassageOverTurnsIsOneCoding(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k, theme := w.talk(plain...), w.theme("The desk", "")
		id := w.add(w.cat, k, theme, k.part(2, 23, 53), k.part(3, 0, 26))
		want := []coding.Coding{{ID: id, Theme: theme, Contribution: k.ID, By: w.cat.ID, At: w.clock(), Frame: 1, Parts: []coding.Part{k.part(2, 23, 53), k.part(3, 0, 26)}}}
		if diff := cmp.Diff(want, w.codings(coding.Filter{Theme: theme, Contributions: []consent.ID{k.ID}})); diff != "" {
			t.Errorf("codings (-want +got):\n%s", diff)
		}
		if again, err := w.room.Add(t.Context(), w.cat, w.study, k.ID, theme, want[0].Parts); err != nil || len(again) != 0 {
			t.Errorf("the same once more made %v, %v", again, err)
		}
		w.add(w.tolu, k, theme, want[0].Parts...) // somebody else's reading is her own
		if n := len(w.codings(coding.Filter{})); n != 2 {
			t.Errorf("two people's readings are %d", n)
		}
		if n := len(w.codings(coding.Filter{Theme: "none"})); n != 0 {
			t.Errorf("another theme has %d", n)
		}
	})
}

func TestAdd_RefusesWhatCannotBeRead(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		ctx, k, theme := t.Context(), w.talk(plain...), w.theme("The desk", "")
		w.allow(w.bea, k.ID, k.Speakers[2], consent.Theme)
		if _, err := w.room.Add(ctx, w.cat, w.study, k.ID, theme, []coding.Part{k.part(3, 0, 10)}); !errors.Is(err, coding.ErrNoPassage) {
			t.Errorf("closed words were indexed: %v", err)
		}
		if _, err := w.room.Add(ctx, w.cat, w.study, k.ID, "nothing", []coding.Part{k.part(2, 0, 10)}); !errors.Is(err, coding.ErrNoTheme) {
			t.Errorf("under no theme: %v", err)
		}
		must(t, w.room.Retire(ctx, w.cat, w.study, theme, true))
		if _, err := w.room.Add(ctx, w.cat, w.study, k.ID, theme, []coding.Part{k.part(2, 0, 10)}); !errors.Is(err, coding.ErrNoTheme) {
			t.Errorf("under a theme out of use: %v", err)
		}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.Mark(ctx, tx, w.p, consent.Mention{Contribution: k.ID, Turn: k.Turns[1], Span: consent.Span{Start: 4, End: 8}, About: w.bea.ID, By: w.dan.ID})
		})
		w.add(w.cat, k, coding.Other, k.part(2, 0, 21))
		if diff := cmp.Diff([]coding.Part{k.part(2, 0, 3), k.part(2, 9, 21)}, w.codings(coding.Filter{})[0].Parts); diff != "" {
			t.Errorf("parts around words about somebody (-want +got):\n%s", diff)
		}
	})
}

func TestRemove_KeepsWhoAndCanBePutBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		ctx, k := t.Context(), w.talk(plain...)
		id := w.add(w.cat, k, coding.Other, k.part(2, 0, 21), k.part(3, 0, 26))
		must(t, w.room.Remove(ctx, w.tolu, w.study, k.ID, id))
		if n := len(w.codings(coding.Filter{})); n != 0 {
			t.Errorf("%d stand after removing", n)
		}
		gone := w.codings(coding.Filter{Removed: true})
		if len(gone) != 1 || gone[0].RemovedBy != w.tolu.ID || gone[0].Removed.IsZero() {
			t.Errorf("removed: %+v", gone)
		}
		if err := w.room.Remove(ctx, w.tolu, w.study, k.ID, id); !errors.Is(err, fault.Missing) {
			t.Errorf("removing twice: %v", err)
		}
		must(t, w.room.PutBack(ctx, w.cat, w.study, k.ID, id))
		if list := w.codings(coding.Filter{}); len(list) != 1 || len(list[0].Parts) != 2 {
			t.Errorf("put back: %+v", list)
		}
	})
}

func TestUndo_TakesBackOnesOwnLastStep(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		ctx, k := t.Context(), w.talk(plain...)
		first := w.add(w.cat, k, coding.Other, k.part(2, 0, 21))
		w.pass(time.Minute)
		_, err := w.room.Add(ctx, w.cat, w.study, k.ID, coding.Other, []coding.Part{k.part(2, 23, 53)}, []coding.Part{k.part(5, 0, 19)})
		must(t, err)
		w.pass(time.Minute)
		theirs := w.add(w.tolu, k, coding.Other, k.part(3, 0, 26))
		must(t, w.room.Undo(ctx, w.cat, w.study, k.ID))
		var left []string
		for _, c := range w.codings(coding.Filter{}) {
			left = append(left, c.ID)
		}
		slices.Sort(left)
		want := []string{first, theirs}
		slices.Sort(want)
		if diff := cmp.Diff(want, left); diff != "" {
			t.Errorf("after undoing two passages added at once (-want +got):\n%s", diff)
		}
		must(t, w.room.Undo(ctx, w.cat, w.study, k.ID))
		if err := w.room.Undo(ctx, w.cat, w.study, k.ID); !errors.Is(err, coding.ErrNothing) {
			t.Errorf("with nothing left: %v", err)
		}
	})
}

func TestTakingBack_HidesAtOnceAndErasesForGood(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		ctx, k, theme := t.Context(), w.talk(plain...), w.theme("The desk", "")
		w.add(w.cat, k, theme, k.part(2, 0, 21))
		w.add(w.cat, k, theme, k.part(2, 23, 53), k.part(3, 0, 26))
		w.add(w.cat, k, theme, k.part(3, 0, 26))
		count := func() int {
			var tally coding.Tally
			w.read(func(ctx context.Context, tx *store.Tx) error {
				var err error
				tally, err = w.room.Tally(ctx, tx, w.cat, w.study)
				return err
			})
			if n := tally.Source(k.ID); n != tally.Theme(theme) {
				t.Errorf("%d in the source and %d of the theme", n, tally.Theme(theme))
			}
			return tally.Theme(theme)
		}
		part := consent.Part{Contribution: k.ID, Speaker: k.Speakers[1]}
		if n := count(); n != 3 {
			t.Fatalf("%d passages are counted, want 3", n)
		}
		must(t, w.gate.TakeBack(ctx, w.ann, part, false))
		if n := count(); n != 1 {
			t.Errorf("%d passages are counted after taking back, want 1", n)
		}
		if n := len(w.codings(coding.Filter{})); n != 3 {
			t.Errorf("taking back deleted something that can be brought back: %d left", n)
		}
		must(t, w.gate.BringBack(ctx, w.ann, part))
		if n := count(); n != 3 {
			t.Errorf("%d passages are counted after bringing back, want 3", n)
		}
		must(t, w.gate.TakeBack(ctx, w.ann, part, true))
		if n := len(w.codings(coding.Filter{Removed: true})); n != 1 {
			t.Errorf("%d codings are left after erasing, want the one on another's words", n)
		}
	})
}

func TestTally_AsksForTheNumber(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		k := w.talk(plain...)
		w.add(w.cat, k, coding.Other, k.part(2, 0, 21))
		w.add(w.cat, k, coding.Other, k.part(3, 0, 26))
		w.allow(w.ann, k.ID, k.Speakers[1], consent.Number)
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.SetTerms(ctx, tx, w.bea, k.ID, k.Speakers[2], consent.Terms{Owner: w.bea.ID})
		})
		w.read(func(ctx context.Context, tx *store.Tx) error {
			tally, err := w.room.Tally(ctx, tx, w.cat, w.study)
			if n := tally.Theme(coding.Other); n != 1 {
				t.Errorf("counted %d, want the one whose number may be known", n)
			}
			return err
		})
	})
}

func TestTally_IsTheCountOfWhatIsOpen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		one, two, three := w.talk(plain...), w.talk(plain...), w.talk(said{0, "Is somebody there?"})
		themes := []string{w.theme("The desk", ""), coding.Other}
		for i := range 12 {
			for j, k := range []talk{one, two} {
				w.add(w.cat, k, themes[(i+j)%2], k.part(2, i, 30+i), k.part(3, i, 20+i))
				w.add(w.tolu, k, themes[i%2], k.part(3, i, 21+i))
				w.add(w.tolu, k, themes[j], k.part(5, i, 30+i))
				if i < 3 { // a question: "How", "did", "you"
					w.add(w.tolu, k, themes[j], k.part(1, 4*i, 4*i+3))
				}
			}
		}
		counted := map[int]bool{}
		for _, step := range []struct {
			name string
			do   func()
		}{
			{"everything open", func() {}},
			{"a coding removed", func() {
				must(t, w.room.Remove(t.Context(), w.cat, w.study, one.ID, w.codings(coding.Filter{Contributions: []consent.ID{one.ID}})[0].ID))
			}},
			{"a passage about somebody", func() {
				w.write(func(ctx context.Context, tx *store.Tx) error {
					return w.gate.Mark(ctx, tx, w.p, consent.Mention{Contribution: two.ID, Turn: two.Turns[2], Span: consent.Span{Start: 5, End: 9}, About: w.dan.ID, By: w.dan.ID})
				})
			}},
			{"a turn taken back", func() {
				must(t, w.gate.TakeBack(t.Context(), w.ann, consent.Part{Contribution: one.ID, Speaker: one.Speakers[1], Turns: []consent.ID{one.Turns[4]}}, false))
			}},
			{"one voice silent", func() {
				w.write(func(ctx context.Context, tx *store.Tx) error {
					return w.gate.SetTerms(ctx, tx, w.bea, two.ID, two.Speakers[2], consent.Terms{Owner: w.bea.ID})
				})
			}},
			{"all answers erased", func() {
				must(t, w.gate.TakeBack(t.Context(), w.ann, consent.Part{Contribution: one.ID, Speaker: one.Speakers[1]}, true))
				must(t, w.gate.TakeBack(t.Context(), w.bea, consent.Part{Contribution: one.ID, Speaker: one.Speakers[2]}, false))
			}},
			{"a question where nobody answers", func() { w.stray(three) }},
		} {
			step.do()
			want, got, n := w.passageByPassage(), coding.Tally{}, 0
			w.read(func(ctx context.Context, tx *store.Tx) error {
				tally, err := w.room.Tally(ctx, tx, w.cat, w.study)
				for id, themes := range tally {
					if len(themes) > 0 {
						got[id], n = themes, n+tally.Source(id)
					}
				}
				return err
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: tally (-want +got):\n%s", step.name, diff)
			}
			counted[n] = true
		}
		if len(counted) < 6 {
			t.Errorf("only %d different counts: the steps change little", len(counted))
		}
	})
}

// passageByPassage counts what a ruling over everything opens.
func (w *world) passageByPassage() coding.Tally {
	w.t.Helper()
	tally := coding.Tally{}
	w.read(func(ctx context.Context, tx *store.Tx) error {
		ruling, err := w.gate.RuleIn(ctx, tx, w.cat, consent.Use{Purpose: consent.Analysis, For: w.study, Form: consent.Number})
		for _, c := range w.codings(coding.Filter{}) {
			if c.Open(ruling) {
				if tally[c.Contribution] == nil {
					tally[c.Contribution] = map[string]int{}
				}
				tally[c.Contribution][c.Theme]++
			}
		}
		return err
	})
	return tally
}

// stray writes a coding that no page would let anybody make: on the first turn of a talk, open or not.
func (w *world) stray(k talk) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO coding_part (partnership_id, study_id, contribution_id, coding_id, n, theme_id, turn_id,
			start_at, end_at, by_id, at, frame_version, removed, removed_by) VALUES ($1, $2, $3, 'stray', 0, $4, $5, 0, 2, $6, 1, 1, 0, '')`,
			w.p, w.study, k.ID, coding.Other, k.Turns[0], w.cat.ID)
		return err
	})
}

func TestReleases_NameFilesThatHoldWhatWasTakenBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.t = t
		ctx, k := t.Context(), w.talk(plain...)
		w.add(w.cat, k, coding.Other, k.part(2, 0, 21))
		w.allow(w.bea, k.ID, k.Speakers[2], consent.Theme)
		for _, what := range coding.Files {
			write, err := w.room.Export(ctx, w.cat, w.study, what, "to compare", plainWords{})
			must(t, err)
			must(t, write(new(strings.Builder)))
			w.pass(time.Minute)
		}
		if _, err := w.room.Export(ctx, w.cat, w.study, coding.CodingsCSV, " ", plainWords{}); !errors.Is(err, coding.ErrNoPurpose) {
			t.Errorf("a file for nothing: %v", err)
		}
		if _, err := w.room.Export(ctx, w.cat, w.study, "all.zip", "to compare", plainWords{}); !errors.Is(err, coding.ErrNoFile) {
			t.Errorf("a file that is not offered: %v", err)
		}
		taken := func() []string {
			var list []string
			releases, err := w.room.Releases(ctx, w.tolu, w.study)
			must(t, err)
			if len(releases) != 4 || releases[0].Purpose != "to compare" || releases[0].By != w.cat.ID {
				t.Fatalf("releases: %+v", releases)
			}
			for _, r := range releases {
				if !r.Since.IsZero() {
					list = append(list, r.What)
				}
			}
			slices.Sort(list)
			return list
		}
		must(t, w.gate.TakeBack(ctx, w.bea, consent.Part{Contribution: k.ID, Speaker: k.Speakers[2]}, false))
		if got := taken(); len(got) != 0 {
			t.Errorf("files without her words are named: %v", got)
		}
		part := consent.Part{Contribution: k.ID, Speaker: k.Speakers[1], Turns: []consent.ID{k.Turns[1]}}
		must(t, w.gate.TakeBack(ctx, w.ann, part, false))
		if diff := cmp.Diff([]string{coding.CodingsCSV, coding.CodingsXLSX}, taken()); diff != "" {
			t.Errorf("files that hold words taken back (-want +got):\n%s", diff)
		}
		must(t, w.gate.BringBack(ctx, w.ann, part))
		if got := taken(); len(got) != 0 {
			t.Errorf("after bringing back still named: %v", got)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			openings, err := w.gate.Openings(ctx, tx, w.ann, k.ID)
			exports := 0
			for _, o := range openings {
				if strings.HasPrefix(string(o.Act), "export:") {
					exports++
				}
			}
			if exports != 2 {
				t.Errorf("she sees %d exports of hers, want 2", exports)
			}
			return err
		})
	})
}
