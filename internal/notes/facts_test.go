package notes_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/notes"
	"footing/internal/person"
	"footing/internal/store"
)

// R35: what became of what people were to do is what somebody counts by hand, by who does it, each thing once: on the
// day on which she said so, or 90 days after its day.
func TestTodoFacts_AsCountedByHand(t *testing.T) {
	b := newGroup(t)
	kez, jo := b.Named("Kez").ID, b.Named("Jo").ID
	add := func(who person.ID, due string, state notes.Doing, ended string, shut bool) {
		b.Write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO notes_todo (partnership_id, id, meeting_id, person_id, due, state, ended, n, by_id, shut, key_id, words)
				VALUES ($1, $2, '', $3, $4, $5, $6, 0, '', $7, '', $8)`, b.P, store.RandomID(), who, due, state, ended, store.Bool(shut), []byte{1})
			return err
		})
	}
	add(kez, "2027-01-20", notes.Done, "2027-01-31", false)
	add(kez, "2027-01-20", notes.Done, "2027-02-01", false)
	add(kez, "2027-01-20", notes.NotDone, "2027-01-10", false) // before its day
	add(kez, "2027-01-20", notes.Done, "2027-04-20", false)    // on the last of the 90 days
	add(kez, "2027-01-20", notes.Done, "2027-04-21", false)    // on the day after, it was open already
	add(jo, "2027-01-20", notes.ToDo, "", false)
	add(jo, "2027-08-01", notes.ToDo, "", false)
	add(jo, "2027-01-20", notes.Done, "", false)           // before days were kept
	add(jo, "2027-01-20", notes.Done, "2027-01-21", true)  // shut
	add("", "2027-01-20", notes.ToDo, "", false)           // nobody's
	add("", "2027-01-20", notes.Done, "2027-01-21", false) // of somebody who has left
	day := func(m time.Month) time.Time { return time.Date(2027, m, 1, 0, 0, 0, 0, time.UTC) }
	type did = map[person.ID]map[string]int
	for _, x := range []struct {
		from, until time.Time
		want        did
	}{
		{time.Time{}, day(2), did{kez: {"done": 1, "not": 1}}},
		{day(2), day(3), did{kez: {"done": 1}}},
		{day(3), day(4), did{}},
		{day(4), day(5), did{kez: {"done": 1, "open": 1}, jo: {"open": 1}}},
		{day(5), day(10), did{}},
		{time.Time{}, day(10), did{kez: {"done": 3, "not": 1, "open": 1}, jo: {"open": 1}}},
	} {
		b.Read(func(ctx context.Context, tx *store.Tx) error {
			got, err := b.room.TodoFacts(ctx, tx, b.P, x.from, x.until)
			if diff := cmp.Diff(x.want, got); diff != "" {
				t.Errorf("from %s until %s (-want +got):\n%s", x.from.Format(time.DateOnly), x.until.Format(time.DateOnly), diff)
			}
			return err
		})
	}
}

// Saying what became of it keeps the day, and taking it on does not.
func TestTodo_TheDayOnWhichItEnded(t *testing.T) {
	b := newGroup(t)
	ended := func() (days []string) {
		b.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			days, err = store.List(ctx, tx, store.One[string], `SELECT ended FROM notes_todo WHERE partnership_id = $1`, b.P)
			return err
		})
		return days
	}
	id, err := b.room.Agree(t.Context(), b.Named("Jo"), notes.Todo{Due: "2027-03-20", Text: notes.TodoText{What: "Ask the library."}})
	b.Must(err)
	b.Must(b.room.Answer(t.Context(), b.Named("Kez"), id, 0, notes.Mine, ""))
	if got := ended(); len(got) != 1 || got[0] != "" {
		t.Errorf("it ended on %q when somebody took it on", got)
	}
	b.later(3)
	b.Must(b.room.Answer(t.Context(), b.Named("Kez"), id, 1, notes.Done, ""))
	if got, want := ended(), b.Now().Format(time.DateOnly); len(got) != 1 || got[0] != want {
		t.Errorf("it ended on %q, want %s", got, want)
	}
}
