package observe

import (
	"bytes"
	"context"
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// nothing is what is done where there is nothing to settle.
func nothing(*store.Tx) error { return nil }

// Begins looks, once, whether everybody who is to be at a meeting has said yes, and returns what keeps the outcome
// and nothing else. It is done in the transaction in which the meeting begins. An answer that changes in that very
// moment counts as no.
func (r *Room) Begins(ctx context.Context, v person.Viewer, meeting string) (func(*store.Tx) error, error) {
	var list []Request
	var given []Answer
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if list, err = requestsWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2`, meeting); err != nil {
			return err
		}
		given, err = answersWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2`, meeting)
		return err
	})
	if err != nil || len(list) == 0 || list[0].Stage != Asked {
		return nothing, err
	}
	one := list[0]
	present, err := r.Present.Present(ctx, v, meeting)
	if err != nil {
		return nothing, err
	}
	open, err := r.openAnswers(ctx, v.Partnership, given)
	if err != nil {
		return nothing, err
	}
	all := Everybody(append(present, one.Watcher), yeses(open))
	return func(tx *store.Tx) error {
		now, err := answersWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2`, meeting)
		if err != nil {
			return err
		}
		return r.move(ctx, tx, v.Partnership, one, one.Stage.Settled(all && slices.EqualFunc(given, now, same)))
	}, nil
}

// same reports whether two answers as they lie in the table are one.
func same(a, b Answer) bool { return a.ID == b.ID && bytes.Equal(a.words, b.words) }

// move moves a request on. What is over needs no answers any more, and nothing that was written of it stays open.
func (r *Room) move(ctx context.Context, tx *store.Tx, p person.Partnership, one Request, to Stage) error {
	if err := setStage(ctx, tx, p, one, to); err != nil || to != Over {
		return err
	}
	if err := r.dropAnswers(ctx, tx, p, ` AND meeting_id = $2`, one.Meeting); err != nil || r.Records == nil {
		return err
	}
	return r.Records.Without(ctx, tx, p, one.Meeting, "")
}

// May looks in the same way, for whoever watches a meeting that has no page while it happens. It can be done once,
// on the day.
func (r *Room) May(ctx context.Context, v person.Viewer, meeting string) error {
	w, err := r.read(ctx, v, meeting)
	switch {
	case err != nil:
		return err
	case !w.there || v.ID != w.request.Watcher:
		return fault.Missing
	case !w.mayLook(r.today()):
		return ErrToday
	}
	settle, err := r.Begins(ctx, v, meeting)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, settle)
}

// mayLook reports whether nobody has looked yet how answers stand, and it is the day.
func (w world) mayLook(today string) bool {
	return w.there && w.request.stands(w.meeting) == Asked && w.meeting.Day == today
}

// End ends it for good: somebody in the room would rather not, or whoever asked does not want to any more. Who it was
// is kept nowhere.
func (r *Room) End(ctx context.Context, v person.Viewer, meeting string) error {
	w, err := r.read(ctx, v, meeting)
	if err == nil && (!w.there || !w.request.Ends(v)) {
		err = fault.Missing
	}
	if err != nil || w.request.Stage == Over {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := r.move(ctx, tx, v.Partnership, w.request, Over); err != nil || r.Pages == nil {
			return err
		}
		return r.Pages.Changed(ctx, tx, v.Partnership, meeting)
	})
}

// Tidy ends what nobody looked at while there was a day to, and erases what was answered to it.
func (r *Room) Tidy(ctx context.Context, p person.Partnership) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		waiting, err := requestsWhere(ctx, tx, p, ` AND stage = $2`, Asked)
		if err != nil || len(waiting) == 0 {
			return err
		}
		past, err := r.Past.Past(ctx, tx, p)
		if err != nil {
			return err
		}
		for _, one := range waiting {
			if !slices.Contains(past, one.Meeting) {
				continue
			}
			if err := r.move(ctx, tx, p, one, Over); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *Room) today() string { return r.Now().Format("2006-01-02") }
