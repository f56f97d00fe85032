package asking

import (
	"context"
	"errors"
	"slices"

	"footing/internal/person"
	"footing/internal/store"
)

// Tidy does what time does: it lets through what the women's group let through, forgets what was said
// once the group's answer is told, and erases what was taken off the shelf or thrown away. Doing it twice does nothing
// the second time.
func (r *Room) Tidy(ctx context.Context, p person.Partnership) error {
	var ripe []string
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		due, err := store.List(ctx, tx, scanRequest, requests+` AND r.stopped = 0 AND r.sent = 0 AND r.due <= $2 ORDER BY a.id`, p, store.Micros(r.Now()))
		for _, q := range due {
			_, changed, settleErr := r.settled(ctx, tx, p, q)
			if err = errors.Join(err, settleErr); changed {
				ripe = append(ripe, q.ID)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ripe {
		err := r.DB.Write(ctx, func(tx *store.Tx) error {
			q, err := r.lock(ctx, tx, p, id)
			if err != nil {
				return err
			}
			q, changed, err := r.settled(ctx, tx, p, q)
			if err != nil || !changed {
				return err
			}
			return r.close(ctx, tx, p, q)
		})
		if err != nil {
			return err
		}
	}
	if _, err := r.eraseThrown(ctx, p, `thrown <= $2`, store.Micros(r.Now().Add(-r.Gate.UndoTime()))); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return r.eraseOff(ctx, tx, p) })
}

// settled returns a request as time leaves it, and whether that is to be kept: it is let through, or it is
// refused and what was said to it is still there.
func (r *Room) settled(ctx context.Context, tx *store.Tx, p person.Partnership, q Request) (Request, bool, error) {
	list, err := listSaid(ctx, tx, p, q.ID)
	if err != nil {
		return q, false, err
	}
	counting, err := r.Circle.Counting(ctx, tx, p, person.LivedExperience, q.Round.Asked)
	if err != nil {
		return q, false, err
	}
	q.Round = q.Round.Settle(byWhom(list), func(who person.ID) bool { return slices.Contains(counting, who) }, r.Now())
	stage := q.Round.Stage(r.Now())
	return q, stage == Out || (stage == Refused && len(list) > 0), nil
}

// AfterRestore shuts what cannot be known to be as it was left, after a backup was put back. A "not this"
// that was said since is lost, so what was waiting or out is over. So is a choice to be asked nothing, so
// everybody begins again with nothing.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	list, err := store.List(ctx, tx, scanRequest, requests+` AND r.stopped = 0 ORDER BY a.id`, p)
	if err != nil {
		return err
	}
	for _, q := range list {
		if stage := q.Round.Stage(r.Now()); stage != Waiting && stage != Out {
			continue
		}
		if q.Round, err = q.Round.Stop(r.Now()); err != nil {
			return err
		}
		if err := r.close(ctx, tx, p, q); err != nil {
			return err
		}
	}
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM asking_choice WHERE partnership_id = $1`, p)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM asking_choice WHERE partnership_id = $1`, p); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}
