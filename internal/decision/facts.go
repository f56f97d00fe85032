package decision

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// OpenedFacts says how many decisions that each wrote were opened from one day on and before another: about
// something new, or opening one again. Secret ones are not counted (ADR 14).
func (r *Room) OpenedFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	return wrote(ctx, tx, `SELECT writer_id, CASE WHEN of_id = '' THEN 'new' ELSE 'again' END AS what, COUNT(*) FROM decision_decision
		WHERE partnership_id = $1 AND secret = 0 AND opened > 0 AND opened >= $2 AND opened < $3 GROUP BY writer_id, what`, p, from, until)
}

// DecidedFacts says what came out of the decisions that each wrote, of those that were closed from one day on and
// before another: passed, not passed, stopped. Secret ones are not counted (ADR 14).
func (r *Room) DecidedFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	return wrote(ctx, tx, `SELECT writer_id, outcome AS what, COUNT(*) FROM decision_decision
		WHERE partnership_id = $1 AND secret = 0 AND stage = 'closed' AND closed >= $2 AND closed < $3 GROUP BY writer_id, what`, p, from, until)
}

// wrote reads how often what holds of the decisions that each wrote.
func wrote(ctx context.Context, tx *store.Tx, query string, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	all := map[person.ID]map[string]int{}
	err := tx.Each(ctx, func(row store.Row) error {
		var who person.ID
		var what string
		var times int
		if err := row.Scan(&who, &what, &times); err != nil {
			return err
		}
		if all[who] == nil {
			all[who] = map[string]int{}
		}
		all[who][what] = times
		return nil
	}, query, p, store.Micros(from), store.Micros(until))
	return all, err
}
