package apart

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

func scanSpace(r store.Row) (Space, error) {
	var s Space
	var made, ended int64
	err := r.Scan(&s.ID, &s.By, &made, &ended, &s.n, &s.key, &s.sealed)
	s.Made, s.Ended = store.Time(made), store.Time(ended)
	return s, err
}

func spaces(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Space, error) {
	return store.List(ctx, tx, scanSpace, `SELECT id, by_id, made, ended, n, key_id, words FROM apart_space WHERE partnership_id = $1 ORDER BY made DESC, id`, p)
}

func notes(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Note, error) {
	return store.List(ctx, tx, func(r store.Row) (Note, error) {
		var n Note
		var made, shut int64
		err := r.Scan(&n.ID, &n.Person, &made, &shut, &n.key, &n.sealed)
		n.Made, n.Shut = store.Time(made), shut != 0
		return n, err
	}, `SELECT id, person_id, made, shut, key_id, words FROM apart_note WHERE partnership_id = $1 ORDER BY made DESC, id`, p)
}

// Spaces lists what meets apart, with the names of everybody there ever was.
func (r *Room) Spaces(ctx context.Context, v person.Viewer) (list []Space, names map[person.ID]string, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if list, err = spaces(ctx, tx, v.Partnership); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, v.Partnership)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	list, err = r.openSpaces(ctx, v, list)
	return list, names, err
}

// openSpaces opens what was said for the viewer, and leaves out what she may not read.
func (r *Room) openSpaces(ctx context.Context, v person.Viewer, list []Space) ([]Space, error) {
	papers := make([]consent.Paper, len(list))
	for i, s := range list {
		papers[i] = consent.Paper{Table: "apart_space", Column: "words", Row: s.ID, Key: s.key, Sealed: s.sealed, Writer: s.By, Readers: []consent.Audience{{Kind: consent.ToPartnership}}}
	}
	var seen []Space
	err := r.Gate.OpenValues(ctx, v, papers, func(i int) any {
		seen = append(seen, list[i])
		return &seen[len(seen)-1].Text
	})
	return seen, err
}

// space returns one of them.
func (r *Room) space(ctx context.Context, v person.Viewer, id string) (Space, error) {
	list, _, err := r.Spaces(ctx, v)
	i := slices.IndexFunc(list, func(s Space) bool { return s.ID == id })
	if err == nil && i < 0 {
		err = fault.Missing
	}
	if err != nil {
		return Space{}, err
	}
	return list[i], nil
}

// Notes lists what the women wrote to each other, for one of them. To anybody else it is fault.Missing.
func (r *Room) Notes(ctx context.Context, v person.Viewer) (list []Note, names map[person.ID]string, err error) {
	if !Hers(v) {
		return nil, nil, fault.Missing
	}
	return r.notesFor(ctx, v)
}

// notesFor lists the notes that the gate opens to somebody: hers, and those of the women for each of them.
func (r *Room) notesFor(ctx context.Context, v person.Viewer) (list []Note, names map[person.ID]string, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if list, err = notes(ctx, tx, v.Partnership); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, v.Partnership)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	papers := make([]consent.Paper, len(list))
	for i, n := range list {
		papers[i] = consent.Paper{Table: "apart_note", Column: "words", Row: n.ID, Key: n.key, Sealed: n.sealed, Writer: n.Person}
		if !n.Shut {
			papers[i].Readers = []consent.Audience{{Kind: consent.ToLived}}
		}
	}
	opened, err := r.Gate.Papers(ctx, v, consent.Use{}, papers)
	if err != nil {
		return nil, nil, err
	}
	for i, o := range opened {
		if list[i].open = o.Open; o.Open {
			list[i].Words = o.Words.Reveal()
		}
	}
	return slices.DeleteFunc(list, func(n Note) bool { return !n.open }), names, nil
}

// forget erases what somebody wrote to the other women when she leaves. What she said of what meets apart is
// about others as well, and stays.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	err := r.dropNotes(ctx, tx, p, ` AND person_id = $2`, who)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}

// dropNotes erases notes of which a condition holds. Where there are none it is fault.Missing.
func (r *Room) dropNotes(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) error {
	all := append([]any{p}, args...)
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM apart_note WHERE partnership_id = $1`+where, all...)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `DELETE FROM apart_note WHERE partnership_id = $1`+where, all...)
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}

// AfterRestore shuts every note until she who wrote it says that it still stands: she may have taken it back
// since the copy was made.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `UPDATE apart_note SET shut = 1 WHERE partnership_id = $1`, p)
	return err
}
