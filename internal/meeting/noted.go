package meeting

import (
	"context"
	"slices"

	"footing/internal/person"
	"footing/internal/store"
)

// A Noted is a meeting as its notes need to know it.
type Noted struct {
	Meeting Meeting
	// Took is whether the viewer told that she takes part, or said something to it. How anybody else does is
	// between her and those who host.
	Took bool
	Said []NotedSaid
}

// A NotedSaid is what somebody said to it for everybody, with the thing on its list that it is about.
type NotedSaid struct {
	Said
	About string
}

// Noted lists the meetings that were made known, were not called off, and have come to their day.
func (r *Room) Noted(ctx context.Context, v person.Viewer) ([]Noted, error) {
	w, err := r.everyMeeting(ctx, v, func(tx *store.Tx, w *world) error {
		var err error
		if w.items, err = itemsWhere(ctx, tx, v.Partnership, ``); err != nil {
			return err
		}
		if w.said, err = saidWhere(ctx, tx, v.Partnership, ``); err != nil {
			return err
		}
		w.takings, err = takingWhere(ctx, tx, v.Partnership, ` AND person_id = $2`, v.ID)
		return err
	})
	var list []Noted
	for _, m := range w.meetings {
		if m.State == Known && m.Day <= r.today() {
			list = append(list, w.noted(m, v.ID))
		}
	}
	return list, err
}

// noted is one of them.
func (w world) noted(m Meeting, viewer person.ID) Noted {
	one := Noted{Meeting: m, Took: m.Host == viewer || slices.ContainsFunc(w.takings, func(t Taking) bool { return t.Meeting == m.ID && t.Text.takesPart() })}
	for _, s := range w.said {
		if s.Meeting != m.ID {
			continue
		}
		one.Took = one.Took || s.Person == viewer
		if s.May != Everybody || s.Shut {
			continue
		}
		said := NotedSaid{Said: s}
		if i := slices.IndexFunc(w.items, func(i Item) bool { return i.ID == s.Item && !i.Shut }); i >= 0 {
			said.About = w.items[i].Text.Title
		}
		one.Said = append(one.Said, said)
	}
	return one
}

// takesPart reports whether somebody told of a way in which she takes part.
func (t TakingText) takesPart() bool {
	return slices.ContainsFunc(t.Ways, func(w Way) bool { return w != Not })
}
