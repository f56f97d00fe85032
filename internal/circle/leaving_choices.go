package circle

import (
	"context"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// choose keeps what somebody who may leave has chosen about one thing, in place of what she chose before.
func choose(ctx context.Context, tx *store.Tx, v person.Viewer, about, choice string) error {
	_, err := tx.Exec(ctx, `INSERT INTO circle_leaving (partnership_id, person_id, about, choice) VALUES ($1, $2, $3, $4)
		ON CONFLICT (partnership_id, person_id, about) DO UPDATE SET choice = excluded.choice`, v.Partnership, v.ID, about, choice)
	return err
}

// choices returns what she has chosen so far, by what it is about.
func choices(ctx context.Context, tx *store.Tx, v person.Viewer) (map[string]string, error) {
	chosen := map[string]string{}
	err := tx.Each(ctx, func(r store.Row) error {
		var about, choice string
		err := r.Scan(&about, &choice)
		chosen[about] = choice
		return err
	}, `SELECT about, choice FROM circle_leaving WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID)
	return chosen, err
}

// forgetChoice forgets what she chose about a part that has become nobody's. It runs in the gate's own
// transaction, so that being cut off before she has left ties her to nothing.
func forgetChoice(ctx context.Context, tx *store.Tx, v person.Viewer, part consent.Part) error {
	_, err := tx.Exec(ctx, `DELETE FROM circle_leaving WHERE partnership_id = $1 AND person_id = $2 AND about = $3`, v.Partnership, v.ID, part.Speaker)
	return err
}

// unchoose forgets what she has chosen.
func unchoose(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM circle_leaving WHERE partnership_id = $1 AND person_id = $2`, p, who)
	return err
}

// holder returns who has held a standing or duty the longest, somebody left out; empty when nobody does.
func holder(ctx context.Context, tx *store.Tx, p person.Partnership, s person.Standing, but person.ID) (person.ID, error) {
	list, err := store.List(ctx, tx, store.One[person.ID], `SELECT person_id FROM circle_standing
		WHERE partnership_id = $1 AND standing = $2 AND until = 0 AND person_id <> $3 ORDER BY since, person_id LIMIT 1`, p, s, but)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return list[0], nil
}
