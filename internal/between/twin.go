package between

import (
	"net/url"

	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: asking somebody to agree to something, and answering, changing and
// ending what was asked or agreed.
func (r *Room) twins() []web.Twin {
	own := web.Members(web.Own)
	return []web.Twin{
		{Name: "between", Title: "between.twin_ask", Allow: own, Gives: web.Always, Ask: r.askOnPaper, Enter: r.enterAsk, At: pathOf},
		{Name: "between-again", Title: "between.twin_again", Allow: own, Gives: commits, Ask: r.againOnPaper, Enter: r.enterAgain, At: func(string) string { return "/between" }},
	}
}

func pathOf(id string) string { return "/between/" + id }

// What she says about one on paper.
const (
	sayYes  = "yes"
	sayBack = "back"
	sayNew  = "change"
	sayEnd  = "end"
)

// commits reports whether answers bind her. Ending, and leaving things as they were, never waits.
func commits(answers url.Values) bool {
	return answers == nil || answers.Get("do") != sayEnd && answers.Get("do") != sayBack
}

func (r *Room) askOnPaper(q *web.Request, _ string) (web.Asked, error) {
	whom, err := r.askWhom(q, "")
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Text: t("between.new_lead")}, {Title: t("between.next"), Text: t("between.next_text")}, {Text: t("between.twin_writer")}},
		Asks: append([]look.Ask{whom}, askTerms(q, termsForm{}, "")...)}, err
}

func (r *Room) enterAsk(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[termsForm](q)
	if err != nil {
		return "", err
	}
	return r.Ask(q.Context(), q.Viewer, person.ID(f.Whom), f.Words, f.months())
}

// againOnPaper asks with whom it is and what she says. Neither the words nor that there are any is printed, since
// whoever writes for her is not one of the two, and paper lies about: the other one reads them to her.
func (r *Room) againOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	whom, err := r.askWhom(q, "")
	do := look.Choice{Name: "do", Legend: t("between.twin_do")}
	for _, say := range []string{sayEnd, sayBack, sayYes, sayNew} {
		do.Options = append(do.Options, look.Option{Value: say, Label: t("between.do_" + say)})
	}
	a := web.Asked{Notes: []look.Note{{Text: t("between.twin_words")}, {Title: t("between.end_title"), Text: t("between.twin_end")}, {Text: t("between.twin_writer")}},
		Asks: append([]look.Ask{whom, look.Choose(do)}, askTerms(q, termsForm{}, "")...)}
	return a, err
}

// withWhom returns what the viewer agreed with somebody, first what waits for her yes.
func (r *Room) withWhom(q *web.Request, other person.ID) (Agreed, error) {
	list, _, err := r.hers(q)
	var found Agreed
	for _, a := range list {
		if a.With(q.Viewer.ID) == other && (found.ID == "" || !found.Waits(q.Viewer.ID)) {
			found = a
		}
	}
	if err == nil && found.ID == "" {
		err = ErrNone
	}
	return found, err
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
	a, err := r.withWhom(q, person.ID(f.Whom))
	if err != nil {
		return "", err
	}
	switch f.Do {
	case sayEnd:
		return "", r.End(q.Context(), q.Viewer, a.ID)
	case sayYes:
		return a.ID, r.Yes(q.Context(), q.Viewer, a)
	case sayBack:
		return "", r.Back(q.Context(), q.Viewer, a)
	case sayNew:
		terms, err := web.Parse[termsForm](q)
		if err != nil {
			return "", err
		}
		return a.ID, r.Change(q.Context(), q.Viewer, a, terms.Words, terms.months())
	}
	return "", ErrDo
}
