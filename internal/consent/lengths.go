package consent

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// Lengths returns how much each person of the circle said in some contributions, in code points: of the turns that
// everybody in an audience may use in that way, from end to end. It is for a number that is shown to all of them, so
// one who may not is enough for a turn to be in none. How long a turn is stands beside it: nothing is opened, and
// nothing is written down.
func (g *Gate) Lengths(ctx context.Context, tx *store.Tx, p person.Partnership, a Audience, u Use, contributions ...ID) (map[person.ID]int, error) {
	if len(contributions) == 0 {
		return nil, nil
	}
	whose, err := g.openToAll(ctx, tx, p, a, u, contributions)
	if err != nil {
		return nil, err
	}
	said := map[person.ID]int{}
	in, args := only("contribution_id", p, contributions)
	return said, tx.Each(ctx, func(r store.Row) error {
		var turn ID
		var length int
		err := r.Scan(&turn, &length)
		if who := whose[turn]; who != "" {
			said[who] += length
		}
		return err
	}, `SELECT x.id, x.length FROM consent_turn x WHERE `+in, args...)
}

// openToAll returns whose the turns are that everybody in an audience may use from end to end, where they are
// somebody's of the circle. Of an audience with nobody in it there are none.
func (g *Gate) openToAll(ctx context.Context, tx *store.Tx, p person.Partnership, a Audience, u Use, contributions []ID) (map[ID]person.ID, error) {
	readers, err := g.InAudience(ctx, tx, p, a)
	if err != nil || len(readers) == 0 {
		return nil, err
	}
	f, err := loadFacts(ctx, tx, person.Viewer{Partnership: p}, contributions)
	if err != nil {
		return nil, err
	}
	if err := f.loadTurns(ctx, tx, p, contributions); err != nil {
		return nil, err
	}
	whose := map[ID]person.ID{}
	for _, t := range f.turns {
		if who := f.speakers[t.speaker].person; who != "" {
			whose[t.id] = who
		}
	}
	for _, reader := range readers {
		if f.reader, err = loadReader(ctx, tx, person.Viewer{Partnership: p, ID: reader}); err != nil {
			return nil, err
		}
		for _, turn := range f.rule(u, g.now()).NotWhole() {
			delete(whose, turn)
		}
	}
	return whose, nil
}
