package meeting_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"footing/internal/meeting"
	"footing/internal/person"
	"footing/internal/store"
)

// named tells where one meets.
type named map[string]string

func (p named) Names(context.Context, person.Viewer) (map[string]string, error) { return p, nil }

// What is counted of when and where one met is read as whoever reads the page may know it: meetings that were known,
// were not called off, and were on those days.
func TestWere_AsTheReaderMayKnowThem(t *testing.T) {
	b := newGroup(t)
	b.room.Places = named{"kettle": "The Green Kettle"}
	jo := b.Named("Jo")
	for day, state := range map[string]meeting.State{"2027-01-31": meeting.Known, "2027-02-01": meeting.Known, "2027-02-02": meeting.Known, "2027-02-03": meeting.Off, "2027-02-04": meeting.Planned, "2027-03-01": meeting.Known} {
		text := meeting.Text{Start: "10:30", Women: true}
		if day == "2027-02-01" {
			text.At, text.With = "kettle", []person.ID{jo.ID}
		}
		words, err := json.Marshal(text)
		b.Must(err)
		id := store.RandomID()
		key, sealed, err := b.Gate.SealPaper(t.Context(), b.P, "meeting_meeting", "words", id, string(words))
		b.Must(err)
		b.Write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO meeting_meeting (partnership_id, id, host_id, by_id, made, known, state, day, key_id, words) VALUES ($1, $2, $3, $3, 1, 1, $4, $5, $6, $7)`,
				b.P, id, jo.ID, state, day, key, sealed)
			return err
		})
	}
	list, err := b.room.Were(t.Context(), b.Named("Kez"), "2027-02-01", "2027-03-01")
	b.Must(err)
	got := ""
	for _, w := range list {
		got += fmt.Sprint(w.Meeting.Day, " ", w.Meeting.Text.Start, " ", w.Place, " ", len(w.Meeting.Text.With), "; ")
	}
	if want := "2027-02-01 10:30 The Green Kettle 1; 2027-02-02 10:30  0; "; got != want {
		t.Errorf("these were: %s\nwant %s", got, want)
	}
	list, err = b.room.Were(t.Context(), person.Viewer{Partnership: b.P, ID: "somebody else"}, "2027-02-01", "2027-03-01")
	if err != nil || len(list) != 0 {
		t.Errorf("somebody who is not here knows of %d (%v)", len(list), err)
	}
}
