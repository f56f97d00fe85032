package find

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
)

// A place is where a passage stands: ids, no words.
type place struct{ turn, contribution consent.ID }

// few is how many ids go into one query, and how many contributions are worth a ruling of their own:
// beyond it one ruling over everything is the quicker one.
const few = 500

// places returns the places of hits in the newest versions, in their order. Hits that are not there any
// more are left out.
func places(ctx context.Context, tx *store.Tx, p person.Partnership, hits []search.Hit) ([]place, error) {
	in := make(map[consent.ID]consent.ID, len(hits))
	for some := range slices.Chunk(hits, few) {
		args := []any{p}
		for _, h := range some {
			args = append(args, h.ID)
		}
		err := tx.Each(ctx, func(r store.Row) error {
			var turn, contribution consent.ID
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
	var list []place
	for _, h := range hits {
		if contribution, ok := in[consent.ID(h.ID)]; ok {
			list = append(list, place{consent.ID(h.ID), contribution})
		}
	}
	return list, nil
}

// contributions lists the contributions of places once each, in the order of the places.
func contributions(list []place) []consent.ID {
	seen := make(map[consent.ID]bool, len(list))
	var ids []consent.ID
	for _, at := range list {
		if !seen[at.contribution] {
			seen[at.contribution] = true
			ids = append(ids, at.contribution)
		}
	}
	return ids
}

// shut lists the turns of a contribution that no longer hold: taken back, or of an earlier version. It
// reports whether any part of the contribution was ever brought back.
func shut(ctx context.Context, tx *store.Tx, p person.Partnership, contribution consent.ID) (turns []string, back bool, err error) {
	n, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM consent_withdrawal
		WHERE partnership_id = $1 AND contribution_id = $2 AND undone > 0`, p, contribution)
	if err != nil {
		return nil, false, err
	}
	turns, err = store.List(ctx, tx, store.One[string], `SELECT t.id FROM consent_turn t
		JOIN consent_contribution c ON c.partnership_id = t.partnership_id AND c.id = t.contribution_id
		WHERE t.partnership_id = $1 AND t.contribution_id = $2 AND (t.version < c.version OR EXISTS (
			SELECT 1 FROM consent_withdrawal w WHERE w.partnership_id = t.partnership_id AND w.contribution_id = t.contribution_id
			AND w.speaker_id = t.speaker_id AND (w.turn_id = '' OR w.turn_id = t.id) AND w.undone = 0))`, p, contribution)
	return turns, n > 0, err
}
