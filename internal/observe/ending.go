package observe

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// forget erases what somebody answered when she leaves, so that she has said yes to nothing. What was closed for her
// stays closed. Where she was to watch, or asked, it does not happen.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	if err := r.dropAnswers(ctx, tx, p, ` AND person_id = $2`, who); err != nil {
		return err
	}
	list, err := requestsWhere(ctx, tx, p, ` AND stage = $2 AND (by_id = $3 OR watcher_id = $3)`, Asked, who)
	if err != nil {
		return err
	}
	for _, one := range list {
		if err := r.move(ctx, tx, p, one, Over); err != nil {
			return err
		}
	}
	return nil
}

// AfterRestore erases every answer: each may be a no by now, and counts as one until she says yes again. What was
// watched may have ended since: its records are out of analysis, and nothing more of it is brought in.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	if err := r.dropAnswers(ctx, tx, p, ``); err != nil {
		return err
	}
	list, err := requestsWhere(ctx, tx, p, ` AND stage = $2`, Agreed)
	if err != nil {
		return err
	}
	for _, one := range list {
		if err := setStage(ctx, tx, p, one, one.Stage.Restored()); err != nil {
			return err
		}
		if r.Records == nil {
			continue
		}
		if err := r.Records.Shut(ctx, tx, p, one.Meeting); err != nil {
			return err
		}
	}
	return nil
}
