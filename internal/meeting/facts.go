package meeting

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// waited is after how long something that is still on a list, or on none, counts as waiting.
const waited = 90 * 24 * time.Hour

// AgendaFacts says how often, of what each put on a list, something was talked about (taken), came off (dropped) or
// still waited after 90 days (waits), of what was settled from one day on and before another. Each item is settled
// once: by the first of the three that happens. What is shut, or was erased, is not counted.
func (r *Room) AgendaFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	return did(ctx, tx, `WITH settled AS (
		SELECT i.person_id, COALESCE(f.what, 'waits') AS what, COALESCE(f.made, i.made + $4) AS settled
		FROM meeting_item i LEFT JOIN meeting_fate f ON f.partnership_id = i.partnership_id AND f.item_id = i.id AND f.made <= i.made + $4
			AND f.n = (SELECT MIN(g.n) FROM meeting_fate g WHERE g.partnership_id = i.partnership_id AND g.item_id = i.id AND g.what IN ('taken', 'dropped'))
		WHERE i.partnership_id = $1 AND i.shut = 0)
		SELECT person_id, what, COUNT(*) FROM settled WHERE settled >= $2 AND settled < $3 GROUP BY person_id, what`,
		p, store.Micros(from), store.Micros(until), waited.Microseconds())
}

// HostFacts says how many meetings each hosted, of those that were from one day on and before another.
func (r *Room) HostFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	return did(ctx, tx, `SELECT host_id, 'hosted', COUNT(*) FROM meeting_meeting
		WHERE partnership_id = $1 AND state = $2 AND day >= $3 AND day < $4 GROUP BY host_id`, p, Known, from.Format(time.DateOnly), until.Format(time.DateOnly))
}

// did reads how often each did what.
func did(ctx context.Context, tx *store.Tx, query string, args ...any) (map[person.ID]map[string]int, error) {
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
	}, query, args...)
	return all, err
}
