package checkin

import (
	"context"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

func notesOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Note, error) {
	return store.List(ctx, tx, func(r store.Row) (Note, error) {
		var n Note
		var made, going int64
		err := r.Scan(&n.ID, &made, &going, &n.key, &n.sealed)
		n.Made, n.Going = store.Time(made), going != 0
		return n, err
	}, `SELECT id, made, going, key_id, words FROM checkin_note WHERE partnership_id = $1 AND person_id = $2 ORDER BY made DESC, id`, v.Partnership, v.ID)
}

// callsOf lists the calls that somebody asked for or is to make. What is held is nobody's but hers.
func callsOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Call, error) {
	return store.List(ctx, tx, func(r store.Row) (Call, error) {
		var c Call
		var made int64
		err := r.Scan(&c.ID, &c.Person, &c.Whom, &made, &c.State, &c.key, &c.sealed)
		c.Made = store.Time(made)
		return c, err
	}, `SELECT id, person_id, whom_id, made, state, key_id, words FROM checkin_call
		WHERE partnership_id = $1 AND (person_id = $2 OR whom_id = $2 AND state = 'owed') ORDER BY made, id`, v.Partnership, v.ID)
}

// open fills in the words of a viewer's notes and calls.
func (r *Room) open(ctx context.Context, v person.Viewer, notes []Note, calls []Call) error {
	var papers []consent.Paper
	var into []*string
	for i := range notes {
		n := &notes[i]
		papers = append(papers, consent.Paper{Table: "checkin_note", Column: "words", Row: n.ID, Key: n.key, Sealed: n.sealed, Writer: v.ID})
		into = append(into, &n.Words)
	}
	for i := range calls {
		c := &calls[i]
		papers = append(papers, consent.Paper{Table: "checkin_call", Column: "words", Row: c.ID, Key: c.key, Sealed: c.sealed, Writer: c.Person,
			Readers: []consent.Audience{{Kind: consent.ToPerson, ID: string(c.Whom)}}})
		into = append(into, &c.How)
	}
	opened, err := r.Gate.Papers(ctx, v, consent.Use{}, papers)
	for i, o := range opened {
		if o.Open {
			*into[i] = o.Words.Reveal()
		}
	}
	return err
}

// hers reads what the viewer wrote to herself and the calls that she asked for or is to make.
func (r *Room) hers(ctx context.Context, v person.Viewer) (notes []Note, calls []Call, names map[person.ID]string, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if notes, err = notesOf(ctx, tx, v); err != nil {
			return err
		}
		if calls, err = callsOf(ctx, tx, v); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, v.Partnership)
		return err
	})
	if err == nil {
		err = r.open(ctx, v, notes, calls)
	}
	return notes, calls, names, err
}

// Keep keeps a word to herself.
func (r *Room) Keep(ctx context.Context, v person.Viewer, going bool, words string) error {
	if words == "" {
		return ErrWords
	}
	id := store.RandomID()
	key, sealed, err := r.Gate.SealPaper(ctx, v.Partnership, "checkin_note", "words", id, words)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO checkin_note (partnership_id, id, person_id, made, going, key_id, words) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			v.Partnership, id, v.ID, store.Micros(r.Now()), store.Bool(going), key, sealed)
		return err
	})
}

// Ask asks for a call from somebody who is here, and returns its id.
func (r *Room) Ask(ctx context.Context, v person.Viewer, whom person.ID, how string) (string, error) {
	if how == "" {
		return "", ErrHow
	}
	c := Call{ID: store.RandomID()}
	var err error
	if c.key, c.sealed, err = r.Gate.SealPaper(ctx, v.Partnership, "checkin_call", "words", c.ID, how); err != nil {
		return "", err
	}
	return c.ID, r.DB.Write(ctx, func(tx *store.Tx) error {
		who, err := r.Circle.Get(ctx, tx, v.Partnership, whom)
		if fault.KindOf(err) == fault.NotFound && err != nil || err == nil && (!who.Taking() || whom == v.ID) {
			return ErrWhom
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO checkin_call (partnership_id, id, person_id, whom_id, made, state, key_id, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			v.Partnership, c.ID, v.ID, whom, store.Micros(r.Now()), Owed, c.key, c.sealed)
		return err
	})
}

// Say keeps what the viewer says to a call. What is over is erased.
func (r *Room) Say(ctx context.Context, v person.Viewer, id string, says Answer) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		list, err := callsOf(ctx, tx, v)
		if err != nil {
			return err
		}
		for _, c := range list {
			if c.ID != id {
				continue
			}
			next, over, err := c.After(v.ID, says)
			if err != nil {
				return err
			}
			if over {
				return r.dropCalls(ctx, tx, v.Partnership, ` AND id = $2`, id)
			}
			n, err := tx.Exec(ctx, `UPDATE checkin_call SET state = $4 WHERE partnership_id = $1 AND id = $2 AND state = $3`, v.Partnership, id, c.State, next)
			return store.Changed(n, err, ErrNewer)
		}
		return fault.Missing
	})
}

// Drop erases a word to herself.
func (r *Room) Drop(ctx context.Context, v person.Viewer, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		return r.drop(ctx, tx, v.Partnership, "checkin_note", ` AND id = $2 AND person_id = $3`, id, v.ID)
	})
}

func (r *Room) dropCalls(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) error {
	return r.drop(ctx, tx, p, "checkin_call", where, args...)
}

// drop erases rows of which a condition holds, and hands their keys to the next change of epoch. Where there
// are none it is fault.Missing.
func (r *Room) drop(ctx context.Context, tx *store.Tx, p person.Partnership, table, where string, args ...any) error {
	all := append([]any{p}, args...)
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM `+table+` WHERE partnership_id = $1`+where, all...)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE partnership_id = $1`+where, all...)
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}

// forget erases what somebody wrote and asked for when she leaves; whoever waits for a call from her is told
// that she cannot.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	for _, table := range []string{"checkin_note", "checkin_call"} {
		if err := r.drop(ctx, tx, p, table, ` AND person_id = $2`, who); err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	_, err := tx.Exec(ctx, `UPDATE checkin_call SET state = $3 WHERE partnership_id = $1 AND whom_id = $2`, p, who, Cannot)
	return err
}

// AfterRestore holds every call until the woman who asked says that she still wants it.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `UPDATE checkin_call SET state = $2 WHERE partnership_id = $1`, p, Held)
	return err
}
