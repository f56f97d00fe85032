package notes

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// forget erases what somebody put beside notes with her name when she leaves, and her words in what is to be done. The lines are the group's and
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
	// Her words go from what is to be done, and what became of it stays. What she was going to do waits for
	// somebody else.
	for _, erase := range []func(context.Context, *store.Tx, person.Partnership, person.ID, string) ([]string, error){eraseWhats, eraseWhys} {
		more, err := erase(ctx, tx, p, who, "")
		if err != nil {
			return err
		}
		keys = append(keys, more...)
	}
	if _, err = tx.Exec(ctx, `UPDATE notes_todo SET person_id = '', n = n + 1 WHERE partnership_id = $1 AND person_id = $2`, p, who); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}

// AfterRestore closes all notes until whoever keeps them has looked, and each word of what is to be done until
// whoever wrote it, or hosts, says that it stands: it may have been taken out since the copy was made.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	for _, table := range []string{"notes_notes", "notes_todo", "notes_todo_why"} {
		if _, err := tx.Exec(ctx, `UPDATE `+table+` SET shut = 1 WHERE partnership_id = $1`, p); err != nil {
			return err
		}
	}
	return nil
}
