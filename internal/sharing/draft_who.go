package sharing

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// around is what the questions ask about: who is there, which practices, which studies.
type around struct {
	people    []look.Option // without herself
	practices []look.Option
	studies   []study.Study
	names     map[string]string // audience value → what it is called
}

func (r *Room) around(ctx context.Context, q *web.Request) (around, error) {
	t := q.Words.T
	a := around{names: map[string]string{
		consent.ToLived: t("sharing.to_lived"), consent.ToPartnership: t("sharing.to_partnership"), consent.ToPublic: t("sharing.to_public"),
	}}
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		people, err := r.circle.List(ctx, tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, p := range people {
			value := AudienceValue(consent.Audience{Kind: consent.ToPerson, ID: string(p.ID)})
			a.names[value] = p.Name
			if p.ID != q.Viewer.ID {
				a.people = append(a.people, look.Option{Value: value, Label: p.Name, Hint: standingWords(q, p.Standings)})
			}
		}
		practices, err := r.circle.Practices(ctx, tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, p := range practices {
			value := AudienceValue(consent.Audience{Kind: consent.ToPractice, ID: p.ID})
			a.names[value] = t("sharing.to_practice", "name", p.Name)
			a.practices = append(a.practices, look.Option{Value: value, Label: a.names[value]})
		}
		if a.studies, err = r.studies.Running(ctx, tx, q.Partnership()); err != nil {
			return err
		}
		for _, s := range a.studies {
			a.names[AudienceValue(consent.Audience{Kind: consent.ToAnalysts, ID: s.ID})] = t("sharing.to_analysts", "names", analystNames(q, s))
		}
		return nil
	})
	return a, err
}

// standingWords says as whom somebody takes part, in plain words.
func standingWords(q *web.Request, set person.Set) string {
	text := ""
	for _, s := range person.Standings() {
		if !set.Has(s) {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += q.Words.T("web.standing_" + string(s))
	}
	return text
}

// analystNames lists who would read in a study, with what somebody asked to share needs to know: who of
// them is a woman from the group, and who works at a practice.
func analystNames(q *web.Request, s study.Study) string {
	text := ""
	for i, a := range s.Analysts {
		if i > 0 {
			text += ", "
		}
		text += a.Name
		switch {
		case a.Lived:
			text += " " + q.Words.T("sharing.analyst_lived")
		case a.Practice != "":
			text += " " + q.Words.T("sharing.analyst_practice", "name", a.Practice)
		}
	}
	return text
}

// whoPage is part 2: who may read it, and who she would rather did not.
type whoPage struct {
	Check   look.Check
	Steps   look.Steps
	Title   look.Title
	Action  string
	Who     look.Choice
	Person  look.Choice
	Not     look.Choice
	NotHint string
	// A list is open when something in it is chosen, so that no choice of hers is out of sight.
	PersonOpen, NotOpen bool
	Joiners             look.Choice
	Acts                []look.Button
}

func (r *Room) showWho(q *web.Request) (web.Answer, error) {
	d, a, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	p := whoPage{
		Steps:  look.Steps{Text: q.Words.T("sharing.part", "now", 2, "of", 4), Now: 2, Of: 4},
		Title:  look.Title{Text: q.Words.T("sharing.who_heading"), Lead: q.Words.T("sharing.who_lead")},
		Action: "/draft/" + d.id + "/who", Acts: continueActs(q),
	}
	p.fill(q, a, at)
	return q.Show("who", p), nil
}

// fill makes the questions of who may read. The least sharing is first and nothing is chosen for her.
func (p *whoPage) fill(q *web.Request, a Answers, at around) {
	t := q.Words.T
	p.Who = look.Choice{Name: "who", Legend: t("sharing.who_legend"), Hint: t("sharing.who_hint"), Multiple: true, Options: chosen(a.Who, []look.Option{
		{Value: consent.ToLived, Label: at.names[consent.ToLived], Hint: t("sharing.to_lived_hint")},
		{Value: consent.ToPartnership, Label: at.names[consent.ToPartnership], Hint: t("sharing.to_partnership_hint")},
	})}
	p.Who.Options = append(p.Who.Options, chosen(a.Who, at.practices)...)
	p.Person = look.Choice{Name: "who", ID: "person", Legend: t("sharing.person_legend"), Multiple: true, Options: chosen(a.Who, at.people)}
	p.Not = look.Choice{Name: "not", Legend: t("sharing.not_legend"), Multiple: true, Options: chosen(a.Not, append(append([]look.Option{}, at.people...), at.practices...))}
	p.NotHint = t("sharing.not_hint")
	p.PersonOpen, p.NotOpen = anyChosen(p.Person.Options), anyChosen(p.Not.Options)
	p.Joiners = look.Choice{Name: "joiners", Legend: t("sharing.joiners_legend"), Hint: t("sharing.joiners_hint"), Row: true, Options: []look.Option{
		{Value: "", Label: t("sharing.no")}, {Value: "1", Label: t("sharing.yes"), Chosen: a.Joiners}}}
}

func anyChosen(options []look.Option) bool {
	return slices.ContainsFunc(options, func(o look.Option) bool { return o.Chosen })
}

func chosen(values []string, options []look.Option) []look.Option {
	list := make([]look.Option, len(options))
	for i, o := range options {
		for _, v := range values {
			o.Chosen = o.Chosen || v == o.Value
		}
		list[i] = o
	}
	return list
}

func continueActs(q *web.Request) []look.Button {
	return []look.Button{{Text: q.Words.T("sharing.continue")},
		{Text: q.Words.T("sharing.skip"), Look: look.Second, Name: "skip", Value: "1"},
		{Text: q.Words.T("sharing.stop"), Look: look.Quiet, Name: "stop", Value: "1"}}
}

type whoForm struct {
	Who     []string `form:"who"`
	Not     []string `form:"not"`
	Joiners bool     `form:"joiners"`
	Skip    bool     `form:"skip"`
	Stop    bool     `form:"stop"`
}

func (f whoForm) into(a Answers) Answers {
	if f.Skip {
		a.Who, a.Not, a.Joiners = nil, nil, false
		return a
	}
	a.Who, a.Not, a.Joiners = f.Who, f.Not, f.Joiners
	return a
}

func (r *Room) saveWho(q *web.Request) (web.Answer, error) {
	d, a, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[whoForm](q)
	if err != nil {
		return nil, err
	}
	if err := r.save(q.Context(), q.Viewer, d, f.into(a)); err != nil {
		return nil, err
	}
	if f.Stop {
		return web.GoSaying("/share", "sharing.draft_saved"), nil
	}
	return web.Go("/draft/" + d.id + "/use"), nil
}
