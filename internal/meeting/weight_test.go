package meeting_test

import (
	"fmt"
	"testing"

	"footing/internal/meeting"
	"footing/internal/testing/engine"
	"footing/internal/testing/fixture"
)

// A list of sixty things to talk about, with titles of the greatest length and reasons for what became of some, comes to
// any phone, on the page of its meeting as among what waits for one, and everything on it is on one of the pages.
func TestList_KeepsToItsWeightAndHidesNothing(t *testing.T) {
	engine.Once(t, "pages are the same on both")
	b := newGroup(t)
	at := b.known("9")
	kez, jo := b.Named("Kez"), b.Named("Jo")
	for n := range 60 {
		for _, on := range []string{at[len("/meetings/"):], ""} {
			item, err := b.room.Propose(t.Context(), kez, on, meeting.ItemText{Title: fixture.Long(fmt.Sprintf("thing%d.", n), 120), More: fixture.Long("more", 2000)})
			b.Must(err)
			if on != "" && n%4 == 0 {
				b.Must(b.room.Decide(t.Context(), jo, item, meeting.Fate{What: meeting.Dropped, Why: fixture.Long("why", 1000)}))
			}
		}
	}
	b.later(0)
	for _, path := range []string{at, "/meetings"} {
		pages := b.kez.Whole(path)
		for n := range 60 {
			if mark := fmt.Sprintf("thing%d. ", n); fixture.Count(pages, mark) == 0 {
				t.Errorf("%q is on none of %d pages of %s", mark, len(pages), path)
			}
		}
	}
}
