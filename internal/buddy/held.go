package buddy

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: also that she said "not now", which is kept for a while.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	t := q.Words.T
	list, names, err := r.hers(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	h := look.Held{Heading: t("buddy.heading")}
	for _, l := range list {
		line := look.Line{When: q.Words.Date(l.Made), Text: t("buddy.with", "name", names[l.With(q.Viewer.ID)]), More: []string{l.state(q, names[l.With(q.Viewer.ID)])}}
		for _, s := range l.said(q, names[l.With(q.Viewer.ID)]) {
			line.More = append(line.More, s.Head)
			line.Words = append(line.Words, s.Paras...)
		}
		h.Lines = append(h.Lines, line)
	}
	no, err := r.notNow(q)
	if h.Lines = append(h.Lines, no...); err != nil || len(h.Lines) == 0 {
		return nil, err
	}
	return []look.Held{h}, nil
}

// notNow lists to whom the viewer said "not now", and who said it to her, where she sees nothing of it any more.
func (r *Room) notNow(q *web.Request) ([]look.Line, error) {
	var lines []look.Line
	list, names, err := r.rows(q.Context(), q.Viewer)
	for _, l := range list {
		name, key := names[l.With(q.Viewer.ID)], "held_no"
		if l.Asker == q.Viewer.ID {
			key = "state_rests"
		}
		if !l.Rests.IsZero() && !l.Sees(q.Viewer.ID) {
			lines = append(lines, look.Line{When: q.Words.Date(l.Made), Text: q.Words.T("buddy."+key, "name", name, "date", q.Words.Date(l.Rests))})
		}
	}
	return lines, err
}
