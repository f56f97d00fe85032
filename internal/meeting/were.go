package meeting

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// A Were is a meeting that was, with the name of the place where it was, if it is one of those that members describe.
type Were struct {
	Meeting Meeting
	Place   string
}

// Were lists the meetings that were known and not called off, from one day on and before another, as the viewer may
// know them.
func (r *Room) Were(ctx context.Context, v person.Viewer, from, until string) ([]Were, error) {
	w, err := r.read(ctx, v, func(tx *store.Tx, w *world) (err error) {
		w.meetings, err = store.List(ctx, tx, scanMeeting, meetings+` AND state = $2 AND day >= $3 AND day < $4 ORDER BY day, id`, v.Partnership, Known, from, until)
		return err
	})
	var list []Were
	for _, m := range w.meetings {
		list = append(list, Were{m, w.places[m.Text.At]})
	}
	return list, err
}
