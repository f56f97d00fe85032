package notes

import (
	"errors"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// newAdd asks for lines to put at the end.
func (w world) newAdd(q *web.Request, typed string) form {
	t, at := q.Words.T, "/notes/"+w.meeting.ID
	return form{Title: look.Title{Text: t("notes.add"), Lead: w.meeting.when(q)}, Parts: []part{{Action: at + "/add", Asks: askAdd(q, typed), Acts: []look.Button{{Text: t("notes.add_do")}}}},
		Back: look.Link{Href: at, Text: t("notes.back_notes")}}
}

func askAdd(q *web.Request, typed string) []look.Ask {
	return []look.Ask{box(q, "notes.ask_add", typed, "notes.who_all")}
}

func (r *Room) showAdd(q *web.Request) (web.Answer, error) {
	w, err := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if err == nil && !w.notes.Writes(q.Viewer) {
		err = fault.Missing
	}
	if err != nil {
		return nil, err
	}
	return q.Show("form", w.newAdd(q, "")), nil
}

func (r *Room) add(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[wordsForm](q)
	if err == nil {
		err = r.Add(q.Context(), q.Viewer, q.Path("meeting"), Lines(f.Words))
	}
	if err != nil {
		return r.lost(q, err, func(w world) form { return w.newAdd(q, f.Words) })
	}
	return web.GoSaying("/notes/"+q.Path("meeting"), "notes.saved"), nil
}

// lost shows a form once more with what was typed in it. Notes that have moved on meanwhile are said so.
func (r *Room) lost(q *web.Request, err error, page func(world) form) (web.Answer, error) {
	w, other := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if other != nil {
		return nil, other
	}
	f := page(w)
	if errors.Is(err, ErrNewer) {
		f.Notes = append(f.Notes, w.about(q)...)
	}
	return f.again(q, err)
}
