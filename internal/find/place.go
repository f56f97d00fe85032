package find

import (
	"context"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
)

// A place is where a passage stands: ids, no words.
type place struct{ turn, contribution consent.ID }

// few is how many contributions are worth a ruling of their own: beyond it one ruling over everything is
// the quicker one.
const few = 500

// places returns the places of hits in the newest versions, in their order. Hits that are not there any
// more are left out.
func (r *Room) places(ctx context.Context, tx *store.Tx, p person.Partnership, hits []search.Hit) ([]place, error) {
	turns := make([]consent.ID, len(hits))
	for i, h := range hits {
		turns[i] = consent.ID(h.ID)
	}
	in, err := r.Gate.WhereTurns(ctx, tx, p, turns...)
	if err != nil {
		return nil, err
	}
	var list []place
	for _, turn := range turns {
		if contribution, ok := in[turn]; ok {
			list = append(list, place{turn, contribution})
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
