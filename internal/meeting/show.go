package meeting

import (
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// page is one meeting, with all that can be known before it, and what is on its list.
type page struct {
	Title    look.Title
	Notes    []look.Note
	Summary  look.Summary
	WayHead  string
	Way      []string
	WayLink  look.Button
	ListHead string
	Things   []thing
	Pages    look.Pages
	None     string
	SaidHead string
	Said     []saidLine
	Acts     []look.Button
	Links    []look.Link
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	m, w, err := r.whole(q)
	if err != nil {
		return nil, err
	}
	if m.State == Planned {
		return web.Go("/meetings/" + m.ID + "/plan"), nil
	}
	t := q.Words.T
	p := page{Title: look.Title{Text: m.when(q), Lead: m.Text.Lines[Purpose].Words}, Summary: look.Summary{Rows: w.rows(q, m, r.today())},
		WayHead: t("meeting.way_heading"), ListHead: t("meeting.list_heading"), SaidHead: t("meeting.said_heading"),
		Links: []look.Link{{Href: "/meetings/" + m.ID + "/take", Text: t("meeting.take_heading")}}}
	if r.Notes != nil && m.State == Known && m.Day <= r.today() {
		p.Links = append(r.Notes(q, m.ID), p.Links...)
	}
	if name := w.places[m.Text.At]; name != "" {
		p.Links = append([]look.Link{{Href: "/places/" + m.Text.At, Text: t("meeting.about_place", "name", name)}}, p.Links...)
	}
	if m.State == Off {
		p.Notes = []look.Note{{Title: t("meeting.is_off"), Text: t("meeting.off_by", "name", w.names[m.Text.OffBy], "why", m.Text.Off)}}
	}
	switch {
	case m.State == Known && m.Sits(r.today()):
		p.Notes = append(p.Notes, look.Note{Title: t("meeting.sits_title"), Text: t("meeting.sits_text"), Links: []look.Link{{Href: "/meetings/" + m.ID + "/now", Text: t("meeting.sits_link")}}})
	case m.State == Known && m.Stage == Closed:
		p.Notes = append(p.Notes, look.Note{Text: t("meeting.closed_text"), Links: []look.Link{{Href: "/meetings/" + m.ID + "/now", Text: t("meeting.closed_link")}}})
	case m.State == Known && !m.Over(r.today()):
		p.Links = append(p.Links, look.Link{Href: "/meetings/" + m.ID + "/now", Text: t("meeting.now_link")})
	}
	if r.Watched != nil && m.State == Known {
		note, err := r.Watched(q, m.ID, m.Stage != Ahead, m.Over(r.today()))
		if err != nil {
			return nil, err
		}
		p.watched(note)
	}
	for _, i := range w.items {
		p.Things = append(p.Things, w.thing(q, i))
	}
	p.Things, p.Pages = leaf(q, "/meetings/"+m.ID, p.Things)
	if len(p.Things) == 0 {
		p.None = t("meeting.list_none")
	}
	for _, s := range w.said {
		if s.Item == "" {
			p.Said = append(p.Said, w.saidLine(q, s))
		}
	}
	if m.State == Known {
		r.showTaking(q, m, w, &p)
		p.Acts = []look.Button{{Text: t("meeting.propose"), Href: "/agenda/new?for=" + m.ID, Look: look.Second},
			{Text: t("meeting.say"), Href: "/meetings/" + m.ID + "/say", Look: look.Second}}
	}
	if q.Viewer.Standings.Has(person.Facilitator) {
		p.Links = append(p.Links, look.Link{Href: "/meetings/" + m.ID + "/ways", Text: t("meeting.ways_link")}, look.Link{Href: "/meetings/" + m.ID + "/plan", Text: t("meeting.plan_link")})
	}
	p.Links = append(p.Links, look.Link{Href: "/meetings", Text: t("meeting.back")})
	return q.Show("meeting", p), nil
}

// watched puts on the page what is said of watching the meeting, or while nothing is, only the way there.
func (p *page) watched(note look.Note) {
	if note.Text == "" {
		p.Links = append(p.Links, note.Links...)
		return
	}
	p.Notes = append(p.Notes, note)
}

// showTaking says how the viewer told those who host that she takes part.
func (r *Room) showTaking(q *web.Request, m Meeting, w world, p *page) {
	t := q.Words.T
	p.WayLink = look.Button{Text: t("meeting.way_say"), Href: "/meetings/" + m.ID + "/way", Look: look.Second}
	for _, one := range w.takings {
		if one.Person == q.Viewer.ID {
			p.Way, p.WayLink.Text = one.Text.lines(q, w.names), t("meeting.way_change")
		}
	}
}

// whole reads a meeting with what is or was on its list and what was said to it.
func (r *Room) whole(q *web.Request) (Meeting, world, error) {
	ctx, id := q.Context(), q.Path("meeting")
	w, err := r.everyMeeting(ctx, q.Viewer, func(tx *store.Tx, w *world) error {
		var err error
		if err = hosting(ctx, tx, q.Partnership(), w); err != nil {
			return err
		}
		w.items, err = itemsWhere(ctx, tx, q.Partnership(), ` AND (meeting_id = $2 OR id IN (SELECT f.item_id FROM meeting_fate f WHERE f.partnership_id = $1 AND f.from_id = $2))`, id)
		if err != nil {
			return err
		}
		if w.said, err = saidWhere(ctx, tx, q.Partnership(), ` AND meeting_id = $2`, id); err != nil {
			return err
		}
		w.takings, err = takingWhere(ctx, tx, q.Partnership(), ` AND meeting_id = $2 AND person_id = $3`, id, q.Viewer.ID)
		return err
	})
	if err != nil {
		return Meeting{}, w, err
	}
	m, ok := w.meeting(id)
	if !ok {
		return m, w, fault.Missing
	}
	return m, w, nil
}

// rows is what a meeting says of itself, with who hosts.
func (w world) rows(q *web.Request, m Meeting, today string) []look.SummaryRow {
	t := q.Words.T
	rows := []look.SummaryRow{{Term: t("meeting.row_host"), Values: w.hostLines(q, m)}}
	for _, f := range Fields() {
		if f == Purpose && m.Text.Lines[f].By == "" {
			continue // it stands above
		}
		rows = append(rows, look.SummaryRow{Term: t("meeting.row_" + string(f)), Values: w.lines(q, m, f, today)})
	}
	return rows
}

// lines is what is said in a field, and whether it is settled.
func (w world) lines(q *web.Request, m Meeting, f Field, today string) []string {
	t, l := q.Words.T, m.Text.Lines[f]
	var list []string
	switch name := w.places[m.Text.At]; {
	case f == Who:
		list = w.who(q, m.Text)
	case f == Place && name != "":
		list = append(list, name)
	}
	switch {
	case f == Length && l.Words != "":
		list = append(list, t("meeting.minutes", "count", m.Text.Minutes()))
	case l.Words != "":
		list = append(list, look.Paras(l.Words)...)
	}
	if l.By != "" {
		key := "meeting.unsettled"
		if l.Late(today) {
			key = "meeting.unsettled_late"
		}
		list = append(list, t(key, "name", w.names[l.By], "date", q.Words.Date(at(l.Until))))
	}
	if !m.Known.IsZero() && l.Set.After(m.Known) {
		list = append(list, t("meeting.changed", "name", w.names[l.SetBy], "date", q.Words.Date(l.Set)))
	}
	return list
}

// who lists who will be there: everyone else by name and as whom, the women as a group.
func (w world) who(q *web.Request, text Text) []string {
	var list []string
	if text.Women {
		list = append(list, q.Words.T("meeting.women_come"))
	}
	for _, id := range text.With {
		list = append(list, w.asWhom(q, id))
	}
	return list
}

// asWhom says who somebody is here.
func (w world) asWhom(q *web.Request, id person.ID) string {
	list := []string{w.names[id]}
	for _, s := range person.Standings() {
		if w.people[id].Standings.Has(s) {
			list = append(list, q.Words.T(circle.Label(s)))
		}
	}
	return strings.Join(list, ", ")
}

// hostLines says who hosts and on what, or that nothing is on record and why she hosts all the same.
func (w world) hostLines(q *web.Request, m Meeting) []string {
	t := q.Words.T
	list := []string{w.asWhom(q, m.Host)}
	if w.ready(m.Host) {
		one := w.record(m.Host)
		return append(list, t("meeting.learned_"+string(one.Learned), "words", one.Words))
	}
	list = append(list, t("meeting.gap"))
	if m.Text.Why != "" {
		list = append(list, t("meeting.gap_why", "name", w.names[m.Text.WhyBy], "why", m.Text.Why))
	}
	return list
}
