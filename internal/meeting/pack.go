package meeting

import (
	"io"
	"maps"
	"slices"
	"strings"

	"footing/internal/web"
	"footing/internal/web/look"
)

// A pack is a meeting to take along: on paper, or as a line of a calendar. Neither holds a name, a place or what
// the group is called unless she asks for it, since both lie about (R25).

// With is something that she can have put in.
type With string

// What can be put in.
const (
	Names  With = "names"
	Where  With = "place"
	Called With = "called" // what the group calls its site
)

// Withs lists them.
func Withs() []With { return []With{Names, Where, Called} }

// takePage asks what is put in, and leads to the paper and to the calendar.
type takePage struct {
	Title  look.Title
	Notes  []look.Note
	Action string
	Choice look.Choice
	Acts   []look.Button
	Back   look.Link
}

func (r *Room) showTake(q *web.Request) (web.Answer, error) {
	m, _, err := r.theMeeting(q.Context(), q.Viewer, q.Path("meeting"), nil)
	if err != nil {
		return nil, err
	}
	t, at := q.Words.T, "/meetings/"+m.ID
	p := takePage{Title: look.Title{Text: t("meeting.take_heading"), Lead: m.when(q)}, Notes: []look.Note{{Text: t("meeting.take_before")}}, Action: at + "/pack",
		Choice: look.Choice{Name: "with", Legend: t("meeting.ask_take"), Multiple: true},
		Acts:   []look.Button{{Text: t("meeting.take_paper")}, {Text: t("meeting.take_day"), Action: at + "/day", Look: look.Second}},
		Back:   look.Link{Href: at, Text: t("meeting.back")}}
	if q.Viewer.NoFiles {
		p.Acts = p.Acts[:1]
	}
	for _, w := range Withs() {
		p.Choice.Options = append(p.Choice.Options, look.Option{Value: string(w), Label: t("meeting.take_" + string(w))})
	}
	return q.Show("take", p), nil
}

// picked reports whether she asked for something to be put in.
func picked(q *web.Request, w With) bool {
	return slices.Contains(q.HTTP.URL.Query()["with"], string(w))
}

// hides returns what takes out of a text the names that she did not ask for.
func (w world) hides(q *web.Request) func(string) string {
	var people, titles []string
	if !picked(q, Names) {
		people = slices.Collect(maps.Values(w.names))
	}
	if !picked(q, Where) {
		titles = slices.Collect(maps.Values(w.places))
	}
	if !picked(q, Called) {
		titles = append(titles, q.Site.Name)
	}
	return func(text string) string { return without(text, people, titles) }
}

// packPage is the paper: no more on it than the page itself.
type packPage struct {
	Title   look.Title
	Called  string
	Summary look.Summary
	Head    string
	Things  []string
	Card    pauseCard
	Parts   []look.Held
	Foot    string
	Back    look.Link
}

// pauseCard says without a word that whoever hands it over needs a pause. It is the paper of NeedPause, as far as
// paper can be: whoever sits near may see it, and it says so. It is on every pack, so that having it tells nothing,
// and nothing of it is ever typed in: by then the moment is over.
type pauseCard struct {
	Head, Words string
	How         []string
}

func newPauseCard(q *web.Request) pauseCard {
	t := q.Words.T
	return pauseCard{Head: t("meeting.pause_head"), Words: t("meeting.pause_ask"), How: []string{t("meeting.card_how"), t("meeting.card_seen")}}
}

func (r *Room) showPack(q *web.Request) (web.Answer, error) {
	m, w, err := r.whole(q)
	if err != nil {
		return nil, err
	}
	t, hide := q.Words.T, w.hides(q)
	p := packPage{Title: look.Title{Text: m.when(q)}, Head: t("meeting.list_heading"), Foot: t("meeting.pack_foot"), Back: look.Link{Href: "/meetings/" + m.ID + "/take", Text: t("meeting.back")}}
	if picked(q, Called) {
		p.Called = q.Site.Name
	}
	if picked(q, Names) {
		p.Summary.Rows = append(p.Summary.Rows, look.SummaryRow{Term: t("meeting.row_host"), Values: []string{w.names[m.Host]}})
	}
	for _, f := range Fields() {
		if f == Who && !picked(q, Names) || (f == Place || f == Travel) && !picked(q, Where) {
			continue
		}
		var values []string
		for _, line := range w.lines(q, m, f, r.today()) {
			values = append(values, hide(line))
		}
		p.Summary.Rows = append(p.Summary.Rows, look.SummaryRow{Term: t("meeting.row_" + string(f)), Values: values})
	}
	for _, i := range w.items {
		if i.Meeting != m.ID || !i.open {
			continue
		}
		said := hide(i.Text.Title)
		if picked(q, Names) {
			said = t("meeting.pack_thing", "what", said, "name", w.names[i.Person])
		}
		p.Things = append(p.Things, said)
	}
	if m.Day >= r.today() {
		p.Card = newPauseCard(q)
	}
	if r.Printed != nil && m.State == Known && m.Day <= r.today() {
		if p.Parts, err = r.Printed(q, m.ID); err != nil {
			return nil, err
		}
		hideIn(p.Parts, hide)
	}
	return q.Show("pack", p), nil
}

// hideIn takes out of what its notes add what she did not ask for.
func hideIn(parts []look.Held, hide func(string) string) {
	for _, part := range parts {
		for i := range part.Lines {
			l := &part.Lines[i]
			l.When, l.Text = hide(l.When), hide(l.Text)
			for _, list := range [][]string{l.Words, l.More} {
				for j := range list {
					list[j] = hide(list[j])
				}
			}
		}
	}
}

// showDay answers with the meeting as a line of a calendar.
func (r *Room) showDay(q *web.Request) (web.Answer, error) {
	m, w, err := r.theMeeting(q.Context(), q.Viewer, q.Path("meeting"), nil)
	if err != nil {
		return nil, err
	}
	e := Entry{ID: m.ID, Day: m.Day, Start: m.Text.Start, Minutes: m.Text.Minutes(), What: q.Words.T("meeting.take_what"), Made: r.Now()}
	if picked(q, Called) {
		e.What = q.Site.Name
	}
	if picked(q, Where) {
		e.Where = w.hides(q)(strings.TrimSpace(w.places[m.Text.At] + "\n" + m.Text.Lines[Place].Words))
	}
	if picked(q, Names) {
		e.Note = strings.Join(slices.Concat([]string{w.names[m.Host]}, w.who(q, m.Text)), "\n")
	}
	return web.Attach("day.ics", "text/calendar; charset=utf-8", func(out io.Writer) error {
		_, err := io.WriteString(out, e.Calendar())
		return err
	}), nil
}
