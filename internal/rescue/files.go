package rescue

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// FilesWait is how long it takes until files can be saved again, once somebody wants them back: whoever
// snatched her phone would need it for a day.
const FilesWait = 24 * time.Hour

// filesOff reports whether a person switched files off, and from when they are on again if she asked for
// that.
func filesOff(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, now time.Time) (bool, time.Time, error) {
	list, err := store.List(ctx, tx, store.One[int64], `SELECT back FROM rescue_files WHERE partnership_id = $1 AND person_id = $2`, p, who)
	if err != nil || len(list) == 0 {
		return false, time.Time{}, err
	}
	back := store.Time(list[0])
	return back.IsZero() || now.Before(back), back, nil
}

// setFiles switches files off at once, or on again after FilesWait.
func setFiles(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, on bool, now time.Time) error {
	var back time.Time
	if on {
		back = now.Add(FilesWait)
	}
	query := `INSERT INTO rescue_files (partnership_id, person_id, back) VALUES ($1, $2, $3)
		ON CONFLICT (partnership_id, person_id) DO UPDATE SET back = excluded.back`
	if on { // there is nothing to switch on for whoever never switched it off, and asking twice does not wait twice
		query = `UPDATE rescue_files SET back = $3 WHERE partnership_id = $1 AND person_id = $2 AND back = 0`
	}
	_, err := tx.Exec(ctx, query, p, who, store.Micros(back))
	return err
}

// FilesOff reports whether somebody wants no files to be saved from her account at the moment.
func (r *Room) FilesOff(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) (bool, error) {
	off, _, err := filesOff(ctx, tx, p, who, r.Now())
	return off, err
}
