package notes

import (
	"strconv"

	"footing/internal/web"
	"footing/internal/web/look"
)

// page is the notes of a meeting.
type page struct {
	Title     look.Title
	Notes     []look.Note
	Lines     []shownLine
	None      look.Empty
	MissHead  string
	Missing   []shownLine
	TodoHead  string
	Todo      []look.Card
	Pages     look.Pages
	SaidHead  string
	SaidLead  string
	Said      []shownSaid
	Acts      []look.Button
	Action    string
	Steps     []look.Button
	LineHead  string
	Line      string
	LineWhy   string
	LineCheck look.Link
	Back      look.Link
}

// shownLine is a line, with what puts it right beside it.
type shownLine struct {
	Text   string
	Gone   string
	Term   string
	Beside []beside
	Link   look.Link
}

// beside is what puts a line right.
type beside struct {
	By    string
	Paras []string
	Gone  string
	Link  look.Link
}

// shownSaid is what somebody said in writing.
type shownSaid struct {
	By, About string
	Paras     []string
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	w, err := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if err != nil {
		return nil, err
	}
	t, at := q.Words.T, "/notes/"+w.meeting.ID
	p := page{Title: look.Title{Text: t("notes.heading"), Lead: w.meeting.when(q)}, Notes: w.about(q), MissHead: t("notes.missing_heading"), SaidHead: t("notes.said_heading"), SaidLead: t("notes.said_lead"),
		Action: at + "/step", Back: look.Link{Href: "/meetings/" + w.meeting.ID, Text: t("notes.back")}}
	for i, l := range w.lines {
		p.Lines = append(p.Lines, w.shown(q, l, i+1))
	}
	for _, one := range w.beside(q, w.of("")) {
		p.Missing = append(p.Missing, shownLine{Beside: []beside{one}})
	}
	if len(w.lines) == 0 && !w.notes.Shut {
		p.None = look.Empty{Title: t("notes.none"), Text: t("notes.none_text")}
	}
	for _, s := range w.meeting.Said {
		p.Said = append(p.Said, w.said(q, s))
	}
	a, err := r.agreed(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	p.TodoHead = t("notes.todo_heading")
	for _, one := range a.todos {
		if one.Meeting == w.meeting.ID {
			p.Todo = append(p.Todo, a.card(q, one, r.today()))
		}
	}
	p.leaf(q, at)
	if !mayWrite(q) { // whoever only reads is shown nothing to do
		return q.Show("notes", w.closing(q, p)), nil
	}
	if w.notes.Writes(q.Viewer) {
		p.Acts = []look.Button{{Text: t("notes.add"), Href: at + "/add", Look: look.Second}}
	}
	if w.notes.Corrects() {
		p.Acts = []look.Button{{Text: t("notes.say_missing"), Href: at + "/right", Look: look.Second}}
	}
	p.Acts = append(p.Acts, look.Button{Text: t("notes.todo_new"), Href: "/todo/new?for=" + w.meeting.ID, Look: look.Second})
	for _, to := range w.notes.Next(q.Viewer, len(w.lines), r.today()) {
		p.Steps = append(p.Steps, look.Button{Text: t("notes.to_" + string(to)), Name: "to", Value: string(to), Look: look.Second})
	}
	if w.notes.Shut && w.notes.Keeps(q.Viewer) {
		p.Action, p.Steps = at+"/stands", []look.Button{{Text: t("notes.stands"), Look: look.Second}}
	}
	return q.Show("notes", w.closing(q, p)), nil
}

// closing adds the line of the log with which final notes close.
func (w world) closing(q *web.Request, p page) page {
	if t := q.Words.T; w.notes.Step == Final {
		p.LineHead, p.Line, p.LineWhy = t("notes.line_heading"), w.notes.Checkpoint, t("notes.line_why")
		p.LineCheck = look.Link{Href: "/record", Text: t("notes.line_check")}
	}
	return p
}

// when says when a meeting was.
func (m Meeting) when(q *web.Request) string {
	return q.Words.T("notes.when", "day", q.Words.Day(at(m.Day)), "time", m.Start)
}

// about says how far the notes are, who goes through them, and what comes next.
func (w world) about(q *web.Request) []look.Note {
	t, n := q.Words.T, w.notes
	keeper := w.names[n.Keeper]
	if keeper == "" {
		keeper = t("notes.somebody")
	}
	note := look.Note{Title: t("notes.step_" + string(n.Step))}
	switch {
	case n.Shut && n.Keeps(q.Viewer):
		note = look.Note{Title: t("notes.shut"), Text: t("notes.shut_look")}
	case n.Shut:
		note = look.Note{Title: t("notes.shut"), Text: t("notes.shut_text")}
	case n.Step == Preparing && n.Keeper == q.Viewer.ID:
		note.Text = t("notes.about_mine")
	case n.Step == Preparing:
		note.Text = t("notes.about_preparing", "name", keeper)
	case n.Step == Open:
		note.Text = t("notes.about_open", "date", q.Words.Date(at(n.FinalFrom())))
	case n.Step == Final:
		note.Text = t("notes.about_final", "date", q.Words.Date(n.Finished))
	default:
		note.Text = t("notes.about_drafting")
	}
	return []look.Note{note}
}

// shown is a line with what stands beside it, and the way to what can be done with it.
func (w world) shown(q *web.Request, l Line, number int) shownLine {
	t := q.Words.T
	if l.Gone {
		return shownLine{Gone: t("notes.gone")}
	}
	key := "notes.line_out"
	switch {
	case w.notes.Writes(q.Viewer):
		key = "notes.line_change"
	case w.notes.Corrects():
		key = "notes.line_right"
	}
	one := shownLine{Text: l.Text, Beside: w.beside(q, w.of(l.ID)), Link: w.linkTo(q, l.ID, key, t("notes.line_number", "number", strconv.Itoa(number)))}
	if !mayWrite(q) {
		one.Link = look.Link{}
	}
	if len(one.Beside) > 0 {
		one.Term = t("notes.as_noted")
	}
	return one
}

func (w world) linkTo(q *web.Request, id, key, about string) look.Link {
	return look.Link{Href: "/notes/" + w.meeting.ID + "/line/" + id, Text: q.Words.T(key), About: about}
}

// beside is what puts a line right, each with who says it.
func (w world) beside(q *web.Request, rights []Right) []beside {
	t := q.Words.T
	var list []beside
	for _, one := range rights {
		b := beside{By: w.byWhom(q, one), Paras: Lines(one.Text.Words), Link: w.linkTo(q, one.ID, "notes.line_out", w.byWhom(q, one))}
		if one.Gone {
			b = beside{By: t("notes.put_right"), Gone: t("notes.gone")}
		}
		switch mine := one.By == q.Viewer.ID && !one.Gone; {
		case mine:
			b.Link.Text = t("notes.line_mine")
		case !mayWrite(q) || !w.notes.TakesOut(q.Viewer, one):
			b.Link = look.Link{}
		}
		list = append(list, b)
	}
	return list
}

// byWhom says who puts a line right, or that it is one of us.
func (w world) byWhom(q *web.Request, one Right) string {
	if name := w.names[one.By]; name != "" {
		return q.Words.T("notes.right_by", "name", name, "date", q.Words.Date(at(one.Shown)))
	}
	return q.Words.T("notes.right_unsigned", "date", q.Words.Date(at(one.Shown)))
}

func (w world) said(q *web.Request, s Said) shownSaid {
	one := shownSaid{By: w.names[s.By], About: s.About, Paras: Lines(s.Words)}
	if s.For {
		one.By = q.Words.T("notes.said_for", "name", one.By)
	}
	return one
}
