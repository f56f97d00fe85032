package checkin

import (
	"net/url"
	"strings"

	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is asking for a call on paper, and saying what became of one. A word to herself on paper stays with her.
func (r *Room) twins() []web.Twin {
	own := web.Members(web.Own)
	at := func(string) string { return "/today" }
	opens := func(answers url.Values) bool { return answers == nil || answers.Get("says") == string(Wanting) }
	return []web.Twin{
		{Name: "call", Title: "checkin.ask", Allow: own, Gives: web.Always, At: at,
			Ask: func(q *web.Request, _ string) (web.Asked, error) {
				asks, err := r.askCall(q, callForm{}, false)
				return web.Asked{Notes: []look.Note{{Text: q.Words.T("checkin.ask_lead")}, {Text: q.Words.T("checkin.twin_writer")}}, Asks: asks}, err
			}, Enter: r.enterAsk},
		{Name: "call-over", Title: "checkin.twin_over", Allow: own, Gives: opens, Of: "call", Things: r.things, Ask: askOver, Enter: r.enterOver, At: at},
	}
}

func (r *Room) enterAsk(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[callForm](q)
	if err != nil {
		return "", err
	}
	return r.Ask(q.Context(), q.Viewer, person.ID(f.Whom), strings.TrimSpace(f.How))
}

// things are the calls that she asked for.
func (r *Room) things(q *web.Request) ([]look.Option, error) {
	_, calls, names, err := r.hers(q.Context(), q.Viewer)
	var list []look.Option
	for _, c := range calls {
		if c.Person == q.Viewer.ID {
			list = append(list, look.Option{Value: c.ID, Label: names[c.Whom], Hint: q.Words.Date(c.Made)})
		}
	}
	return list, err
}

func askOver(q *web.Request, _ string) (web.Asked, error) {
	c := look.Choice{Name: "says", Legend: q.Words.T("checkin.ask_over")}
	for _, says := range []Answer{Right, NotYet, NotNow, Wanting} {
		c.Options = append(c.Options, look.Option{Value: string(says), Label: q.Words.T("checkin.says_" + string(says))})
	}
	return web.Asked{Asks: []look.Ask{look.Choose(c)}}, nil
}

func (r *Room) enterOver(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[sayForm](q)
	if err != nil {
		return "", err
	}
	return "", r.Say(q.Context(), q.Viewer, thing, Answer(f.Says))
}
