package sharing

import (
	"context"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// checkPage is part 4: everything once more, and the names of those who would see it.
type checkPage struct {
	Steps    look.Steps
	Title    look.Title
	Summary  look.Summary
	SeeTitle string
	See      []look.Person
	SeeNone  string
	Cannot   look.Note
	Action   string
	Acts     []look.Button
}

func (r *Room) showCheck(q *web.Request) (web.Answer, error) {
	d, a, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := checkPage{
		Steps:   look.Steps{Text: t("sharing.part", "now", 4, "of", 4), Now: 4, Of: 4},
		Title:   look.Title{Text: t("sharing.check_heading"), Lead: t("sharing.check_lead")},
		Summary: r.summary(q, a, at, "/draft/"+d.id), Action: "/draft/" + d.id + "/share",
		SeeTitle: t("sharing.see_title"),
		Cannot:   look.Note{Title: t("sharing.cannot_title"), Text: t("sharing.cannot_text")},
		Acts:     []look.Button{{Text: t("sharing.share_it")}, {Text: t("sharing.stop"), Look: look.Second, Href: "/share"}},
	}
	if !a.Shared(q.Now()) {
		p.Acts[0].Text = t("sharing.keep_it")
		p.SeeNone = t("sharing.see_nobody")
		return q.Show("check", p), nil
	}
	p.See, err = r.see(q.Context(), q, a.Terms(q.Viewer.ID, q.Now()), at)
	return q.Show("check", p), err
}

// see lists by name who could open it, and for what: the page as they will see it, before it is shared.
func (r *Room) see(ctx context.Context, q *web.Request, terms consent.Terms, at around) ([]look.Person, error) {
	var would map[consent.Use][]person.ID
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		would, err = r.gate.WhoWould(ctx, tx, q.Partnership(), terms)
		return err
	})
	if err != nil {
		return nil, err
	}
	what := map[string][]string{}
	for use, people := range would {
		for _, id := range people {
			name := at.names["person:"+string(id)]
			what[name] = append(what[name], useWords(q, use))
		}
	}
	var list []look.Person
	for name, uses := range what {
		slices.Sort(uses)
		list = append(list, look.Person{Name: name, What: strings.Join(slices.Compact(uses), "; ")})
	}
	slices.SortFunc(list, func(a, b look.Person) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// useWords says what somebody may do with it.
func useWords(q *web.Request, u consent.Use) string {
	if u.Purpose == consent.Heard {
		return q.Words.T("sharing.may_heard")
	}
	return q.Words.T("sharing.may_"+string(u.Purpose)) + ", " + q.Words.T("sharing.as_"+formValue(u.Form))
}

// summary shows every answer, with a way to change it.
func (r *Room) summary(q *web.Request, a Answers, at around, back string) look.Summary {
	t := q.Words.T
	row := func(term string, page string, values ...string) look.SummaryRow {
		if len(values) == 0 {
			values = []string{t("sharing.nothing_chosen")}
		}
		return look.SummaryRow{Term: t(term), Values: values, Change: look.Link{Href: back + page, Text: t("sharing.change"), About: t(term)}}
	}
	var who, not, uses, until []string
	for _, v := range a.Who {
		who = append(who, at.names[v])
	}
	for _, v := range a.Not {
		not = append(not, at.names[v])
	}
	for _, use := range usesAsked(at) {
		if answer := a.Uses[use]; answer != "" {
			kind, _, _ := strings.Cut(use, ":")
			uses = append(uses, t("sharing.sum_"+kind)+": "+t("sharing."+answer))
		}
	}
	if end, ok := a.End(q.Now()); ok {
		until = []string{q.Words.Date(end)}
	}
	return look.Summary{Rows: []look.SummaryRow{
		row("sharing.sum_text", "", t("sharing.kind_"+string(a.Kind)), a.Text),
		row("sharing.sum_about", "", nonEmpty(a.About)...),
		row("sharing.sum_who", "/who", who...),
		row("sharing.sum_not", "/who", not...),
		row("sharing.sum_uses", "/use", uses...),
		row("sharing.sum_form", "/use", t("sharing.form_"+formValue(a.form()))),
		row("sharing.sum_name", "/use", t("sharing.by_"+string(a.attribution()))),
		row("sharing.sum_until", "/use", until...),
	}}
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
