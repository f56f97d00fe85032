package sharing

import (
	"errors"

	"footing/internal/circle"
	"footing/internal/web"
	"footing/internal/web/look"
)

// stepPage is one decision on the way from a text to something shared.
type stepPage struct {
	Check  look.Check
	Steps  look.Steps
	Title  look.Title
	Asked  look.Note // on the page of who may read it
	Action string
	Asks   []ask
	Acts   []look.Button
}

// stepRoutes are the pages between the text and the check.
func (r *Room) stepRoutes(own web.Access) []web.Route {
	var routes []web.Route
	for _, s := range []Step{StepWho, StepNot, StepVoice, StepUse, StepHow, StepName, StepUntil, StepOut, StepFront} {
		routes = append(routes,
			web.Route{Pattern: "GET /draft/{draft}/" + string(s), Allow: own, Title: "sharing.title", Weight: web.Member, Table: true, Twin: "share",
				Do: func(q *web.Request) (web.Answer, error) { return r.showStep(q, s) }},
			web.Route{Pattern: "POST /draft/{draft}/" + string(s), Allow: own, Title: "sharing.title", Weight: web.Member, Table: true, Twin: "share",
				Do: func(q *web.Request) (web.Answer, error) { return r.saveStep(q, s) }})
	}
	return routes
}

func (r *Room) showStep(q *web.Request, s Step) (web.Answer, error) {
	d, a, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	if s == StepVoice && !a.Spoken.Is() { // nothing to ask: she was led here by an old page, or took the recording out
		return web.Go(next(q, d.id, s, a)), nil
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	p := newStepPage(q, d.id, s, a, at, "")
	if s == StepWho {
		to, err := r.asked(q.Context(), q.Viewer, a.Ask)
		if err != nil {
			return nil, err
		}
		p.Asked = to.note(q)
	}
	return q.Show("step", p), nil
}

func newStepPage(q *web.Request, id string, s Step, a Answers, at around, problem string) stepPage {
	t := q.Words.T
	p := stepPage{Steps: part(q, s, a), Title: look.Title{Text: t("sharing." + string(s) + "_heading"), Lead: t("sharing." + string(s) + "_lead")},
		Action: here(q, path(id, s)), Asks: asks(q, s, a, at), Acts: stepActs(q, id)}
	if problem != "" {
		n := s.wrong()
		p.Asks[n] = p.Asks[n].wrong(problem)
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + p.Asks[n].at(), Text: problem}}}
	}
	return p
}

// stepActs are the three things one can do on each page, in one size. Whoever came from the check to
// change one line can also leave that line as it was.
func stepActs(q *web.Request, id string) []look.Button {
	t := q.Words.T
	acts := []look.Button{{Text: t("sharing.continue")}, {Text: t("sharing.skip"), Look: look.Second, Name: "skip", Value: "1"}}
	if fromCheck(q) {
		acts = []look.Button{{Text: t("sharing.save_line")}, {Text: t("sharing.leave_line"), Look: look.Second, Href: path(id, StepCheck)}}
	}
	return append(acts, look.Button{Text: t("sharing.stop"), Look: look.Second, Name: "stop", Value: "1"})
}

func (r *Room) saveStep(q *web.Request, s Step) (web.Answer, error) {
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	g, problem := web.Parse[given](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	d, a, err := r.rewrite(q.Context(), q.Viewer, q.Path("draft"), func(a Answers) Answers { return g.into(s, a, at) })
	if err != nil {
		return nil, err
	}
	switch _, ends := a.End(q.Now()); {
	case problem != nil:
		return q.Again("step", newStepPage(q, d.id, s, a, at, circle.Say(q, problem))), nil
	case g.Stop:
		return web.GoSaying("/share", "sharing.draft_saved"), nil
	case s == StepUntil && a.Allowing() && !ends && !g.Skip:
		return q.Again("step", newStepPage(q, d.id, s, a, at, q.Words.T("sharing.until_needed"))), nil
	case s == StepOut && at.nobodyChecks(a, q.Now()) && !g.Skip:
		return q.Again("step", newStepPage(q, d.id, s, a, at, q.Words.T("sharing.checker_needed"))), nil
	}
	return web.Go(next(q, d.id, s, a)), nil
}

// next returns where saving a step leads: on, or back to the check for somebody who came from there to
// change a line, by way of the end when her change made one needed.
func next(q *web.Request, id string, s Step, a Answers) string {
	if !fromCheck(q) {
		return path(id, a.After(s))
	}
	if _, ends := a.End(q.Now()); s != StepUntil && a.Allowing() && !ends {
		return path(id, StepUntil) + changing
	}
	return path(id, StepCheck)
}

// changing is what the address of a step says when the check led there.
const changing = "?from=check"

func fromCheck(q *web.Request) bool { return q.Query("from") == "check" }

// here returns the address a page sends its answers to, which remembers where she came from.
func here(q *web.Request, path string) string {
	if fromCheck(q) {
		return path + changing
	}
	return path
}

func path(id string, s Step) string {
	if s == StepText {
		return "/draft/" + id
	}
	return "/draft/" + id + "/" + string(s)
}

// part says where on the way a step is.
func part(q *web.Request, s Step, a Answers) look.Steps {
	now := a.Part(s)
	return look.Steps{Text: q.Words.T("sharing.part", "now", now, "of", Parts), Now: now, Of: Parts}
}

// wrong returns which question of a step has to be looked at again when one does.
func (s Step) wrong() int {
	if s == StepOut { // who may check, which follows from what becomes of it
		return 1
	}
	return 0
}

// at returns the id of the first thing to answer.
func (k ask) at() string {
	if k.Field != nil {
		return k.Field.At()
	}
	return k.Choice.At()
}

// wrong returns the question with a problem beside it.
func (k ask) wrong(problem string) ask {
	if k.Field != nil {
		f := *k.Field
		f.Problem = problem
		k.Ask = look.Write(f)
		return k
	}
	c := *k.Choice
	c.Problem = problem
	k.Ask = look.Choose(c)
	return k
}
