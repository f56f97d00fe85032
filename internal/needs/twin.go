package needs

import (
	"net/url"
	"slices"
	"strings"

	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: saying what one needs, changing who may know, taking it back, and
// answering to what was booked.
func (r *Room) twins() []web.Twin {
	own, at := web.Members(web.Own), func(string) string { return "/needs" }
	return []web.Twin{
		{Name: "needs", Title: "needs.twin_say", Allow: own, Gives: lets("may"), Ask: sayOnPaper, Enter: r.enterSay, At: at},
		{Name: "needed", Title: "needs.twin_change", Allow: own, Gives: lets("do"), Of: "needs", Things: r.thingsOnPaper, Ask: r.changeOnPaper, Enter: r.enterChange, At: at},
	}
}

// lets reports whether answers let anybody know, or commit her to what was booked. A no only closes.
func lets(name string) func(url.Values) bool {
	return func(answers url.Values) bool {
		if answers == nil || answers.Get(name) == string(Hosts) || answers.Get(name) == string(Everybody) {
			return true
		}
		for key, says := range answers {
			if strings.HasPrefix(key, ofBooking) && slices.Contains(says, string(Right)) {
				return true
			}
		}
		return false
	}
}

// ofBooking begins the name of a question about a booking.
const ofBooking = "booking-"

func sayOnPaper(q *web.Request, _ string) (web.Asked, error) {
	return web.Asked{Notes: append(before(q), look.Note{Text: q.Words.T("needs.twin_writer")}), Asks: asks(q, Text{}, nil, true)}, nil
}

func (r *Room) enterSay(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[lineForm](q)
	if err != nil {
		return "", err
	}
	return r.Say(q.Context(), q.Viewer, f.text(), f.may())
}

func (r *Room) thingsOnPaper(q *web.Request) ([]look.Option, error) {
	w, err := r.hers(q.Context(), q.Viewer)
	var list []look.Option
	for _, l := range w.lines {
		list = append(list, look.Option{Value: l.ID, Label: q.Words.T("needs.kind_" + string(l.Text.Kind)), Hint: q.Words.Date(l.Made)})
	}
	return list, err
}

// erase is the answer that takes a line back for good.
const erase = "erase"

// changeOnPaper asks who may know from now on, and whether what was booked is right. What she wrote is not
// printed, since paper lies about.
func (r *Room) changeOnPaper(q *web.Request, thing string) (web.Asked, error) {
	_, list, err := r.line(q.Context(), q.Viewer, thing)
	if err != nil {
		return web.Asked{}, err
	}
	t := q.Words.T
	do := look.Choice{Name: "do", Legend: t("needs.may"), Hint: t("needs.twin_do_hint")}
	for _, m := range []string{"nobody", string(Hosts), string(Everybody)} {
		do.Options = append(do.Options, look.Option{Value: m, Label: t("needs.may_" + m)})
	}
	do.Options = append(do.Options, look.Option{Value: erase, Label: t("needs.drop")})
	a := web.Asked{Notes: []look.Note{{Title: t("needs.then_title"), Text: t("needs.then")}, {Text: t("needs.twin_writer")}}, Asks: []look.Ask{look.Choose(do)}}
	for _, b := range list {
		c := look.Choice{Name: ofBooking + b.ID, Legend: t("needs.twin_booked", "what", b.Booked.What, "when", b.Booked.When), Hint: b.Booked.Who}
		for _, says := range b.Answers() {
			c.Options = append(c.Options, look.Option{Value: string(says), Label: t("needs.says_" + string(says))})
		}
		if len(c.Options) > 0 {
			a.Asks = append(a.Asks, look.Choose(c))
		}
	}
	return a, nil
}

type changeForm struct {
	Do string `form:"do"`
}

func (r *Room) enterChange(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[changeForm](q)
	if err != nil {
		return "", err
	}
	l, list, err := r.line(q.Context(), q.Viewer, thing)
	if err != nil {
		return "", err
	}
	done := false
	for _, b := range list {
		if says := State(q.HTTP.PostForm.Get(ofBooking + b.ID)); says != "" {
			if err := r.Answer(q.Context(), q.Viewer, b.ID, says); err != nil {
				return "", err
			}
			done = true
		}
	}
	switch may := May(f.Do); {
	case f.Do == erase:
		return "", r.Drop(q.Context(), q.Viewer, thing)
	case f.Do == "nobody":
		return thing, r.Change(q.Context(), q.Viewer, l, l.Text, Nobody)
	case may == Hosts || may == Everybody:
		return thing, r.Change(q.Context(), q.Viewer, l, l.Text, may)
	case done:
		return thing, nil
	}
	return "", ErrChoose
}
