package notes

import (
	"footing/internal/web"
	"footing/internal/web/look"
	"strings"
)

// todoPage is what is to be done, and what became of what was.
type todoPage struct {
	Title   look.Title
	None    look.Empty
	ToDo    []look.Card
	New     look.Button
	WasHead string
	Was     []look.Card
	Pages   look.Pages
	Back    look.Link
}

func (r *Room) showTodos(q *web.Request) (web.Answer, error) {
	a, err := r.agreed(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := todoPage{Title: look.Title{Text: t("notes.todo_heading"), Lead: t("notes.todo_lead")}, WasHead: t("notes.todo_was"), Back: look.Link{Href: "/meetings", Text: t("notes.back_meetings")}}
	if mayWrite(q) {
		p.New = look.Button{Text: t("notes.todo_new"), Href: "/todo/new", Look: look.Second}
	}
	for _, one := range a.todos {
		if card := a.card(q, one, r.today()); one.State == ToDo {
			p.ToDo = append(p.ToDo, card)
		} else {
			p.Was = append(p.Was, card)
		}
	}
	if len(p.ToDo) == 0 {
		p.None = look.Empty{Title: t("notes.todo_none")}
	}
	p.leaf(q)
	return q.Show("todo", p), nil
}

// card is one thing that is to be done, or was.
func (a agreed) card(q *web.Request, one Todo, today string) look.Card {
	c := look.Card{Title: look.Link{Text: one.what(q)}, Text: a.became(q, one, today), Meta: one.why(q)}
	if one.Old() {
		c.Meta = strings.TrimSpace(c.Meta + " " + q.Words.T("notes.todo_old"))
	}
	if one.answers(q) != nil || one.Erases(q.Viewer) != nil || one.vouches(q) != nil {
		c.Title.Href = "/todo/" + one.ID
	}
	return c
}

// shown returns words that are open, and of any other what is so.
func (s sealed) shown(q *web.Request, words string) string {
	switch {
	case s.open:
		return words
	case s.key == "":
		return q.Words.T("notes.todo_gone")
	}
	return q.Words.T("notes.shut")
}

// what says what is to be done.
func (t Todo) what(q *web.Request) string { return t.shown(q, t.Text.What) }

// why says why it is not done, and nothing of what is.
func (t Todo) why(q *web.Request) string {
	switch {
	case t.State != NotDone:
		return ""
	case t.Old() && t.Why.key == "":
		return t.shown(q, q.Words.T("notes.todo_because", "why", t.Text.Why))
	}
	return t.Why.shown(q, q.Words.T("notes.todo_because", "why", t.Why.Text))
}

// answers and vouches are for whoever takes part.
func (t Todo) answers(q *web.Request) []Doing {
	if !mayWrite(q) {
		return nil
	}
	return t.Answers(q.Viewer)
}

func (t Todo) vouches(q *web.Request) []Piece {
	if !mayWrite(q) {
		return nil
	}
	return t.Vouches(q.Viewer)
}

// became says who does it, by when, and what became of it.
func (a agreed) became(q *web.Request, one Todo, today string) string {
	key := "notes.todo_" + string(one.State)
	if one.Late(today) {
		key = "notes.todo_late"
	}
	name := a.names[one.Person]
	if name == "" {
		name = q.Words.T("notes.nobody_yet")
	}
	return q.Words.T(key, "name", name, "date", q.Words.Date(at(one.Due)))
}
