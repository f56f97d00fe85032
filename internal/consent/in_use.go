package consent

import (
	"context"
	"fmt"

	"footing/internal/store"
)

// keyColumn is what every table calls the key that something in it is sealed under. A test holds all
// sealed columns to it.
const keyColumn = "key_id"

// KeysInUse calls known with the id of every key that a row names, in every room's tables and for every
// partnership: words, drafts, papers, and what is waiting to be destroyed. A key that it does not name
// belongs to something that was never saved. It must be called outside of a transaction.
func (g *Gate) KeysInUse(ctx context.Context, known func(id string)) error {
	tables, err := g.db.TablesWith(ctx, keyColumn)
	if err != nil {
		return err
	}
	return g.db.Read(ctx, func(tx *store.Tx) error {
		for _, table := range tables {
			err := tx.Each(ctx, func(r store.Row) error {
				id, err := store.One[string](r)
				known(id)
				return err
			}, `SELECT DISTINCT `+keyColumn+` FROM `+table)
			if err != nil {
				return fmt.Errorf("listing the keys of %s: %w", table, err)
			}
		}
		return nil
	})
}
