// Package unsaved keeps what somebody has typed into a form and not sent yet: sealed, for her alone, and under
// one key for as long as she is at it. A browser sends it as she types, so that a dead phone costs her nothing.
//
// Forms that can be sent without a name are never kept: what was kept would tell who wrote.
package unsaved

import (
	"context"
	"errors"
	"maps"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// column is what the column with her words is called.
const column = "words"

// A Shelf is where one room keeps what is typed in it. Its table is made by the room, with the columns
// partnership_id, person_id, place, key_id and words, and the first three as its key.
type Shelf struct {
	DB    *store.DB
	Gate  *consent.Gate
	Table string
}

// typed is what stands in one place, still sealed.
type typed struct {
	place, key string
	words      []byte
}

func (s Shelf) paper(v person.Viewer, t typed) consent.Paper {
	return consent.Paper{Table: s.Table, Column: column, Row: row(v, t.place), Key: t.key, Sealed: t.words, Writer: v.ID}
}

func row(v person.Viewer, place string) string { return string(v.ID) + "/" + place }

func scan(row store.Row) (typed, error) {
	var t typed
	err := row.Scan(&t.place, &t.key, &t.words)
	return t, err
}

// load returns what she left in a place, and a typed without a key where there is nothing.
func (s Shelf) load(ctx context.Context, v person.Viewer, place string) (typed, error) {
	t := typed{place: place}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := store.Get(ctx, tx, scan, `SELECT place, key_id, words FROM `+s.Table+`
			WHERE partnership_id = $1 AND person_id = $2 AND place = $3`, v.Partnership, v.ID, place)
		if err == nil {
			t = found
		}
		return err
	})
	if errors.Is(err, fault.Missing) {
		err = nil
	}
	return t, err
}

// Keep seals what she has typed in a place of the room ("answer/" and an id), over what she typed there before.
// form is a value that encoding/json can write.
func (s Shelf) Keep(ctx context.Context, v person.Viewer, place string, form any) error {
	t, err := s.load(ctx, v, place)
	if err != nil {
		return err
	}
	if t.key == "" {
		t.key, t.words, err = s.Gate.SealValue(ctx, v.Partnership, s.Table, column, row(v, place), form)
	} else {
		t.words, err = s.Gate.ResealValue(ctx, v.Partnership, s.Table, column, row(v, place), t.key, form)
	}
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO `+s.Table+` (partnership_id, person_id, place, key_id, words) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (partnership_id, person_id, place) DO UPDATE SET key_id = $4, words = $5`, v.Partnership, v.ID, place, t.key, t.words)
		return err
	})
}

// Kept returns what she left in a place of a shelf, and false when there is nothing.
func Kept[T any](ctx context.Context, s Shelf, v person.Viewer, place string) (form T, found bool, err error) {
	t, err := s.load(ctx, v, place)
	if err != nil || t.key == "" {
		return form, false, err
	}
	list, err := open[T](ctx, s, v, []typed{t})
	if err != nil || len(list) == 0 {
		return form, false, err
	}
	return list[0], true, nil
}

// open opens what is hers, and leaves out what has no key any more.
func open[T any](ctx context.Context, s Shelf, v person.Viewer, list []typed) ([]T, error) {
	papers := make([]consent.Paper, len(list))
	for i, t := range list {
		papers[i] = s.paper(v, t)
	}
	shown, err := consent.Values[T](ctx, s.Gate, v, papers)
	var forms []T
	for _, o := range shown {
		if o.OK {
			forms = append(forms, o.Value)
		}
	}
	return forms, err
}

// Words returns, for her own copy, the Texts of each form that she left in the room.
func (s Shelf) Words(ctx context.Context, v person.Viewer) ([][]string, error) {
	var list []typed
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		list, err = store.List(ctx, tx, scan, `SELECT place, key_id, words FROM `+s.Table+`
			WHERE partnership_id = $1 AND person_id = $2 ORDER BY place`, v.Partnership, v.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	forms, err := open[any](ctx, s, v, list)
	if err != nil {
		return nil, err
	}
	all := make([][]string, len(forms))
	for i, form := range forms {
		all[i] = Texts(form)
	}
	return all, nil
}

// Texts gathers the texts of a value that was read from JSON, such as a form, by the names of its fields in their
// order. Empty ones and whatever is not text are left out.
func Texts(value any) []string {
	switch v := value.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case []any:
		var list []string
		for _, one := range v {
			list = append(list, Texts(one)...)
		}
		return list
	case map[string]any:
		var list []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			list = append(list, Texts(v[name])...)
		}
		return list
	}
	return nil
}

// Drop throws away what she left in a place, once it is sent or she does not want it. Nothing there is no error.
func (s Shelf) Drop(ctx context.Context, v person.Viewer, place string) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		return s.drop(ctx, tx, v.Partnership, ` AND person_id = $2 AND place = $3`, v.ID, place)
	})
}

// DropAll throws away all that somebody left in the room, when she leaves.
func (s Shelf) DropAll(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	return s.drop(ctx, tx, p, ` AND person_id = $2`, who)
}

func (s Shelf) drop(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) error {
	args = append([]any{p}, args...)
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM `+s.Table+` WHERE partnership_id = $1`+where, args...)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM `+s.Table+` WHERE partnership_id = $1`+where, args...); err != nil {
		return err
	}
	return s.Gate.Doom(ctx, tx, p, keys...)
}
