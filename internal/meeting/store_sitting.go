package meeting

import (
	"context"
	"errors"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// getSitting reads a meeting as it happens. One that nobody has begun has no row.
func getSitting(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) (Sitting, error) {
	s, err := store.Get(ctx, tx, func(r store.Row) (Sitting, error) {
		s, began := Sitting{Meeting: meeting}, int64(0)
		err := r.Scan(&s.n, &s.Stage, &s.Item, &began)
		s.Began = store.Time(began)
		return s, err
	}, `SELECT n, stage, item_id, began FROM meeting_sitting WHERE partnership_id = $1 AND meeting_id = $2`, p, meeting)
	if errors.Is(err, fault.Missing) {
		return Sitting{Meeting: meeting}, nil
	}
	return s, err
}

// putSitting keeps a sitting as it is after a step, if nobody was quicker.
func putSitting(ctx context.Context, tx *store.Tx, p person.Partnership, s Sitting) error {
	n, err := tx.Exec(ctx, `INSERT INTO meeting_sitting (partnership_id, meeting_id, n, stage, item_id, began) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (partnership_id, meeting_id) DO UPDATE SET n = excluded.n, stage = excluded.stage, item_id = excluded.item_id, began = excluded.began
		WHERE meeting_sitting.n = excluded.n - 1`, p, s.Meeting, s.n+1, s.Stage, s.Item, store.Micros(s.Began))
	return store.Changed(n, err, ErrNewer)
}

// leftOpen lists the meetings that nobody closed on their day.
func leftOpen(ctx context.Context, tx *store.Tx, p person.Partnership, today string) ([]string, error) {
	return store.List(ctx, tx, store.One[string], `SELECT s.meeting_id FROM meeting_sitting s JOIN meeting_meeting m ON m.partnership_id = s.partnership_id AND m.id = s.meeting_id
		WHERE s.partnership_id = $1 AND s.stage <> $2 AND m.day < $3`, p, Closed, today)
}

// closeLeftOpen closes a meeting that nobody closed, and erases who needed a pause in it.
func closeLeftOpen(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) error {
	if _, err := tx.Exec(ctx, `UPDATE meeting_sitting SET stage = $3, n = n + 1 WHERE partnership_id = $1 AND meeting_id = $2`, p, meeting, Closed); err != nil {
		return err
	}
	return forgetPauses(ctx, tx, p, meeting)
}

func pausesWhere(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]Pause, error) {
	return store.List(ctx, tx, func(r store.Row) (Pause, error) {
		var one Pause
		var named, seen int64
		err := r.Scan(&one.ID, &one.Meeting, &one.Person, &named, &seen)
		one.Named, one.Seen = named != 0, store.Time(seen)
		return one, err
	}, `SELECT id, meeting_id, person_id, named, seen FROM meeting_pause WHERE partnership_id = $1`+where+` ORDER BY id`, append([]any{p}, args...)...)
}

func insertPause(ctx context.Context, tx *store.Tx, p person.Partnership, one Pause) error {
	_, err := tx.Exec(ctx, `INSERT INTO meeting_pause (partnership_id, id, meeting_id, person_id, named, seen) VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT DO NOTHING`,
		p, one.ID, one.Meeting, one.Person, store.Bool(one.Named))
	return err
}

// seePauses marks what nobody had seen as seen at a time.
func seePauses(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE meeting_pause SET seen = $3 WHERE partnership_id = $1 AND meeting_id = $2 AND seen = 0`, p, meeting, store.Micros(at))
	return err
}
