package facts_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/facts"
	"footing/internal/person"
)

// spring are the meetings of one: three with everybody, of which one is at no place, one of the women alone, one of
// everyone else.
var spring = []facts.Met{
	{Day: "2027-03-02", Start: "10:30", Place: "The Green Kettle", Women: true, Others: true}, // a Tuesday
	{Day: "2027-03-09", Start: "12:00", Place: "The Green Kettle", Women: true, Others: true},
	{Day: "2027-03-11", Start: "17:00", Women: true, Others: true}, // a Thursday
	{Day: "2027-03-12", Start: "09:00", Place: "Somebody’s kitchen", Women: true},
	{Day: "2027-03-13", Start: "09:00", Place: "The surgery", Others: true},
}

// R35: when and where one met is what somebody counts by hand. Where one group met by itself is in none of it.
func TestCountedTimes_AsByHand(t *testing.T) {
	want := facts.Times{All: 3, Parts: map[facts.Part]int{facts.Morning: 1, facts.Afternoon: 1, facts.Evening: 1},
		Days: map[time.Weekday]int{time.Tuesday: 2, time.Thursday: 1}, Places: []facts.At{{Place: "The Green Kettle", Count: 2}, {Place: "", Count: 1}}}
	if diff := cmp.Diff(want, facts.CountedTimes(spring)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// meetings tells of those that were on the days that are asked for, to nobody but whoever asks.
type meetings struct{ asked []string }

func (m *meetings) Met(_ context.Context, v person.Viewer, from, until string) ([]facts.Met, error) {
	m.asked = append(m.asked, v.Name, from, until)
	return slices.DeleteFunc(slices.Clone(spring), func(one facts.Met) bool { return one.Day < from || one.Day >= until }), nil
}

// The page says when and where one met in the twelve months before this one, for whoever reads it, as a sentence, a
// picture and tables; nothing of it is kept.
func TestPage_WhenAndWhere(t *testing.T) {
	b := newGroup(t)
	all := &meetings{}
	b.room.Met = all
	b.Pass(time.Date(2027, 6, 20, 12, 0, 0, 0, time.UTC).Sub(b.Now()))
	page := b.As(b.Named("Kez")).Get("/decides/counted")
	page.HasText("Of 3 meetings, 1 began in the morning, 1 in the afternoon and 1 in the evening.")
	page.HasText("It cannot show who could not come")
	page.HasText("Part of the day. Morning: 1, Afternoon: 1, Evening, from five: 1. Day of the week. Tuesday: 2, Thursday: 1. Place. The Green Kettle: 2, Somewhere else, or by phone or video: 1.")
	page.LacksText("kitchen")
	if tables := page.All("table"); len(tables) != 3 {
		t.Errorf("%d tables are shown, want three", len(tables))
	}
	if want := "[Kez 2026-06-01 2027-06-01]"; fmt.Sprint(all.asked) != want {
		t.Errorf("asked were %v, want %s", all.asked, want)
	}
	if n := b.Sum("1", "facts_count"); n != 0 {
		t.Errorf("%d counts are kept", n)
	}

	long := "The small hall behind the church, up the ramp and to the left"
	spring[0].Place = long
	t.Cleanup(func() { spring[0].Place = "The Green Kettle" })
	page = b.As(b.Named("Kez")).Get("/decides/counted")
	page.One("svg g").HasText("The small hall behind the church, u…") // a picture is as wide as a small phone
	page.One("figure").HasText(long + " 1")

	b.Pass(365 * 24 * time.Hour)
	later := b.As(b.Named("Kez")).Get("/decides/counted")
	later.Is(http.StatusOK, b.Ground)
	later.HasText("When and where we met")
	later.LacksText("The Green Kettle")
}
