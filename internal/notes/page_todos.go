package notes

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// todoPage is what is to be done, and what became of what was.
type todoPage struct {
	Title   look.Title
	None    look.Empty
	ToDo    []look.Card
	New     look.Button
	WasHead string
	Was     []look.Card
	Back    look.Link
}

func (r *Room) showTodos(q *web.Request) (web.Answer, error) {
	a, err := r.agreed(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := todoPage{Title: look.Title{Text: t("notes.todo_heading"), Lead: t("notes.todo_lead")}, New: look.Button{Text: t("notes.todo_new"), Href: "/todo/new", Look: look.Second},
		WasHead: t("notes.todo_was"), Back: look.Link{Href: "/meetings", Text: t("notes.back_meetings")}}
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
	return q.Show("todo", p), nil
}

// card is one thing that is to be done, or was.
func (a agreed) card(q *web.Request, one Todo, today string) look.Card {
	t := q.Words.T
	c := look.Card{Title: look.Link{Text: one.Text.What}, Text: a.became(q, one, today)}
	if len(one.Answers(q.Viewer)) > 0 {
		c.Title.Href = "/todo/" + one.ID
	}
	if one.Text.Why != "" {
		c.Meta = t("notes.todo_because", "why", one.Text.Why)
	}
	return c
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
