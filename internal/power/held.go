package power

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: what she said with her name, what she answered,
// and the versions of the list that she wrote. What she said without a name is nobody's.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	mine, w, err := r.hers(q)
	if err != nil {
		return nil, err
	}
	lists, err := r.Lists(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("power.heading")}
	for _, e := range mine {
		line := look.Line{When: q.Words.Date(e.Shown), Text: t("power.said_" + string(e.Kind))}
		for _, row := range e.rows(q) {
			line.More = append(line.More, row.Term+": "+row.Value)
		}
		h.Lines = append(h.Lines, line)
	}
	for _, e := range w.entries {
		if a, answered := w.answers[e.ID]; answered && a.By == q.Viewer.ID {
			h.Lines = append(h.Lines, look.Line{When: q.Words.Date(a.On), Text: t("power.held_answer"), Words: []string{a.Words}})
		}
	}
	for _, l := range lists {
		if l.Writer == q.Viewer.ID {
			h.Lines = append(h.Lines, look.Line{When: q.Words.Date(l.Made), Text: t("power.held_list"), Words: l.Ask})
		}
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}
