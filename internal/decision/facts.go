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
// before another: passed, not passed, stopped. Secret ones are not counted (ADR 14), nor those about money, which are
// counted by themselves: of two counts, one of which holds the other, the difference could be one person's.
func (r *Room) DecidedFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	return wrote(ctx, tx, `SELECT writer_id, outcome AS what, COUNT(*) FROM decision_decision
		WHERE partnership_id = $1 AND secret = 0 AND stage = 'closed' AND matter <> 'money' AND closed >= $2 AND closed < $3 GROUP BY writer_id, what`, p, from, until)
}

// MoneyFacts is DecidedFacts of decisions about money.
func (r *Room) MoneyFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	return wrote(ctx, tx, `SELECT writer_id, outcome AS what, COUNT(*) FROM decision_decision
		WHERE partnership_id = $1 AND secret = 0 AND stage = 'closed' AND matter = 'money' AND closed >= $2 AND closed < $3 GROUP BY writer_id, what`, p, from, until)
}

// SumFacts says how much money was agreed in those, in whole pounds, by who wrote them. Where none was named, it is
// in no sum.
func (r *Room) SumFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	return wrote(ctx, tx, `SELECT writer_id, 'pounds', CAST(SUM(amount) AS BIGINT) FROM decision_decision
		WHERE partnership_id = $1 AND secret = 0 AND stage = 'closed' AND matter = 'money' AND outcome = 'passed' AND amount > 0
		AND closed >= $2 AND closed < $3 GROUP BY writer_id`, p, from, until)
}

// LadderFacts says how often each saw a decision on a high step of the ladder (6 to 8), a middle one (3 to 5) or a low
// one (1 and 2), of those that were closed from one day on and before another. Arnstein has them as degrees of power, of
// being heard, and of neither. Steps are counted as they stand that day. Secret decisions are not counted.
func (r *Room) LadderFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	return wrote(ctx, tx, `SELECT g.person_id, CASE WHEN g.rung >= 6 THEN 'high' WHEN g.rung >= 3 THEN 'middle' ELSE 'low' END AS step, COUNT(*)
		FROM decision_rung g JOIN decision_decision d ON d.partnership_id = g.partnership_id AND d.id = g.decision_id
		WHERE g.partnership_id = $1 AND d.secret = 0 AND d.stage = 'closed' AND d.closed >= $2 AND d.closed < $3 GROUP BY g.person_id, step`, p, from, until)
}

// wrote reads how often what holds of the decisions that each wrote, or saw.
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
