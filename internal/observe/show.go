package observe

import (
	"time"

	"footing/internal/web"
	"footing/internal/web/look"
)

// page is what somebody asks about one meeting, what came of it, and what the viewer said. Before it was looked how
// answers stand it is the same for everybody but for the viewer's own answer.
type page struct {
	Title   look.Title
	State   look.Note
	Summary look.Summary
	How     part
	Mine    part
	Host    part
	Back    look.Link
}

// part is a part of it with what can be done there.
type part struct {
	Head  string
	Paras []string
	Forms []act
}

// act is a form that is one button.
type act struct {
	Action string
	Button look.Button
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	w, err := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := page{Title: look.Title{Text: t("observe.heading"), Lead: w.meeting.when(q)}, Back: look.Link{Href: "/meetings/" + w.meeting.ID, Text: t("observe.back")}}
	if !w.there {
		p.State = look.Note{Text: t("observe.none")}
		if asks(q.Viewer) && w.meeting.Takes() {
			p.State.Links = []look.Link{{Href: w.at("/ask"), Text: t("observe.ask_link")}}
		}
		return q.Show("observe", p), nil
	}
	stage := w.request.stands(w.meeting)
	p.State = look.Note{Text: t(stage.says())}
	p.Summary.Rows = w.rows(q)
	p.How = part{Head: t("observe.how_head"), Paras: []string{t("observe.how_all"), t("observe.how_private"), t("observe.how_told"), t("observe.how_room"), t("observe.how_later")}}
	p.Mine = w.minePart(q, stage)
	p.Host = w.hostPart(q, stage, r.today())
	return q.Show("observe", p), nil
}

// says is the one sentence that is told to everybody.
func (s Stage) says() string {
	switch s {
	case Agreed:
		return "observe.is_agreed"
	case Over:
		return "observe.is_over"
	case Lost:
		return "observe.is_lost"
	}
	return "observe.is_asked"
}

func (w world) at(rest string) string { return "/observe/" + w.meeting.ID + rest }

// when says when a meeting is.
func (m Meeting) when(q *web.Request) string {
	day, err := time.Parse(time.DateOnly, m.Day)
	if err != nil {
		return m.Start
	}
	return q.Words.T("observe.when", "day", q.Words.Day(day.Add(12*time.Hour)), "time", m.Start)
}

// rows is what is asked.
func (w world) rows(q *web.Request) []look.SummaryRow {
	t := q.Words.T
	return []look.SummaryRow{
		{Term: t("observe.row_by"), Value: w.names[w.request.By]},
		{Term: t("observe.row_watcher"), Value: w.names[w.request.Watcher]},
		{Term: t("observe.row_study"), Value: w.study(w.request.Study).Question},
		{Term: t("observe.row_down"), Values: look.Paras(w.request.Text.Down)},
		{Term: t("observe.row_not"), Values: look.Paras(w.request.Text.Not)},
	}
}

// minePart is the viewer's own answer. A no takes one press, from here.
func (w world) minePart(q *web.Request, stage Stage) part {
	t := q.Words.T
	may := stage.Answers()
	if len(may) == 0 {
		return part{}
	}
	p := part{Head: t("observe.mine_head"), Paras: []string{t(w.said())}}
	if len(may) == 2 && (w.mine == nil || !w.mine.Text.Yes) {
		p.Forms = append(p.Forms, act{"", look.Button{Text: t("observe.answer_link"), Href: w.at("/answer"), Look: look.Second}})
	}
	if stage == Lost || w.mine != nil && w.mine.Text.Yes {
		p.Forms = append(p.Forms, act{w.at("/no"), look.Button{Text: t("observe.no_do"), Look: look.Second}})
	}
	return p
}

// said says what she said.
func (w world) said() string {
	switch {
	case w.mine == nil:
		return "observe.said_nothing"
	case w.mine.Text.Yes:
		return "observe.said_yes"
	}
	return "observe.said_no"
}

// hostPart is what whoever hosts, asked or watches can do.
func (w world) hostPart(q *web.Request, stage Stage, today string) part {
	t := q.Words.T
	if stage == Over || !w.request.Ends(q.Viewer) {
		return part{}
	}
	p := part{Head: t("observe.host_head"), Paras: []string{t("observe.host_text")},
		Forms: []act{{w.at("/end"), look.Button{Text: t("observe.end_do"), Look: look.Second}}}}
	if q.Viewer.ID == w.request.Watcher && w.mayLook(today) {
		p.Paras = append(p.Paras, t("observe.may_text"))
		p.Forms = append(p.Forms, act{w.at("/may"), look.Button{Text: t("observe.may_do"), Look: look.Second}})
	}
	return p
}

func (r *Room) no(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/observe/"+q.Path("meeting"), "observe.saved_no"), r.Say(q.Context(), q.Viewer, q.Path("meeting"), false)
}

func (r *Room) may(q *web.Request) (web.Answer, error) {
	return web.Go("/observe/" + q.Path("meeting")), r.May(q.Context(), q.Viewer, q.Path("meeting"))
}

func (r *Room) end(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/observe/"+q.Path("meeting"), "observe.saved_end"), r.End(q.Context(), q.Viewer, q.Path("meeting"))
}
