package decision

import (
	"net/url"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper.
func (r *Room) twins() []web.Twin {
	at := func(id string) string { return "/decide/" + id }
	return []web.Twin{
		{Name: "propose", Title: "decision.twin_suggest", Allow: web.Taking(web.Own), Gives: web.Always, Ask: suggestOnPaper, Enter: r.enterSuggestion, At: at},
		{Name: "propose-on", Title: "decision.twin_on", Allow: web.Taking(web.InAudience), Gives: carries, Things: r.onward, Ask: r.onwardOnPaper, Enter: r.enterOnward, At: at},
		{Name: "question", Title: "decision.twin_question", Allow: web.Taking(web.Any), Things: r.questionable, Ask: r.doubtOnPaper, Enter: r.enterDoubt, At: at},
		{Name: "slip", Title: "decision.twin_slip", Allow: web.Taking(web.Any), Things: r.slippable, Ask: r.slipOnPaper, Enter: r.enterSlip, At: at},
		{Name: "decide", Title: "decision.twin_decide", Allow: web.Taking(web.Any), Gives: agrees, Things: r.answerable, Ask: r.answerOnPaper, Enter: r.enterAnswer, At: at},
	}
}

// agrees reports whether an answer could make a decision pass. What only stops it never waits for a second yes.
func agrees(answers url.Values) bool {
	return answers == nil || answers.Get("says") == string(Yes) || answers.Get("says") == marked
}

// suggestOnPaper is the whole form on one sheet.
func suggestOnPaper(q *web.Request, _ string) (web.Asked, error) {
	a := web.Asked{Notes: []look.Note{{Text: q.Words.T("decision.twin_suggest_note")}}}
	for n := 1; n < parts; n++ {
		a.Asks = append(a.Asks, newPart(q, Decision{}, n, Text{}).Asks...)
	}
	return a, nil
}

// enterSuggestion puts the decision of a sheet forward. What is missing is asked before.
func (r *Room) enterSuggestion(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[textForm](q)
	if err != nil {
		return "", err
	}
	var text Text
	for n := 1; n < parts; n++ {
		text = f.into(n, text)
	}
	if text = trimmed(text); len(text.Gaps()) > 0 {
		return "", ErrEmpty
	}
	id, err := r.Begin(q.Context(), q.Viewer, "", text)
	if err != nil {
		return "", err
	}
	return id, r.Put(q.Context(), q.Viewer, id)
}

// things lists decisions that a sheet can be about.
func (r *Room) things(q *web.Request, which string, args ...any) ([]look.Option, error) {
	return r.thingsThat(q, func(Decision) bool { return true }, which, args...)
}

// thingsThat is things, of those that also are as asked.
func (r *Room) thingsThat(q *web.Request, are func(Decision) bool, which string, args ...any) ([]look.Option, error) {
	var all []Decision
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		all, err = store.List(q.Context(), tx, scanDecision, decisions+which+` ORDER BY d.made DESC, d.id`, append([]any{q.Partnership()}, args...)...)
		return err
	})
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(d Decision) bool { return !are(d) })
	papers := make([]consent.Paper, len(all))
	for i, d := range all {
		papers[i] = d.text()
	}
	texts, err := consent.Values[Text](q.Context(), r.Gate, q.Viewer, papers)
	var list []look.Option
	for i, d := range all {
		list = append(list, look.Option{Value: d.ID, Label: texts[i].Value.Title, Hint: stageTag(q, d).Text})
	}
	return list, err
}

func (r *Room) questionable(q *web.Request) ([]look.Option, error) {
	return r.things(q, ` AND d.stage IN ('put', 'talking', 'ballots')`)
}

// hersToAnswer are decisions in which she can say something now: she is on their roll.
const hersToAnswer = ` AND d.stage = 'talking' AND d.until > $3 AND d.id IN (SELECT decision_id FROM decision_roll WHERE partnership_id = $1 AND person_id = $2)`

func (r *Room) answerable(q *web.Request) ([]look.Option, error) {
	return r.things(q, hersToAnswer, q.Viewer.ID, store.Micros(q.Now()))
}

func (r *Room) slippable(q *web.Request) ([]look.Option, error) {
	return r.thingsThat(q, Decision.slips, hersToAnswer, q.Viewer.ID, store.Micros(q.Now()))
}

// slipOnPaper asks whether she answers on a folded slip. What she answers is on no sheet.
func (r *Room) slipOnPaper(q *web.Request, thing string) (web.Asked, error) {
	d, text, err := r.load(q.Context(), q.Viewer, thing)
	if err == nil && !d.slips() {
		err = fault.Missing
	}
	t := q.Words.T
	notes := onPaper(q, text)
	for _, row := range letterRows(q, d, text) {
		notes = append(notes, look.Note{Title: row.Term, Text: strings.Join(row.Values, "; ")})
	}
	notes = append(notes, look.Note{Text: t(slipHow(d))}, look.Note{Title: t("decision.who_title"), Text: t("decision.slip_who")}, look.Note{Text: t("decision.slip_three")})
	return web.Asked{About: text.Title, Notes: notes, Asks: slipAsks(q, place{})}, err
}

func (r *Room) enterSlip(q *web.Request, thing string) (string, error) {
	return thing, r.keepSlip(q, thing)
}

func (r *Room) doubtOnPaper(q *web.Request, thing string) (web.Asked, error) {
	d, text, err := r.load(q.Context(), q.Viewer, thing)
	if err != nil {
		return web.Asked{}, err
	}
	return web.Asked{About: text.Title, Notes: onPaper(q, text), Asks: doubtAsks(q, d, doubtForm{})}, nil
}

// onPaper is a decision as it is read on a sheet.
func onPaper(q *web.Request, text Text) []look.Note {
	var notes []look.Note
	for _, row := range textRows(q, text, "") {
		notes = append(notes, look.Note{Title: row.Term, Text: strings.Join(row.Values, "; ")})
	}
	return notes
}

func (r *Room) enterDoubt(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[doubtForm](q)
	if err != nil {
		return "", err
	}
	d, _, err := r.load(q.Context(), q.Viewer, thing)
	if err == nil && d.Course.Over() {
		err = ErrSettled
	}
	if err != nil {
		return "", err
	}
	return thing, r.doubtAll(q, d, f)
}

func (r *Room) answerOnPaper(q *web.Request, thing string) (web.Asked, error) {
	d, at, err := r.speaking(q.Context(), q.Viewer, thing)
	if err != nil {
		return web.Asked{}, err
	}
	text, err := consent.ValueOf[Text](q.Context(), r.Gate, q.Viewer, d.text())
	notes := append(onPaper(q, text), look.Note{Title: q.Words.T("decision.who_title"), Text: q.Words.T("decision.answer_who")})
	return web.Asked{About: text.Title, Notes: notes, Asks: answerAsks(q, d, text, at, answerForm{})}, err
}

// enterAnswer keeps what she said on a sheet or aloud, with who took it down. She can change it herself.
func (r *Room) enterAnswer(q *web.Request, thing string) (string, error) {
	d, _, err := r.speaking(q.Context(), q.Viewer, thing)
	if err != nil {
		return "", err
	}
	f, err := parseAnswer(q, d)
	if err == nil && f.Says == "" {
		err = ErrAnswer
	}
	if err != nil {
		return "", err
	}
	return thing, r.sayAll(q, d, f)
}
