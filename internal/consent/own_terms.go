package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// OwnTerms returns what somebody allows with each of her own parts, by contribution, without those that
// are taken back. It opens nothing.
func (g *Gate) OwnTerms(ctx context.Context, tx *store.Tx, v person.Viewer) (map[ID]Terms, error) {
	own, err := g.Mine(ctx, tx, v)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	ids := make([]ID, len(own))
	for i, h := range own {
		ids[i] = h.ID
	}
	f, err := loadFacts(ctx, tx, v, ids)
	if err != nil {
		return nil, err
	}
	terms := map[ID]Terms{}
	for id, s := range f.speakers {
		if s.person == v.ID && !f.taken[id] {
			terms[s.contribution] = s.terms
		}
	}
	return terms, nil
}

// RuleUntil is RuleIn for what lasts: a turn is open under it when it is open now and would still be open
// at a later time if nobody said anything until then. It tells how much is about to end, and never whose.
func (g *Gate) RuleUntil(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, then time.Time, contributions ...ID) (Ruling, error) {
	f, err := loadFacts(ctx, tx, v, contributions)
	if err != nil {
		return Ruling{}, err
	}
	if err := f.loadTurns(ctx, tx, v.Partnership, contributions); err != nil {
		return Ruling{}, err
	}
	now, r := f.rule(u, g.now()), f.rule(u, then)
	for id, t := range r.turns {
		t.open = t.open && now.turns[id].open
		r.turns[id] = t
	}
	return r, nil
}
