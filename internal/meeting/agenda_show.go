package meeting

import (
	"strings"

	"footing/internal/web"
	"footing/internal/web/look"
)

// itemPage is one thing to talk about: by whom, what became of it, what was said to it.
type itemPage struct {
	Check    look.Check
	Title    look.Title
	Notes    []look.Note
	Paras    []string
	By       string
	Meeting  look.Link
	FateHead string
	Course   []string
	SaidHead string
	Said     []saidLine
	Say      look.Button
	DoHead   string
	Action   string
	Asks     []look.Ask
	Acts     []look.Button
	Own      []act
	Back     look.Link
}

type fateForm struct {
	What string `form:"what"`
	To   string `form:"to"`
	Why  string `form:"why" max:"1000"`
}

func (r *Room) showItem(q *web.Request) (web.Answer, error) {
	i, w, err := r.item(q.Context(), q.Viewer, q.Path("item"))
	if err != nil {
		return nil, err
	}
	return q.Show("item", r.newItemPage(q, i, w, fateForm{})), nil
}

func (r *Room) newItemPage(q *web.Request, i Item, w world, f fateForm) itemPage {
	t, at := q.Words.T, "/agenda/"+i.ID
	p := itemPage{Title: look.Title{Text: i.Text.Title}, Paras: look.Paras(i.Text.More), By: t("meeting.by", "name", w.asWhom(q, i.Person), "date", q.Words.Date(i.Made)),
		FateHead: t("meeting.fate_heading"), Course: w.course(q, i), SaidHead: t("meeting.said_heading"), Back: look.Link{Href: "/meetings", Text: t("meeting.back")}}
	if len(p.Course) == 0 {
		p.Course = []string{t("meeting.fate_none")}
	}
	if m, ok := w.meeting(i.Meeting); ok {
		p.Meeting = look.Link{Href: "/meetings/" + m.ID, Text: t("meeting.on_list", "when", m.when(q))}
		if m.State == Known {
			p.Say = look.Button{Text: t("meeting.say_to"), Look: look.Second, Href: "/meetings/" + m.ID + "/say?about=" + i.ID}
		}
	}
	for _, s := range w.said {
		p.Said = append(p.Said, w.saidLine(q, s))
	}
	if i.Person == q.Viewer.ID {
		if i.Shut {
			p.Notes = []look.Note{{Title: t("meeting.shut_title"), Text: t("meeting.shut_text")}}
			p.Own = append(p.Own, act{at + "/stands", look.Button{Text: t("meeting.stands"), Look: look.Second}})
		}
		p.Own = append(p.Own, act{at + "/drop", look.Button{Text: t("meeting.take_back"), Look: look.Second}})
	}
	if next := i.Next(q.Viewer); len(next) > 0 {
		p.DoHead, p.Action, p.Acts = t("meeting.do_heading"), at+"/fate", []look.Button{{Text: t("meeting.save")}}
		p.Asks = w.askFate(q, i, next, r.today(), f)
	}
	return p
}

// askFate asks what becomes of an item, of what may.
func (w world) askFate(q *web.Request, i Item, next []What, today string, f fateForm) []look.Ask {
	t := q.Words.T
	var asks []look.Ask
	if len(next) == 1 {
		asks = append(asks, look.Carry("what", string(Moved)))
	} else {
		what := look.Choice{Name: "what", Legend: t("meeting.ask_fate")}
		for _, one := range next {
			what.Options = append(what.Options, look.Option{Value: string(one), Label: t("meeting.do_" + string(one)), Chosen: f.What == string(one)})
		}
		asks = append(asks, look.Choose(what))
	}
	to := look.Choice{Name: "to", Legend: t("meeting.ask_to"), Options: w.lists(q, today, i.Meeting, f.To)}
	if len(to.Options) == 0 {
		to.Hint = t("meeting.ask_to_none")
	}
	return append(asks, look.Choose(to), box(q, "why", "meeting.ask_why", f.Why, "meeting.who_named"))
}

func (r *Room) decide(q *web.Request) (web.Answer, error) {
	i, w, err := r.item(q.Context(), q.Viewer, q.Path("item"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[fateForm](q)
	if err == nil {
		err = r.Decide(q.Context(), q.Viewer, i.ID, Fate{What: What(f.What), To: f.To, Why: strings.TrimSpace(f.Why)})
	}
	if err != nil && mends(err) {
		p := r.newItemPage(q, i, w, f)
		p.Check = form{}.wrong(q, err).Check
		return q.Again("item", p), nil
	}
	return web.GoSaying("/agenda/"+i.ID, "meeting.saved"), err
}

func (r *Room) dropItem(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/meetings", "meeting.taken_back"), r.TakeBack(q.Context(), q.Viewer, q.Path("item"))
}

func (r *Room) itemStands(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/agenda/"+q.Path("item"), "meeting.saved"), r.Stands(q.Context(), q.Viewer, q.Path("item"))
}
