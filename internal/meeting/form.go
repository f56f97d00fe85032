package meeting

import (
	"strconv"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// form is a page that asks.
type form struct {
	Check  look.Check
	Title  look.Title
	Notes  []look.Note
	Newer  look.Newer
	Action string
	Day    look.Dated // before the other questions
	Asks   []look.Ask
	Until  look.Dated // after them
	Acts   []look.Button
	Other  act
	Back   look.Link
}

// act is a small form of its own: one button.
type act struct {
	Action string
	Button look.Button
}

// wrong says on the page what needs another look.
func (f form) wrong(q *web.Request, err error) form {
	f.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, err)}}}
	return f
}

// again shows the page once more when whoever is at the screen can mend a fault, with what she typed; any
// other stays an error.
func (f form) again(q *web.Request, err error) (web.Answer, error) {
	if !mends(err) {
		return nil, err
	}
	return q.Again("form", f.wrong(q, err)), nil
}

// mends reports whether whoever is at the screen can mend a fault.
func mends(err error) bool {
	k := fault.KindOf(err)
	return k == fault.Invalid || k == fault.Conflict
}

// line is a question answered in one line, box one answered in a few, with who sees it.
func line(q *web.Request, name, key, value string) look.Ask {
	return look.Write(look.Field{Name: name, Label: q.Words.T(key), Hint: hint(q, key), Value: value, Autocomplete: "off"})
}

func box(q *web.Request, name, key, value, who string) look.Ask {
	return look.Write(look.Field{Name: name, Label: q.Words.T(key), Hint: hint(q, key), Value: value, Rows: 4, Autocomplete: "off",
		WhoTitle: q.Words.T("meeting.who_sees"), Who: q.Words.T(who)})
}

// hint returns the hint of a question, where it has one.
func hint(q *web.Request, key string) string {
	if key += "_hint"; q.Words.Has(key) {
		return q.Words.T(key)
	}
	return ""
}

// boxes are a day as it was typed, in three boxes.
type boxes struct{ Day, Month, Year string }

// boxesOf are the boxes of a day as it is kept.
func boxesOf(day string) boxes {
	t := at(day)
	if t.IsZero() {
		return boxes{}
	}
	return boxes{strconv.Itoa(t.Day()), strconv.Itoa(int(t.Month())), strconv.Itoa(t.Year())}
}

// read returns the day as it is kept, empty for three empty boxes, and ErrDay for what is no day.
func (b boxes) read() (string, error) {
	if strings.TrimSpace(b.Day+b.Month+b.Year) == "" {
		return "", nil
	}
	var n [3]int
	for i, s := range []string{b.Day, b.Month, b.Year} {
		n[i], _ = strconv.Atoi(strings.TrimSpace(s)) // no number reads as 0, which is no day
	}
	t := time.Date(n[2], time.Month(n[1]), n[0], 0, 0, 0, 0, time.UTC)
	if n[2] < 2000 || t.Day() != n[0] || int(t.Month()) != n[1] || t.Year() != n[2] {
		return "", ErrDay
	}
	return dayOf(t), nil
}

func (b boxes) ask(q *web.Request, name, key string) look.Dated {
	t := q.Words.T
	return look.Dated{Name: name, Legend: t(key), Hint: hint(q, key), Day: b.Day, Month: b.Month, Year: b.Year,
		Labels: [3]string{t("meeting.day"), t("meeting.month"), t("meeting.year")}}
}

// today is the day it is.
func (r *Room) today() string { return dayOf(r.Now()) }
