package circle

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// WhenLeaving registers what a room deletes of its own when somebody leaves: drafts. It runs in the transaction that ends her part.
func (c *Circle) WhenLeaving(do func(context.Context, *store.Tx, person.Partnership, person.ID) error) {
	c.leaving = append(c.leaving, do)
}

// WhenOut registers what a room ends when somebody takes part no longer, because she leaves or because
// the last of her standings is ended: being named in a study. It runs in the transaction that does it.
func (c *Circle) WhenOut(do func(context.Context, *store.Tx, person.Partnership, person.ID) error) {
	c.out = append(c.out, do)
}

// outOf ends what follows from taking part.
func (c *Circle) outOf(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	for _, do := range c.out {
		if err := do(ctx, tx, p, who); err != nil {
			return err
		}
	}
	return c.gate.LeaveAll(ctx, tx, p, who)
}

// Leave ends somebody's part in the partnership at once: every standing and duty, every audience, and
// what rooms registered. What she shared and did not take back stays on her terms. name is what stands
// in the place of her name from now on; empty keeps her name.
func (c *Circle) Leave(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, name string) error {
	held, err := standings(ctx, tx, p, who)
	if err != nil {
		return err
	}
	for _, do := range c.leaving {
		if err := do(ctx, tx, p, who); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `DELETE FROM circle_asked WHERE partnership_id = $1 AND person_id = $2`, p, who); err != nil {
		return err
	}
	if err := c.ChooseOthers(ctx, tx, p, who); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE circle_house SET by_id = person_id WHERE partnership_id = $1 AND by_id = $2`, p, who); err != nil { // her yes goes on counting without her
		return err
	}
	if err := unchoose(ctx, tx, p, who); err != nil {
		return err
	}
	if err := forgetNaming(ctx, tx, p, who); err != nil {
		return err
	}
	// The folded name is given up too, so that it does not stay behind what replaces the other.
	_, err = tx.Exec(ctx, `UPDATE circle_person SET gone = $3, name = CASE WHEN $4 = '' THEN name ELSE $4 END,
		folded = CASE WHEN $4 = '' THEN folded ELSE id END WHERE partnership_id = $1 AND id = $2 AND gone = 0`, p, who, store.Micros(c.now()), name)
	if err != nil {
		return err
	}
	if err := c.outOf(ctx, tx, p, who); err != nil {
		return err
	}
	for _, s := range held {
		if err := c.Take(ctx, tx, p, who, s); err != nil {
			return err
		}
	}
	return nil
}
