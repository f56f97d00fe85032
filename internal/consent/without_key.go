package consent

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// WithoutKey counts the turns of a partnership that still have sealed words, and those of them whose key
// is gone, so that nobody will ever read them: a key backup older than they are, or none, was put back.
func (g *Gate) WithoutKey(ctx context.Context, p person.Partnership) (gone, of int, err error) {
	turns := map[string]int{}
	err = g.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(r store.Row) error {
			var key string
			var n int
			err := r.Scan(&key, &n)
			turns[key] = n
			of += n
			return err
		}, `SELECT key_id, count(*) FROM consent_turn WHERE partnership_id = $1 AND words IS NOT NULL GROUP BY key_id ORDER BY key_id`, p)
	})
	if err != nil {
		return 0, 0, err
	}
	ids := make([]string, 0, len(turns))
	for id := range turns {
		ids = append(ids, id)
	}
	held, err := g.keys.Keys(ctx, ids)
	if err != nil {
		return 0, 0, err
	}
	for id, n := range turns {
		if _, ok := held[id]; !ok {
			gone += n
		}
	}
	return gone, of, nil
}
