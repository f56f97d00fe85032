package place

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// all lists every place with its versions, still sealed, in the order in which they were added.
func all(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Place, error) {
	var list []Place
	err := tx.Each(ctx, func(r store.Row) error {
		var id string
		var v Version
		var made, written int64
		if err := r.Scan(&id, &made, &v.N, &v.Writer, &written, &v.key, &v.words); err != nil {
			return err
		}
		v.Made = store.Time(written)
		if n := len(list); n == 0 || list[n-1].ID != id {
			list = append(list, Place{ID: id, Made: store.Time(made)})
		}
		last := &list[len(list)-1]
		last.Versions = append(last.Versions, v)
		return nil
	}, `SELECT p.id, p.made, t.n, t.writer_id, t.made, t.key_id, t.words FROM place_place p
		JOIN place_text t ON t.partnership_id = p.partnership_id AND t.place_id = p.id
		WHERE p.partnership_id = $1 ORDER BY p.made, p.id, t.n`, p)
	return list, err
}

func insertPlace(ctx context.Context, tx *store.Tx, p person.Partnership, one Place) error {
	_, err := tx.Exec(ctx, `INSERT INTO place_place (partnership_id, id, made) VALUES ($1, $2, $3)`, p, one.ID, store.Micros(one.Made))
	return err
}

// insertVersion adds a version. Somebody who was quicker has its number.
func insertVersion(ctx context.Context, tx *store.Tx, p person.Partnership, id string, v Version) error {
	n, err := tx.Exec(ctx, `INSERT INTO place_text (partnership_id, place_id, n, writer_id, made, key_id, words) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
		p, id, v.N, v.Writer, store.Micros(v.Made), v.key, v.words)
	return store.Changed(n, err, ErrNewer)
}

// row is what a version's words are bound to.
func row(id string, n int64) string { return fmt.Sprintf("%s/%d", id, n) }

// List returns every place with its versions, opened for the viewer.
func (r *Room) List(ctx context.Context, v person.Viewer) ([]Place, error) {
	list, _, err := r.known(ctx, v)
	return list, err
}

// known is List with the names of whoever wrote.
func (r *Room) known(ctx context.Context, v person.Viewer) (list []Place, names map[person.ID]string, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if list, err = all(ctx, tx, v.Partnership); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, v.Partnership)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	var papers []consent.Paper
	var into []*Version
	for i := range list {
		for j := range list[i].Versions {
			one := &list[i].Versions[j]
			papers = append(papers, consent.Paper{Table: "place_text", Column: "words", Row: row(list[i].ID, one.N), Key: one.key, Sealed: one.words, Writer: one.Writer,
				Readers: []consent.Audience{{Kind: consent.ToPartnership}}})
			into = append(into, one)
		}
	}
	err = r.Gate.OpenValues(ctx, v, papers, func(i int) any {
		into[i].open = true
		return &into[i].Text
	})
	if err != nil {
		return nil, nil, err
	}
	list = slices.DeleteFunc(list, func(p Place) bool { return !p.Now().open })
	slices.SortStableFunc(list, func(a, b Place) int { return strings.Compare(a.Now().Text.Name, b.Now().Text.Name) })
	return list, names, nil
}

// one returns a place that the viewer may know, with the names of whoever wrote. Any other is fault.Missing.
func (r *Room) one(ctx context.Context, v person.Viewer, id string) (Place, map[person.ID]string, error) {
	list, names, err := r.known(ctx, v)
	if err != nil {
		return Place{}, nil, err
	}
	i := slices.IndexFunc(list, func(p Place) bool { return p.ID == id })
	if i < 0 {
		return Place{}, nil, fault.Missing
	}
	return list[i], names, nil
}

// Write adds a version to a place, after the n there are, or makes a place when id is empty. It returns the
// place's id, and ErrNewer when somebody wrote one meanwhile.
func (r *Room) Write(ctx context.Context, v person.Viewer, id string, n int64, text Text) (string, error) {
	if text.Name == "" {
		return "", ErrName
	}
	fresh := id == ""
	if fresh {
		id, n = store.RandomID(), 0
	}
	one := Version{N: n + 1, Writer: v.ID, Made: r.Now()}
	var err error
	if one.key, one.words, err = r.Gate.SealValue(ctx, v.Partnership, "place_text", "words", row(id, one.N), text); err != nil {
		return "", err
	}
	return id, r.DB.Write(ctx, func(tx *store.Tx) error {
		if fresh {
			if err := insertPlace(ctx, tx, v.Partnership, Place{ID: id, Made: one.Made}); err != nil {
				return err
			}
		}
		return insertVersion(ctx, tx, v.Partnership, id, one)
	})
}
