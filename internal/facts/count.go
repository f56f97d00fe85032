package facts

import (
	"context"
	"sync"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// tried remembers of which month each fact was tried last, so that a server counts once a month and not each time it
// tidies.
type tried struct {
	sync.Mutex
	until map[Fact]time.Time
}

// Tidy counts what can be counted now, once a month.
func (r *Room) Tidy(ctx context.Context, p person.Partnership) error {
	until := month(r.Now())
	r.tried.Lock()
	defer r.tried.Unlock()
	for _, f := range Facts() {
		if r.Of[f] == nil || r.tried.until[f].Equal(until) {
			continue
		}
		if err := r.count(ctx, p, f, until); err != nil {
			return err
		}
		r.tried.until[f] = until
	}
	return nil
}

// count counts a fact up to the first of a month, and keeps it if it may be shown. Counting much takes a while, in
// which others can write.
func (r *Room) count(ctx context.Context, p person.Partnership, f Fact, until time.Time) error {
	c := Count{Fact: f, Until: until}
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := allCounts(ctx, tx, p)
		if err != nil {
			return err
		}
		if before := all[f]; len(before) > 0 {
			c.From = before[0].Until
		}
		if !c.From.Before(until) {
			return nil
		}
		houses, err := r.houses(ctx, tx, p)
		if err != nil {
			return err
		}
		did, err := r.Of[f](ctx, tx, p, c.From, until)
		c.Numbers = Counted(f, houses, did)
		return err
	})
	if err != nil || !c.Numbers.Due(until) {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return insertCount(ctx, tx, p, c) })
}

// houses says in which house everybody is who takes part, or has stepped back for a while.
func (r *Room) houses(ctx context.Context, tx *store.Tx, p person.Partnership) (map[person.ID]person.House, error) {
	people, err := r.Circle.List(ctx, tx, p)
	houses := map[person.ID]person.House{}
	for _, one := range people {
		if one.Standings.Meets(taking) {
			houses[one.ID] = one.House(r.Now())
		}
	}
	return houses, err
}
