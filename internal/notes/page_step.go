package notes

import (
	"errors"

	"footing/internal/web"
)

type stepForm struct {
	To string `form:"to"`
}

func (r *Room) move(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[stepForm](q)
	if err == nil {
		err = r.Move(q.Context(), q.Viewer, q.Path("meeting"), Step(f.To))
	}
	if errors.Is(err, ErrNewer) { // the page says how far they are now
		return web.GoSaying("/notes/"+q.Path("meeting"), "notes.moved_before"), nil
	}
	return web.GoSaying("/notes/"+q.Path("meeting"), "notes.moved"), err
}

func (r *Room) stands(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/notes/"+q.Path("meeting"), "notes.saved"), r.Stand(q.Context(), q.Viewer, q.Path("meeting"))
}
