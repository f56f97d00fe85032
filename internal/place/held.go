package place

import (
	"slices"

	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: the versions that she wrote, and
// what she typed and has not saved.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	list, err := r.List(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	h := look.Held{Heading: q.Words.T("place.heading")}
	for _, one := range list {
		for _, v := range one.Versions {
			if v.Writer != q.Viewer.ID || !v.open {
				continue
			}
			line := look.Line{When: q.Words.Date(v.Made), Text: q.Words.T("place.held", "name", v.Text.Name)}
			for _, part := range Parts() {
				line.Words = slices.Concat(line.Words, look.Paras(v.Text.Parts[part]))
			}
			h.Lines = append(h.Lines, line)
		}
	}
	typed, err := r.unsaved().Words(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	for _, words := range typed {
		h.Lines = append(h.Lines, look.Line{Text: q.Words.T("place.held_typed"), Words: words})
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}
