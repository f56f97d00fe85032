package notes

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"footing/internal/web"
	"footing/internal/web/look"
)

// answerForm is what somebody says of it.
type answerForm struct {
	Says string `form:"says"`
	Why  string `form:"why" max:"1000"`
	Over int64  `form:"from"`
}

func (one Todo) askAnswer(q *web.Request, f answerForm) []look.Ask {
	t := q.Words.T
	c := look.Choice{Name: "says", Legend: t("notes.ask_says")}
	for _, d := range one.Answers(q.Viewer) {
		c.Options = append(c.Options, look.Option{Value: string(d), Label: t("notes.says_" + string(d)), Chosen: f.Says == string(d)})
	}
	list := []look.Ask{look.Choose(c)}
	if slices.Contains(one.Answers(q.Viewer), NotDone) {
		list = append(list, look.Write(look.Field{Name: "why", Label: t("notes.ask_why"), Hint: t("notes.ask_why_hint"), Value: f.Why, Rows: 3, Autocomplete: "off", WhoTitle: t("notes.who_title"), Who: t("notes.who_todo")}))
	}
	return list
}

// oneTodo is the page on which somebody says what became of it.
func (r *Room) oneTodo(q *web.Request, f answerForm) (form, error) {
	a, err := r.agreed(q.Context(), q.Viewer)
	if err != nil {
		return form{}, err
	}
	one, err := a.todo(q.Path("todo"))
	if err != nil {
		return form{}, err
	}
	p := form{Title: look.Title{Text: one.what(q), Lead: a.became(q, one, r.today())}, Meta: one.why(q), Back: look.Link{Href: "/todo", Text: q.Words.T("notes.back_todo")}}
	if len(one.answers(q)) > 0 {
		p.Parts = []part{{Action: "/todo/" + one.ID, Newer: look.Newer{From: strconv.FormatInt(one.N, 10)}, Asks: one.askAnswer(q, f), Acts: []look.Button{{Text: q.Words.T("notes.save")}}}}
	}
	p.Parts = append(p.Parts, one.pieces(q)...)
	return p, nil
}

// pieces are the forms about words that stand in it: to erase one's own, and to say after a restore that they stand.
func (one Todo) pieces(q *web.Request) []part {
	t := q.Words.T
	var list []part
	act := func(does string, p Piece) part {
		at := "/todo/" + one.ID
		if p == Why {
			at += "/words"
		}
		return part{Action: at + "/" + does, Acts: []look.Button{{Text: t("notes.todo_" + does + "_" + string(p)), Look: look.Second}}}
	}
	for i, p := range one.vouches(q) {
		list = append(list, act("stands", p))
		if i == 0 {
			list[0].Notes = []look.Note{{Title: t("notes.shut"), Text: t("notes.todo_shut")}}
		}
	}
	for i, p := range one.Erases(q.Viewer) {
		out := act("out", p)
		if i == 0 {
			out.Head, out.Notes = t("notes.todo_out"), []look.Note{{Text: t("notes.todo_out_before")}}
		}
		list = append(list, out)
	}
	return list
}

func (r *Room) eraseTodo(p Piece) func(*web.Request) (web.Answer, error) {
	return func(q *web.Request) (web.Answer, error) {
		return web.GoSaying("/todo", "notes.todo_is_out"), r.EraseTodo(q.Context(), q.Viewer, q.Path("todo"), p)
	}
}

func (r *Room) vouch(p Piece) func(*web.Request) (web.Answer, error) {
	return func(q *web.Request) (web.Answer, error) {
		return web.GoSaying("/todo", "notes.saved"), r.Vouch(q.Context(), q.Viewer, q.Path("todo"), p)
	}
}

func (r *Room) showTodo(q *web.Request) (web.Answer, error) {
	p, err := r.oneTodo(q, answerForm{})
	return q.Show("form", p), err
}

func (r *Room) answer(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[answerForm](q)
	if err == nil {
		err = r.Answer(q.Context(), q.Viewer, q.Path("todo"), f.Over, Doing(f.Says), strings.TrimSpace(f.Why))
	}
	if err == nil {
		return web.GoSaying("/todo", "notes.saved"), nil
	}
	p, other := r.oneTodo(q, f)
	if other != nil {
		return nil, other
	}
	if f.Why != "" && !p.asks("why") { // what became of it is said already: what she typed stands where she can read it
		p.Notes = []look.Note{{Text: f.Why}}
		return p.again(q, err)
	}
	if errors.Is(err, ErrNewer) && p.asks("says") {
		row := look.SummaryRow{Term: p.Title.Text, Value: strings.TrimSpace(p.Title.Lead + " " + p.Meta)}
		p.Parts[0].Newer = q.Newer(p.Parts[0].Newer.From, row)
		return q.Again("form", p), nil
	}
	return p.again(q, err)
}
