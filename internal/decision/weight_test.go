package decision_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/testing/engine"
	"footing/internal/testing/fixture"
)

// A page of a decision comes to any phone, however much people wrote: a text of the greatest length, sixty people who
// each answered by name with reasons and gains of the greatest length, as many doubts and replies, and somebody on each
// step. Nothing is hidden: what is not on its page is on those to which it leads, each thing once.
func TestOne_KeepsToItsWeightAndHidesNothing(t *testing.T) {
	engine.Once(t, "pages are the same on both")
	w := newWorld(t)
	text := decision.Text{Title: fixture.Long("title", 100), Question: fixture.Long("question", 2000), Fixed: fixture.Long("fixed", 2000), Why: fixture.Long("why", 2000), Interest: fixture.Long("interest", 1000),
		Matter: agreement.Everyday, Method: decision.Score, Rung: 8, Again: 4}
	for n := range decision.MaxChoices {
		text.Choices = append(text.Choices, fixture.Long(fmt.Sprint("choice", n), 160))
	}
	people := []person.Viewer{w.ann, w.bea, w.cat, w.ruth, w.sam, w.jo}
	for len(people) < 60 {
		people = append(people, w.Person(fmt.Sprint("Person", len(people)), []person.Standing{person.LivedExperience, person.Charity}[len(people)%2]))
	}
	id, err := w.room.Begin(t.Context(), w.ruth, "", text)
	w.Must(err)
	w.Must(w.room.Put(t.Context(), w.ruth, id))
	at := "/decide/" + id
	for n, v := range people {
		w.Must(w.room.Question(t.Context(), v, id, fixture.Long(fmt.Sprintf("doubt%d.", n), 2000)))
		w.Must(w.room.See(t.Context(), v, id, decision.Rung(1+n%7)))
	}
	for n := range people { // she answers each, from the pages to which its page leads
		reply := replies(w.site.As(w.ruth).Whole(at))
		if len(reply) != len(people)-n {
			t.Fatalf("of %d doubts that wait for an answer %d are shown", len(people)-n, len(reply))
		}
		if n == 0 {
			w.site.As(w.ruth).Whole(reply[0])
		}
		w.as(w.ruth).Post(reply[0], "reply", fixture.Long(fmt.Sprintf("reply%d.", n), 2000)).Is(http.StatusOK)
		if n == 3 { // the others by hand: it is the same each time
			for m := 4; m < len(people); m++ {
				w.Must(w.room.Reply(t.Context(), w.ruth, id, reply[m-3][strings.LastIndex(reply[m-3], "/")+1:], fixture.Long(fmt.Sprintf("reply%d.", m), 2000)))
			}
			break
		}
	}
	w.Must(w.room.Open(t.Context(), w.ruth, id))
	for n, v := range people {
		says := decision.Said{Marks: []int{3, n % 3, 0, 1, 2, 1}}
		w.Must(w.room.Say(t.Context(), v, id, says, fixture.Long(fmt.Sprintf("reasons%d.", n), 2000), false))
		w.Must(w.room.Gain(t.Context(), v, id, fixture.Long(fmt.Sprintf("gain%d.", n), 1000)))
	}
	everything(t, w.site.As(w.ann).Whole(at), len(people), "reasons", "gain", "doubt", "reply")
	w.days(7)
	w.is(id, decision.Closed, decision.Passed)
	w.as(w.ruth).Post(at+"/after", "after", fixture.Long("after", 2000)).Is(http.StatusOK)
	everything(t, w.site.As(w.ann).Whole(at), len(people), "reasons", "gain", "doubt", "reply")
	if n := fixture.Count(w.site.As(w.ann).Whole(at), ">after "); n != 1 {
		t.Errorf("what changed stands on %d pages", n)
	}
}

// replies are the addresses where a doubt is answered.
func replies(pages []fixture.Page) (list []string) {
	for _, p := range pages {
		for _, link := range p.All("a[href*='/reply/']") {
			if to, _ := link.Attr("href"); !slices.Contains(list, to) {
				list = append(list, to)
			}
		}
	}
	return list
}

// everything fails unless each of so many marks of each kind stands on one of the pages.
func everything(t *testing.T, pages []fixture.Page, many int, kinds ...string) {
	t.Helper()
	for _, kind := range kinds {
		for n := range many {
			if mark := fmt.Sprintf("%s%d. ", kind, n); fixture.Count(pages, mark) == 0 {
				t.Errorf("%q is on none of %d pages", mark, len(pages))
			}
		}
	}
}

// A hundred and thirty decisions are on several pages, the open ones first, and none is left out.
func TestAll_KeepsToItsWeightAndHidesNothing(t *testing.T) {
	engine.Once(t, "pages are the same on both")
	w := newWorld(t)
	for n := range 130 {
		text := whole(fmt.Sprint("Question ", n))
		text.Title = fixture.Long(fmt.Sprintf("title%d.", n), 100)
		_, err := w.room.Begin(t.Context(), w.ruth, "", text)
		w.Must(err)
	}
	w.open(whole("Do we have tea first?"))
	pages := w.site.As(w.ruth).Whole("/decide")
	everything(t, pages, 130, "title")
	pages[0].HasText("Do we have tea first?")
	if len(pages) < 3 {
		t.Errorf("all of it is on %d pages", len(pages))
	}
}
