package decision

import (
	"strconv"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// ballotForm is a ballot. Nothing of it is kept while it is filled in.
type ballotForm struct {
	Says string `form:"says"`
}

// balloting returns a decision with ballots open, for one on its roll. Whether hers is in changes nothing here.
func (r *Room) balloting(q *web.Request) (Decision, Text, error) {
	d, text, err := r.due(q)
	if err != nil {
		return d, text, err
	}
	a, err := r.around(q.Context(), q.Viewer, d)
	switch {
	case err != nil:
	case !a.on:
		err = fault.Missing
	case d.Course.Stage != Balloting:
		err = ErrSettled
	case a.roll.Slip:
		err = ErrSlip
	}
	return d, text, err
}

func newBallotPage(q *web.Request, d Decision, text Text, f answerForm) form {
	t := q.Words.T
	says := look.Choice{Name: "says", Legend: t("decision.says"), Options: options(q, "decision.says_", d.Frame.Method.Words(), Answer(f.Says))}
	asks := []look.Ask{look.Choose(says)}
	if d.Frame.Method.Marks() {
		says.Options = append([]look.Option{{Value: marked, Label: t("decision.says_marks_" + string(d.Frame.Method)), Hint: hint(q, "says_marks_"+string(d.Frame.Method)), Chosen: f.Says == marked}}, says.Options...)
		asks = append([]look.Ask{look.Choose(says)}, markAsks(q, d, text, f.Marks)...)
	}
	return form{Title: look.Title{Text: t("decision.ballot_heading"), Lead: text.Question}, Action: "/decide/" + d.ID + "/ballot",
		Notes: []look.Note{{Title: t("decision.who_title"), Text: t("decision.ballot_who")}, {Text: t("decision.ballot_once")}}, Asks: asks,
		Acts: []look.Button{{Text: t("decision.ballot_cast")}, {Text: t("decision.not_now"), Look: look.Second, Href: "/decide/" + d.ID}}}
}

func (r *Room) showBallot(q *web.Request) (web.Answer, error) {
	d, text, err := r.balloting(q)
	return q.Show("form", newBallotPage(q, d, text, answerForm{})), err
}

// ballot puts hers into the box. Whoever sends a second one is told that hers is in.
func (r *Room) ballot(q *web.Request) (web.Answer, error) {
	d, text, err := r.balloting(q)
	if err != nil {
		return nil, err
	}
	b, problem := web.Parse[ballotForm](q)
	f := answerForm{Says: b.Says}
	if d.Frame.Method.Marks() && q.HTTP.PostForm != nil {
		for i := range d.Frame.marks() {
			f.Marks = append(f.Marks, q.HTTP.PostForm.Get("mark-"+strconv.Itoa(i)))
		}
	}
	if problem == nil {
		problem = r.Cast(q.Context(), q.Viewer, d.ID, f.said())
	}
	if problem != nil {
		return newBallotPage(q, d, text, f).again(q, "says", problem)
	}
	return web.GoSaying("/decide/"+d.ID, "decision.ballot_in"), nil
}
