package sharing

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// wishRow is somebody's wishes as they are stored.
type wishRow struct {
	key    string
	sealed []byte
}

func getWish(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) (wishRow, error) {
	return store.Get(ctx, tx, func(r store.Row) (w wishRow, err error) { return w, r.Scan(&w.key, &w.sealed) },
		`SELECT key_id, wishes FROM sharing_wish WHERE partnership_id = $1 AND person_id = $2`, p, who)
}

// wishes returns the viewer's own, the zero wishes when she has none.
func (r *Room) wishes(ctx context.Context, v person.Viewer) (Wishes, error) {
	w, _, err := r.openWishes(ctx, v)
	return w, err
}

func (r *Room) openWishes(ctx context.Context, v person.Viewer) (w Wishes, row wishRow, err error) {
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		row, err = getWish(ctx, tx, v.Partnership, v.ID)
		return err
	})
	if errors.Is(err, fault.Missing) {
		return w, row, nil
	}
	if err != nil {
		return w, row, err
	}
	paper := consent.Paper{Table: "sharing_wish", Column: "wishes", Row: string(v.ID), Key: row.key, Sealed: row.sealed, Writer: v.ID}
	w, err = consent.ValueOf[Wishes](ctx, r.gate, v, paper)
	return w, row, err
}

// wishSize is what wishes are filled up to before they are sealed, so that their length says nothing.
const wishSize = 2048

// wish changes the viewer's own wishes.
func (r *Room) wish(ctx context.Context, v person.Viewer, change func(Wishes) Wishes) error {
	w, row, err := r.openWishes(ctx, v)
	if err != nil {
		return err
	}
	text, err := json.Marshal(change(w))
	if err != nil {
		return err
	}
	filled := string(text) + strings.Repeat(" ", wishSize-len(text)%wishSize)
	if row.key != "" {
		if row.sealed, err = r.gate.ResealPaper(ctx, v.Partnership, "sharing_wish", "wishes", string(v.ID), row.key, filled); err != nil {
			return err
		}
		return r.db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE sharing_wish SET wishes = $3 WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID, row.sealed)
			return err
		})
	}
	if row.key, row.sealed, err = r.gate.SealPaper(ctx, v.Partnership, "sharing_wish", "wishes", string(v.ID), filled); err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO sharing_wish (partnership_id, person_id, key_id, wishes) VALUES ($1, $2, $3, $4)`,
			v.Partnership, v.ID, row.key, row.sealed)
		return err
	})
}

// forgetWishes throws away the wishes of somebody who leaves.
func (r *Room) forgetWishes(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	row, err := getWish(ctx, tx, p, who)
	if errors.Is(err, fault.Missing) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM sharing_wish WHERE partnership_id = $1 AND person_id = $2`, p, who); err != nil {
		return err
	}
	return r.gate.Doom(ctx, tx, p, row.key)
}
