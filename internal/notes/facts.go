package notes

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// stillOpen is how many days after its day something that is to be done counts as still open, whatever is said of it
// later.
const stillOpen = 90

// Settled says what became of something that is to be done, as it is counted, and on which day that was settled: done
// or not done, on the day on which that was said, or still open. Each is settled once. What ended before days were
// kept never is.
func (t Todo) Settled() (became, day string) {
	last := dayOf(at(t.Due).AddDate(0, 0, stillOpen))
	switch {
	case t.State != ToDo && t.Ended == "":
		return "", ""
	case t.State == ToDo, t.Ended > last:
		return "open", last
	}
	return string(t.State), t.Ended
}

// TodoFacts says how much of what each was to do was done, not done or still open (see Settled), of what was settled
// from one day on and before another. What nobody has taken on is not counted, nor what is shut.
func (r *Room) TodoFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	all := map[person.ID]map[string]int{}
	err := tx.Each(ctx, func(row store.Row) error {
		var t Todo
		if err := row.Scan(&t.Person, &t.Due, &t.State, &t.Ended); err != nil {
			return err
		}
		became, day := t.Settled()
		if day < dayOf(from) || day >= dayOf(until) {
			return nil
		}
		if all[t.Person] == nil {
			all[t.Person] = map[string]int{}
		}
		all[t.Person][became]++
		return nil
	}, `SELECT person_id, due, state, ended FROM notes_todo WHERE partnership_id = $1 AND person_id <> '' AND shut = 0`, p)
	return all, err
}
