package meeting

import (
	"context"
	"slices"
	"time"

	"footing/internal/event"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Pause is that somebody needs one. It is hers, told to those who host, and gone with the meeting.
type Pause struct {
	ID      string
	Meeting string
	Person  person.ID
	Named   bool // those who host may know who
	Seen    time.Time
}

// asked is what those who host read of all who need a pause: who gave her name, and that somebody does. How
// many gave none is nowhere.
type asked struct {
	Names    []person.ID
	Somebody bool
	New      bool // one of them was not seen yet
}

func askedOf(list []Pause) asked {
	var a asked
	for _, one := range list {
		a.New = a.New || one.Seen.IsZero()
		if one.Named {
			a.Names = append(a.Names, one.Person)
		} else {
			a.Somebody = true
		}
	}
	return a
}

// Topics of events. What is asked is told to those who host, and what was seen to whom it was seen of: neither
// wakes anybody else's page, and neither is kept longer than the meeting.
const (
	TopicNow   = "meeting.now"   // what is talked about, or what is on the list, has changed: of a meeting
	TopicAsked = "meeting.asked" // somebody asked for a pause, or not any more: of a meeting
	TopicSeen  = "meeting.seen"  // of a pause
)

// NeedPause tells those who host that the viewer needs a pause, by her name or without. Asking twice is asking
// once.
func (r *Room) NeedPause(ctx context.Context, v person.Viewer, meeting string, named bool) error {
	m, _, err := r.theMeeting(ctx, v, meeting, nil)
	switch {
	case err != nil:
		return err
	case !m.Sits(r.today()):
		return ErrToday
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		s, err := getSitting(ctx, tx, v.Partnership, meeting)
		if err != nil || s.Stage == Closed { // while she asked: there is nobody to tell any more
			return err
		}
		if err := insertPause(ctx, tx, v.Partnership, Pause{ID: store.RandomID(), Meeting: meeting, Person: v.ID, Named: named}); err != nil {
			return err
		}
		return r.Events.Publish(ctx, tx, v.Partnership, TopicAsked, meeting)
	})
}

// NoPause takes back that the viewer needs a pause, without a trace.
func (r *Room) NoPause(ctx context.Context, v person.Viewer, meeting string) error {
	if _, _, err := r.theMeeting(ctx, v, meeting, nil); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := dropPauses(ctx, tx, v.Partnership, ` AND meeting_id = $2 AND person_id = $3`, meeting, v.ID); err != nil {
			return err
		}
		return r.Events.Publish(ctx, tx, v.Partnership, TopicAsked, meeting)
	})
}

// SeePauses lets those who asked for a pause know that the viewer, who hosts, has seen it.
func (r *Room) SeePauses(ctx context.Context, v person.Viewer, meeting string) error {
	if _, _, err := r.theMeeting(ctx, v, meeting, nil); err != nil {
		return err
	}
	if !v.Standings.Has(person.Facilitator) {
		return fault.Missing
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		list, err := pausesWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2 AND seen = 0`, meeting)
		if err != nil {
			return err
		}
		for _, one := range list {
			if err := r.Events.Publish(ctx, tx, v.Partnership, TopicSeen, one.ID); err != nil {
				return err
			}
		}
		if err := seePauses(ctx, tx, v.Partnership, meeting, r.Now()); err != nil {
			return err
		}
		return r.Events.Publish(ctx, tx, v.Partnership, TopicAsked, meeting)
	})
}

// forgetPauses erases every pause of a meeting, with what woke pages of it.
func forgetPauses(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) error {
	if err := dropPauses(ctx, tx, p, ` AND meeting_id = $2`, meeting); err != nil {
		return err
	}
	return event.Forget(ctx, tx, p, TopicAsked, meeting)
}

// dropPauses erases pauses of which a condition holds, with what woke the pages of those who asked.
func dropPauses(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) error {
	list, err := pausesWhere(ctx, tx, p, where, args...)
	if err != nil {
		return err
	}
	for _, one := range list {
		if _, err := tx.Exec(ctx, `DELETE FROM meeting_pause WHERE partnership_id = $1 AND id = $2`, p, one.ID); err != nil {
			return err
		}
		if err := event.Forget(ctx, tx, p, TopicSeen, one.ID); err != nil {
			return err
		}
	}
	return nil
}

// ofHers returns the pause that somebody asked for.
func ofHers(list []Pause, who person.ID) (Pause, bool) {
	i := slices.IndexFunc(list, func(one Pause) bool { return one.Person == who })
	if i < 0 {
		return Pause{}, false
	}
	return list[i], true
}
