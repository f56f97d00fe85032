package interview

import (
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept of interviews that the viewer is or was asked in, and of those that she prepared, for her own
// copy: with which version she was shown before each.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	var list []Interview
	var names map[person.ID]string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if list, err = interviewsOf(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	h := look.Held{Heading: q.Words.T("interview.held_heading")}
	for _, i := range list {
		line := look.Line{When: q.Words.Date(i.Made)}
		switch {
		case i.Person != q.Viewer.ID && i.Person == "": // outside the circle, as she wrote it down
			continue
		case i.Person != q.Viewer.ID:
			line.Text = q.Words.T("interview.held_mine", "name", names[i.Person])
		case i.Shown.IsZero():
			line.Text = q.Words.T("interview.held_asked", "name", names[i.Asker])
		default:
			line.When, line.Text = q.Words.Date(i.Shown), q.Words.T("interview.held_shown", "name", names[i.Asker], "version", i.Version)
		}
		h.Lines = append(h.Lines, line)
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}
