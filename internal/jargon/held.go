package jargon

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: what she explained. What she marked is nobody's.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	words, _, err := r.known(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	h := look.Held{Heading: q.Words.T("jargon.heading")}
	for _, w := range words {
		for _, v := range w.Versions {
			if v.Writer == q.Viewer.ID && v.open {
				h.Lines = append(h.Lines, look.Line{When: q.Words.Date(v.Made), Text: q.Words.T("jargon.held", "word", w.Text), Words: look.Paras(v.Text)})
			}
		}
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}
