package notes

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// todoForm is something that is to be done, as it was typed.
type todoForm struct {
	What    string `form:"what" max:"1000"`
	Who     string `form:"who"`
	Day     string `form:"by-day"`
	Month   string `form:"by-month"`
	Year    string `form:"by-year"`
	Meeting string `form:"for"`
}

// nobody is the answer that nobody has taken it on yet.
const nobody = "nobody"

func (f todoForm) todo() (Todo, error) {
	due, err := dayOfBoxes(f.Day, f.Month, f.Year)
	t := Todo{Meeting: f.Meeting, Person: person.ID(f.Who), Due: due, Text: TodoText{What: strings.TrimSpace(f.What)}}
	switch f.Who {
	case "":
		return t, ErrOwner
	case nobody:
		t.Person = ""
	}
	return t, err
}

// dayOfBoxes returns a day as it is kept, and ErrDay for what is no day.
func dayOfBoxes(boxes ...string) (string, error) {
	var n [3]int
	for i, s := range boxes {
		n[i], _ = strconv.Atoi(strings.TrimSpace(s)) // no number reads as 0, which is no day
	}
	t := time.Date(n[2], time.Month(n[1]), n[0], 12, 0, 0, 0, time.UTC)
	if n[2] < 2000 || t.Day() != n[0] || int(t.Month()) != n[1] || t.Year() != n[2] {
		return "", ErrDay
	}
	return dayOf(t), nil
}

// askTodo are the questions about something that is to be done.
func (a agreed) askTodo(q *web.Request, f todoForm) ([]look.Ask, look.Dated) {
	t := q.Words.T
	who := look.Choice{Name: "who", Legend: t("notes.ask_who"), Hint: t("notes.ask_who_hint"), Options: []look.Option{
		{Value: string(q.Viewer.ID), Label: t("notes.who_me"), Chosen: f.Who == string(q.Viewer.ID)},
		{Value: nobody, Label: t("notes.who_nobody"), Chosen: f.Who == nobody}}}
	for _, p := range a.people {
		if p.ID != q.Viewer.ID && p.Standings.Meets(web.Taking(web.Any).Standings) && Owns(q.Viewer, p.ID, p.Standings) {
			who.Options = append(who.Options, p.Option(person.ID(f.Who)))
		}
	}
	what := look.Field{Name: "what", Label: t("notes.ask_what"), Value: f.What, Rows: 3, Autocomplete: "off", WhoTitle: t("notes.who_title"), Who: t("notes.who_todo")}
	return []look.Ask{look.Write(what), look.Choose(who), look.Carry("for", f.Meeting)}, look.Dated{Name: "by", Legend: t("notes.ask_by"), Day: f.Day, Month: f.Month, Year: f.Year,
		Labels: [3]string{t("notes.day"), t("notes.month"), t("notes.year")}}
}

// newTodo asks for something that is to be done, from the notes of a meeting or from the list.
func (r *Room) newTodo(q *web.Request, f todoForm) (form, error) {
	t := q.Words.T
	a, err := r.agreed(q.Context(), q.Viewer)
	if err != nil {
		return form{}, err
	}
	asks, by := a.askTodo(q, f)
	p := form{Title: look.Title{Text: t("notes.todo_new")}, Parts: []part{{Action: "/todo/new", Asks: asks, Until: by, Acts: []look.Button{{Text: t("notes.save")}}}}, Back: look.Link{Href: "/todo", Text: t("notes.back_todo")}}
	all, err := r.Meetings.All(q.Context(), q.Viewer)
	if i := slices.IndexFunc(all, func(m Meeting) bool { return m.ID == f.Meeting }); i >= 0 {
		p.Title.Lead, p.Back = all[i].when(q), look.Link{Href: "/notes/" + f.Meeting, Text: t("notes.back_notes")}
	} else {
		p.Parts[0].Asks = asks[:2]
	}
	return p, err
}

func (r *Room) showNewTodo(q *web.Request) (web.Answer, error) {
	p, err := r.newTodo(q, todoForm{Meeting: q.Query("for")})
	return q.Show("form", p), err
}

// agree keeps what a form says is to be done, and returns its id. A meeting that nobody can know is none.
func (r *Room) agree(q *web.Request) (string, todoForm, error) {
	f, err := web.Parse[todoForm](q)
	if err != nil {
		return "", f, err
	}
	t, err := f.todo()
	if err != nil {
		return "", f, err
	}
	all, err := r.Meetings.All(q.Context(), q.Viewer)
	if !slices.ContainsFunc(all, func(m Meeting) bool { return m.ID == t.Meeting }) {
		t.Meeting, f.Meeting = "", ""
	}
	var id string
	if err == nil {
		id, err = r.Agree(q.Context(), q.Viewer, t)
	}
	return id, f, err
}

func (r *Room) saveTodo(q *web.Request) (web.Answer, error) {
	_, f, err := r.agree(q)
	if err != nil {
		p, other := r.newTodo(q, f)
		if other != nil {
			return nil, other
		}
		return p.again(q, err)
	}
	if f.Meeting != "" {
		return web.GoSaying("/notes/"+f.Meeting, "notes.saved"), nil
	}
	return web.GoSaying("/todo", "notes.saved"), nil
}
