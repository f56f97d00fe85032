package decision

import (
	"net/url"
	"slices"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// What is said of a decision on a sheet.
const (
	sayOpen = "open"
	sayBack = "back"
)

// carries reports whether answers carry a decision on. Taking it back never waits.
func carries(answers url.Values) bool { return answers == nil || answers.Get("do") != sayBack }

// onward lists what waits to be opened, by whom it may be, and what the viewer wrote and can still say something of.
func (r *Room) onward(q *web.Request) ([]look.Option, error) {
	return r.things(q, ` AND (d.stage = 'put' OR d.writer_id = $2 AND d.stage IN ('talking', 'ballots', 'closed'))`, q.Viewer.ID)
}

// onwardOnPaper asks what can be said of it now: whether it is opened, and of its writer also what she answers to whoever
// asked about its words, whose advice she follows, what changed, and whether she takes it back.
func (r *Room) onwardOnPaper(q *web.Request, thing string) (web.Asked, error) {
	d, text, err := r.load(q.Context(), q.Viewer, thing)
	if err != nil {
		return web.Asked{}, err
	}
	t, hers := q.Words.T, d.Writer == q.Viewer.ID
	a := web.Asked{About: text.Title, Notes: onPaper(q, text)}
	do := look.Choice{Name: "do", Legend: t("decision.twin_on_do")}
	if d.Course.Stage == Put {
		do.Options = append(do.Options, look.Option{Value: sayOpen, Label: t("decision.open")})
	}
	if hers && !d.Course.Over() {
		do.Options = append(do.Options, look.Option{Value: sayBack, Label: t("decision.take_back")})
	}
	if len(do.Options) > 0 {
		a.Asks = append(a.Asks, look.Choose(do))
	}
	switch {
	case hers && d.Course.Stage == Put:
		doubt, err := r.unansweredDoubt(q, d)
		if err != nil || doubt.ID == "" {
			return a, err
		}
		p, err := r.newReplyPage(q, d, doubt, replyForm{})
		a.Notes, a.Asks = append(a.Notes, p.Notes...), append(append(a.Asks, p.Asks...), look.Carry("doubt", doubt.ID))
		return a, err
	case hers && (d.Course.Stage == Closed || d.Course.Open() && d.Frame.Method == Advice):
		a.Asks = append(a.Asks, newAfterPage(q, d, afterForm{}).Asks...)
	}
	return a, nil
}

// unansweredDoubt is the first one that its writer has not answered; none when all are.
func (r *Room) unansweredDoubt(q *web.Request, d Decision) (Doubt, error) {
	var list []Doubt
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		list, err = listDoubts(q.Context(), tx, q.Partnership(), d.ID)
		return err
	})
	if i := slices.IndexFunc(list, func(d Doubt) bool { return !d.Answered() }); err == nil && i >= 0 {
		return list[i], nil
	}
	return Doubt{}, err
}

type onwardForm struct {
	Do    string `form:"do"`
	Doubt string `form:"doubt"`
	replyForm
	afterForm
}

// enterOnward does what a sheet says. What is answered to somebody comes before it is opened, which it could not be
// without.
func (r *Room) enterOnward(q *web.Request, thing string) (string, error) {
	f, err := parseOnward(q)
	if err != nil {
		return "", err
	}
	ctx, v := q.Context(), q.Viewer
	if f.Do == sayBack {
		return thing, r.TakeBack(ctx, v, thing)
	}
	said := false
	for _, one := range []struct {
		is  bool
		say func() error
	}{
		{f.Words != "" && f.Doubt != "", func() error { return r.Reply(ctx, v, thing, f.Doubt, f.Words) }},
		{f.Do == sayOpen, func() error { return r.Open(ctx, v, thing) }},
		{f.Whose+f.WhyNot != "", func() error { return r.Follow(ctx, v, thing, Heed{f.Whose, f.WhyNot}) }},
		{f.After != "", func() error { return r.Tell(ctx, v, thing, f.After) }},
	} {
		if !one.is {
			continue
		}
		if err := one.say(); err != nil {
			return "", err
		}
		said = true
	}
	if !said {
		return "", ErrEmpty
	}
	return thing, nil
}

func parseOnward(q *web.Request) (f onwardForm, err error) {
	say, err := web.Parse[struct {
		Do    string `form:"do"`
		Doubt string `form:"doubt"`
	}](q)
	if err != nil {
		return f, err
	}
	f.Do, f.Doubt = say.Do, say.Doubt
	if f.replyForm, err = web.Parse[replyForm](q); err != nil {
		return f, err
	}
	f.afterForm, err = web.Parse[afterForm](q)
	return f, err
}
