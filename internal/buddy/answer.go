package buddy

import (
	"context"
	"errors"

	"footing/internal/person"
	"footing/internal/store"
)

// Yes is the viewer's yes. Said twice it is one.
func (r *Room) Yes(ctx context.Context, v person.Viewer, id string) error {
	return r.change(ctx, v, id, func(tx *store.Tx, l Link) error { return save(ctx, tx, v.Partnership, l, l.Say(v.ID)) })
}

// LetGo is that the viewer wants nothing to do with it any more, whatever it is by now; see [Link.LetGo]. The words are
// erased at once, for both.
func (r *Room) LetGo(ctx context.Context, v person.Viewer, id string) error {
	return r.change(ctx, v, id, func(tx *store.Tx, l Link) error {
		next, gone := l.LetGo(v.ID, r.Now())
		if gone {
			return r.drop(ctx, tx, v.Partnership, l)
		}
		next.key, next.sealed = "", [2][]byte{}
		if err := save(ctx, tx, v.Partnership, l, next); err != nil {
			return err
		}
		return r.doom(ctx, tx, v.Partnership, l)
	})
}

// change does something about one as it stands now, once more when the other of the two was quicker: what both say at
// once is both done.
func (r *Room) change(ctx context.Context, v person.Viewer, id string, do func(*store.Tx, Link) error) error {
	for {
		err := r.DB.Write(ctx, func(tx *store.Tx) error {
			l, err := get(ctx, tx, v, id)
			if err != nil {
				return err
			}
			return do(tx, l)
		})
		if !errors.Is(err, ErrNewer) {
			return err
		}
	}
}
