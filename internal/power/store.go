package power

import (
	"context"
	"errors"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

const (
	entries = `SELECT id, kind, by_id, shown, shut, key_id, words FROM power_entry WHERE partnership_id = $1`
	answers = `SELECT entry_id, by_id, on_day, key_id, words FROM power_answer WHERE partnership_id = $1`
)

func scanEntry(r store.Row) (Entry, error) {
	var e Entry
	var shown, shut int64
	err := r.Scan(&e.ID, &e.Kind, &e.By, &shown, &shut, &e.key, &e.words)
	e.Shown, e.Shut = store.Time(shown), shut == 1
	return e, err
}

func scanAnswer(r store.Row) (Answer, error) {
	var a Answer
	var on int64
	err := r.Scan(&a.Entry, &a.By, &on, &a.key, &a.sealed)
	a.On = store.Time(on)
	return a, err
}

// allEntries lists what was said, the newest day first and, of a day, in the order of ids that mean nothing.
func allEntries(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Entry, error) {
	return store.List(ctx, tx, scanEntry, entries+` ORDER BY shown DESC, id`, p)
}

func allAnswers(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Answer, error) {
	return store.List(ctx, tx, scanAnswer, answers+` ORDER BY entry_id`, p)
}

func insertEntry(ctx context.Context, tx *store.Tx, p person.Partnership, e Entry) error {
	_, err := tx.Exec(ctx, `INSERT INTO power_entry (partnership_id, id, kind, by_id, shown, shut, key_id, words) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)`,
		p, e.ID, e.Kind, e.By, store.Micros(e.Shown), e.key, e.words)
	return err
}

func insertAnswer(ctx context.Context, tx *store.Tx, p person.Partnership, a Answer) error {
	_, err := tx.Exec(ctx, `INSERT INTO power_answer (partnership_id, entry_id, by_id, on_day, key_id, words) VALUES ($1, $2, $3, $4, $5, $6)`,
		p, a.Entry, a.By, store.Micros(a.On), a.key, a.sealed)
	if errors.Is(err, store.ErrDuplicate) {
		return ErrNewer
	}
	return err
}

// setOpen lets what its writer has looked at after a restore stand again.
func setOpen(ctx context.Context, tx *store.Tx, v person.Viewer, id string) error {
	n, err := tx.Exec(ctx, `UPDATE power_entry SET shut = 0 WHERE partnership_id = $1 AND id = $2 AND by_id = $3`, v.Partnership, id, v.ID)
	return store.Changed(n, err, fault.Missing)
}

// dropEntry erases an entry of somebody's and what was answered to it: their keys go.
func (r *Room) dropEntry(ctx context.Context, tx *store.Tx, p person.Partnership, e Entry) error {
	n, err := tx.Exec(ctx, `DELETE FROM power_entry WHERE partnership_id = $1 AND id = $2 AND by_id = $3`, p, e.ID, e.By)
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return err
	}
	if err := r.dropAnswers(ctx, tx, p, ` AND entry_id = $2`, e.ID); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, e.key)
}

func (r *Room) dropAnswers(ctx context.Context, tx *store.Tx, p person.Partnership, where string, arg any) error {
	list, err := store.List(ctx, tx, scanAnswer, answers+where, p, arg)
	if err != nil {
		return err
	}
	for _, a := range list {
		if _, err := tx.Exec(ctx, `DELETE FROM power_answer WHERE partnership_id = $1 AND entry_id = $2`, p, a.Entry); err != nil {
			return err
		}
		if err := r.Gate.Doom(ctx, tx, p, a.key); err != nil {
			return err
		}
	}
	return nil
}

// forget erases what somebody said with her name, and what she answered, when she leaves. The questions of the
// list are the group's.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	list, err := store.List(ctx, tx, scanEntry, entries+` AND by_id = $2 ORDER BY id`, p, who)
	if err != nil {
		return err
	}
	for _, e := range list {
		if err := r.dropEntry(ctx, tx, p, e); err != nil {
			return err
		}
	}
	if err := r.dropAnswers(ctx, tx, p, ` AND by_id = $2`, who); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE power_list SET writer_id = '' WHERE partnership_id = $1 AND writer_id = $2`, p, who)
	return err
}

// AfterRestore shuts what was said with a name for all but its writer: she may have taken it back since.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `UPDATE power_entry SET shut = 1 WHERE partnership_id = $1 AND by_id <> ''`, p)
	return err
}

// day returns the group's day: Monday until it has chosen another.
func day(ctx context.Context, tx *store.Tx, p person.Partnership) (time.Weekday, error) {
	chosen, err := store.List(ctx, tx, store.One[int64], `SELECT weekday FROM power_day WHERE partnership_id = $1`, p)
	if err != nil || len(chosen) == 0 {
		return time.Monday, err
	}
	return time.Weekday(chosen[0]), nil
}

func setDay(ctx context.Context, tx *store.Tx, p person.Partnership, d time.Weekday) error {
	_, err := tx.Exec(ctx, `INSERT INTO power_day (partnership_id, weekday) VALUES ($1, $2)
		ON CONFLICT (partnership_id) DO UPDATE SET weekday = $2`, p, int64(d))
	return err
}

// column is what the column with somebody's words is called in every table of this room.
const column = "words"

// everybody may read what is visible; who comes to these pages is the routes' to say.
func everybody() []consent.Audience { return []consent.Audience{{Kind: consent.ToPartnership}} }
