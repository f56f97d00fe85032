package decision

import (
	"context"
	"errors"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// unsaved is what somebody has typed in one place of this room and not saved, still sealed.
type unsaved struct {
	key   string
	words []byte
}

func (u unsaved) paper(v person.Viewer, place string) consent.Paper {
	return consent.Paper{Table: "decision_unsaved", Column: column, Row: unsavedRow(v, place), Key: u.key, Sealed: u.words, Writer: v.ID}
}

func unsavedRow(v person.Viewer, place string) string { return string(v.ID) + "/" + place }

func (r *Room) loadUnsaved(ctx context.Context, v person.Viewer, place string) (unsaved, error) {
	var u unsaved
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		u, err = store.Get(ctx, tx, func(row store.Row) (unsaved, error) {
			var u unsaved
			err := row.Scan(&u.key, &u.words)
			return u, err
		}, `SELECT key_id, words FROM decision_unsaved WHERE partnership_id = $1 AND person_id = $2 AND place = $3`, v.Partnership, v.ID, place)
		return err
	})
	if errors.Is(err, fault.Missing) {
		err = nil
	}
	return u, err
}

// keep seals what she has typed in a place, over what she typed there before.
func (r *Room) keep(ctx context.Context, v person.Viewer, place string, typed any) error {
	u, err := r.loadUnsaved(ctx, v, place)
	if err != nil {
		return err
	}
	if u.key, u.words, err = r.reseal(ctx, v.Partnership, "decision_unsaved", column, unsavedRow(v, place), u.key, typed); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO decision_unsaved (partnership_id, person_id, place, key_id, words) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (partnership_id, person_id, place) DO UPDATE SET key_id = $4, words = $5`, v.Partnership, v.ID, place, u.key, u.words)
		return err
	})
}

// kept returns what she left in a place, and false when there is nothing.
func kept[T any](ctx context.Context, r *Room, v person.Viewer, place string) (T, bool, error) {
	var typed T
	u, err := r.loadUnsaved(ctx, v, place)
	if err != nil || u.key == "" {
		return typed, false, err
	}
	list, err := open[T](ctx, r, v, []consent.Paper{u.paper(v, place)})
	if err != nil || !list[0].OK {
		return typed, false, err
	}
	return list[0].Value, true, nil
}

// drop throws away what she left in a place, once it is saved or she does not want it.
func (r *Room) drop(ctx context.Context, v person.Viewer, place string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		return r.dropWhere(ctx, tx, v.Partnership, ` AND person_id = $2 AND place = $3`, v.ID, place)
	})
}

func (r *Room) dropWhere(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) error {
	args = append([]any{p}, args...)
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM decision_unsaved WHERE partnership_id = $1`+where, args...)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM decision_unsaved WHERE partnership_id = $1`+where, args...); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}
