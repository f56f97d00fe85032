package circle

import (
	"context"

	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// log writes a change of standing to the ledger: which, for which id, by whom begun or ended.
func (c *Circle) log(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, s person.Standing, given bool) error {
	facts := struct {
		Standing person.Standing
		Given    bool
	}{s, given}
	return ledger.Append(ctx, tx, p, ledger.Entry{Kind: ledger.Standing, Subject: string(who), Facts: facts, At: c.now()})
}
