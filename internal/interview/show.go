package interview

import (
	"errors"
	"slices"

	"footing/internal/agreement"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// inForce returns what counts now.
func (r *Room) inForce(q *web.Request) (agreement.Told, error) {
	list, err := r.Limits.LimitsTold(q)
	if err != nil || len(list) == 0 {
		return agreement.Told{}, err
	}
	return list[0], nil
}

// talk is an interview with everything that its page says.
type talk struct {
	Interview
	study study.Study
	asker string
	whom  string
	now   agreement.Told
}

// talkPage is where an interview begins: on the phone of whoever is asked, or of whoever asks, to be read aloud.
type talkPage struct {
	Check   look.Check
	Title   look.Title
	Facts   look.Summary
	Sheet   look.Link
	Limits  string
	Said    string
	Rows    look.Summary
	Yours   look.Note
	State   look.Note
	Action  string
	Version int64
	Way     *look.Choice // asked of whoever writes it down for her
	Shown   *look.Button
	Begin   *look.Button
	Drop    *look.Button
	Back    look.Link
}

// talk reads an interview, for either of the two.
func (r *Room) talk(q *web.Request, id string) (talk, error) {
	var t talk
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if t.Interview, err = getInterview(q.Context(), tx, q.Viewer, id); err != nil {
			return err
		}
		if t.study, err = r.Studies.Get(q.Context(), tx, q.Partnership(), t.Study); err != nil {
			return err
		}
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		t.asker, t.whom = names[t.Asker], names[t.Person]
		return err
	})
	if err == nil {
		t.now, err = r.inForce(q)
	}
	return t, err
}

func (r *Room) showTalk(q *web.Request) (web.Answer, error) {
	t, err := r.talk(q, q.Path("talk"))
	if err != nil {
		return nil, err
	}
	return q.Show("talk", newTalkPage(q, t, nil)), nil
}

// againTalk shows the page once more with what needs another look.
func (r *Room) againTalk(q *web.Request, problem error) (web.Answer, error) {
	if k := fault.KindOf(problem); k != fault.Invalid && k != fault.Conflict || errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	t, err := r.talk(q, q.Path("talk"))
	if err != nil {
		return nil, err
	}
	return q.Again("talk", newTalkPage(q, t, problem)), nil
}

func newTalkPage(q *web.Request, tk talk, problem error) talkPage {
	t := q.Words.T
	mine := tk.Asker == q.Viewer.ID
	p := talkPage{Title: look.Title{Text: t("interview.heading"), Lead: t("interview.lead", "name", tk.asker)}, Facts: tk.facts(q),
		Sheet:  look.Link{Href: "/studies/" + tk.Study, Text: t("interview.read_sheet")},
		Limits: t("interview.limits"), Said: tk.said(q), Rows: look.Summary{Rows: tk.now.Rows},
		Yours: look.Note{Title: t("interview.yours_title"), Text: t("interview.yours", "name", tk.asker)}, State: tk.state(q), Action: "/talks/" + tk.ID, Version: tk.now.Version,
		Back: look.Link{Href: "/", Text: t("interview.back")}}
	if mine {
		p.Title.Lead, p.Back = t("interview.lead_asker", "name", tk.whom), look.Link{Href: "/talks", Text: t("interview.back_list")}
	}
	if problem != nil {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, problem)}}}
	}
	if tk.Begun.IsZero() && !tk.Ready(tk.now.Version) {
		p.Shown = &look.Button{Text: t("interview.seen")}
		if mine {
			p.Shown.Text = t("interview.seen_asker")
			p.Way = wayChoice(q)
		}
	}
	if mine && tk.Begun.IsZero() && tk.Ready(tk.now.Version) {
		p.Begin = &look.Button{Text: t("interview.begin")}
	}
	switch {
	case mine:
		p.Drop = &look.Button{Text: t("interview.off"), Look: look.Second}
	case tk.Begun.IsZero():
		p.Drop = &look.Button{Text: t("interview.drop"), Look: look.Second}
	}
	return p
}

// said says what the list of limits is, or that there is none yet.
func (tk talk) said(q *web.Request) string {
	if len(tk.now.Rows) == 0 {
		return q.Words.T("interview.limits_none")
	}
	return q.Words.T("interview.limits_text")
}

// wayChoice asks whoever writes it down how she was told.
func wayChoice(q *web.Request) *look.Choice {
	c := look.Choice{Name: "way", Legend: q.Words.T("interview.told_way")}
	for _, way := range ToldWays() {
		c.Options = append(c.Options, look.Option{Value: way, Label: q.Words.T("interview.told_way_" + way)})
	}
	return &c
}

// facts says who asks, for which study, and under which version of its sheet.
func (tk talk) facts(q *web.Request) look.Summary {
	t := q.Words.T
	s := look.Summary{Rows: []look.SummaryRow{{Term: t("interview.asker"), Value: tk.asker}, {Term: t("interview.study"), Value: tk.study.Question}}}
	if sheet, ok := tk.study.Sheet(tk.Sheet); ok {
		s.Rows = append(s.Rows, look.SummaryRow{Term: t("interview.sheet"), Value: t("interview.sheet_version", "version", sheet.Version, "date", q.Words.Date(sheet.Since))},
			look.SummaryRow{Term: t("interview.taking_back"), Value: sheet.TakingBack})
	}
	return s
}

// state says how far it has come, with the version that she was shown.
func (tk talk) state(q *web.Request) look.Note {
	t := q.Words.T
	date := q.Words.Date(tk.Shown)
	switch {
	case !tk.Begun.IsZero():
		return look.Note{Title: t("interview.begun", "date", q.Words.Date(tk.Begun)), Text: t("interview.shown", "date", date, "version", tk.Version)}
	case tk.Ready(tk.now.Version):
		return look.Note{Title: t("interview.ready"), Text: t("interview.shown", "date", date, "version", tk.Version)}
	case !tk.Shown.IsZero():
		return look.Note{Title: t("interview.waits"), Text: t("interview.changed")}
	}
	return look.Note{Title: t("interview.waits"), Text: t("interview.waits_text")}
}

// News tells whoever is asked, on her own first page, that somebody would like to talk with her.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	var list []Interview
	var names map[person.ID]string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		all, err := interviewsOf(q.Context(), tx, q.Viewer)
		list = slices.DeleteFunc(all, func(i Interview) bool { return i.Person != q.Viewer.ID || !i.Begun.IsZero() || i.Source != "" })
		if err != nil || len(list) == 0 {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	now, err := r.inForce(q)
	var links []look.Link
	for _, i := range list {
		if !i.Ready(now.Version) {
			links = append(links, look.Link{Href: "/talks/" + i.ID, Text: q.Words.T("interview.news", "name", names[i.Asker])})
		}
	}
	return links, err
}
