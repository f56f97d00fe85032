package consent_test

import (
	"context"
	"path/filepath"
	"testing"

	. "footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// Whoever goes takes the name she was called by; title, note and the others' names stay for them, and go
// with the last one.
func TestTakeBack_TakesHerNameAlong(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		ann, dan := viewer(here, "ann"), viewer(here, "dan")
		head := func() string { return w.headKey(talk.ID) }
		first := head()
		if err := w.gate.TakeBack(t.Context(), ann, Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}, true); err != nil {
			t.Fatal(err)
		}
		if held, err := w.ring.Keys(t.Context(), []string{first}); err != nil || len(held) > 0 {
			t.Errorf("what sealed her name is still there (%v)", err)
		}
		c, err := w.gate.OpenOwn(t.Context(), dan, talk.ID)
		if err != nil {
			t.Fatal(err)
		}
		if c.Title.Reveal() != "Talk one" || c.Note.Reveal() != "About buses" || len(c.Topics) != 1 || c.Topics[0] != "buses" || c.Speakers[0].Label.Reveal() != "Dan" || c.Speakers[1].Label.Reveal() != "" {
			t.Errorf("Dan reads %q, %q, %q and %q", c.Title.Reveal(), c.Note.Reveal(), c.Speakers[0].Label.Reveal(), c.Speakers[1].Label.Reveal())
		}
		second := head()
		if err := w.gate.TakeBack(t.Context(), dan, Part{Contribution: talk.ID, Speaker: talk.Speakers[0]}, true); err != nil {
			t.Fatal(err)
		}
		if held, err := w.ring.Keys(t.Context(), []string{second, head()}); err != nil || len(held) > 0 {
			t.Errorf("nobody is left in it, and its title can still be opened (%v)", err)
		}
		if n, err := w.ring.Rows(t.Context()); err != nil || n != 0 {
			t.Errorf("%d keys are left (%v)", n, err)
		}
	})
}

// One who can still bring hers back keeps the title when another goes.
func TestTakeBack_HiddenIsNotGone(t *testing.T) {
	w := newWorld(t, filepath.Join(t.TempDir(), "m.db"), filepath.Join(t.TempDir(), "k.db"))
	talk := w.interview(here, w.study())
	ann, dan := viewer(here, "ann"), viewer(here, "dan")
	part := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
	if err := w.gate.TakeBack(t.Context(), ann, part, false); err != nil {
		t.Fatal(err)
	}
	if err := w.gate.TakeBack(t.Context(), dan, Part{Contribution: talk.ID, Speaker: talk.Speakers[0]}, true); err != nil {
		t.Fatal(err)
	}
	if err := w.gate.BringBack(t.Context(), ann, part); err != nil {
		t.Fatal(err)
	}
	c, err := w.gate.OpenOne(t.Context(), viewer(here, "cat"), inStudy, Reading, talk.ID)
	if err != nil || c.Title.Reveal() != "Talk one" || c.Speakers[1].Label.Reveal() != "Ann" {
		t.Errorf("brought back: title %q, name %q (%v)", c.Title.Reveal(), c.Speakers[1].Label.Reveal(), err)
	}
}

// Turn by turn until nothing is left: the page of what is left opens, and title and keys are gone.
func TestTakeBack_TurnByTurnToTheLast(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		for i, who := range []string{"dan", "ann", "dan", "ann"} {
			part := Part{Contribution: talk.ID, Speaker: talk.Speakers[map[string]int{"dan": 0, "ann": 1}[who]], Turns: []ID{talk.Turns[i]}}
			if err := w.gate.TakeBack(t.Context(), viewer(here, person.ID(who)), part, true); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.gate.OpenOwn(t.Context(), viewer(here, "ann"), talk.ID); err != nil {
			t.Errorf("her own page of what is gone: %v", err)
		}
		if n, err := w.ring.Rows(t.Context()); err != nil || n != 0 {
			t.Errorf("%d keys are left (%v)", n, err)
		}
	})
}

// headKey returns the id of the key of a contribution's title, note and labels.
func (w *world) headKey(id ID) (key string) {
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		key, err = store.Get(ctx, tx, store.One[string], `SELECT key_id FROM consent_contribution WHERE partnership_id = $1 AND id = $2`, here, id)
		return err
	})
	return key
}
