package matrix

import (
	"context"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// sever empties the id of somebody who leaves where she marked or took out something of a source that is
// hers alone no longer. It runs in the gate's own transaction.
func (r *Room) sever(ctx context.Context, tx *store.Tx, v person.Viewer, part consent.Part) error {
	for _, query := range []string{
		`UPDATE matrix_mark SET by_id = '' WHERE partnership_id = $1 AND source_id = $2 AND by_id = $3`,
		`UPDATE matrix_point SET removed_by = '' WHERE partnership_id = $1 AND source_id = $2 AND removed_by = $3`,
	} {
		if _, err := tx.Exec(ctx, query, v.Partnership, part.Contribution, v.ID); err != nil {
			return err
		}
	}
	return nil
}
