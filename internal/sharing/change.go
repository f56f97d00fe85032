package sharing

import (
	"errors"
	"slices"
	"strings"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// changePage is all questions on one page, for something shared already: each behind a line that says
// what is answered now. Who comes from one line finds that one open.
type changePage struct {
	Check  look.Check
	Title  look.Title
	Action string
	Folds  []fold
	Acts   []look.Button
}

// fold is the questions of one step behind a line.
type fold struct {
	ID, Summary, Now string
	Open             bool
	Asks             []ask
}

// changed are the steps whose answers can be changed later.
var changed = []Step{StepWho, StepNot, StepUse, StepHow, StepName, StepUntil, StepOut, StepFront}

func (r *Room) newChangePage(q *web.Request, m mine, a Answers, at around, wrong Step, problem string) changePage {
	t, own := q.Words.T, "/share/"+string(m.c.ID)
	at.all, at.out = true, m.speaker.Terms.Locked(q.Now())
	p := changePage{Title: look.Title{Text: t("sharing.change_heading"), Lead: t("sharing.change_lead")}, Action: own + "/change",
		Acts: []look.Button{{Text: t("sharing.change_save")}, {Text: t("sharing.change_leave"), Look: look.Second, Href: own}}}
	for _, s := range m.changed() {
		if s == StepOut && !at.asksOut(a) {
			continue
		}
		f := fold{ID: string(s), Summary: t("sharing.sum_" + s.key()), Asks: asks(q, s, a, at), Open: q.Query("open") == string(s),
			Now: strings.Join(answered(q, s, a, at), "; ")}
		if f.Now == "" {
			f.Now = t("sharing.nothing_chosen")
		}
		if problem != "" && s == wrong {
			n := s.wrong()
			f.Open, f.Asks[n] = true, f.Asks[n].wrong(problem)
			p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + f.Asks[n].at(), Text: problem}}}
		}
		p.Folds = append(p.Folds, f)
	}
	return p
}

func (r *Room) showChange(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	wishes, err := r.wishes(q.Context(), q.Viewer)
	return q.Show("change", r.newChangePage(q, m, m.answers(q, wishes), at, "", "")), err
}

// answers returns what she answers so far about something shared.
func (m mine) answers(q *web.Request, w Wishes) Answers {
	a := AnswersOf(m.speaker.Terms, q.Now())
	a.About, a.Topics = m.about(), m.c.Topics
	for _, use := range w.Later[m.c.ID] {
		a.Uses[use] = later
	}
	return a
}

// changed lists the steps whose answers she can change: what stands before the words only where they are
// all hers.
func (m mine) changed() []Step {
	steps := slices.Clone(changed)
	if m.c.Keeper != m.speaker.Person || len(m.c.Speakers) > 1 {
		steps = steps[:len(steps)-1]
	}
	return m.spokenOf(steps)
}

// spokenOf adds to some steps what is asked about a voice, where there is one.
func (m mine) spokenOf(steps []Step) []Step {
	if i := slices.Index(steps, StepUse); i >= 0 && len(m.heard()) > 0 {
		return slices.Insert(slices.Clone(steps), i, StepVoice)
	}
	return steps
}

// change replaces what she allowed. What was allowed before ends with it. When she only allows less, it
// is for the same people: nobody who joined since can open it because of that.
func (r *Room) change(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	g, problem := web.Parse[given](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	wishes, err := r.wishes(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	a := m.answers(q, wishes)
	at.out = m.speaker.Terms.Locked(q.Now())
	for _, s := range m.changed() {
		a = g.into(s, a, at)
	}
	if problem != nil { // only the note before her words can be too long
		return q.Again("change", r.newChangePage(q, m, a, at, StepFront, circle.Say(q, problem))), nil
	}
	if _, ok := a.End(q.Now()); a.Allowing() && !ok {
		return q.Again("change", r.newChangePage(q, m, a, at, StepUntil, q.Words.T("sharing.until_needed"))), nil
	}
	if at.nobodyChecks(a, q.Now()) {
		return q.Again("change", r.newChangePage(q, m, a, at, StepOut, q.Words.T("sharing.checker_needed"))), nil
	}
	terms := a.stillOut(a.Terms(q.Viewer.ID, q.Now()), m.speaker.Terms, q.Now())
	if Within(terms, m.speaker.Terms) {
		terms = terms.For(m.speaker.Terms)
	}
	if err := r.changeFront(q, m, a); err != nil { // first: nobody new is let in before it is said what waits
		return nil, err
	}
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		return r.gate.SetTerms(q.Context(), tx, q.Viewer, m.c.ID, m.speaker.ID, terms)
	})
	if putOff := a.answered(later); err == nil && !slices.Equal(putOff, wishes.Later[m.c.ID]) {
		err = r.wish(q.Context(), q.Viewer, func(w Wishes) Wishes { return w.PuttingOff(m.c.ID, putOff) })
	}
	return web.GoSaying("/share/"+string(m.c.ID), "sharing.changed"), err
}

// changeFront puts another note and other topics before the words, if she changed them.
func (r *Room) changeFront(q *web.Request, m mine, a Answers) error {
	if a.About == m.about() && slices.Equal(a.Topics, m.c.Topics) {
		return nil
	}
	return r.gate.SetFront(q.Context(), q.Viewer, m.c.ID, a.About, a.Topics)
}
