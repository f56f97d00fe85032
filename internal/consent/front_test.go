package consent_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	. "footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// What stands before words opens to those who may open them and to nobody else, is on nobody's record, and
// only its keeper changes it. The other partnership's stays as it was.
func TestFront_ForThoseWhoMayOpenTheWords(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		share := func(p person.Partnership) *Prepared {
			prepared, err := w.gate.Prepare(t.Context(), p, Incoming{Kind: Experience, Note: "About buses", Topics: []string{"one", "two"}, Keeper: "ann",
				Speakers: []NewSpeaker{{Member, "ann", ""}}, Turns: []NewTurn{{0, "It was late.", 0}}})
			if err != nil {
				t.Fatal(err)
			}
			w.write(func(ctx context.Context, tx *store.Tx) error {
				if err := prepared.Save(ctx, tx); err != nil {
					return err
				}
				return w.gate.SetTerms(ctx, tx, viewer(p, "ann"), prepared.ID, prepared.Speakers[0],
					Terms{Yes: []Yes{{Audience: Audience{Kind: ToLived}, Use: Use{Heard, "", Words}, Until: w.now.AddDate(0, 1, 0)}}})
			})
			return prepared
		}
		ours, theirs := share(here), share(there)
		use := Use{Heard, "", Words}
		topics := func(v person.Viewer) []string {
			all, err := w.gate.TopicsOf(t.Context(), v, use, ours.ID, theirs.ID)
			if err != nil {
				t.Fatal(err)
			}
			if len(all) > 1 {
				t.Errorf("%s is told the topics of %d", v.ID, len(all))
			}
			return all[ours.ID]
		}
		front := func(v person.Viewer) Front {
			f, err := w.gate.FrontOf(t.Context(), v, use, ours.ID)
			if err != nil && !errors.Is(err, fault.Missing) {
				t.Fatal(err)
			}
			return f
		}
		bea, cat := viewer(here, "bea"), viewer(here, "cat")
		if got := topics(bea); !slices.Equal(got, []string{"one", "two"}) || front(bea).Note.Reveal() != "About buses" || !slices.Equal(front(bea).Topics, got) {
			t.Errorf("Bea, of the group, is told %q and %+v", got, front(bea))
		}
		for _, v := range []person.Viewer{cat, viewer(there, "bea"), {Partnership: here, ID: "nobody"}} {
			if got := topics(v); got != nil || front(v).ID != "" {
				t.Errorf("%s of %s is told %q", v.ID, v.Partnership, got)
			}
		}
		if err := w.gate.SetFront(t.Context(), bea, ours.ID, "x", nil); !errors.Is(err, fault.Missing) {
			t.Errorf("Bea changes what is not hers: %v", err)
		}
		if err := w.gate.SetFront(t.Context(), viewer(here, "ann"), ours.ID, "About clocks", []string{"three"}); err != nil {
			t.Fatal(err)
		}
		if got := front(bea); got.Note.Reveal() != "About clocks" || !slices.Equal(got.Topics, []string{"three"}) {
			t.Errorf("changed, Bea is told %q and %q", got.Note.Reveal(), got.Topics)
		}
		if got := w.sealedTopics(there); len(got) != len(w.sealedTopics(here)) || strings.Contains(got, "one") {
			t.Errorf("one topic and two take %d and %d bytes", len(w.sealedTopics(here)), len(got))
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			opened, err := w.gate.Openings(ctx, tx, viewer(here, "ann"), ours.ID)
			if len(opened) > 0 {
				t.Errorf("looking at what stands before it is on record: %+v", opened)
			}
			return err
		})
		if err := w.gate.TakeBack(t.Context(), viewer(here, "ann"), Part{Contribution: ours.ID, Speaker: ours.Speakers[0]}, true); err != nil {
			t.Fatal(err)
		}
		if w.sealedTopics(here) != "" || topics(bea) != nil {
			t.Error("erased, and its topics are still there")
		}
	})
}

// sealedTopics returns the bytes of the one contribution's topics in the database.
func (w *world) sealedTopics(p person.Partnership) (sealed string) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		bytes, err := store.Get(ctx, tx, store.One[[]byte], `SELECT topics FROM consent_contribution WHERE partnership_id = $1`, p)
		sealed = string(bytes)
		return err
	})
	return sealed
}
