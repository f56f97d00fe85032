package source

import (
	"errors"
	"fmt"
	"slices"

	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// newTermsPage builds the questions. Nothing is chosen for anybody; the least sharing comes first.
func newTermsPage(q *web.Request, k kept, part Part, label string, a Answers, at, problem string) termsPage {
	t := q.Words.T
	name := partName(q, k, slices.IndexFunc(k.parts, func(p Part) bool { return p.Speaker == part.Speaker }))
	if label != "" && part.Person == "" {
		name = label
	}
	p := termsPage{
		Title:  look.Title{Text: t("source.terms_heading", "name", name), Lead: t("source.terms_lead")},
		Heard:  look.Note{Text: t("source.terms_note")},
		Action: fmt.Sprintf("/source/%s/terms/%s", k.ID, part.Speaker),
		Way:    termsChoice(q, "way", a.Way, ways, false), Sheet: sheetChoice(q, k.study, a.Sheet),
		Beside: termsChoice(q, "beside", a.Beside, besides, false),
		Acts:   []look.Button{{Text: t("source.save")}, {Text: t("source.leave_as_is"), Look: look.Second, Href: "/source/" + string(k.ID)}},
	}
	answers := []string{"no", "later", "yes"}
	p.Choices = []look.Choice{
		termsChoice(q, "analysis", a.Analysis, answers, true), termsChoice(q, "quote", a.Quote, answers, true),
		termsChoice(q, "publication", a.Publication, answers, true), termsChoice(q, "form", a.Form, forms, false),
		termsChoice(q, "attribution", a.Attribution, attributions, false), termsChoice(q, "ask_first", a.AskFirst, []string{"no", "yes"}, true),
		analystChoice(q, k.study, a.Not), termsChoice(q, "joiners", a.Joiners, []string{"no", "yes"}, true), endChoice(q, k.study, a.Until),
	}
	p.Choices[0].Hint = k.study.Question
	if problem == "" {
		return p
	}
	p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + at, Text: problem}}}
	if at == "sheet" {
		p.Sheet.Problem = problem
	} else {
		p.Choices[len(p.Choices)-1].Problem = problem
	}
	return p
}

// termsChoice is one question whose words are named after it and its answers: terms_analysis,
// terms_analysis_yes, or for plain answers yes, no and later.
func termsChoice(q *web.Request, name, value string, answers []string, row bool) look.Choice {
	t := q.Words.T
	c := look.Choice{Name: name, Legend: t("source.terms_" + name), Row: row}
	if q.Words.Has("source.terms_" + name + "_hint") {
		c.Hint = t("source.terms_" + name + "_hint")
	}
	for _, answer := range answers {
		key := "source." + answer
		if !row {
			key = "source.terms_" + name + "_" + answer
		}
		c.Options = append(c.Options, look.Option{Value: answer, Label: t(key), Chosen: answer == value})
	}
	return c
}

func sheetChoice(q *web.Request, s study.Study, value string) look.Choice {
	c := look.Choice{Name: "sheet", Legend: q.Words.T("source.terms_sheet"), Hint: q.Words.T("source.terms_sheet_hint")}
	for _, sheet := range s.Sheets {
		c.Options = append(c.Options, look.Option{Value: sheet.Version, Chosen: sheet.Version == value, Hint: sheet.TakingBack,
			Label: q.Words.T("source.terms_sheet_version", "version", sheet.Version, "date", q.Words.Date(sheet.Since))})
	}
	return c
}

// analystChoice asks whether anybody who would read it should not. Who of them is a woman from the group,
// or works at a practice, stands beside the name.
func analystChoice(q *web.Request, s study.Study, not []string) look.Choice {
	t := q.Words.T
	c := look.Choice{Name: "not", Legend: t("source.terms_not"), Hint: t("source.terms_not_hint"), Multiple: true}
	for _, a := range s.Analysts {
		o := look.Option{Value: string(a.Person), Label: a.Name, Chosen: slices.Contains(not, string(a.Person))}
		switch {
		case a.Lived:
			o.Hint = t("source.analyst_lived")
		case a.Practice != "":
			o.Hint = t("source.analyst_practice", "name", a.Practice)
		}
		c.Options = append(c.Options, o)
	}
	return c
}

func endChoice(q *web.Request, s study.Study, value string) look.Choice {
	c := look.Choice{Name: "until", Legend: q.Words.T("source.terms_until"), Hint: q.Words.T("source.terms_until_hint")}
	for _, end := range slices.Backward(ends) {
		at, _ := Answers{Until: end}.end(s, q.Now())
		c.Options = append(c.Options, look.Option{Value: end, Label: q.Words.T("source.terms_until_" + end), Hint: q.Words.Date(at), Chosen: end == value})
	}
	return c
}

// saveTerms writes down what she said. It takes the place of what was written down before.
func (r *Room) saveTerms(q *web.Request) (web.Answer, error) {
	k, part, _, err := r.writable(q)
	if err != nil {
		return nil, err
	}
	a, err := web.Parse[Answers](q)
	if err != nil {
		return nil, err
	}
	terms, err := a.Terms(k.study, q.Now())
	if err != nil {
		if q.WantsData() {
			return nil, err
		}
		label, opening := r.labelOf(q, k, part)
		if opening != nil {
			return nil, opening
		}
		p := newTermsPage(q, k, part, label, a, problemAt(err), say(q, err))
		p.Limits, opening = r.limitsChoice(q, k, part, a.Limits)
		return q.Again("terms", p), opening
	}
	_, tell, err := r.beside(q, k, part, terms.How, a.Limits)
	if err != nil {
		return nil, err
	}
	terms.How.By, terms.Owner = q.Viewer.ID, part.Person
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		if err := tell(q.Context(), tx); err != nil {
			return err
		}
		return r.gate.SetTerms(q.Context(), tx, q.Viewer, k.ID, part.Speaker, terms)
	})
	return web.GoSaying("/source/"+string(k.ID), "source.terms_saved"), err
}

// problemAt names the question that a fault speaks of.
func problemAt(err error) string {
	if errors.Is(err, errNoEnd) {
		return "until"
	}
	return "sheet"
}
