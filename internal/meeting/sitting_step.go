package meeting

import (
	"context"
	"slices"
	"strconv"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

// sitting reads a meeting as it happens, with what is on its list and who needs a pause.
func (r *Room) sitting(ctx context.Context, v person.Viewer, id string, more func(tx *store.Tx) error) (Meeting, world, error) {
	m, w, err := r.theMeeting(ctx, v, id, func(tx *store.Tx, w *world) error {
		var err error
		if w.sitting, err = getSitting(ctx, tx, v.Partnership, id); err != nil {
			return err
		}
		if w.pauses, err = pausesWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2`, id); err != nil {
			return err
		}
		if w.items, err = itemsWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2`, id); err != nil || more == nil {
			return err
		}
		return more(tx)
	})
	if err == nil && m.State != Known {
		err = fault.Missing
	}
	return m, w, err
}

// waits lists what waits on the list of the meeting that was read, in its order. What is closed to the viewer
// is closed to everybody but whose it is, and is not taken up.
func (w world) waits() []string {
	var list []string
	for _, i := range w.items {
		if i.Stands() == Waiting && !i.Shut {
			list = append(list, i.ID)
		}
	}
	return list
}

// Step does a step in a meeting, in the name of the viewer, who hosts, after the over changes she has seen. What
// was talked about is said to be so under her name, and nothing else becomes of what is on the list.
func (r *Room) Step(ctx context.Context, v person.Viewer, meeting string, over int64, step Step, item string) error {
	m, w, err := r.sitting(ctx, v, meeting, nil)
	switch {
	case err != nil:
		return err
	case !v.Standings.Has(person.Facilitator):
		return fault.Missing
	case over != w.sitting.n:
		return ErrNewer
	case m.Day != r.today():
		return ErrToday
	}
	waits := w.waits()
	next, err := w.sitting.After(step, item, waits, r.Now())
	if err != nil {
		return err
	}
	say := func(*store.Tx) error { return nil }
	if step == Done {
		i := w.items[slices.IndexFunc(w.items, func(i Item) bool { return i.ID == w.sitting.Item })] // it waits, as After has seen
		f := Fate{ID: store.RandomID(), Item: i.ID, From: m.ID, What: Taken, By: v.ID, Made: r.Now()}
		if f.key, f.words, err = r.Gate.SealValue(ctx, v.Partnership, "meeting_fate", column, f.ID, f.Why); err != nil {
			return err
		}
		say = func(tx *store.Tx) error { return addFate(ctx, tx, v.Partnership, i, f) }
	}
	settle := func(*store.Tx) error { return nil }
	if step == Begin && r.Begins != nil {
		if settle, err = r.Begins(ctx, v, meeting); err != nil {
			return err
		}
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := putSitting(ctx, tx, v.Partnership, next); err != nil {
			return err
		}
		if err := settle(tx); err != nil {
			return err
		}
		if err := say(tx); err != nil {
			return err
		}
		if err := r.answerPauses(ctx, tx, v.Partnership, meeting, step); err != nil {
			return err
		}
		return r.tell(ctx, tx, v.Partnership, meeting)
	})
}

// answerPauses says what a step means for those who need a pause: a break is what they asked for, and once it
// is over, so is that they asked. Nothing of it outlives the meeting.
func (r *Room) answerPauses(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string, step Step) error {
	switch step {
	case Rest:
		return seePauses(ctx, tx, p, meeting, r.Now())
	case GoOn:
		return dropPauses(ctx, tx, p, ` AND meeting_id = $2 AND seen > 0`, meeting)
	case Close:
		return forgetPauses(ctx, tx, p, meeting)
	}
	return nil
}

// tell wakes the open pages of meetings: of one, on whose list something was put, or of two.
func (r *Room) tell(ctx context.Context, tx *store.Tx, p person.Partnership, meetings ...string) error {
	for _, id := range meetings {
		if id == "" {
			continue
		}
		if err := r.Events.Publish(ctx, tx, p, TopicNow, id); err != nil {
			return err
		}
	}
	return nil
}

type stepForm struct {
	Over int64  `form:"over"`
	Step string `form:"step"`
	Take string `form:"take"`
}

func (r *Room) step(q *web.Request) (web.Answer, error) {
	id := q.Path("meeting")
	f, err := web.Parse[stepForm](q)
	if err == nil {
		if f.Take != "" {
			f.Step = string(Take)
		}
		err = r.Step(q.Context(), q.Viewer, id, f.Over, Step(f.Step), f.Take)
	}
	if err != nil && mends(err) {
		p, other := r.nowPage(q)
		if other != nil {
			return nil, other
		}
		p.Check = form{}.wrong(q, err).Check
		return q.Again("now", p), nil
	}
	return web.Go("/meetings/" + id + "/now"), err
}

func (s Sitting) over() string { return strconv.FormatInt(s.n, 10) }
