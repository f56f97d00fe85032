package meeting

import (
	"slices"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is all meetings, and what waits for one.
type listPage struct {
	Title    look.Title
	Coming   []look.Card
	None     look.Empty
	Acts     []look.Button
	PlanHead string
	Planned  []look.Card
	WaitHead string
	WaitLead string
	Waiting  []thing
	Pages    look.Pages
	PastHead string
	Past     []look.Card
	Links    []look.Link
}

func (r *Room) showList(q *web.Request) (web.Answer, error) {
	t, today := q.Words.T, r.today()
	w, err := r.everyMeeting(q.Context(), q.Viewer, func(tx *store.Tx, w *world) error {
		var err error
		w.items, err = itemsWhere(q.Context(), tx, q.Partnership(), ``)
		return err
	})
	if err != nil {
		return nil, err
	}
	p := listPage{Title: look.Title{Text: t("meeting.heading"), Lead: t("meeting.lead")}, PlanHead: t("meeting.planned"), WaitHead: t("meeting.waiting"),
		WaitLead: t("meeting.waiting_lead"), PastHead: t("meeting.past"), Links: []look.Link{{Href: "/meetings/hosts", Text: t("meeting.hosts_link")}},
		Acts: []look.Button{{Text: t("meeting.propose"), Href: "/agenda/new"}}}
	if q.Viewer.Standings.Has(person.Facilitator) {
		p.Acts = append(p.Acts, look.Button{Text: t("meeting.new"), Href: "/meetings/new", Look: look.Second})
	}
	if r.Places != nil {
		p.Links = append(p.Links, look.Link{Href: "/places", Text: t("meeting.places_link")})
	}
	if r.Beside != nil {
		p.Links = append(p.Links, r.Beside(q)...)
	}
	for _, m := range w.meetings {
		switch card := meetingCard(q, m); {
		case m.State == Planned:
			card.Title.Href += "/plan"
			p.Planned = append(p.Planned, card)
		case m.Over(today):
			p.Past = append(p.Past, card)
		default:
			p.Coming = append(p.Coming, card)
		}
	}
	slices.Reverse(p.Past) // the newest first
	if len(p.Coming) == 0 {
		p.None = look.Empty{Title: t("meeting.none"), Text: t("meeting.none_text")}
	}
	for _, i := range w.items {
		if w.homeless(i, today) {
			p.Waiting = append(p.Waiting, w.thing(q, i))
		}
	}
	p.Waiting, p.Pages = leaf(q, "/meetings", p.Waiting)
	return q.Show("list", p), nil
}

// room is how many bytes of words there are on a page of what is on a list, so that it comes to any phone, and aLine is
// what each thing takes beside its words.
const (
	room  = 5000
	aLine = 120
)

// leaf returns which of many things on a list stand on the page that is asked for, and the way to the others.
func leaf(q *web.Request, at string, all []thing) ([]thing, look.Pages) {
	sizes := make([]int, len(all))
	for n, one := range all {
		sizes[n] = aLine + len(one.Card.Title.Text) + len(one.Card.Meta)
		for _, line := range one.Course {
			sizes[n] += len(line)
		}
	}
	from, to, pages := q.Leaves(at, "list", q.Words.T("meeting.list_long"), sizes, room)
	return all[from:to], pages
}

// homeless reports whether something waits and is on the list of no meeting to come.
func (w world) homeless(i Item, today string) bool {
	m, ok := w.meeting(i.Meeting)
	return i.Stands() == Waiting && (!ok || m.State != Known || m.Over(today))
}

// when says when a meeting is.
func (m Meeting) when(q *web.Request) string {
	return q.Words.T("meeting.when", "day", q.Words.Day(at(m.Day)), "time", m.Text.Start)
}

func meetingCard(q *web.Request, m Meeting) look.Card {
	c := look.Card{Title: look.Link{Href: "/meetings/" + m.ID, Text: m.when(q)}, Text: m.Text.Lines[Purpose].Words}
	if m.State == Off {
		c.Tags = []look.Tag{{Text: q.Words.T("meeting.is_off")}}
	}
	return c
}

// thing is one item on a list, with what became of it.
type thing struct {
	Card   look.Card
	Course []string
}

func (w world) thing(q *web.Request, i Item) thing {
	t := q.Words.T
	one := thing{Card: look.Card{Title: look.Link{Href: "/agenda/" + i.ID, Text: i.Text.Title},
		Meta: t("meeting.by", "name", w.names[i.Person], "date", q.Words.Date(i.Made))}, Course: w.course(q, i)}
	if !i.open {
		one.Card.Title = look.Link{Text: t("meeting.shut")}
	}
	return one
}

// course says what became of an item, by whom and why, oldest first.
func (w world) course(q *web.Request, i Item) []string {
	t := q.Words.T
	var list []string
	for _, f := range i.Fates {
		args := []any{"name", w.names[f.By], "date", q.Words.Date(f.Made), "to", ""}
		if m, ok := w.meeting(f.To); ok {
			args[5] = m.when(q)
		}
		said := t("meeting.fate_"+string(f.What), args...)
		if f.Why != "" {
			said += " " + t("meeting.because", "why", f.Why)
		}
		list = append(list, said)
	}
	return list
}
