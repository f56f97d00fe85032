package facts

import (
	"context"
	"encoding/json"

	"footing/internal/person"
	"footing/internal/store"
)

const counts = `SELECT fact, begun, until, numbers FROM facts_count WHERE partnership_id = $1`

func scanCount(r store.Row) (Count, error) {
	var c Count
	var from, until int64
	var numbers string
	if err := r.Scan(&c.Fact, &from, &until, &numbers); err != nil {
		return c, err
	}
	c.From, c.Until = store.Time(from), store.Time(until)
	return c, json.Unmarshal([]byte(numbers), &c.Numbers)
}

// allCounts lists every count, of each fact the newest first.
func allCounts(ctx context.Context, tx *store.Tx, p person.Partnership) (map[Fact][]Count, error) {
	list, err := store.List(ctx, tx, scanCount, counts+` ORDER BY fact, until DESC`, p)
	all := map[Fact][]Count{}
	for _, c := range list {
		all[c.Fact] = append(all[c.Fact], c)
	}
	return all, err
}

// insertCount keeps a count. Where another server was quicker, its count stands: people may have seen it.
func insertCount(ctx context.Context, tx *store.Tx, p person.Partnership, c Count) error {
	numbers, err := json.Marshal(c.Numbers)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO facts_count (partnership_id, fact, until, begun, numbers) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		p, c.Fact, store.Micros(c.Until), store.Micros(c.From), string(numbers))
	return err
}
