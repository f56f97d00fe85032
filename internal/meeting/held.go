package meeting

import (
	"slices"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: what she put on lists and said, how she takes
// part, on what she hosts, what she planned and said of others' things.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	ctx, t, me := q.Context(), q.Words.T, q.Viewer.ID
	w, err := r.everyMeeting(ctx, q.Viewer, func(tx *store.Tx, w *world) error {
		var err error
		if err = hosting(ctx, tx, q.Partnership(), w); err != nil {
			return err
		}
		if w.items, err = itemsWhere(ctx, tx, q.Partnership(), ``); err != nil {
			return err
		}
		if w.said, err = saidWhere(ctx, tx, q.Partnership(), ` AND person_id = $2`, me); err != nil {
			return err
		}
		if w.pauses, err = pausesWhere(ctx, tx, q.Partnership(), ` AND person_id = $2`, me); err != nil {
			return err
		}
		w.takings, err = takingWhere(ctx, tx, q.Partnership(), ` AND person_id = $2`, me)
		return err
	})
	if err != nil {
		return nil, err
	}
	h := look.Held{Heading: t("meeting.heading")}
	add := func(l look.Line) { h.Lines = append(h.Lines, l) }
	w.heldItems(q, add)
	for _, s := range w.said {
		m, _ := w.meeting(s.Meeting)
		add(look.Line{When: q.Words.Date(s.Made), Text: t("meeting.held_said", "when", m.when(q)), Words: look.Paras(s.Text.Words), More: []string{t("meeting.may_" + string(s.May))}})
	}
	for _, one := range w.takings {
		m, _ := w.meeting(one.Meeting)
		add(look.Line{When: q.Words.Date(one.Made), Text: t("meeting.held_way", "when", m.when(q)), Words: one.Text.lines(q, w.names)})
	}
	for _, one := range w.pauses {
		m, _ := w.meeting(one.Meeting)
		add(look.Line{Text: t("meeting.held_pause", "when", m.when(q))})
	}
	w.heldHosting(q, add)
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}

// heldItems tells what the viewer put on lists, and what she said of others' things there.
func (w world) heldItems(q *web.Request, add func(look.Line)) {
	t := q.Words.T
	for _, i := range w.items {
		if i.Person == q.Viewer.ID {
			add(look.Line{When: q.Words.Date(i.Made), Text: t("meeting.held_item"), Words: slices.Concat([]string{i.Text.Title}, look.Paras(i.Text.More)), More: w.course(q, i)})
		}
		for n, f := range i.Fates {
			if f.By == q.Viewer.ID {
				add(look.Line{When: q.Words.Date(f.Made), Text: w.course(q, i)[n], Words: look.Paras(f.Why)})
			}
		}
	}
}

// heldHosting tells what the viewer recorded and planned as one who hosts, and what she said is enough.
func (w world) heldHosting(q *web.Request, add func(look.Line)) {
	t, me := q.Words.T, q.Viewer.ID
	for _, one := range w.records {
		if one.Person == me {
			add(look.Line{When: q.Words.Date(one.Made), Text: t("meeting.by_" + string(one.Text.Learned)), Words: look.Paras(one.Text.Words)})
		}
	}
	for _, c := range w.counts {
		if c.By == me {
			add(look.Line{When: q.Words.Date(c.Made), Text: t("meeting.enough_heading"), Words: look.Paras(c.Text)})
		}
	}
	for _, m := range w.meetings {
		if m.By == me {
			add(look.Line{When: q.Words.Date(m.Made), Text: t("meeting.held_planned", "when", m.when(q))})
		}
	}
}
