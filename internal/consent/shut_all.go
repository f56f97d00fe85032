package consent

import (
	"context"
	"errors"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// ShutAll shuts every speaker's part that is not shut, when a copy is put back and nobody knows what was
// taken back since. Each owner can open hers again, without limit of time; nothing is erased by itself.
// It logs nothing: nobody took anything back, and the restore is logged. It returns how many it shut.
func ShutAll(ctx context.Context, tx *store.Tx, p person.Partnership, now time.Time) (int, error) {
	parts, err := store.List(ctx, tx, func(r store.Row) (part Part, err error) {
		return part, r.Scan(&part.Contribution, &part.Speaker)
	}, `SELECT contribution_id, id FROM consent_speaker WHERE partnership_id = $1 ORDER BY contribution_id, position`, p)
	if err != nil {
		return 0, err
	}
	shut := 0
	for _, part := range parts {
		did, err := shutWhole(ctx, tx, p, part, now, Never)
		if err != nil {
			return shut, err
		}
		shut += did
	}
	return shut, nil
}

// shutWhole shuts a whole part, to be erased at that time, unless it is shut already until then or
// earlier. It returns 1 when it did.
func shutWhole(ctx context.Context, tx *store.Tx, p person.Partnership, part Part, now, eraseAt time.Time) (int, error) {
	_, err := store.Get(ctx, tx, store.One[ID], `SELECT id FROM consent_withdrawal WHERE partnership_id = $1
		AND contribution_id = $2 AND speaker_id = $3 AND turn_id = '' AND undone = 0 AND erase_at <= $4 LIMIT 1`,
		p, part.Contribution, part.Speaker, store.Micros(eraseAt))
	if !errors.Is(err, fault.Missing) {
		return 0, err
	}
	err = insertWithdrawal(ctx, tx, p, Withdrawal{ID: ID(store.RandomID()), Contribution: part.Contribution, Speaker: part.Speaker,
		Taken: now, EraseAt: eraseAt})
	return 1, err
}
