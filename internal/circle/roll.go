package circle

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// A Voice is somebody who can decide, and in which house.
type Voice struct {
	Person person.ID
	House  person.House
}

// Roll lists who can decide at a time, each once and in one house: everybody who is here and has not stepped
// back, whose standing counts by then. Whoever only gives money decides nothing, and a duty gives no voice.
// Two kinds of standing mean everyone else, unless she has chosen the women and it counts by then.
func (c *Circle) Roll(ctx context.Context, tx *store.Tx, p person.Partnership, at time.Time) ([]Voice, error) {
	var roll []Voice
	var who person.ID
	var held person.Set
	chosen := map[person.ID]time.Time{}
	list, err := c.Choosings(ctx, tx, p)
	if err != nil {
		return nil, err
	}
	for _, one := range list {
		chosen[one.Person] = one.From
	}
	add := func() {
		if decides := (person.Set{person.LivedExperience, person.Charity, person.Clinician, person.Researcher, person.Practice}); held.Meets(decides) {
			roll = append(roll, Voice{who, Person{Standings: held, livedFrom: chosen[who]}.House(at)})
		}
		held = nil
	}
	err = tx.Each(ctx, func(r store.Row) error {
		var id person.ID
		var s person.Standing
		if err := r.Scan(&id, &s); err != nil {
			return err
		}
		if id != who {
			add()
			who = id
		}
		held = append(held, s)
		return nil
	}, `SELECT p.id, s.standing FROM circle_person p JOIN circle_standing s ON s.partnership_id = p.partnership_id AND s.person_id = p.id
		WHERE p.partnership_id = $1 AND p.gone = 0 AND p.back = 0 AND s.until = 0 AND s.counts_from <= $2 ORDER BY p.id, s.standing`, p, store.Micros(at))
	if err != nil {
		return nil, err
	}
	add()
	return roll, nil
}
