package meeting

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// forget erases what somebody put on a list, said, chose and recorded here when she leaves. What she did as
// whoever hosts, with her reason, stays: it is about others' things.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	if err := dropPauses(ctx, tx, p, ` AND person_id = $2`, who); err != nil {
		return err
	}
	keys, err := dropRecord(ctx, tx, p, who)
	if err != nil {
		return err
	}
	more, err := dropTaking(ctx, tx, p, ` AND person_id = $2`, who)
	if err != nil {
		return err
	}
	keys = append(keys, more...)
	mine, err := itemsWhere(ctx, tx, p, ` AND person_id = $2`, who)
	if err != nil {
		return err
	}
	for _, i := range mine {
		if more, err = eraseItem(ctx, tx, p, i); err != nil {
			return err
		}
		keys = append(keys, more...)
	}
	said, err := saidWhere(ctx, tx, p, ` AND person_id = $2`, who)
	if err != nil {
		return err
	}
	for _, s := range said {
		keys = append(keys, s.key)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM meeting_said WHERE partnership_id = $1 AND person_id = $2`, p, who); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}

// AfterRestore closes what anybody put on a list or said, until she says that it still stands, and erases
// how people take part and who needed a pause: they may have taken it back since the copy was made.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	if err := dropPauses(ctx, tx, p, ``); err != nil {
		return err
	}
	for _, table := range []string{"meeting_item", "meeting_said"} {
		if _, err := tx.Exec(ctx, `UPDATE `+table+` SET shut = 1 WHERE partnership_id = $1`, p); err != nil {
			return err
		}
	}
	keys, err := dropTaking(ctx, tx, p, ``)
	if err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}

// Tidy erases how people took part in meetings that are two weeks over, and closes those that nobody closed on
// their day, with who needed a pause in them.
func (r *Room) Tidy(ctx context.Context, p person.Partnership) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		// A pause that was asked for in the moment in which a meeting was closed goes here.
		if err := dropPauses(ctx, tx, p, ` AND meeting_id IN (SELECT s.meeting_id FROM meeting_sitting s WHERE s.partnership_id = $1 AND s.stage = $2)`, Closed); err != nil {
			return err
		}
		left, err := leftOpen(ctx, tx, p, r.today())
		if err != nil {
			return err
		}
		for _, id := range left {
			if err := closeLeftOpen(ctx, tx, p, id); err != nil {
				return err
			}
		}
		keys, err := dropTaking(ctx, tx, p, ` AND meeting_id IN (SELECT m.id FROM meeting_meeting m WHERE m.partnership_id = $1 AND m.day < $2)`, dayOf(r.Now().Add(-Kept)))
		if err != nil || len(keys) == 0 {
			return err
		}
		return r.Gate.Doom(ctx, tx, p, keys...)
	})
}
