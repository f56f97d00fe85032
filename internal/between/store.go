package between

import (
	"context"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

const all = `SELECT id, person_id, second_id, made, first_yes, second_yes, again, before_again, ended_id, key_id, words, before_words
	FROM between_agreed WHERE partnership_id = $1`

func scan(r store.Row) (Agreed, error) {
	var a Agreed
	var made, first, second, again, beforeAgain int64
	var before []byte
	err := r.Scan(&a.ID, &a.Asker, &a.Other, &made, &first, &second, &again, &beforeAgain, &a.Ended, &a.key, &a.Now.sealed, &before)
	a.Made, a.Yes, a.Now.Again = store.Time(made), [2]bool{first == 1, second == 1}, store.Time(again)
	if len(before) > 0 {
		a.Before = &Terms{Again: store.Time(beforeAgain), sealed: before}
	}
	return a, err
}

// listOf lists what somebody agreed with others, the oldest first, with the words shut.
func listOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Agreed, error) {
	return store.List(ctx, tx, scan, all+` AND (person_id = $2 OR second_id = $2) ORDER BY made, id`, v.Partnership, v.ID)
}

// get returns one of somebody's own.
func get(ctx context.Context, tx *store.Tx, v person.Viewer, id string) (Agreed, error) {
	a, err := store.Get(ctx, tx, scan, all+` AND id = $2`, v.Partnership, id)
	if err == nil && !a.Of(v.ID) {
		err = fault.Missing
	}
	return a, err
}

func insert(ctx context.Context, tx *store.Tx, p person.Partnership, a Agreed) error {
	_, err := tx.Exec(ctx, `INSERT INTO between_agreed (partnership_id, id, person_id, second_id, made, first_yes, second_yes, again, before_again, ended_id, key_id, words, before_words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', $9, $10, $11)`,
		p, a.ID, a.Asker, a.Other, store.Micros(a.Made), store.Bool(a.Yes[0]), store.Bool(a.Yes[1]), store.Micros(a.Now.Again), a.key, a.Now.sealed, []byte{})
	return err
}

// save keeps what one became, if what it was still stands there.
func save(ctx context.Context, tx *store.Tx, p person.Partnership, was, a Agreed) error {
	before := Terms{sealed: []byte{}}
	if a.Before != nil {
		before = *a.Before
	}
	n, err := tx.Exec(ctx, `UPDATE between_agreed SET first_yes = $4, second_yes = $5, again = $6, before_again = $7, words = $8, before_words = $9
		WHERE partnership_id = $1 AND id = $2 AND words = $3 AND ended_id = ''`,
		p, a.ID, was.Now.sealed, store.Bool(a.Yes[0]), store.Bool(a.Yes[1]), store.Micros(a.Now.Again), store.Micros(before.Again), a.Now.sealed, before.sealed)
	return store.Changed(n, err, ErrNewer)
}

// end erases the words at once. The row stays until the other one of the two has seen that it ended.
func (r *Room) end(ctx context.Context, tx *store.Tx, v person.Viewer, a Agreed) error {
	n, err := tx.Exec(ctx, `UPDATE between_agreed SET ended_id = $3, words = $4, before_words = $4, key_id = '', again = 0, before_again = 0
		WHERE partnership_id = $1 AND id = $2 AND ended_id = ''`, v.Partnership, a.ID, v.ID, []byte{})
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, v.Partnership, a.key)
}

// drop takes one away.
func (r *Room) drop(ctx context.Context, tx *store.Tx, p person.Partnership, a Agreed) error {
	if _, err := tx.Exec(ctx, `DELETE FROM between_agreed WHERE partnership_id = $1 AND id = $2`, p, a.ID); err != nil || a.key == "" {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, a.key)
}

// forget erases what somebody agreed with others when she leaves.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	list, err := listOf(ctx, tx, person.Viewer{Partnership: p, ID: who})
	for _, a := range list {
		if err == nil {
			err = r.drop(ctx, tx, p, a)
		}
	}
	return err
}

// AfterRestore asks both anew for what an older copy holds: either may have changed or ended it since. Words that
// waited then are gone.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	if _, err := tx.Exec(ctx, `UPDATE between_agreed SET words = before_words, again = before_again WHERE partnership_id = $1 AND before_again > 0`, p); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE between_agreed SET first_yes = 0, second_yes = 0, before_words = $2, before_again = 0 WHERE partnership_id = $1`, p, []byte{})
	return err
}

// column is what the column with the newest words is called. Words that become those before keep the name that
// they were sealed under.
const column = "words"

// papers are the texts of one, for either of the two.
func (a Agreed) papers() []consent.Paper {
	var list []consent.Paper
	for _, t := range a.terms() {
		list = append(list, consent.Paper{Table: "between_agreed", Column: column, Row: a.ID, Key: a.key, Sealed: t.sealed, Writer: a.Asker,
			Readers: []consent.Audience{{Kind: consent.ToPerson, ID: string(a.Other)}}})
	}
	return list
}

// terms lists the words there are.
func (a *Agreed) terms() []*Terms {
	switch {
	case a.key == "":
		return nil
	case a.Before != nil:
		return []*Terms{&a.Now, a.Before}
	}
	return []*Terms{&a.Now}
}
