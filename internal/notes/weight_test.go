package notes_test

import (
	"fmt"
	"slices"
	"testing"

	"footing/internal/notes"
	"footing/internal/testing/engine"
	"footing/internal/testing/fixture"
)

// Notes of 200 lines, some put right at length, with forty things to be done, come to any phone: on several pages, in
// their order, with everything on one of them. So does the list of all that is to be done.
func TestNotes_KeepToTheirWeightAndHideNothing(t *testing.T) {
	engine.Once(t, "pages are the same on both")
	b := newGroup(t)
	jo, kez := b.Named("Jo"), b.Named("Kez")
	var texts []string
	for n := range 200 {
		texts = append(texts, fixture.Long(fmt.Sprintf("line%d.", n), 300))
	}
	for some := range slices.Chunk(texts, notes.Most) {
		b.Must(b.room.Add(t.Context(), jo, "spring", some))
	}
	b.Must(b.room.Move(t.Context(), jo, "spring", notes.Preparing))
	b.Must(b.room.Move(t.Context(), jo, "spring", notes.Open))
	_, lines, _, err := b.room.Of(t.Context(), jo, "spring")
	b.Must(err)
	for n := range 20 {
		line := ""
		if n%2 == 0 {
			line = lines[n*9].ID
		}
		_, err := b.room.Correct(t.Context(), kez, "spring", line, fixture.Long(fmt.Sprintf("right%d.", n), 2000), true, true)
		b.Must(err)
	}
	for n := range 40 {
		_, err := b.room.Agree(t.Context(), jo, notes.Todo{Meeting: "spring", Person: jo.ID, Due: "2027-06-01", Text: notes.TodoText{What: fixture.Long(fmt.Sprintf("todo%d.", n), 1000)}})
		b.Must(err)
	}
	b.later(1)
	pages := b.kez.Whole(at)
	for kind, many := range map[string]int{"line": 200, "right": 20, "todo": 40} {
		for n := range many {
			if mark := fmt.Sprintf("%s%d. ", kind, n); fixture.Count(pages, mark) == 0 {
				t.Errorf("%q is on none of %d pages", mark, len(pages))
			}
		}
	}
	pages = b.kez.Whole("/todo")
	for n := range 40 {
		if mark := fmt.Sprintf("todo%d. ", n); fixture.Count(pages, mark) == 0 {
			t.Errorf("%q is on none of %d pages of what is to be done", mark, len(pages))
		}
	}
}
