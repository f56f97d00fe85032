package lang

import (
	"strconv"
	"time"
)

// zone returns t on the clock on the wall.
func (w Words) zone(t time.Time) time.Time {
	if w.c.Zone == nil {
		return t.UTC()
	}
	return t.In(w.c.Zone)
}

// Date says a date: "3 March 2027". The zero time is the empty text.
func (w Words) Date(t time.Time) string { return w.date("lang.date", t) }

// Day says a date that is near: "Wednesday 3 March". The zero time is the empty text.
func (w Words) Day(t time.Time) string { return w.date("lang.day", t) }

// Clock says a time of day: "10:30". The zero time is the empty text.
func (w Words) Clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.zone(t).Format("15:04")
}

// When says a date and a time of day: "3 March 2027, 10:30". The zero time is the empty text.
func (w Words) When(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.T("lang.when", "date", w.Date(t), "clock", w.Clock(t))
}

func (w Words) date(key string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = w.zone(t)
	return w.T(key,
		"day", t.Day(), "month", w.T("lang.month_"+strconv.Itoa(int(t.Month()))), "year", strconv.Itoa(t.Year()), // a year is no quantity
		"weekday", w.T("lang.weekday_"+strconv.Itoa(int(t.Weekday()))))
}

// near is how many days away a date is still said by counting.
const near = 6

// Days says how far away a date is: "today", "yesterday", "in 3 days", "3 days ago". From a week on it
// is the date itself.
func (w Words) Days(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	switch days := midnight(w.zone(t)) - midnight(w.zone(now)); {
	case days == 0:
		return w.T("lang.today")
	case days == 1:
		return w.T("lang.tomorrow")
	case days == -1:
		return w.T("lang.yesterday")
	case 1 < days && days <= near:
		return w.T("lang.days_ahead", "count", days)
	case -near <= days && days < -1:
		return w.T("lang.days_ago", "count", -days)
	}
	return w.Date(t)
}

// midnight numbers the days, so that a day of 23 or 25 hours is one day like any other.
func midnight(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
