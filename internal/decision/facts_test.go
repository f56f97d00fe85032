package decision_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/store"
)

// R35: decisions by who wrote them are what somebody counts by hand; secret ones are in none of it (ADR 14).
func TestFacts_AsCountedByHand(t *testing.T) {
	w := newWorld(t)
	day := func(m time.Month, d int) time.Time { return time.Date(2027, m, d, 12, 0, 0, 0, time.UTC) }
	for _, d := range []struct {
		writer         person.Viewer
		of, stage, out string
		secret         bool
		opened, closed time.Time
	}{
		{w.ann, "", "closed", "passed", false, day(1, 3), day(1, 10)},
		{w.ann, "", "closed", "stopped", false, day(1, 3), day(2, 10)},
		{w.ann, "another", "closed", "passed", false, day(1, 30), day(2, 28)},
		{w.ruth, "", "closed", "not", false, day(2, 3), day(2, 10)},
		{w.ruth, "", "closed", "passed", true, day(2, 3), day(2, 10)},
		{w.ruth, "", "talking", "", false, day(2, 28), time.Time{}},
		{w.ruth, "", "back", "", false, day(2, 3), day(2, 4)},
		{w.sam, "", "draft", "", false, time.Time{}, time.Time{}},
	} {
		w.Write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO decision_decision (partnership_id, id, writer_id, of_id, made, key_id, words, stage, days, secret, opened, until, windows,
				outcome, closed, frame, result, scrub) VALUES ($1, $2, $3, $4, 1, '', $5, $6, 7, $7, $8, 0, 1, $9, $10, '', '', 0)`, w.P, store.RandomID(), d.writer.ID, d.of, []byte{1}, d.stage,
				store.Bool(d.secret), store.Micros(d.opened), d.out, store.Micros(d.closed))
			return err
		})
	}
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO decision_rung (partnership_id, decision_id, person_id, rung) SELECT partnership_id, id, $2, 6 FROM decision_decision WHERE partnership_id = $1
			UNION ALL SELECT partnership_id, id, $3, 5 FROM decision_decision WHERE partnership_id = $1 AND writer_id = $2
			UNION ALL SELECT partnership_id, id, $4, 2 FROM decision_decision WHERE partnership_id = $1 AND outcome = 'passed'`, w.P, w.ann.ID, w.bea.ID, w.jo.ID)
		return err
	})
	type did = map[person.ID]map[string]int
	first := func(m time.Month) time.Time { return time.Date(2027, m, 1, 0, 0, 0, 0, time.UTC) }
	for _, x := range []struct {
		name        string
		count       func(context.Context, *store.Tx, person.Partnership, time.Time, time.Time) (did, error)
		from, until time.Time
		want        did
	}{
		{"opened up to January", w.room.OpenedFacts, time.Time{}, first(2), did{w.ann.ID: {"new": 2, "again": 1}}},
		{"opened in February", w.room.OpenedFacts, first(2), first(3), did{w.ruth.ID: {"new": 3}}},
		{"decided up to January", w.room.DecidedFacts, time.Time{}, first(2), did{w.ann.ID: {"passed": 1}}},
		{"decided in February", w.room.DecidedFacts, first(2), first(3), did{w.ann.ID: {"passed": 1, "stopped": 1}, w.ruth.ID: {"not": 1}}},
		{"seen on steps, up to January", w.room.LadderFacts, time.Time{}, first(2), did{w.ann.ID: {"high": 1}, w.bea.ID: {"middle": 1}, w.jo.ID: {"low": 1}}},
		{"seen on steps in February", w.room.LadderFacts, first(2), first(3), did{w.ann.ID: {"high": 3}, w.bea.ID: {"middle": 2}, w.jo.ID: {"low": 1}}},
	} {
		w.Read(func(ctx context.Context, tx *store.Tx) error {
			got, err := x.count(ctx, tx, w.P, x.from, x.until)
			if diff := cmp.Diff(x.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", x.name, diff)
			}
			return err
		})
	}
}

// R33: the step on which its writer sees a decision is counted as hers, as she left it when it opened, beside those of
// the others. A draft is on none. What she says of it later counts in its place.
func TestFacts_TheWritersStepIsCountedToo(t *testing.T) {
	w := newWorld(t)
	id, err := w.room.Begin(t.Context(), w.ruth, "", whole("Do we have tea first?")) // on the sixth
	w.Must(err)
	if n := w.Sum("1", "decision_rung"); n != 0 {
		t.Error("a draft is on a step already")
	}
	w.Must(w.room.Put(t.Context(), w.ruth, id))
	w.Must(w.room.See(t.Context(), w.cat, id, 1))
	text := whole("Do we have tea first?")
	text.Rung = 5
	w.Must(w.room.Save(t.Context(), w.ruth, id, text))
	w.Must(w.room.Put(t.Context(), w.ruth, id)) // once more, with what she changed
	w.Must(w.room.Open(t.Context(), w.ruth, id))
	w.as(w.ann).Get("/decide/" + id).Has("Seen on another step Cat 1. It is only made to look like taking part").Lacks("Ruth 5.")
	for _, v := range []person.Viewer{w.ann, w.bea, w.jo} {
		w.say(v, id, decision.Yes)
	}
	other := w.open(whole("Do we meet on Mondays?"))
	w.Must(w.room.See(t.Context(), w.ruth, other, 2))
	w.say(w.ann, other, decision.Yes)
	w.days(7)
	w.is(id, decision.Closed, decision.Passed)
	seen := func() (did map[person.ID]map[string]int) {
		w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			did, err = w.room.LadderFacts(ctx, tx, w.P, time.Time{}, w.Now().Add(time.Hour))
			return err
		})
		return did
	}
	if diff := cmp.Diff(map[person.ID]map[string]int{w.ruth.ID: {"middle": 1}, w.cat.ID: {"low": 1}}, seen()); diff != "" {
		t.Errorf("on steps (-want +got):\n%s", diff)
	}
	w.say(w.bea, other, decision.Yes)
	w.say(w.jo, other, decision.Yes)
	w.days(7)
	if diff := cmp.Diff(map[person.ID]map[string]int{w.ruth.ID: {"middle": 1, "low": 1}, w.cat.ID: {"low": 1}}, seen()); diff != "" {
		t.Errorf("once the other one is over too (-want +got):\n%s", diff)
	}
}
