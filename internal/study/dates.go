package study

import (
	"strconv"
	"strings"
	"time"

	"footing/internal/web"
	"footing/internal/web/look"
)

// boxes are a date as it was typed, in three boxes.
type boxes struct{ Day, Month, Year string }

func boxesOf(t time.Time) boxes {
	if t.IsZero() {
		return boxes{}
	}
	return boxes{strconv.Itoa(t.Day()), strconv.Itoa(int(t.Month())), strconv.Itoa(t.Year())}
}

// read returns the day, the zero time for three empty boxes, and false for what is no day.
func (b boxes) read() (time.Time, bool) {
	var n [3]int
	for i, s := range []string{b.Day, b.Month, b.Year} {
		n[i], _ = strconv.Atoi(strings.TrimSpace(s)) // no number reads as 0, which is no day
	}
	if strings.TrimSpace(b.Day+b.Month+b.Year) == "" {
		return time.Time{}, true
	}
	t := time.Date(n[2], time.Month(n[1]), n[0], 0, 0, 0, 0, time.UTC)
	return t, n[2] > 1900 && t.Day() == n[0] && int(t.Month()) == n[1] && t.Year() == n[2]
}

func (b boxes) ask(q *web.Request, name, legend, hint string) look.Dated {
	t := q.Words.T
	return look.Dated{Name: name, Legend: t(legend), Hint: t(hint), Day: b.Day, Month: b.Month, Year: b.Year,
		Labels: [3]string{t("study.day"), t("study.month"), t("study.year")}}
}

// String returns the day as it was typed, "" for three empty boxes.
func (b boxes) String() string { return strings.TrimSpace(b.Day + " " + b.Month + " " + b.Year) }
