package agreement

import (
	"context"
	"errors"
	"slices"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// What people here cannot keep private is shown to each of them before she shares for the first time, and again
// once it says something else (R55). The version that she was shown is kept.

// shown is which version somebody was shown, and when; zero for none.
type shown struct {
	version int64
	at      time.Time
}

func getShown(ctx context.Context, tx *store.Tx, v person.Viewer) (shown, error) {
	s, err := store.Get(ctx, tx, func(r store.Row) (shown, error) {
		var s shown
		var at int64
		err := r.Scan(&s.version, &at)
		s.at = store.Time(at)
		return s, err
	}, `SELECT version, at FROM agreement_read WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID)
	if errors.Is(err, fault.Missing) {
		err = nil
	}
	return s, err
}

// Limits returns what people here cannot keep private, and what writes down that the viewer was shown it: nil once
// she was shown it as it says now.
func (r *Room) Limits(q *web.Request) ([]look.SummaryRow, func(context.Context, *store.Tx) error, error) {
	var holds, was Version
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		all, err := listVersions(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		if holds, err = r.holding(q.Context(), tx, q.Partnership(), all); err != nil {
			return err
		}
		s, err := getShown(q.Context(), tx, q.Viewer)
		for _, v := range all {
			if v.N == s.version {
				was = v
			}
		}
		return err
	})
	rows := sayLimits(q, holds.Rules.Limits).Summary.Rows
	if err != nil || slices.Equal(holds.Rules.Limits, was.Rules.Limits) {
		return rows, nil, err
	}
	keep := func(ctx context.Context, tx *store.Tx) error { return r.Shown(ctx, tx, q.Viewer, holds.N) }
	return rows, keep, nil
}

// Shown writes down that somebody was shown what a version says about limits.
func (r *Room) Shown(ctx context.Context, tx *store.Tx, v person.Viewer, version int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO agreement_read (partnership_id, person_id, version, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (partnership_id, person_id) DO UPDATE SET version = $3, at = $4`, v.Partnership, v.ID, version, store.Micros(r.Now()))
	return err
}

// dropShown forgets what somebody was shown when she leaves.
func (r *Room) dropShown(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM agreement_read WHERE partnership_id = $1 AND person_id = $2`, p, who)
	return err
}
