package source

import (
	"context"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// SaidFacts says how much each said in observed meetings and group talks, in letters with the spaces and marks
// between them, of those that were brought in from one day on and before another and are offered. What is counted is
// what everybody who takes part may know as a number, under the terms of whoever said it: silence is no. What was
// said outside of the circle, or is nobody's any more, is in none of it.
func (s *Sources) SaidFacts(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (map[person.ID]map[string]int, error) {
	ids, err := store.List(ctx, tx, store.One[consent.ID], `SELECT id FROM source_source WHERE partnership_id = $1 AND kind IN ($2, $3) AND state = $4
		AND added >= $5 AND added < $6 ORDER BY id`, p, consent.Observation, consent.GroupTalk, Offered, store.Micros(from), store.Micros(until))
	if err != nil {
		return nil, err
	}
	said, err := s.gate.Lengths(ctx, tx, p, consent.Audience{Kind: consent.ToPartnership}, consent.Use{Purpose: consent.Heard, Form: consent.Number}, ids...)
	all := map[person.ID]map[string]int{}
	for who, n := range said {
		all[who] = map[string]int{"said": n}
	}
	return all, err
}
