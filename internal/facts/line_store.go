package facts

import (
	"context"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

const (
	lines  = `SELECT id, person_id, kind, true_on, by_id, shut, key_id, words FROM facts_line WHERE partnership_id = $1`
	table  = "facts_line"
	column = "words"
)

func scanLine(r store.Row) (Line, error) {
	var l Line
	var on, shut int64
	err := r.Scan(&l.ID, &l.Person, &l.Kind, &on, &l.TrueBy, &shut, &l.key, &l.words)
	l.True, l.Shut = store.Time(on), shut == 1
	return l, err
}

// Lines lists what the viewer may see, opened, in the order of their ids.
func (r *Room) Lines(ctx context.Context, v person.Viewer) ([]Line, error) {
	var all []Line
	err := r.DB.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = store.List(ctx, tx, scanLine, lines+` ORDER BY id`, v.Partnership)
		return err
	})
	if err != nil {
		return nil, err
	}
	var papers []consent.Paper
	var seen []Line
	for _, l := range all {
		if l.openTo(v) {
			seen = append(seen, l)
			papers = append(papers, consent.Paper{Table: table, Column: column, Row: l.ID, Key: l.key, Sealed: l.words, Writer: l.Person,
				Readers: []consent.Audience{{Kind: consent.ToPartnership}}})
		}
	}
	var list []Line
	err = r.Gate.OpenValues(ctx, v, papers, func(i int) any {
		list = append(list, seen[i])
		return &list[len(list)-1].Text
	})
	return list, err
}

// Write keeps a line under the viewer's name, true today, and returns its id.
func (r *Room) Write(ctx context.Context, v person.Viewer, l Line) (string, error) {
	if err := l.Check(); err != nil {
		return "", err
	}
	l.ID = store.RandomID()
	var err error
	if l.key, l.words, err = r.Gate.SealValue(ctx, v.Partnership, table, column, l.ID, l.Text); err != nil {
		return "", err
	}
	return l.ID, r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO facts_line (partnership_id, id, person_id, kind, true_on, by_id, shut, key_id, words) VALUES ($1, $2, $3, $4, $5, $3, 0, $6, $7)`,
			v.Partnership, l.ID, v.ID, l.Kind, store.Micros(dayOf(r.Now())), l.key, l.words)
		return err
	})
}

// Still says, under the viewer's name, that a line is true today.
func (r *Room) Still(ctx context.Context, v person.Viewer, id string) error {
	return r.change(ctx, `UPDATE facts_line SET true_on = $3, by_id = $4 WHERE partnership_id = $1 AND id = $2 AND shut = 0`, v.Partnership, id, store.Micros(dayOf(r.Now())), v.ID)
}

// LetStand shows everybody a line of the viewer's again that an older copy brought back.
func (r *Room) LetStand(ctx context.Context, v person.Viewer, id string) error {
	return r.change(ctx, `UPDATE facts_line SET shut = 0 WHERE partnership_id = $1 AND id = $2 AND person_id = $3`, v.Partnership, id, v.ID)
}

func (r *Room) change(ctx context.Context, statement string, args ...any) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, statement, args...)
		return store.Changed(n, err, fault.Missing)
	})
}

// Drop erases a line of the viewer's.
func (r *Room) Drop(ctx context.Context, v person.Viewer, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		keys, err := store.List(ctx, tx, store.One[string], `DELETE FROM facts_line WHERE partnership_id = $1 AND id = $2 AND person_id = $3 RETURNING key_id`, v.Partnership, id, v.ID)
		if err == nil && len(keys) == 0 {
			return fault.Missing
		}
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
	})
}

// forget erases what somebody wrote when she leaves. What she said to be true of others' lines was true that day.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	keys, err := store.List(ctx, tx, store.One[string], `DELETE FROM facts_line WHERE partnership_id = $1 AND person_id = $2 RETURNING key_id`, p, who)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE facts_line SET by_id = '' WHERE partnership_id = $1 AND by_id = $2`, p, who); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}

// AfterRestore shuts every line for all but its writer: she may have taken it back since.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `UPDATE facts_line SET shut = 1 WHERE partnership_id = $1`, p)
	return err
}

// dayOf returns the beginning of a day.
func dayOf(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
