package needs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// arrangePage is what whoever hosts may know, by need. Nobody is on it who shared nothing with the hosts.
type arrangePage struct {
	Title  look.Title
	Groups []group
	None   look.Empty
	Head   string
	Off    []booked
}

type group struct {
	Heading string
	Lines   []wanted
}

// wanted is one line as whoever hosts sees it.
type wanted struct {
	Name    string
	Summary look.Summary
	Booked  []booked
	Book    look.Button
}

func (r *Room) showArrange(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	w, err := r.arranged(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	p := arrangePage{Title: look.Title{Text: t("needs.arrange_heading"), Lead: t("needs.arrange_lead")}, Head: t("needs.to_call_off")}
	for _, k := range Kinds() {
		g := group{Heading: t("needs.kind_" + string(k))}
		for _, l := range w.lines {
			if l.Text.Kind != k {
				continue
			}
			one := wanted{Name: w.names[l.Person], Summary: look.Summary{Rows: l.rows(q)}, Book: look.Button{Text: t("needs.book"), Look: look.Second, Href: "/needs/arrange/" + l.ID, About: w.names[l.Person]}}
			for _, b := range w.of(l.ID) {
				if b.State != Cancelled {
					one.Booked = append(one.Booked, arrangedFor(q, b))
				}
			}
			g.Lines = append(g.Lines, one)
		}
		if len(g.Lines) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	for _, b := range w.bookings {
		if b.State == Cancelled {
			p.Off = append(p.Off, arrangedFor(q, b))
		}
	}
	if len(p.Groups)+len(p.Off) == 0 {
		p.None = look.Empty{Title: t("needs.arrange_none"), Text: t("needs.arrange_none_text")}
	}
	return q.Show("arrange", p), nil
}

// arrangedFor is a booking as whoever hosts sees it.
func arrangedFor(q *web.Request, b Booking) booked {
	t := q.Words.T
	v := booked{Heading: t("needs.booked"), Summary: look.Summary{Rows: b.Booked.rows(q)}, State: t("needs.host_" + string(b.State)), Action: "/needs/arrange/" + b.ID + "/off"}
	switch b.State {
	case Cancelled, Another:
		v.Acts = []look.Button{{Text: t("needs.is_off"), Look: look.Second}}
	case Made, Right:
		v.Acts = []look.Button{{Text: t("needs.call_off"), Look: look.Second}}
	}
	return v
}

type bookForm struct {
	What   string `form:"what" max:"200"`
	When   string `form:"when" max:"200"`
	Who    string `form:"who" max:"200"`
	For    string `form:"for" max:"200"`
	Agreed bool   `form:"agreed"`
	Day    string `form:"agreed_on-day"`
	Month  string `form:"agreed_on-month"`
	Year   string `form:"agreed_on-year"`
}

// booked returns what the form says. Without the tick there is no day, and a tick without a day is none.
func (f bookForm) booked() Booked {
	trim := strings.TrimSpace
	b := Booked{What: trim(f.What), When: trim(f.When), Who: trim(f.Who), For: trim(f.For)}
	day, _ := strconv.Atoi(trim(f.Day))
	month, _ := strconv.Atoi(trim(f.Month))
	year, _ := strconv.Atoi(trim(f.Year)) // what is no number reads as 0, which is no day
	if f.Agreed {
		b.Agreed = fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	}
	return b
}

// agreed returns the day on which whoever comes agreed.
func (b Booked) agreed() (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, b.Agreed)
	return day, err == nil
}

func newBookForm(q *web.Request, l Line, name string, f bookForm) form {
	t := q.Words.T
	field := func(name, key, value string) look.Ask {
		return look.Write(look.Field{Name: name, Label: t("needs.book_" + key), Value: value, Autocomplete: "off"})
	}
	p := form{Title: look.Title{Text: t("needs.book_heading", "name", name), Lead: t("needs.kind_" + string(l.Text.Kind))}, Action: "/needs/arrange/" + l.ID,
		Notes: []look.Note{{Title: t("needs.who_title"), Text: t("needs.book_who")}},
		Asks:  []look.Ask{field("what", "what", f.What), field("when", "when", f.When), field("who", "who_comes", f.Who), field("for", "for", f.For)},
		Acts:  []look.Button{{Text: t("needs.book_save")}}, Back: look.Link{Href: "/needs/arrange", Text: t("needs.back")}}
	for _, row := range l.rows(q) {
		p.Notes = append(p.Notes, look.Note{Title: row.Term, Text: row.Value})
	}
	if l.Text.Kind.Listens() {
		p.Asks = append(p.Asks, look.Choose(look.Choice{Name: "agreed", Legend: t("needs.book_agreed"), Hint: t("needs.book_agreed_hint"), Multiple: true,
			Options: []look.Option{{Value: "1", Label: t("needs.book_agreed_yes"), Chosen: f.Agreed}}}))
		p.Dated = look.Dated{Name: "agreed_on", Legend: t("needs.book_agreed_on"), Day: f.Day, Month: f.Month, Year: f.Year,
			Labels: [3]string{t("needs.day"), t("needs.month"), t("needs.year")}}
	}
	return p
}

// arrangedLine returns a line that whoever hosts may know, with the name of whose it is.
func (r *Room) arrangedLine(q *web.Request) (Line, string, error) {
	w, err := r.arranged(q.Context(), q.Viewer)
	if err != nil {
		return Line{}, "", err
	}
	i := slices.IndexFunc(w.lines, func(l Line) bool { return l.ID == q.Path("line") })
	if i < 0 {
		return Line{}, "", fault.Missing
	}
	return w.lines[i], w.names[w.lines[i].Person], nil
}

func (r *Room) showBook(q *web.Request) (web.Answer, error) {
	l, name, err := r.arrangedLine(q)
	if err != nil {
		return nil, err
	}
	return q.Show("form", newBookForm(q, l, name, bookForm{})), nil
}

func (r *Room) book(q *web.Request) (web.Answer, error) {
	l, name, err := r.arrangedLine(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[bookForm](q)
	if err == nil {
		err = r.Book(q.Context(), q.Viewer, l, f.booked())
	}
	if err != nil && again(err) {
		return q.Again("form", newBookForm(q, l, name, f).wrong(q, err)), nil
	}
	return web.GoSaying("/needs/arrange", "needs.saved"), err
}
