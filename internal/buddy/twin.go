package buddy

import (
	"net/url"

	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: asking somebody, and answering or ending.
func (r *Room) twins() []web.Twin {
	own, at := web.Taking(web.Own), func(string) string { return "/buddy" }
	return []web.Twin{
		{Name: "buddy", Title: "buddy.twin_ask", Allow: own, Gives: web.Always, Ask: r.askOnPaper, Enter: r.enterAsk, At: at},
		{Name: "buddy-again", Title: "buddy.twin_again", Allow: own, Gives: commits, Ask: r.againOnPaper, Enter: r.enterAgain, At: at},
	}
}

// What she says about one on paper.
const (
	doYes = "yes"
	doEnd = "end"
)

// commits reports whether answers bind her. Letting go never waits.
func commits(answers url.Values) bool { return answers == nil || answers.Get("do") == doYes }

func (r *Room) askOnPaper(q *web.Request, _ string) (web.Asked, error) {
	asks, err := r.asks(q, askForm{})
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Text: t("buddy.add_lead")}, {Title: t("buddy.next"), Text: t("buddy.next_text")}, {Text: t("buddy.twin_writer")}}, Asks: asks}, err
}

func (r *Room) enterAsk(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[askForm](q)
	if err != nil {
		return "", err
	}
	return r.Ask(q.Context(), q.Viewer, person.ID(f.Whom), f.Words)
}

// againOnPaper asks with whom it is and what she says. Neither words nor that there is anything is printed, since
// whoever writes for her is not one of the two, and paper lies about.
func (r *Room) againOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	whom, err := r.askWhom(q, "")
	do := look.Choice{Name: "do", Legend: t("buddy.twin_do")}
	for _, say := range []string{doEnd, doYes} {
		do.Options = append(do.Options, look.Option{Value: say, Label: t("buddy.do_" + say)})
	}
	return web.Asked{Notes: []look.Note{{Text: t("buddy.twin_words")}, {Text: t("buddy.twin_writer")}}, Asks: []look.Ask{whom, look.Choose(do)}}, err
}

type againForm struct {
	Whom string `form:"whom"`
	Do   string `form:"do"`
}

func (r *Room) enterAgain(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[againForm](q)
	if err != nil {
		return "", err
	}
	list, _, err := r.hers(q.Context(), q.Viewer)
	if err != nil {
		return "", err
	}
	for _, l := range list {
		if l.With(q.Viewer.ID) != person.ID(f.Whom) {
			continue
		}
		switch f.Do {
		case doYes:
			return l.ID, r.Yes(q.Context(), q.Viewer, l.ID)
		case doEnd:
			return "", r.LetGo(q.Context(), q.Viewer, l.ID)
		}
		return "", ErrDo
	}
	return "", ErrNone
}
