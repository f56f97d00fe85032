package meeting

import (
	"context"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

const (
	items = `SELECT id, meeting_id, person_id, made, shut, fates, key_id, words FROM meeting_item WHERE partnership_id = $1`
	fates = `SELECT id, item_id, n, from_id, to_id, what, by_id, made, key_id, words FROM meeting_fate WHERE partnership_id = $1`
	saids = `SELECT id, meeting_id, item_id, person_id, may, made, shut, key_id, words FROM meeting_said WHERE partnership_id = $1`
	ways  = `SELECT id, meeting_id, person_id, made, key_id, words FROM meeting_way WHERE partnership_id = $1`
)

func scanItem(r store.Row) (Item, error) {
	var i Item
	var made, shut int64
	err := r.Scan(&i.ID, &i.Meeting, &i.Person, &made, &shut, &i.n, &i.key, &i.words)
	i.Made, i.Shut = store.Time(made), shut != 0
	return i, err
}

func scanFate(r store.Row) (Fate, error) {
	var f Fate
	var made int64
	err := r.Scan(&f.ID, &f.Item, &f.n, &f.From, &f.To, &f.What, &f.By, &made, &f.key, &f.words)
	f.Made = store.Time(made)
	return f, err
}

func scanSaid(r store.Row) (Said, error) {
	var s Said
	var made, shut int64
	err := r.Scan(&s.ID, &s.Meeting, &s.Item, &s.Person, &s.May, &made, &shut, &s.key, &s.words)
	s.Made, s.Shut = store.Time(made), shut != 0
	return s, err
}

func scanTaking(r store.Row) (Taking, error) {
	var t Taking
	var made int64
	err := r.Scan(&t.ID, &t.Meeting, &t.Person, &made, &t.key, &t.words)
	t.Made = store.Time(made)
	return t, err
}

// itemsWhere lists items of which a condition holds, in the order in which they were put on the list, with
// what became of each.
func itemsWhere(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]Item, error) {
	list, err := store.List(ctx, tx, scanItem, items+where+` ORDER BY made, id`, append([]any{p}, args...)...)
	if err != nil {
		return nil, err
	}
	for n := range list {
		list[n].Fates, err = store.List(ctx, tx, scanFate, fates+` AND item_id = $2 ORDER BY n, id`, p, list[n].ID)
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

func insertItem(ctx context.Context, tx *store.Tx, p person.Partnership, i Item) error {
	_, err := tx.Exec(ctx, `INSERT INTO meeting_item (partnership_id, id, meeting_id, person_id, made, shut, fates, key_id, words) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)`,
		p, i.ID, i.Meeting, i.Person, store.Micros(i.Made), store.Bool(i.Shut), i.key, i.words)
	return err
}

// addFate says what became of an item, if nobody has said anything of it meanwhile. What is moved is on
// another list from then on.
func addFate(ctx context.Context, tx *store.Tx, p person.Partnership, i Item, f Fate) error {
	n, err := tx.Exec(ctx, `UPDATE meeting_item SET meeting_id = $4, fates = fates + 1 WHERE partnership_id = $1 AND id = $2 AND fates = $3`, p, i.ID, i.n, f.list())
	if err := store.Changed(n, err, ErrNewer); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO meeting_fate (partnership_id, id, item_id, n, from_id, to_id, what, by_id, made, key_id, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, p, f.ID, f.Item, i.n+1, f.From, f.To, f.What, f.By, store.Micros(f.Made), f.key, f.words)
	return err
}

// list returns the meeting on whose list an item is after a fate.
func (f Fate) list() string {
	if f.What == Moved {
		return f.To
	}
	return f.From
}

// eraseItem erases an item with what became of it, and returns their keys. What others said to it is theirs
// and stays, as said to the meeting.
func eraseItem(ctx context.Context, tx *store.Tx, p person.Partnership, i Item) ([]string, error) {
	n, err := tx.Exec(ctx, `DELETE FROM meeting_item WHERE partnership_id = $1 AND id = $2`, p, i.ID) // first: whoever says what became of it waits
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return nil, err
	}
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM meeting_fate WHERE partnership_id = $1 AND item_id = $2`, p, i.ID)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM meeting_fate WHERE partnership_id = $1 AND item_id = $2`, p, i.ID); err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `UPDATE meeting_said SET item_id = '' WHERE partnership_id = $1 AND item_id = $2`, p, i.ID)
	return append(keys, i.key), err
}

func saidWhere(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]Said, error) {
	return store.List(ctx, tx, scanSaid, saids+where+` ORDER BY made, id`, append([]any{p}, args...)...)
}

func insertSaid(ctx context.Context, tx *store.Tx, p person.Partnership, s Said) error {
	_, err := tx.Exec(ctx, `INSERT INTO meeting_said (partnership_id, id, meeting_id, item_id, person_id, may, made, shut, key_id, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, p, s.ID, s.Meeting, s.Item, s.Person, s.May, store.Micros(s.Made), store.Bool(s.Shut), s.key, s.words)
	return err
}

func takingWhere(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]Taking, error) {
	return store.List(ctx, tx, scanTaking, ways+where+` ORDER BY made, id`, append([]any{p}, args...)...)
}

// putTaking keeps how somebody takes part in the place of what she said before, and returns the key of that.
func putTaking(ctx context.Context, tx *store.Tx, p person.Partnership, t Taking) ([]string, error) {
	old, err := dropTaking(ctx, tx, p, ` AND meeting_id = $2 AND person_id = $3`, t.Meeting, t.Person)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO meeting_way (partnership_id, id, meeting_id, person_id, made, key_id, words) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p, t.ID, t.Meeting, t.Person, store.Micros(t.Made), t.key, t.words)
	return old, err
}

// dropTaking erases what was said by whom a condition holds of, and returns the keys.
func dropTaking(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]string, error) {
	list, err := takingWhere(ctx, tx, p, where, args...)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, t := range list {
		if _, err := tx.Exec(ctx, `DELETE FROM meeting_way WHERE partnership_id = $1 AND id = $2`, p, t.ID); err != nil {
			return nil, err
		}
		keys = append(keys, t.key)
	}
	return keys, nil
}
