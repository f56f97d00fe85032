package sharing

import (
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// allowed shows what terms allow today, line by line. It reads the terms themselves and not the answers
// made of them: terms given on paper or long ago can say more than the questions ask.
func allowed(q *web.Request, terms consent.Terms, putOff []string, spoken bool, at around, change func(Step) string) look.Summary {
	t := q.Words.T
	var running, checking []consent.Yes
	for _, y := range terms.Yes {
		switch {
		case !q.Now().Before(y.Until):
		case y.Purpose == consent.Checking:
			checking = append(checking, y)
		default:
			running = append(running, y)
		}
	}
	var s look.Summary
	row := func(step Step, values []string) {
		term := t("sharing.sum_" + step.key())
		if len(values) == 0 {
			values = []string{t("sharing.nothing_chosen")}
		}
		s.Rows = append(s.Rows, look.SummaryRow{Term: term, Values: values, Change: look.Link{Href: change(step), Text: t("sharing.change"), About: term}})
	}
	row(StepWho, at.readers(q, running))
	if len(terms.Not) > 0 {
		row(StepNot, at.called(values(terms.Not)))
	}
	if spoken {
		row(StepVoice, at.voices(q, running))
	}
	uses := at.uses(q, running)
	for _, use := range putOff {
		uses = append(uses, q.Words.T("sharing.sum_later", "what", useName(q, use)))
	}
	row(StepUse, uses)
	if slices.ContainsFunc(running, func(y consent.Yes) bool { return y.Form >= consent.Paraphrase }) {
		row(StepName, answered(q, StepName, Answers{Attribution: terms.Attribution, AskFirst: terms.AskFirst}, at))
	}
	until := at.untils(q, running)
	publishes := slices.ContainsFunc(running, func(y consent.Yes) bool { return y.Purpose == consent.Quote || y.Purpose == consent.Publication })
	if terms.EraseAfter && len(running) > 0 && !publishes {
		until = append(until, t("sharing.sum_erase"))
	}
	row(StepUntil, until)
	if publishes || len(checking) > 0 {
		row(StepOut, at.outWords(q, terms.EraseAfter, checking))
	}
	return s
}

// readers says who may read it.
func (at around) readers(q *web.Request, running []consent.Yes) []string {
	var list []string
	later := false
	for _, y := range running {
		if name := at.names[AudienceValue(y.Audience)]; y.Purpose == consent.Heard && !slices.Contains(list, name) {
			list, later = append(list, name), later || y.Later
		}
	}
	if later {
		list = append(list, q.Words.T("sharing.joiners"))
	}
	return list
}

// voices says who may hear her voice, and who may to type it up.
func (at around) voices(q *web.Request, running []consent.Yes) []string {
	var list []string
	for _, y := range running {
		name := at.names[AudienceValue(y.Audience)]
		switch {
		case y.Purpose == consent.Typing:
			list = append(list, q.Words.T("sharing.sum_typist", "name", name))
		case y.Use == toHear:
			list = append(list, q.Words.T("sharing.sum_hears", "name", name))
		}
	}
	if !slices.ContainsFunc(running, func(y consent.Yes) bool { return y.Use == toHear }) {
		list = append([]string{q.Words.T("sharing.voice_no")}, list...)
	}
	return list
}

// uses says what else it may be used for, in what way, and by whom where that is not who may read it.
func (at around) uses(q *web.Request, running []consent.Yes) []string {
	var order []consent.Use
	by := map[consent.Use][]string{}
	var who []string
	for _, y := range running {
		name := AudienceValue(y.Audience)
		if y.Purpose == consent.Typing || y.Use == toHear {
			continue
		}
		if y.Purpose == consent.Heard {
			who = append(who, name)
			continue
		}
		if by[y.Use] == nil {
			order = append(order, y.Use)
		}
		by[y.Use] = append(by[y.Use], name)
	}
	var list []string
	for _, use := range order {
		line := q.Words.T("sharing.sum_"+string(use.Purpose)) + ", " + q.Words.T("sharing.as_"+formValue(use.Form))
		if use.Purpose != consent.Publication && !slices.Equal(by[use], who) {
			line += ": " + strings.Join(at.called(by[use]), ", ")
		}
		list = append(list, line)
	}
	return list
}

// untils says until when: one day, or each use with its own.
func (at around) untils(q *web.Request, running []consent.Yes) []string {
	var days, list []string
	for _, y := range running {
		day := at.endWords(q, y.Moment, y.Until)
		days = append(days, day)
		list = append(list, q.Words.T("sharing.sum_"+string(y.Purpose))+": "+day)
	}
	slices.Sort(days)
	if days = slices.Compact(days); len(days) == 1 {
		return days
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func values(audiences []consent.Audience) []string {
	var list []string
	for _, a := range audiences {
		list = append(list, AudienceValue(a))
	}
	return list
}
