package between

import (
	"errors"
	"strconv"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is what somebody agreed with others.
type listPage struct {
	Title look.Title
	Who   look.Who
	Cards []look.Card
	None  look.Empty
	New   look.Button
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	list, names, err := r.rows(q.Context(), q.Viewer)
	p := listPage{Title: look.Title{Text: t("between.heading"), Lead: t("between.lead")}, Who: look.Who{Title: t("between.who_title"), Text: t("between.who")},
		New: look.Button{Text: t("between.add"), Href: "/between/new"}}
	for _, a := range list {
		if a.Ended != q.Viewer.ID {
			p.Cards = append(p.Cards, look.Card{Title: look.Link{Href: "/between/" + a.ID, Text: t("between.with", "name", names[a.With(q.Viewer.ID)])}, Text: a.state(q, names[a.With(q.Viewer.ID)])})
		}
	}
	if len(p.Cards) == 0 {
		p.None = look.Empty{Title: t("between.none"), Text: t("between.none_text")}
	}
	return q.Show("between", p), err
}

// state says in a sentence where one stands, for one of the two.
func (a Agreed) state(q *web.Request, name string) string {
	t := q.Words.T
	switch held := a.Holding(); {
	case a.Ended != "":
		return t("between.state_ended", "name", name)
	case a.Waits(q.Viewer.ID):
		return t("between.state_asks", "name", name)
	case !a.Holds():
		return t("between.state_waits", "name", name)
	case a.Due(q.Now()):
		return t("between.state_due")
	default:
		return t("between.state_holds", "date", q.Words.Date(held.Again))
	}
}

// askPage asks somebody to agree to something.
type askPage struct {
	Check look.Check
	Title look.Title
	Note  look.Note
	Asks  []look.Ask
	Acts  []look.Button
	Back  look.Link
}

type termsForm struct {
	Whom  string `form:"whom"`
	Words string `form:"words" max:"2000"`
	Again string `form:"again"`
	From  string `form:"from"`
}

// months returns after how many months it is looked at again; what is no answer is none.
func (f termsForm) months() int {
	n, _ := strconv.Atoi(f.Again)
	return n
}

// askTerms are the questions about the words and the day.
func askTerms(q *web.Request, f termsForm, name string) []look.Ask {
	t := q.Words.T
	who := t("between.words_who_new")
	if name != "" {
		who = t("between.words_who", "name", name)
	}
	again := look.Choice{Name: "again", Legend: t("between.again")}
	for _, n := range Months() {
		value := strconv.Itoa(n)
		again.Options = append(again.Options, look.Option{Value: value, Label: t("between.again_" + value), Chosen: f.Again == value})
	}
	return []look.Ask{look.Write(look.Field{Name: "words", Label: t("between.words"), Hint: t("between.words_hint"), WhoTitle: t("between.who_title"), Who: who, Value: f.Words, Rows: 6}),
		look.Choose(again)}
}

// askWhom asks with whom.
func (r *Room) askWhom(q *web.Request, chosen string) (look.Ask, error) {
	c := look.Choice{Name: "whom", Legend: q.Words.T("between.whom")}
	people, err := r.others(q.Context(), q.Viewer)
	c.Options = append(c.Options, circle.Options(people, person.ID(chosen))...)
	return look.Choose(c), err
}

func (r *Room) newAskPage(q *web.Request, f termsForm) (askPage, error) {
	t := q.Words.T
	whom, err := r.askWhom(q, f.Whom)
	return askPage{Title: look.Title{Text: t("between.new_heading"), Lead: t("between.new_lead")}, Note: look.Note{Title: t("between.next"), Text: t("between.next_text")},
		Asks: append([]look.Ask{whom}, askTerms(q, f, "")...), Acts: []look.Button{{Text: t("between.ask")}}, Back: look.Link{Href: "/between", Text: t("between.back")}}, err
}

func (r *Room) showNew(q *web.Request) (web.Answer, error) {
	p, err := r.newAskPage(q, termsForm{})
	return q.Show("new", p), err
}

func (r *Room) saveNew(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[termsForm](q)
	if err == nil {
		_, err = r.Ask(q.Context(), q.Viewer, person.ID(f.Whom), f.Words, f.months())
	}
	if fault.KindOf(err) == fault.Invalid && !errors.Is(err, web.ErrUnreadable) {
		p, other := r.newAskPage(q, f)
		p.Check = wrong(q, err)
		return q.Again("new", p), other
	}
	return web.GoSaying("/between", "between.asked"), err
}

// wrong says what needs another look.
func wrong(q *web.Request, err error) look.Check {
	at := "words"
	switch {
	case errors.Is(err, ErrWhom):
		at = "whom"
	case errors.Is(err, ErrAgain):
		at = "again"
	}
	return look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + at, Text: circle.Say(q, err)}}}
}
