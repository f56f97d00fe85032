package study

import (
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

type allPage struct {
	Title look.Title
	Cards []look.Card
	Empty look.Empty
	Links []look.Link
}

// showAll lists the studies.
func (r *Room) showAll(q *web.Request) (web.Answer, error) {
	var list []Study
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		list, err = r.Studies.List(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := allPage{Title: look.Title{Text: t("study.heading"), Lead: t("study.lead")}}
	for _, s := range list {
		p.Cards = append(p.Cards, look.Card{Title: look.Link{Href: "/studies/" + s.ID, Text: s.Question}, Tags: []look.Tag{stateTag(q, s)}})
	}
	if len(list) == 0 {
		p.Empty = look.Empty{Title: t("study.none"), Text: t("study.none_text")}
	}
	if mayEdit(q) {
		p.Links = []look.Link{{Href: "/studies/new", Text: t("study.new")}}
	}
	return q.Show("all", p), nil
}

func mayEdit(q *web.Request) bool {
	return q.Viewer.Standings.Meets(person.Set{person.Researcher, person.Administrator})
}

// stateTag says whether words may be read for the study today.
func stateTag(q *web.Request, s Study) look.Tag {
	switch now := q.Now(); {
	case s.Runs(now):
		return look.Tag{Text: q.Words.T("study.runs"), Kind: look.Shared}
	case !now.Before(s.Ends):
		return look.Tag{Text: q.Words.T("study.ended"), Kind: look.Closed}
	}
	return look.Tag{Text: q.Words.T("study.waits"), Kind: look.Wait}
}

// onePage is one study as every member reads it.
type onePage struct {
	Title      look.Title
	Tag        look.Tag
	Note       string
	Sum        look.Summary
	WhoHead    string
	Who        []look.Person
	WhoNone    string
	Stop       string // where she ends being named herself; empty for others
	StopButton look.Button
	SheetHead  string
	Sheets     []sheetPart
	Links      []look.Link
}

type sheetPart struct {
	Heading, About string
	Paras          []string
}

func (r *Room) showOne(q *web.Request) (web.Answer, error) {
	s, err := r.load(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := onePage{Title: look.Title{Text: s.Question}, Tag: stateTag(q, s), Sum: look.Summary{Rows: facts(q, s)},
		WhoHead: t("study.who"), WhoNone: t("study.who_none"), SheetHead: t("study.sheets")}
	if !s.Runs(q.Now()) {
		p.Note = t("study.closed_note")
	}
	for _, a := range s.Analysts {
		p.Who = append(p.Who, look.Person{Name: a.Name, What: aboutAnalyst(q, a)})
		if a.Person == q.Viewer.ID {
			p.Stop, p.StopButton = "/studies/"+s.ID+"/stop", look.Button{Text: t("study.stop"), Look: look.Second}
		}
	}
	for _, sheet := range s.Sheets {
		p.Sheets = append(p.Sheets, sheetPart{t("study.sheet", "version", sheet.Version, "date", q.Words.Date(sheet.Since)),
			t("study.sheet_back", "text", sheet.TakingBack), paragraphs(sheet.Body)})
	}
	if mayEdit(q) {
		p.Links = []look.Link{{Href: "/studies/" + s.ID + "/edit", Text: t("study.edit")}}
	}
	return q.Show("one", p), nil
}

// aboutAnalyst says what whoever is asked to share wants to know of a reader: is she a woman from the
// group, does she work at a surgery.
func aboutAnalyst(q *web.Request, a Analyst) string {
	var about []string
	if a.Lived {
		about = append(about, q.Words.T("study.from_group"))
	}
	if a.Practice != "" {
		about = append(about, q.Words.T("study.works_at", "practice", a.Practice))
	}
	return strings.Join(about, " ")
}

// facts are the lines about a study. Nothing is left out in silence: a line without an entry says so.
func facts(q *web.Request, s Study) []look.SummaryRow {
	t := q.Words.T
	or := func(text string) string {
		if text == "" {
			return t("study.not_said")
		}
		return text
	}
	allowed := t("study.not_allowed_yet")
	switch {
	case !s.Approved.IsZero():
		allowed = t("study.allowed_on", "committee", or(s.Committee), "date", q.Words.Date(s.Approved))
	case s.NoApproval != "":
		allowed = t("study.allowed_without", "reason", s.NoApproval)
	}
	rows := []look.SummaryRow{
		{Term: t("study.chosen_by"), Value: or(s.ChosenBy)},
		{Term: t("study.sponsor"), Value: or(s.Sponsor)},
		{Term: t("study.allowed"), Value: allowed},
		{Term: t("study.reference"), Value: or(s.Reference)},
		{Term: t("study.time"), Value: t("study.from_until", "from", q.Words.Date(s.Begins), "until", q.Words.Date(lastDay(s.Ends)))},
		{Term: t("study.kept"), Value: t("study.kept_years", "count", s.Retention)},
	}
	var changes []string
	for _, a := range s.Amendments {
		changes = append(changes, t("study.amendment", "what", a.What, "reference", a.Reference, "date", q.Words.Date(a.Approved)))
	}
	if len(changes) > 0 {
		rows = append(rows, look.SummaryRow{Term: t("study.amendments"), Values: changes})
	}
	return rows
}

// lastDay returns a moment on the last day of something that ends at a moment: at noon, where it ends
// with the day, so that it is the same day on every clock in Europe.
func lastDay(ends time.Time) time.Time {
	if !ends.IsZero() && ends.Equal(ends.Truncate(24*time.Hour)) {
		return ends.Add(-12 * time.Hour)
	}
	return ends
}

func paragraphs(text string) []string {
	var list []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// stop ends her own time as a reader of the study. No reason is asked.
func (r *Room) stop(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		s, err := r.Studies.Get(q.Context(), tx, q.Partnership(), q.Path("study"))
		if err != nil {
			return err
		}
		if !s.Names(q.Viewer.ID) {
			return fault.Missing
		}
		return r.Studies.Unname(q.Context(), tx, q.Partnership(), s.ID, q.Viewer.ID)
	})
	return web.GoSaying("/studies/"+q.Path("study"), "study.stopped"), err
}
