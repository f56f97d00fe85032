package meeting

import (
	"context"
	"slices"

	"footing/internal/person"
	"footing/internal/store"
)

// Open lists the meetings that were made known and not called off, by their day, and says which day it is.
func (r *Room) Open(ctx context.Context, v person.Viewer) (list []Meeting, today string, err error) {
	w, err := r.everyMeeting(ctx, v, nil)
	return slices.DeleteFunc(w.meetings, func(m Meeting) bool { return m.State != Known }), r.today(), err
}

// Changed wakes the open pages of a meeting.
func (r *Room) Changed(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) error {
	return r.tell(ctx, tx, p, meeting)
}

// Present lists everybody who told a meeting how she takes part, is named as coming to it, or hosts it: those whose
// yes something needs that is done to all who are there. How each told it is opened in her own name, and goes no
// further than whether she takes part. It is asked as a meeting begins, and is on no page.
func (r *Room) Present(ctx context.Context, v person.Viewer, meeting string) ([]person.ID, error) {
	var told []Taking
	m, w, err := r.theMeeting(ctx, v, meeting, func(tx *store.Tx, _ *world) error {
		var err error
		told, err = takingWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2`, meeting)
		return err
	})
	if err != nil {
		return nil, err
	}
	list := append([]person.ID{m.Host}, m.Text.With...)
	for _, one := range told {
		hers := world{takings: []Taking{one}}
		if err := r.open(ctx, person.Viewer{Partnership: v.Partnership, ID: one.Person}, &hers); err != nil {
			return nil, err
		}
		if len(hers.takings) == 0 || hers.takings[0].Text.comes() { // what does not open counts as coming
			list = append(list, one.Person)
		}
	}
	list = slices.DeleteFunc(list, func(who person.ID) bool { return w.people[who].ID == "" }) // who has left since
	slices.Sort(list)
	return slices.Compact(list), nil
}

// comes reports whether somebody who told something may be there: all but her who said that she is not.
func (t TakingText) comes() bool { return t.takesPart() || !slices.Contains(t.Ways, Not) }

// Past lists the meetings whose day has passed or that were called off.
func (r *Room) Past(ctx context.Context, tx *store.Tx, p person.Partnership) ([]string, error) {
	return store.List(ctx, tx, store.One[string], `SELECT id FROM meeting_meeting WHERE partnership_id = $1 AND (day < $2 OR state = $3) ORDER BY id`, p, r.today(), Off)
}
