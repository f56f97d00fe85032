package study

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// naming is a time in which somebody was named as an analyst.
type naming struct {
	question     string
	since, until time.Time
}

// namings lists the times in which somebody was named, the oldest first.
func (st *Studies) namings(ctx context.Context, tx *store.Tx, v person.Viewer) ([]naming, error) {
	return store.List(ctx, tx, func(r store.Row) (naming, error) {
		var n naming
		var since, until int64
		err := r.Scan(&n.question, &since, &until)
		n.since, n.until = store.Time(since), store.Time(until)
		return n, err
	}, `SELECT s.question, a.since, a.until FROM study_analyst a
		JOIN study_study s ON s.partnership_id = a.partnership_id AND s.id = a.study_id
		WHERE a.partnership_id = $1 AND a.person_id = $2 ORDER BY a.since, s.id`, v.Partnership, v.ID)
}

// Held is what is kept here of the viewer, for her own copy: when she was named to read for a study.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	var list []naming
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		list, err = r.Studies.namings(q.Context(), tx, q.Viewer)
		return err
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("study.held_heading")}
	for _, n := range list {
		line := look.Line{When: t("study.held_from", "date", q.Words.Date(n.since)), Text: n.question}
		if !n.until.IsZero() {
			line.When = t("study.held_from_until", "date", q.Words.Date(n.since), "until", q.Words.Date(n.until))
		}
		h.Lines = append(h.Lines, line)
	}
	return []look.Held{h}, nil
}
