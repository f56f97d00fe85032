package buddy

import (
	"context"
	"errors"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

const all = `SELECT first_id, second_id, id, asker_id, made, first_yes, second_yes, stood, rests, told, ended_id, key_id, first_words, second_words
	FROM buddy_link WHERE partnership_id = $1`

func scan(r store.Row) (Link, error) {
	var l Link
	var made, first, second, stood, rests, told int64
	err := r.Scan(&l.Two[0], &l.Two[1], &l.ID, &l.Asker, &made, &first, &second, &stood, &rests, &told, &l.Ended, &l.key, &l.sealed[0], &l.sealed[1])
	l.Made, l.Yes, l.Stood, l.Told = store.Time(made), [2]bool{first == 1, second == 1}, stood == 1, told == 1
	l.Rests = store.Time(rests)
	return l, err
}

// listOf lists what there is between somebody and others, the oldest first, with the words shut.
func listOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Link, error) {
	return store.List(ctx, tx, scan, all+` AND (first_id = $2 OR second_id = $2) ORDER BY made, id`, v.Partnership, v.ID)
}

// get returns what there is for somebody between her and another, by its id.
func get(ctx context.Context, tx *store.Tx, v person.Viewer, id string) (Link, error) {
	l, err := store.Get(ctx, tx, scan, all+` AND id = $2`, v.Partnership, id)
	if err == nil && (!l.Of(v.ID) || !l.Sees(v.ID)) {
		err = fault.Missing
	}
	return l, err
}

// between returns what there is between two people, an empty one when there is nothing.
func between(ctx context.Context, tx *store.Tx, p person.Partnership, one, other person.ID) (Link, error) {
	l, err := store.Get(ctx, tx, scan, all+` AND first_id = $2 AND second_id = $3`, p, min(one, other), max(one, other))
	if errors.Is(err, fault.Missing) {
		err = nil
	}
	return l, err
}

// insert keeps a question between two who have no row. Of two that come at once one gets store.ErrDuplicate.
func insert(ctx context.Context, tx *store.Tx, p person.Partnership, l Link) error {
	_, err := tx.Exec(ctx, `INSERT INTO buddy_link (partnership_id, first_id, second_id, id, asker_id, made, first_yes, second_yes, stood, rests, told, ended_id, key_id, first_words, second_words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`, append([]any{p, l.Two[0], l.Two[1]}, l.row()...)...)
	return err
}

// row lists what can change of a pair's row, in the order of its columns.
func (l Link) row() []any {
	for i := range l.sealed {
		if l.sealed[i] == nil {
			l.sealed[i] = []byte{}
		}
	}
	return []any{l.ID, l.Asker, store.Micros(l.Made), store.Bool(l.Yes[0]), store.Bool(l.Yes[1]), store.Bool(l.Stood), store.Micros(l.Rests), store.Bool(l.Told), l.Ended, l.key, l.sealed[0], l.sealed[1]}
}

// save keeps what one became, if what it was still stands there.
func save(ctx context.Context, tx *store.Tx, p person.Partnership, was, l Link) error {
	args := append([]any{p, l.Two[0], l.Two[1]}, l.row()...)
	n, err := tx.Exec(ctx, `UPDATE buddy_link SET id = $4, asker_id = $5, made = $6, first_yes = $7, second_yes = $8, stood = $9, rests = $10, told = $11, ended_id = $12,
		key_id = $13, first_words = $14, second_words = $15
		WHERE partnership_id = $1 AND first_id = $2 AND second_id = $3 AND id = $16 AND first_yes = $17 AND second_yes = $18 AND key_id = $19 AND ended_id = $20`,
		append(args, was.ID, store.Bool(was.Yes[0]), store.Bool(was.Yes[1]), was.key, was.Ended)...)
	return store.Changed(n, err, ErrNewer)
}

// doom lets go of a link's words.
func (r *Room) doom(ctx context.Context, tx *store.Tx, p person.Partnership, l Link) error {
	if l.key == "" {
		return nil
	}
	return r.Gate.Doom(ctx, tx, p, l.key)
}

// drop takes one away with its words.
func (r *Room) drop(ctx context.Context, tx *store.Tx, p person.Partnership, l Link) error {
	if _, err := tx.Exec(ctx, `DELETE FROM buddy_link WHERE partnership_id = $1 AND first_id = $2 AND second_id = $3 AND id = $4`, p, l.Two[0], l.Two[1], l.ID); err != nil {
		return err
	}
	return r.doom(ctx, tx, p, l)
}

// forget erases all there is between somebody who leaves and others.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	list, err := listOf(ctx, tx, person.Viewer{Partnership: p, ID: who})
	for _, l := range list {
		if err == nil {
			err = r.drop(ctx, tx, p, l)
		}
	}
	return err
}

// Tidy forgets that somebody said "not now" once its time is over.
func (r *Room) Tidy(ctx context.Context, p person.Partnership) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error { return rested(ctx, tx, p, r.Now()) })
}

func rested(ctx context.Context, tx *store.Tx, p person.Partnership, now time.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM buddy_link WHERE partnership_id = $1 AND rests > 0 AND rests <= $2`, p, store.Micros(now))
	return err
}

// AfterRestore shuts what an older copy holds, since either may have ended it since: what held waits for both, and
// what was asked for her who asked.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	if _, err := tx.Exec(ctx, `UPDATE buddy_link SET stood = 1 WHERE partnership_id = $1 AND first_yes = 1 AND second_yes = 1`, p); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE buddy_link SET first_yes = 0, second_yes = 0 WHERE partnership_id = $1`, p)
	return err
}

// columns are what the two texts of a link are called.
var columns = [2]string{"first_words", "second_words"}

// papers are the texts of one, for either of the two.
func (l Link) papers() []consent.Paper {
	list := make([]consent.Paper, len(columns))
	for i, column := range columns {
		list[i] = consent.Paper{Table: "buddy_link", Column: column, Row: l.ID, Key: l.key, Sealed: l.sealed[i], Writer: l.Two[i],
			Readers: []consent.Audience{{Kind: consent.ToPerson, ID: string(l.Two[1-i])}}}
	}
	return list
}
