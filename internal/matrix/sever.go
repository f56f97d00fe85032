package matrix

import (
	"context"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// sever empties the id of somebody who leaves where she wrote, marked or took out something that rests on a
// source with words of hers: that she did would tell whose they are. It runs in the gate's own transaction.
func (r *Room) sever(ctx context.Context, tx *store.Tx, v person.Viewer, part consent.Part) error {
	for _, query := range []string{
		`UPDATE matrix_mark SET by_id = '' WHERE partnership_id = $1 AND source_id = $2 AND by_id = $3`,
		`UPDATE matrix_text SET writer_id = '' WHERE partnership_id = $1 AND writer_id = $3 AND EXISTS (SELECT 1 FROM matrix_link l
			WHERE l.partnership_id = $1 AND l.source_id = $2 AND l.study_id = matrix_text.study_id AND l.point_id = matrix_text.point_id)`,
		`UPDATE matrix_point SET removed_by = '' WHERE partnership_id = $1 AND source_id = $2 AND removed_by = $3`,
	} {
		if _, err := tx.Exec(ctx, query, v.Partnership, part.Contribution, v.ID); err != nil {
			return err
		}
	}
	return nil
}

// forgetUnsaved throws away what somebody who leaves has typed and not saved.
func (r *Room) forgetUnsaved(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	ids, err := store.List(ctx, tx, store.One[string], `SELECT id FROM matrix_unsaved WHERE partnership_id = $1 AND person_id = $2 ORDER BY id`, p, who)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := r.Gate.RestOn(ctx, tx, p, consent.Ref{Kind: UnsavedKind, ID: id}); err != nil {
			return err
		}
		keys, err := dropUnsaved(ctx, tx, p, id)
		if err != nil {
			return err
		}
		if err := r.Gate.Doom(ctx, tx, p, keys...); err != nil {
			return err
		}
	}
	return nil
}
