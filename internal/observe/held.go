package observe

import (
	"context"

	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// every reads the meetings about which somebody asks, or asked, by their day.
func (r *Room) every(ctx context.Context, v person.Viewer) ([]world, error) {
	all, err := r.Meetings.All(ctx, v)
	if err != nil {
		return nil, err
	}
	var list []world
	for _, m := range all {
		w, err := r.read(ctx, v, m.ID)
		if err != nil {
			return nil, err
		}
		if w.there {
			list = append(list, w)
		}
	}
	return list, nil
}

// Held is what is kept here of the viewer, for her own copy: what she asked, and what she answered.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	list, err := r.every(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("observe.heading")}
	for _, w := range list {
		if w.request.By == q.Viewer.ID {
			h.Lines = append(h.Lines, look.Line{When: q.Words.Date(w.request.Made), Text: t("observe.held_asked", "when", w.meeting.when(q)),
				Words: append(look.Paras(w.request.Text.Down), look.Paras(w.request.Text.Not)...)})
		}
		if w.request.Watcher == q.Viewer.ID {
			h.Lines = append(h.Lines, look.Line{Text: t("observe.held_watcher", "when", w.meeting.when(q))})
		}
		if w.mine != nil {
			h.Lines = append(h.Lines, look.Line{When: w.meeting.when(q), Text: t(w.said())})
		}
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}
