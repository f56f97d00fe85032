package notes

import (
	"context"
	"slices"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

func scanTodo(r store.Row) (Todo, error) {
	var t Todo
	var shut, whyShut int64
	err := r.Scan(&t.ID, &t.Meeting, &t.Person, &t.Due, &t.State, &t.Ended, &t.N, &t.By, &shut, &t.key, &t.words, &t.Why.By, &whyShut, &t.Why.key, &t.Why.words)
	t.Shut, t.Why.Shut = shut != 0, whyShut != 0
	return t, err
}

func insertTodo(ctx context.Context, tx *store.Tx, p person.Partnership, t Todo) error {
	_, err := tx.Exec(ctx, `INSERT INTO notes_todo (partnership_id, id, meeting_id, person_id, due, state, n, by_id, shut, key_id, words)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 0, $8, $9)`, p, t.ID, t.Meeting, t.Person, t.Due, t.State, t.By, t.key, t.words)
	return err
}

// changeTodo keeps it as it is now, with why it is not done if that is said, unless somebody said something of it
// since it was read.
func changeTodo(ctx context.Context, tx *store.Tx, p person.Partnership, t Todo) error {
	n, err := tx.Exec(ctx, `UPDATE notes_todo SET person_id = $4, state = $5, ended = $6, n = n + 1 WHERE partnership_id = $1 AND id = $2 AND n = $3`,
		p, t.ID, t.N, t.Person, t.State, t.Ended)
	if err := store.Changed(n, err, ErrNewer); err != nil || t.Why.key == "" {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO notes_todo_why (partnership_id, todo_id, by_id, shut, key_id, words) VALUES ($1, $2, $3, 0, $4, $5)`,
		p, t.ID, t.Why.By, t.Why.key, t.Why.words)
	return err
}

// agreed is what is to be done, with who is here.
type agreed struct {
	todos  []Todo
	people []circle.Person
	names  map[person.ID]string // of everybody there ever was
}

// Todos lists what is to be done and what became of it, opened for the viewer.
func (r *Room) Todos(ctx context.Context, v person.Viewer) ([]Todo, error) {
	a, err := r.agreed(ctx, v)
	return a.todos, err
}

func (r *Room) agreed(ctx context.Context, v person.Viewer) (agreed, error) {
	var a agreed
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if a.people, err = r.Circle.List(ctx, tx, v.Partnership); err != nil {
			return err
		}
		if a.names, err = r.Circle.Names(ctx, tx, v.Partnership); err != nil {
			return err
		}
		a.todos, err = store.List(ctx, tx, scanTodo, todos+` ORDER BY t.due, t.id`, v.Partnership)
		return err
	})
	if err != nil {
		return a, err
	}
	return a, r.openTodos(ctx, v, &a)
}

// todo returns one of what was read, and fault.Missing for any other.
func (a agreed) todo(id string) (Todo, error) {
	i := slices.IndexFunc(a.todos, func(t Todo) bool { return t.ID == id })
	if i < 0 {
		return Todo{}, fault.Missing
	}
	return a.todos[i], nil
}

// standings returns as whom somebody is here.
func (a agreed) standings(who person.ID) person.Set {
	for _, p := range a.people {
		if p.ID == who {
			return p.Standings
		}
	}
	return nil
}

// Agree keeps something that is to be done, and returns its id.
func (r *Room) Agree(ctx context.Context, v person.Viewer, t Todo) (string, error) {
	a, err := r.agreed(ctx, v)
	switch {
	case err != nil:
		return "", err
	case t.Text.What == "":
		return "", ErrWhat
	case !Owns(v, t.Person, a.standings(t.Person)):
		return "", ErrOwner
	case at(t.Due).IsZero() || t.Due < r.today():
		return "", ErrDay
	}
	t.ID, t.State, t.By = store.RandomID(), ToDo, v.ID
	if t.key, t.words, err = r.Gate.SealValue(ctx, v.Partnership, "notes_todo", column, t.ID, t.Text); err != nil {
		return "", err
	}
	return t.ID, r.DB.Write(ctx, func(tx *store.Tx) error { return insertTodo(ctx, tx, v.Partnership, t) })
}

// Answer keeps what the viewer says of something that is to be done, of which it was said n times before what
// became of it. It returns ErrNewer when somebody was quicker.
func (r *Room) Answer(ctx context.Context, v person.Viewer, id string, n int64, says Doing, why string) error {
	a, err := r.agreed(ctx, v)
	if err != nil {
		return err
	}
	t, err := a.todo(id)
	if err != nil {
		return err
	}
	if t.N != n {
		return ErrNewer
	}
	if t, err = t.After(v, says, why); err != nil {
		return err
	}
	if t.State != ToDo {
		t.Ended = r.today()
	}
	if t.Why.Text != "" {
		if t.Why.key, t.Why.words, err = r.Gate.SealValue(ctx, v.Partnership, "notes_todo_why", column, t.ID, t.Why.Text); err != nil {
			return err
		}
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return changeTodo(ctx, tx, v.Partnership, t) })
}
