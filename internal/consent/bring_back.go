package consent

import (
	"context"
	"time"

	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// BringBack undoes what was taken back last, while its time is not over: all of the part, or the turns that
// went together. What was taken back before that stays so until she brings that back too.
func (g *Gate) BringBack(ctx context.Context, v person.Viewer, part Part) error {
	return g.db.Write(ctx, func(tx *store.Tx) error {
		if err := ownPart(ctx, tx, v, part); err != nil {
			return err
		}
		taken, err := g.Taken(ctx, tx, v.Partnership, part.Contribution)
		if err != nil {
			return err
		}
		last := lastTaken(taken, part.Speaker, g.now())
		if len(last) == 0 {
			return fault.Missing
		}
		for _, w := range last {
			n, err := tx.Exec(ctx, `UPDATE consent_withdrawal SET undone = $3
				WHERE partnership_id = $1 AND seq = $2 AND undone = 0 AND destroyed = 0`, v.Partnership, w.Seq, store.Micros(g.now()))
			if err := store.Changed(n, err, fault.Missing); err != nil {
				return err
			}
		}
		if err := ledger.Append(ctx, tx, v.Partnership, ledger.Entry{Kind: ledger.Terms, Subject: string(part.Speaker), At: g.now()}); err != nil {
			return err
		}
		return g.events.Publish(ctx, tx, v.Partnership, TopicTaken, string(part.Contribution))
	})
}

// lastTaken returns which of a part's withdrawals are undone together: those of a restore, which are not
// her doing; else that of the whole part; else those of the turns that went last. Of a part that is
// erased there are none.
func lastTaken(taken []Withdrawal, speaker ID, now time.Time) []Withdrawal {
	var restored, whole, turns []Withdrawal
	for _, w := range taken {
		over := !w.Destroyed.IsZero() || !w.EraseAt.After(now)
		switch {
		case w.Speaker != speaker:
		case over && w.Turn == "":
			return nil
		case over:
		case w.ByRestore():
			restored = append(restored, w)
		case w.Turn == "":
			whole = append(whole, w)
		case len(turns) > 0 && w.Taken.After(turns[0].Taken):
			turns = []Withdrawal{w}
		case len(turns) == 0 || w.Taken.Equal(turns[0].Taken):
			turns = append(turns, w)
		}
	}
	switch {
	case len(restored) > 0:
		return restored
	case len(whole) > 0:
		return whole
	}
	return turns
}
