package sharing

import (
	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// usePage is part 3: what for, in what way, under which name, until when.
type usePage struct {
	Check       look.Check
	Steps       look.Steps
	Title       look.Title
	Action      string
	Uses        []look.Choice
	Form        look.Choice
	Attribution look.Choice
	AskFirst    look.Choice
	Until       look.Choice
	Acts        []look.Button
}

func (r *Room) showUse(q *web.Request) (web.Answer, error) {
	d, a, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	return q.Show("use", newUsePage(q, d.id, a, at, "")), nil
}

func newUsePage(q *web.Request, id string, a Answers, at around, problem string) usePage {
	p := usePage{
		Steps:  look.Steps{Text: q.Words.T("sharing.part", "now", 3, "of", 4), Now: 3, Of: 4},
		Title:  look.Title{Text: q.Words.T("sharing.use_heading"), Lead: q.Words.T("sharing.use_lead")},
		Action: "/draft/" + id + "/use", Acts: continueActs(q),
	}
	p.fill(q, a, at)
	if problem != "" {
		p.Until.Problem = problem
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#until", Text: problem}}}
	}
	return p
}

// fill makes the questions of use: each with its own yes, no and ask me later, none answered for her.
func (p *usePage) fill(q *web.Request, a Answers, at around) {
	t := q.Words.T
	ask := func(use, legend, hint string) {
		p.Uses = append(p.Uses, look.Choice{Name: "use." + use, Legend: legend, Hint: hint, Row: true, Options: chosen([]string{a.Uses[use]}, []look.Option{
			{Value: "no", Label: t("sharing.no")}, {Value: "later", Label: t("sharing.later")}, {Value: "yes", Label: t("sharing.yes")}})})
	}
	ask(UseImprovement, t("sharing.use_improvement"), t("sharing.use_improvement_hint"))
	ask(UseTraining, t("sharing.use_training"), "")
	for _, s := range at.studies {
		names := at.names[AudienceValue(consent.Audience{Kind: consent.ToAnalysts, ID: s.ID})]
		ask(UseAnalysis+s.ID, t("sharing.use_analysis", "question", s.Question), names)
		ask(UseQuote+s.ID, t("sharing.use_quote"), t("sharing.use_quote_hint"))
	}
	ask(UsePublication, t("sharing.use_publication"), t("sharing.use_publication_hint"))
	p.Form = look.Choice{Name: "form", Legend: t("sharing.form_legend"), Hint: t("sharing.form_hint"), Options: chosen([]string{a.Form}, []look.Option{
		{Value: "number", Label: t("sharing.form_number")}, {Value: "theme", Label: t("sharing.form_theme")},
		{Value: "paraphrase", Label: t("sharing.form_paraphrase")}, {Value: "words", Label: t("sharing.form_words")}})}
	p.Attribution = look.Choice{Name: "attribution", Legend: t("sharing.attribution_legend"), Hint: t("sharing.attribution_hint"), Options: chosen([]string{string(a.Attribution)}, []look.Option{
		{Value: string(consent.ByNone), Label: t("sharing.by_none")}, {Value: string(consent.ByGroup), Label: t("sharing.by_group")},
		{Value: string(consent.ByChosen), Label: t("sharing.by_chosen")}})}
	p.AskFirst = look.Choice{Name: "ask_first", Legend: t("sharing.ask_first_legend"), Row: true, Options: chosen([]string{yesValue(a.AskFirst)}, []look.Option{
		{Value: "0", Label: t("sharing.no")}, {Value: "1", Label: t("sharing.yes")}})}
	p.Until = look.Choice{Name: "until", Legend: t("sharing.until_legend"), Hint: t("sharing.until_hint"), Options: p.ends(q, a)}
}

// ends lists the days an answer can end on. One that was chosen before and is none of the usual stays.
func (p *usePage) ends(q *web.Request, a Answers) []look.Option {
	var options []look.Option
	for _, months := range Ends {
		end, _ := Answers{Until: months}.End(q.Now())
		options = append(options, look.Option{Value: months, Label: q.Words.T("sharing.until_" + months), Hint: q.Words.Date(end)})
	}
	options = chosen([]string{a.Until}, options)
	if end, ok := a.End(q.Now()); ok && len(a.Until) > 2 {
		options = append([]look.Option{{Value: a.Until, Label: q.Words.Date(end), Hint: q.Words.T("sharing.until_as_before"), Chosen: true}}, options...)
	}
	return options
}

func yesValue(yes bool) string {
	if yes {
		return "1"
	}
	return ""
}

type useForm struct {
	Form        string `form:"form"`
	Attribution string `form:"attribution"`
	AskFirst    string `form:"ask_first"`
	Until       string `form:"until"`
	Skip        bool   `form:"skip"`
	Stop        bool   `form:"stop"`
}

// into takes over the answers. The uses have names that depend on the studies, so they are read from
// the form one by one.
func (f useForm) into(q *web.Request, a Answers, at around) Answers {
	a.Uses = map[string]string{}
	if !f.Skip {
		for _, use := range usesAsked(at) {
			switch answer := q.HTTP.PostForm.Get("use." + use); answer {
			case "yes", "no", "later":
				a.Uses[use] = answer
			}
		}
	}
	a.Form, a.Attribution, a.AskFirst, a.Until = f.Form, consent.Attribution(f.Attribution), f.AskFirst == "1", f.Until
	return a
}

func usesAsked(at around) []string {
	uses := []string{UseImprovement, UseTraining}
	for _, s := range at.studies {
		uses = append(uses, UseAnalysis+s.ID, UseQuote+s.ID)
	}
	return append(uses, UsePublication)
}

func (r *Room) saveUse(q *web.Request) (web.Answer, error) {
	d, a, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[useForm](q)
	if err != nil {
		return nil, err
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	a = f.into(q, a, at)
	if err := r.save(q.Context(), q.Viewer, d, a); err != nil {
		return nil, err
	}
	if f.Stop {
		return web.GoSaying("/share", "sharing.draft_saved"), nil
	}
	if _, ok := a.End(q.Now()); a.Allowing() && !ok {
		return q.Again("use", newUsePage(q, d.id, a, at, q.Words.T("sharing.until_needed"))), nil
	}
	return web.Go("/draft/" + d.id + "/check"), nil
}
