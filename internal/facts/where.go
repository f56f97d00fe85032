package facts

import (
	"cmp"
	"slices"
	"time"
)

// A Met is a meeting that was, as it is counted by time and place.
type Met struct {
	Day, Start    string // 2027-03-02, 10:30
	Place         string // as members call it; empty where it is none of those that they describe
	Women, Others bool   // who was asked along
}

// Together reports whether both groups were asked along. Only such a meeting is counted: where the women meet by
// themselves, and when, is theirs.
func (m Met) Together() bool { return m.Women && m.Others }

// A Part is a part of the day, by when a meeting began.
type Part string

// The parts of the day.
const (
	Morning   Part = "morning"   // before twelve
	Afternoon Part = "afternoon" // before five
	Evening   Part = "evening"
)

// DayParts lists them.
func DayParts() []Part { return []Part{Morning, Afternoon, Evening} }

// Part returns the part of the day in which it began.
func (m Met) Part() Part {
	switch {
	case m.Start < "12:00":
		return Morning
	case m.Start < "17:00":
		return Afternoon
	}
	return Evening
}

// Times are how many meetings there were, and how many of them at each part of the day, on each day of the week, at
// each place. Each is counted by itself, so that nobody reads from it where one meets on a Tuesday morning.
type Times struct {
	All    int
	Parts  map[Part]int
	Days   map[time.Weekday]int
	Places []At // those with most meetings first
}

// An At is how many meetings were at a place.
type At struct {
	Place string
	Count int
}

// CountedTimes counts meetings to which both groups were asked.
func CountedTimes(list []Met) Times {
	t := Times{Parts: map[Part]int{}, Days: map[time.Weekday]int{}}
	places := map[string]int{}
	for _, m := range list {
		day, err := time.Parse(time.DateOnly, m.Day)
		if err != nil || !m.Together() {
			continue
		}
		t.All++
		t.Parts[m.Part()]++
		t.Days[day.Weekday()]++
		places[m.Place]++
	}
	for place, n := range places {
		t.Places = append(t.Places, At{place, n})
	}
	slices.SortFunc(t.Places, func(a, b At) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Place, b.Place)) })
	return t
}
