package meeting

import (
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// planPage is a meeting as those who host plan it: what is said of it, what is missing, and the way to making
// it known.
type planPage struct {
	Check   look.Check
	Title   look.Title
	Notes   []look.Note
	Summary look.Summary
	Action  string
	Asks    []look.Ask
	Acts    []look.Button
	Links   []look.Link
}

func (r *Room) planned(q *web.Request) (Meeting, world, error) {
	return r.theMeeting(q.Context(), q.Viewer, q.Path("meeting"), func(tx *store.Tx, w *world) error {
		return hosting(q.Context(), tx, q.Partnership(), w)
	})
}

func (r *Room) newPlanPage(q *web.Request, m Meeting, w world, why string) planPage {
	t, at := q.Words.T, "/meetings/"+m.ID
	change := func(f string) look.Link {
		return look.Link{Href: at + "/plan/" + f, Text: t("meeting.change"), About: t("meeting.row_" + f)}
	}
	p := planPage{Title: look.Title{Text: m.when(q), Lead: t("meeting.plan_" + string(m.State))}, Links: []look.Link{{Href: "/meetings", Text: t("meeting.back")}}}
	rows := []look.SummaryRow{{Term: t("meeting.row_when"), Values: append([]string{m.when(q)}, w.hostLines(q, m)...), Change: change("when")}}
	for _, f := range Fields() {
		values := w.lines(q, m, f, r.today())
		if !m.Text.Filled(f) {
			values = []string{t("meeting.nothing_said")}
		}
		rows = append(rows, look.SummaryRow{Term: t("meeting.row_" + string(f)), Values: values, Change: change(string(f))})
	}
	p.Summary = look.Summary{Rows: rows}
	switch {
	case m.State != Planned:
		p.Links = append(p.Links, look.Link{Href: at, Text: t("meeting.to_page")})
		if m.State == Known {
			p.Links = append(p.Links, look.Link{Href: at + "/off", Text: t("meeting.off_link")})
		}
		return p
	case len(m.Text.Gaps()) > 0:
		p.Notes = []look.Note{{Title: t("meeting.gaps_title"), Text: t("meeting.gaps_text", "count", len(m.Text.Gaps()))}}
		return p
	}
	p.Action, p.Acts = at+"/known", []look.Button{{Text: t("meeting.make_known")}}
	if !w.ready(m.Host) {
		p.Asks = []look.Ask{box(q, "why", "meeting.ask_why_host", why, "meeting.who_all")}
	}
	return p
}

func (r *Room) showPlan(q *web.Request) (web.Answer, error) {
	m, w, err := r.planned(q)
	if err != nil {
		return nil, err
	}
	return q.Show("plan", r.newPlanPage(q, m, w, "")), nil
}

type whyForm struct {
	Why string `form:"why" max:"500"`
}

func (r *Room) makeKnown(q *web.Request) (web.Answer, error) {
	m, w, err := r.planned(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[whyForm](q)
	if err == nil {
		err = r.MakeKnown(q.Context(), q.Viewer, m.ID, f.Why)
	}
	if err != nil && mends(err) {
		p := r.newPlanPage(q, m, w, f.Why)
		p.Check = form{}.wrong(q, err).Check
		return q.Again("plan", p), nil
	}
	return web.GoSaying("/meetings/"+m.ID, "meeting.is_known"), err
}

func newOffPage(q *web.Request, m Meeting, why string) form {
	t := q.Words.T
	return form{Title: look.Title{Text: t("meeting.off_link"), Lead: m.when(q)}, Action: "/meetings/" + m.ID + "/off", Notes: []look.Note{{Text: t("meeting.off_then")}},
		Asks: []look.Ask{box(q, "why", "meeting.ask_why_off", why, "meeting.who_all")}, Acts: []look.Button{{Text: t("meeting.off_do")}},
		Back: look.Link{Href: "/meetings/" + m.ID, Text: t("meeting.back")}}
}

func (r *Room) showOff(q *web.Request) (web.Answer, error) {
	m, _, err := r.planned(q)
	if err != nil {
		return nil, err
	}
	return q.Show("form", newOffPage(q, m, "")), nil
}

func (r *Room) callOff(q *web.Request) (web.Answer, error) {
	m, _, err := r.planned(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[whyForm](q)
	if err == nil {
		err = r.CallOff(q.Context(), q.Viewer, m.ID, f.Why)
	}
	if err != nil {
		return newOffPage(q, m, f.Why).again(q, err)
	}
	return web.GoSaying("/meetings/"+m.ID, "meeting.saved"), nil
}
