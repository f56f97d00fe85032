package notes

import (
	"context"
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// EraseTodo erases words of the viewer's that stand in something to do: what it is, or why it is not done. Its day
// and what became of it stay.
func (r *Room) EraseTodo(ctx context.Context, v person.Viewer, id string, p Piece) error {
	erase := eraseWhys
	if p == What {
		erase = eraseWhats
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		keys, err := erase(ctx, tx, v.Partnership, v.ID, id)
		if err == nil && len(keys) == 0 {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
	})
}

// eraseWhats erases what is to be done in somebody's words, in one thing or, for an empty id, in all, and returns
// the keys.
func eraseWhats(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, id string) ([]string, error) {
	const hers = ` WHERE partnership_id = $1 AND by_id = $2 AND ($3 = '' OR id = $3) AND key_id <> ''`
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM notes_todo`+hers, p, who, id)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `UPDATE notes_todo SET by_id = '', shut = 0, key_id = '', words = $4`+hers, p, who, id, []byte{})
	return keys, err
}

// eraseWhys does so with why something is not done.
func eraseWhys(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, id string) ([]string, error) {
	const hers = ` WHERE partnership_id = $1 AND by_id = $2 AND ($3 = '' OR todo_id = $3)`
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM notes_todo_why`+hers, p, who, id)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM notes_todo_why`+hers, p, who, id)
	return keys, err
}

// Vouch opens words again that were shut when an older copy was put back, by the word of whoever wrote them or hosts.
func (r *Room) Vouch(ctx context.Context, v person.Viewer, id string, p Piece) error {
	a, err := r.agreed(ctx, v)
	if err != nil {
		return err
	}
	t, err := a.todo(id)
	if err != nil || !slices.Contains(t.Vouches(v), p) {
		return fault.Missing
	}
	query := `UPDATE notes_todo_why SET shut = 0 WHERE partnership_id = $1 AND todo_id = $2`
	if p == What {
		query = `UPDATE notes_todo SET shut = 0 WHERE partnership_id = $1 AND id = $2`
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, query, v.Partnership, id)
		return err
	})
}
