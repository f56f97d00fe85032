package notes

import (
	"slices"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: what she put beside notes with her name, and
// which notes she goes through. No line says whose it is.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	t := q.Words.T
	all, err := r.Meetings.All(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	h := look.Held{Heading: t("notes.heading")}
	for _, m := range all {
		mine, err := r.touches(q, m.ID)
		if err != nil {
			return nil, err
		}
		if !mine {
			continue
		}
		w, err := r.read(q.Context(), q.Viewer, m.ID)
		if err != nil {
			return nil, err
		}
		if w.notes.Keeper == q.Viewer.ID {
			h.Lines = append(h.Lines, look.Line{When: m.when(q), Text: t("notes.held_keeper")})
		}
		for _, one := range w.rights {
			if one.By == q.Viewer.ID {
				h.Lines = append(h.Lines, look.Line{When: q.Words.Date(at(one.Shown)), Text: t("notes.held_right", "when", m.when(q)), Words: Lines(one.Text.Words)})
			}
		}
	}
	a, err := r.agreed(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	for _, one := range a.todos {
		if me := q.Viewer.ID; one.Person == me || one.By == me || one.Why.By == me {
			h.Lines = append(h.Lines, look.Line{Text: a.became(q, one, r.today()), Words: slices.Concat(Lines(one.what(q)), Lines(one.why(q)))})
		}
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}

// touches reports whether the notes of a meeting hold something of the viewer's.
func (r *Room) touches(q *web.Request, meeting string) (bool, error) {
	var mine bool
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		n, err := notesOf(q.Context(), tx, q.Partnership(), meeting)
		if err != nil {
			return err
		}
		list, err := rightsOf(q.Context(), tx, q.Partnership(), ` AND meeting_id = $2 AND by_id = $3`, meeting, q.Viewer.ID)
		mine = n.Keeper == q.Viewer.ID || len(list) > 0
		return err
	})
	return mine, err
}
