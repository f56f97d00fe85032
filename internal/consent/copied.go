package consent

import (
	"context"
	"fmt"

	"footing/internal/person"
	"footing/internal/store"
)

// Copied puts on record that somebody is shown all that is the owner's own, since the owner asked for a copy
// that is printed with her. It must be called before anything is opened for it, and outside of a writing
// transaction. It opens nothing itself.
func (g *Gate) Copied(ctx context.Context, owner person.Viewer, reader person.ID) error {
	var parts []part
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		parts, err = store.List(ctx, tx, func(r store.Row) (part, error) {
			var p part
			err := r.Scan(&p.contribution, &p.speaker)
			return p, err
		}, `SELECT contribution_id, id FROM consent_speaker WHERE partnership_id = $1 AND person_id = $2 AND person_id <> '' ORDER BY contribution_id, id`,
			owner.Partnership, owner.ID)
		return err
	})
	if err != nil {
		return err
	}
	use := Use{Purpose: Copying, Form: Words}
	if err := g.record(ctx, person.Viewer{Partnership: owner.Partnership, ID: reader}, use, NewAct("print"), hourOf(use, g.now()), parts); err != nil {
		return fmt.Errorf("recording a copy: %w", err)
	}
	return nil
}
