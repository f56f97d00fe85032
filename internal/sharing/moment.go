package sharing

import (
	"slices"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/web"
)

// Most moments that are waited for at a time, and the most letters of a name.
const (
	mostMoments  = 12
	momentLetter = 60
)

// latests lists when a moment is over at the latest, in months from when it is added.
var latests = []string{"3", "6", "12", "24"}

// The faults of the list.
var (
	errMomentName = fault.New(fault.Invalid, "sharing.moment_name")
	errMomentHere = fault.New(fault.Invalid, "sharing.moment_here")
	errMomentMany = fault.New(fault.Invalid, "sharing.moment_many").With("most", mostMoments)
	errLatest     = fault.New(fault.Invalid, "sharing.moment_latest")
)

// addMoment returns what is added to the list, or why it cannot be. The name follows "When": what people
// type in front of it again is left off.
func addMoment(list []consent.Moment, name, latest string, now time.Time) (consent.Moment, error) {
	name = strings.TrimRight(strings.Join(strings.Fields(name), " "), ".")
	if len(name) > 5 && strings.EqualFold(name[:5], "when ") {
		name = name[5:]
	}
	m := consent.Moment{Name: name}
	waiting := (around{moments: list}).waiting(now)
	switch n := len([]rune(name)); {
	case n == 0, n > momentLetter:
		return m, errMomentName
	case slices.ContainsFunc(waiting, func(o consent.Moment) bool { return circle.Fold(o.Name) == circle.Fold(name) }):
		return m, errMomentHere
	case len(waiting) >= mostMoments:
		return m, errMomentMany
	case !slices.Contains(latests, latest):
		return m, errLatest
	}
	months := map[string]int{"3": 3, "6": 6, "12": 12, "24": 24}[latest]
	m.Latest = now.UTC().AddDate(0, months, 0).Truncate(24 * time.Hour)
	return m, nil
}

// untilMoment writes an end as one word, for a form's value: what is waited for, and the day on which it is
// over at the latest.
func untilMoment(id consent.ID, latest time.Time) string {
	return "when:" + string(id) + ":" + latest.UTC().Format(time.DateOnly)
}

// moment returns what untilMoment wrote, nothing for any other end.
func (a Answers) moment() (consent.ID, time.Time) {
	kind, rest, _ := strings.Cut(a.Until, ":")
	id, day, _ := strings.Cut(rest, ":")
	latest, err := time.Parse(time.DateOnly, day)
	if kind != "when" || err != nil {
		return "", time.Time{}
	}
	return consent.ID(id), latest
}

// oneMoment reports whether all that is allowed ends with the same thing.
func oneMoment(running []consent.Yes) bool {
	return running[0].Moment != "" && !slices.ContainsFunc(running, func(y consent.Yes) bool {
		return y.Moment != running[0].Moment || !y.Until.Equal(running[0].Until)
	})
}

// waiting lists what is still waited for.
func (at around) waiting(now time.Time) []consent.Moment {
	return slices.DeleteFunc(slices.Clone(at.moments), func(m consent.Moment) bool { return !m.Happened.IsZero() || !m.Latest.After(now) })
}

// end returns the end that a form gives: only what was offered counts, or what was chosen before.
func (at around) end(given, before string) string {
	if strings.HasPrefix(given, "when:") && given != before &&
		!slices.ContainsFunc(at.moments, func(m consent.Moment) bool { return m.Happened.IsZero() && untilMoment(m.ID, m.Latest) == given }) {
		return ""
	}
	return given
}

// still takes out of a draft an end that has come since it was chosen. Without one there is no yes.
func (at around) still(a Answers, now time.Time) Answers {
	id, _ := a.moment()
	if id != "" && !slices.ContainsFunc(at.waiting(now), func(m consent.Moment) bool { return m.ID == id }) {
		a.Until = ""
	}
	return a
}

func momentName(q *web.Request, m consent.Moment) string {
	return q.Words.T("sharing.until_when", "name", m.Name)
}

func atLatest(q *web.Request, day time.Time) string {
	return q.Words.T("sharing.until_latest", "date", q.Words.Date(day))
}

// endWords says until when: what is waited for with its latest day, or the day alone.
func (at around) endWords(q *web.Request, moment consent.ID, until time.Time) string {
	i := slices.IndexFunc(at.moments, func(m consent.Moment) bool { return m.ID == moment })
	if i < 0 {
		return q.Words.Date(until)
	}
	return q.Words.T("sharing.until_when_latest", "name", at.moments[i].Name, "date", q.Words.Date(until))
}
