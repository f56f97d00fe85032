package source

import (
	"context"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// sever empties the id of somebody who leaves where a source says whose voice one is, and that a note which
// is hers alone was offered by her. It runs in the gate's own transaction.
func (s *Sources) sever(ctx context.Context, tx *store.Tx, v person.Viewer, part consent.Part) error {
	_, err := tx.Exec(ctx, `UPDATE source_part SET person_id = '' WHERE partnership_id = $1 AND source_id = $2 AND speaker_id = $3`,
		v.Partnership, part.Contribution, part.Speaker)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE source_source SET made_by = '' WHERE partnership_id = $1 AND id = $2 AND made_by = $3
		AND NOT EXISTS (SELECT 1 FROM source_part o WHERE o.partnership_id = $1 AND o.source_id = $2 AND o.speaker_id <> $4)`,
		v.Partnership, part.Contribution, v.ID, part.Speaker)
	if err != nil {
		return err
	}
	// An upload that she kept it from stays until its day is over, and must not lead from her to it.
	_, err = tx.Exec(ctx, `UPDATE source_import_file SET source_id = '' WHERE partnership_id = $1 AND source_id = $2
		AND import_id IN (SELECT id FROM source_import WHERE partnership_id = $1 AND made_by = $3)`, v.Partnership, part.Contribution, v.ID)
	return err
}

// handOver makes somebody else the keeper of sources. It runs in the transaction that hands them over.
func (s *Sources) handOver(ctx context.Context, tx *store.Tx, from person.Viewer, to person.ID, ids []consent.ID) error {
	for _, id := range ids {
		_, err := tx.Exec(ctx, `UPDATE source_source SET made_by = $3 WHERE partnership_id = $1 AND id = $2`, from.Partnership, id, to)
		if err != nil {
			return err
		}
	}
	return nil
}
