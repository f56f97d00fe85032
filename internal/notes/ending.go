package notes

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// forget erases what somebody put beside notes with her name when she leaves. The lines are the group's and
// nobody's by name. What she was going through waits for somebody else.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	keys, err := dropRights(ctx, tx, p, ` AND by_id = $2`, who)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE notes_notes SET step = $3, n = n + 1 WHERE partnership_id = $1 AND keeper_id = $2 AND step = $4`, p, who, Drafting, Preparing)
	if err != nil {
		return err
	}
	if _, err = tx.Exec(ctx, `UPDATE notes_notes SET keeper_id = '' WHERE partnership_id = $1 AND keeper_id = $2`, p, who); err != nil {
		return err
	}
	// What she was going to do waits for somebody else.
	if _, err = tx.Exec(ctx, `UPDATE notes_todo SET person_id = '', n = n + 1 WHERE partnership_id = $1 AND person_id = $2`, p, who); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}

// AfterRestore closes all notes until whoever keeps them has looked: a line may have been taken out since the
// copy was made.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `UPDATE notes_notes SET shut = 1 WHERE partnership_id = $1`, p)
	return err
}
