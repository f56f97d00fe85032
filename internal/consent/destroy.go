package consent

import (
	"context"
	"fmt"

	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// DestroyDue destroys every part whose time is over, and the keys waiting to be destroyed. The gate has
// shut the parts long before; this ends their keys, their sealed bytes and what rooms made of them. It
// can be stopped at any point and started again: a step done twice does nothing the second time.
func (g *Gate) DestroyDue(ctx context.Context, p person.Partnership) error {
	var due []Withdrawal
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		due, err = store.List(ctx, tx, scanWithdrawal, withdrawals+
			` WHERE partnership_id = $1 AND undone = 0 AND destroyed = 0 AND erase_at <= $2 ORDER BY seq`, p, store.Micros(g.now()))
		return err
	})
	if err != nil {
		return err
	}
	for _, w := range due {
		if err := g.doom(ctx, p, w); err != nil {
			return fmt.Errorf("destroying a part: %w", err)
		}
	}
	if err := g.destroyDoomed(ctx, p); err != nil {
		return err
	}
	for _, w := range due {
		if err := g.empty(ctx, p, w); err != nil {
			return fmt.Errorf("emptying a part: %w", err)
		}
	}
	// The last part of a contribution to go takes title, note and topics with it.
	if err := g.destroyDoomed(ctx, p); err != nil {
		return err
	}
	if len(due) > 0 {
		return g.db.Scrub(ctx, "consent_turn", "consent_correction", "consent_contribution", "consent_speaker", ledger.FactsTable)
	}
	return nil
}

// doom names the keys that must go. Where only some turns go, the speaker's other turns are sealed anew
// under a new key first, so that the old one can be destroyed. A recording has a key to itself.
func (g *Gate) doom(ctx context.Context, p person.Partnership, w Withdrawal) error {
	err := g.db.Write(ctx, func(tx *store.Tx) error {
		return g.dropRecordings(ctx, tx, p, w.Contribution, w.Speaker, w.Turn)
	})
	if err != nil {
		return err
	}
	if w.Turn != "" {
		return g.reseal(ctx, p, w)
	}
	err = g.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO consent_doomed (partnership_id, key_id)
			SELECT DISTINCT partnership_id, key_id FROM consent_turn
			WHERE partnership_id = $1 AND contribution_id = $2 AND speaker_id = $3 ON CONFLICT DO NOTHING`, p, w.Contribution, w.Speaker)
		return err
	})
	if err != nil {
		return err
	}
	return g.resealHead(ctx, p, w)
}

// destroyDoomed ends every doomed key in one change of epoch.
func (g *Gate) destroyDoomed(ctx context.Context, p person.Partnership) error {
	var doomed []string
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		doomed, err = store.List(ctx, tx, store.One[string], `SELECT key_id FROM consent_doomed WHERE partnership_id = $1 ORDER BY key_id`, p)
		return err
	})
	if err != nil || len(doomed) == 0 {
		return err
	}
	if err := g.keys.Destroy(ctx, doomed...); err != nil {
		return fmt.Errorf("destroying keys: %w", err)
	}
	return g.db.Write(ctx, func(tx *store.Tx) error {
		for _, k := range doomed {
			if _, err := tx.Exec(ctx, `DELETE FROM consent_doomed WHERE partnership_id = $1 AND key_id = $2`, p, k); err != nil {
				return err
			}
		}
		return nil
	})
}
