package circle

import (
	"context"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// House returns the house in which somebody decides what begins at a time. Whoever holds lived experience and
// another standing as well could be in either: she is in everyone else until she has chosen the women's, one of
// them has said yes, and seven days have passed, as for anybody who joins them (DESIGN, "Two houses").
func (p Person) House(at time.Time) person.House {
	if p.Either() && !p.livedFrom.IsZero() && !at.Before(p.livedFrom) {
		return person.Lived
	}
	return person.HouseOf(p.Standings)
}

// Either reports whether somebody could be in either house.
func (p Person) Either() bool {
	return p.Standings.Has(person.LivedExperience) && person.HouseOf(p.Standings) == person.Others
}

// Choosing is where a wish to decide with the women stands.
type Choosing struct {
	Person person.ID
	By     person.ID // whose yes it has; empty while it waits
	From   time.Time // when it counts
}

// Choosings lists who wishes to decide with the women although she could be in either house, by id.
func (c *Circle) Choosings(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Choosing, error) {
	return store.List(ctx, tx, func(r store.Row) (Choosing, error) {
		var one Choosing
		var from int64
		err := r.Scan(&one.Person, &one.By, &from)
		one.From = store.Time(from)
		return one, err
	}, `SELECT person_id, by_id, counts_from FROM circle_house WHERE partnership_id = $1 ORDER BY person_id`, p)
}

// ChooseLived keeps that somebody who could be in either house wishes to decide with the women. It waits for the
// yes of one of them. Wishing twice changes nothing.
func (c *Circle) ChooseLived(ctx context.Context, tx *store.Tx, v person.Viewer) error {
	who, err := c.Get(ctx, tx, v.Partnership, v.ID)
	if err == nil && !who.Either() {
		err = fault.Missing
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO circle_house (partnership_id, person_id, by_id, counts_from) VALUES ($1, $2, '', 0) ON CONFLICT DO NOTHING`, v.Partnership, v.ID)
	return err
}

// ChooseOthers ends that wish, and her place among the women in what begins from now on. What is open keeps her
// where she was when it opened.
func (c *Circle) ChooseOthers(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM circle_house WHERE partnership_id = $1 AND person_id = $2`, p, who)
	return err
}

// dropChoosings ends every wish to decide with the women. Whoever had one is in everyone else until she chooses
// again, and one of them says yes again.
func dropChoosings(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `DELETE FROM circle_house WHERE partnership_id = $1`, p)
	return err
}

// LetChoose says yes to somebody's wish to decide with the women, by the word of one who does today. Everybody can
// read that it was said.
func (c *Circle) LetChoose(ctx context.Context, tx *store.Tx, v person.Viewer, who person.ID) error {
	her, err := c.Get(ctx, tx, v.Partnership, v.ID)
	if err == nil && (her.House(c.now()) != person.Lived || v.ID == who) {
		err = ErrNotHers
	}
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE circle_house SET by_id = $3, counts_from = $4 WHERE partnership_id = $1 AND person_id = $2 AND by_id = ''`,
		v.Partnership, who, v.ID, store.Micros(c.now().Add(Wait)))
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return err
	}
	return c.Record(ctx, tx, v.Partnership, Act{By: v.ID, What: LetChoose, Whom: who})
}
