package matrix

import (
	"context"
	"encoding/json"
	"errors"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// An Unsaved is what somebody has typed into a cell and not saved. Only she sees it; it is shut like a
// point while something it rests on is.
type Unsaved struct {
	Text    string   `json:"text"`
	Theme   string   `json:"theme"`
	Codings []string `json:"codings"` // what she ticked
	Version int64    `json:"version"` // of the point she changes, as she read it

	id, key string
	sealed  []byte
}

func scanUnsaved(r store.Row) (Unsaved, error) {
	var u Unsaved
	err := r.Scan(&u.id, &u.key, &u.sealed)
	return u, err
}

// loadUnsaved returns what somebody left in a place, false when there is nothing.
func (s scope) loadUnsaved(ctx context.Context, tx *store.Tx, who person.ID, place string) (Unsaved, bool, error) {
	u, err := store.Get(ctx, tx, scanUnsaved, `SELECT id, key_id, words FROM matrix_unsaved
		WHERE partnership_id = $1 AND study_id = $2 AND person_id = $3 AND place = $4`, s.p, s.study, who, place)
	if errors.Is(err, fault.Missing) {
		return u, false, nil
	}
	return u, err == nil, err
}

// keep seals what somebody is typing in a place: a cell, or a point she changes. It rests on what she
// ticked, and on all she was shown while she ticked nothing. One place has one key until it is dropped.
// It must be called outside of a transaction.
func (r *Room) keep(ctx context.Context, v person.Viewer, study, place string, text Unsaved, on []Link) error {
	var u Unsaved
	var there bool
	err := r.DB.Read(ctx, func(tx *store.Tx) (err error) {
		u, there, err = scope{v.Partnership, study}.loadUnsaved(ctx, tx, v.ID, place)
		return err
	})
	if err != nil {
		return err
	}
	if there {
		u.sealed, err = r.Gate.ResealValue(ctx, v.Partnership, "matrix_unsaved", "words", u.id, u.key, text)
	} else {
		u.id = store.RandomID()
		u.key, u.sealed, err = r.Gate.SealValue(ctx, v.Partnership, "matrix_unsaved", "words", u.id, text)
	}
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO matrix_unsaved (partnership_id, study_id, person_id, place, id, key_id, words, changed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (partnership_id, study_id, person_id, place)
			DO UPDATE SET id = excluded.id, key_id = excluded.key_id, words = excluded.words, changed = excluded.changed`,
			v.Partnership, study, v.ID, place, u.id, u.key, u.sealed, store.Micros(r.Now()))
		if err != nil {
			return err
		}
		return r.Gate.RestOn(ctx, tx, v.Partnership, consent.Ref{Kind: UnsavedKind, ID: u.id}, rests(on)...)
	})
}

// kept returns what somebody left in a place, opened, and false when there is nothing or it is shut.
func (r *Room) kept(ctx context.Context, v person.Viewer, study, place string) (Unsaved, bool, error) {
	var u Unsaved
	var there bool
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		u, there, err = scope{v.Partnership, study}.loadUnsaved(ctx, tx, v.ID, place)
		return err
	})
	if err != nil || !there {
		return u, false, err
	}
	opened, err := r.Gate.Papers(ctx, v, use(study, consent.Paraphrase), []consent.Paper{{Ref: consent.Ref{Kind: UnsavedKind, ID: u.id},
		Table: "matrix_unsaved", Column: "words", Row: u.id, Key: u.key, Sealed: u.sealed, Writer: v.ID}})
	if err != nil || !opened[0].Open {
		return u, false, err
	}
	return u, true, json.Unmarshal([]byte(opened[0].Words.Reveal()), &u)
}

// drop throws away what somebody left in a place, with its key.
func (r *Room) drop(ctx context.Context, tx *store.Tx, v person.Viewer, study, place string) error {
	u, there, err := scope{v.Partnership, study}.loadUnsaved(ctx, tx, v.ID, place)
	if err != nil || !there {
		return err
	}
	if err := r.Gate.RestOn(ctx, tx, v.Partnership, consent.Ref{Kind: UnsavedKind, ID: u.id}); err != nil {
		return err
	}
	keys, err := dropUnsaved(ctx, tx, v.Partnership, u.id)
	if err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
}

func dropUnsaved(ctx context.Context, tx *store.Tx, p person.Partnership, id string) ([]string, error) {
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM matrix_unsaved WHERE partnership_id = $1 AND id = $2`, p, id)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM matrix_unsaved WHERE partnership_id = $1 AND id = $2`, p, id)
	return keys, err
}
