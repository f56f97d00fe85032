package observe

import (
	"slices"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// form is a page that asks.
type form struct {
	Check  look.Check
	Title  look.Title
	Notes  []look.Note
	Action string
	Asks   []look.Ask
	Acts   []look.Button
	Back   look.Link
}

// again shows the page once more when whoever is at the screen can mend a fault, with what she typed; any other
// stays an error.
func (f form) again(q *web.Request, err error) (web.Answer, error) {
	if k := fault.KindOf(err); k != fault.Invalid && k != fault.Conflict {
		return nil, err
	}
	f.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, err)}}}
	return q.Again("form", f), nil
}

// The answers to "may you be watched?".
const (
	yes = "yes"
	no  = "no"
)

type answerForm struct {
	Says string `form:"says"`
}

// askAnswer asks for yes or no, with neither chosen beforehand.
func askAnswer(q *web.Request) look.Ask {
	t := q.Words.T
	return look.Choose(look.Choice{Name: "says", Legend: t("observe.ask_says"), Hint: t("observe.ask_says_hint"),
		Options: []look.Option{{Value: no, Label: t("observe.says_no")}, {Value: yes, Label: t("observe.says_yes")}}})
}

// before is what stands before the question.
func before(q *web.Request) []look.Note {
	t := q.Words.T
	return []look.Note{{Title: t("observe.who_title"), Text: t("observe.answer_who")}, {Text: t("observe.how_later")}}
}

func newAnswer(q *web.Request, w world) form {
	t := q.Words.T
	return form{Title: look.Title{Text: t("observe.mine_head"), Lead: w.meeting.when(q)}, Notes: before(q), Action: w.at("/answer"), Asks: []look.Ask{askAnswer(q)},
		Acts: []look.Button{{Text: t("observe.save")}, {Text: t("observe.skip"), Look: look.Second, Href: w.at("")}}, Back: look.Link{Href: w.at(""), Text: t("observe.back_asked")}}
}

// answerable reads a meeting about which somebody asks, and to which a yes can still be said.
func (r *Room) answerable(q *web.Request) (world, error) {
	w, err := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if err == nil && !w.there {
		err = fault.Missing
	}
	return w, err
}

func (r *Room) showAnswer(q *web.Request) (web.Answer, error) {
	w, err := r.answerable(q)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(w.request.stands(w.meeting).Answers(), true) {
		return web.Go(w.at("")), nil
	}
	return q.Show("form", newAnswer(q, w)), nil
}

func (r *Room) answer(q *web.Request) (web.Answer, error) {
	w, err := r.answerable(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[answerForm](q)
	if err == nil {
		err = r.says(q, w.meeting.ID, f.Says)
	}
	if err != nil {
		return newAnswer(q, w).again(q, err)
	}
	return web.GoSaying(w.at(""), "observe.saved_"+f.Says), nil
}

// says keeps an answer as it was ticked.
func (r *Room) says(q *web.Request, meeting, says string) error {
	if says != yes && says != no {
		return ErrChoose
	}
	return r.Say(q.Context(), q.Viewer, meeting, says == yes)
}

type requestForm struct {
	Study   string `form:"study"`
	Watcher string `form:"watcher"`
	Down    string `form:"down" max:"1000"`
	Not     string `form:"not" max:"1000"`
}

func (f requestForm) request(meeting string) Request {
	return Request{Meeting: meeting, Study: f.Study, Watcher: person.ID(f.Watcher), Text: Text{Down: strings.TrimSpace(f.Down), Not: strings.TrimSpace(f.Not)}}
}

// newAsk asks who watches, for which study, what is written down and what is not.
func (r *Room) newAsk(q *web.Request, w world, f requestForm) form {
	t := q.Words.T
	studies := look.Choice{Name: "study", Legend: t("observe.ask_study")}
	watchers := look.Choice{Name: "watcher", Legend: t("observe.ask_watcher")}
	for _, s := range w.studies {
		if !s.Runs(r.Now()) || !q.Viewer.Standings.Has(person.Facilitator) && !s.Names(q.Viewer.ID) {
			continue
		}
		studies.Options = append(studies.Options, look.Option{Value: s.ID, Label: s.Question, Chosen: s.ID == f.Study})
		for _, a := range s.Analysts {
			if o := (look.Option{Value: string(a.Person), Label: a.Name, Chosen: string(a.Person) == f.Watcher}); !slices.Contains(watchers.Options, o) {
				watchers.Options = append(watchers.Options, o)
			}
		}
	}
	return form{Title: look.Title{Text: t("observe.ask_heading"), Lead: w.meeting.when(q)}, Notes: []look.Note{{Text: t("observe.ask_before")}}, Action: w.at("/ask"),
		Asks: []look.Ask{look.Choose(studies), look.Choose(watchers), box(q, "down", "observe.ask_down", f.Down), box(q, "not", "observe.ask_not", f.Not)},
		Acts: []look.Button{{Text: t("observe.ask_do")}, {Text: t("observe.skip"), Look: look.Second, Href: w.at("")}}, Back: look.Link{Href: w.at(""), Text: t("observe.back_asked")}}
}

func box(q *web.Request, name, key, value string) look.Ask {
	t := q.Words.T
	return look.Write(look.Field{Name: name, Label: t(key), Hint: t(key + "_hint"), Value: value, Rows: 4, Autocomplete: "off", WhoTitle: t("observe.who_title"), Who: t("observe.ask_who")})
}

func (r *Room) showAsk(q *web.Request) (web.Answer, error) {
	w, err := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if err != nil {
		return nil, err
	}
	if w.there || !w.meeting.Takes() {
		return web.Go(w.at("")), nil
	}
	return q.Show("form", r.newAsk(q, w, requestForm{})), nil
}

func (r *Room) ask(q *web.Request) (web.Answer, error) {
	w, err := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[requestForm](q)
	if err == nil {
		err = r.Ask(q.Context(), q.Viewer, f.request(w.meeting.ID))
	}
	if err != nil {
		return r.newAsk(q, w, f).again(q, err)
	}
	return web.GoSaying(w.at(""), "observe.saved_ask"), nil
}
