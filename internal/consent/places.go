package consent

import (
	"context"
	"slices"

	"footing/internal/person"
	"footing/internal/store"
)

// WhereTurns returns the contribution of each turn that stands in a newest version. It tells ids alone;
// whether anybody may know of them is for a ruling to say.
func (g *Gate) WhereTurns(ctx context.Context, tx *store.Tx, p person.Partnership, turns ...ID) (map[ID]ID, error) {
	in := make(map[ID]ID, len(turns))
	for some := range slices.Chunk(turns, atOnce) {
		args := []any{p}
		for _, id := range some {
			args = append(args, id)
		}
		err := tx.Each(ctx, func(r store.Row) error {
			var turn, contribution ID
			err := r.Scan(&turn, &contribution)
			in[turn] = contribution
			return err
		}, `SELECT t.id, t.contribution_id FROM consent_turn t
			JOIN consent_contribution c ON c.partnership_id = t.partnership_id AND c.id = t.contribution_id AND c.version = t.version
			WHERE t.partnership_id = $1 AND t.id IN `+store.In(2, len(some)), args...)
		if err != nil {
			return nil, err
		}
	}
	return in, nil
}

// ShutTurns lists the turns of a contribution that no longer hold: taken back, or of an earlier version.
// back reports whether any part of it was ever brought back.
func (g *Gate) ShutTurns(ctx context.Context, tx *store.Tx, p person.Partnership, contribution ID) (turns []ID, back bool, err error) {
	n, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM consent_withdrawal
		WHERE partnership_id = $1 AND contribution_id = $2 AND undone > 0`, p, contribution)
	if err != nil {
		return nil, false, err
	}
	turns, err = store.List(ctx, tx, store.One[ID], `SELECT t.id FROM consent_turn t
		JOIN consent_contribution c ON c.partnership_id = t.partnership_id AND c.id = t.contribution_id
		WHERE t.partnership_id = $1 AND t.contribution_id = $2 AND (t.version < c.version OR EXISTS (
			SELECT 1 FROM consent_withdrawal w WHERE w.partnership_id = t.partnership_id AND w.contribution_id = t.contribution_id
			AND w.speaker_id = t.speaker_id AND (w.turn_id = '' OR w.turn_id = t.id) AND w.undone = 0))
		ORDER BY t.version, t.seq`, p, contribution)
	return turns, n > 0, err
}
