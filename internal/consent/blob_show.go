package consent

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// ShowBlob lets everybody open its owner's blob from now on, until it is let go of: a voice that reads a page
// of the site to whoever comes. It returns fault.Missing when there is none that is written to its end. It is
// not for what somebody says of herself, which is a recording of her part and opens under her terms.
func (g *Gate) ShowBlob(ctx context.Context, tx *store.Tx, owner person.Viewer, id ID) error {
	if err := g.KeepBlob(ctx, tx, owner, id, Never); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE consent_blob SET shown = 1 WHERE partnership_id = $1 AND id = $2 AND person_id = $3`, owner.Partnership, id, owner.ID)
	return err
}

// OpenShown returns a reader for a blob that its owner lets everybody open. Any other is fault.Missing.
func (g *Gate) OpenShown(ctx context.Context, p person.Partnership, id ID) (*BlobReader, error) {
	var owner person.ID
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		owner, err = store.Get(ctx, tx, store.One[person.ID], `SELECT person_id FROM consent_blob WHERE partnership_id = $1 AND id = $2 AND shown = 1`, p, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return g.OpenBlob(ctx, person.Viewer{Partnership: p, ID: owner}, id)
}
