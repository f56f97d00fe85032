package aloud

import (
	"context"
	"errors"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/sound"
	"footing/internal/store"
)

// A reading is a page as somebody reads it.
type reading struct {
	path string
	blob consent.ID
	kind sound.Kind
	by   person.ID
	made time.Time
}

func list(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]reading, error) {
	return store.List(ctx, tx, func(r store.Row) (reading, error) {
		var one reading
		var made int64
		err := r.Scan(&one.path, &one.blob, &one.kind, &one.by, &made)
		one.made = store.Time(made)
		return one, err
	}, `SELECT path, blob_id, sound, person_id, made FROM aloud_page WHERE partnership_id = $1`+where+` ORDER BY path`, append([]any{p}, args...)...)
}

// put makes a recording the one of its page, in the place of any before.
func (r *Room) put(ctx context.Context, tx *store.Tx, by person.Viewer, one reading) error {
	if err := r.drop(ctx, tx, by.Partnership, ` AND path = $2`, one.path); err != nil {
		return err
	}
	if err := r.Gate.ShowBlob(ctx, tx, by, one.blob); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO aloud_page (partnership_id, path, blob_id, sound, person_id, made) VALUES ($1, $2, $3, $4, $5, $6)`,
		by.Partnership, one.path, one.blob, one.kind, by.ID, store.Micros(r.Now()))
	return err
}

// drop takes recordings away that a condition holds of. Their keys go with the next change of epoch.
func (r *Room) drop(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) error {
	gone, err := list(ctx, tx, p, where, args...)
	if err != nil {
		return err
	}
	for _, one := range gone {
		if _, err := tx.Exec(ctx, `DELETE FROM aloud_page WHERE partnership_id = $1 AND path = $2`, p, one.path); err != nil {
			return err
		}
		err := r.Gate.DropBlob(ctx, tx, person.Viewer{Partnership: p, ID: one.by}, one.blob)
		if err != nil && !errors.Is(err, fault.Missing) {
			return err
		}
	}
	return nil
}

// forget takes away what somebody read who leaves: it is her voice.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	return r.drop(ctx, tx, p, ` AND person_id = $2`, who)
}

// AfterRestore takes all of them away: one that was taken away since the copy was made would be there again.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	return r.drop(ctx, tx, p, ``)
}
