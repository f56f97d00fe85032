package asking

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// forget ends what somebody had here when she leaves: what she chose, what she had not finished, what she
// said to requests that still wait. What she asked ends. A text that reached those who were asked stays
// beside their answers; any other goes.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	c, err := chosenBy(ctx, tx, person.Viewer{Partnership: p, ID: who})
	if err != nil {
		return err
	}
	keys := []string{c.key}
	if c.key == "" {
		keys = nil
	}
	if _, err := tx.Exec(ctx, `DELETE FROM asking_choice WHERE partnership_id = $1 AND person_id = $2`, p, who); err != nil {
		return err
	}
	if err := forgetBearer(ctx, tx, p, who); err != nil {
		return err
	}
	if err := r.unsaved().DropAll(ctx, tx, p, who); err != nil {
		return err
	}
	spoke, err := store.List(ctx, tx, store.One[string], `SELECT ask_id FROM asking_said WHERE partnership_id = $1 AND person_id = $2 ORDER BY ask_id`, p, who)
	if err != nil {
		return err
	}
	for _, id := range spoke {
		gone, err := forgetSaid(ctx, tx, p, id, who)
		if err != nil {
			return err
		}
		keys = append(keys, gone...)
	}
	asked, err := store.List(ctx, tx, scanRequest, requests+` AND a.asker_id = $2 ORDER BY a.id`, p, who)
	if err != nil {
		return err
	}
	for _, q := range asked {
		gone, err := r.endAsk(ctx, tx, p, q)
		if err != nil {
			return err
		}
		keys = append(keys, gone...)
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}

// endAsk ends a request whose asker leaves, and returns the keys of what goes with her.
func (r *Room) endAsk(ctx context.Context, tx *store.Tx, p person.Partnership, q Request) ([]string, error) {
	if q.Round.Sent.IsZero() {
		return deleteAsk(ctx, tx, p, q.ID)
	}
	if q.Round.Stage(r.Now()) == Out {
		q.Round.Stopped = r.Now()
	}
	if err := r.close(ctx, tx, p, q); err != nil {
		return nil, err
	}
	q.words = nil
	return []string{q.key}, updateAsk(ctx, tx, p, q)
}
