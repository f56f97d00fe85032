package facts

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: the lines that she wrote, and those of which she said
// last that they are true. Counts are nobody's.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	list, err := r.Lines(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("facts.who_heading")}
	for _, l := range list {
		line := look.Line{When: q.Words.Date(l.True), Text: t("facts.kind_" + string(l.Kind))}
		switch q.Viewer.ID {
		case l.Person:
			line.Words = []string{l.Text.What, l.Text.Who}
		case l.TrueBy:
			line.More = []string{t("facts.held_true")}
		default:
			continue
		}
		h.Lines = append(h.Lines, line)
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}
