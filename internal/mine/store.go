package mine

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

func insertCopy(ctx context.Context, tx *store.Tx, v person.Viewer, at time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO mine_copy (partnership_id, person_id, id, at) VALUES ($1, $2, $3, $4)`,
		v.Partnership, v.ID, store.NewID(), store.Micros(at))
	return err
}

// listCopies returns the copies somebody took, newest first.
func listCopies(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Copy, error) {
	return store.List(ctx, tx, func(r store.Row) (Copy, error) {
		var c Copy
		var at int64
		err := r.Scan(&c.ID, &at)
		c.At = store.Time(at)
		return c, err
	}, `SELECT id, at FROM mine_copy WHERE partnership_id = $1 AND person_id = $2 ORDER BY id DESC`, v.Partnership, v.ID)
}

// forget deletes what is kept of somebody who leaves.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM mine_copy WHERE partnership_id = $1 AND person_id = $2`, p, who); err != nil {
		return err
	}
	return forgetPapers(ctx, tx, p, who)
}
