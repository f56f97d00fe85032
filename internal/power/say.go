package power

import (
	"context"
	"slices"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Say keeps what somebody has to say and returns its id. Unsigned, nothing of the viewer is kept, and it is
// shown on the group's next day.
func (r *Room) Say(ctx context.Context, v person.Viewer, k Kind, text Text, signed bool) (Entry, error) {
	if !slices.Contains(Kinds(), k) {
		return Entry{}, fault.Missing
	}
	if err := text.Check(k); err != nil {
		return Entry{}, err
	}
	e := Entry{ID: store.RandomID(), Kind: k, Text: text}
	if signed {
		e.By = v.ID
	}
	var err error
	if e.key, e.words, err = r.Gate.SealValue(ctx, v.Partnership, "power_entry", column, e.ID, text.filled()); err != nil {
		return e, err
	}
	return e, r.DB.Write(ctx, func(tx *store.Tx) error {
		weekday, err := day(ctx, tx, v.Partnership)
		if err != nil {
			return err
		}
		e.Shown = shownOn(r.Now(), signed, weekday)
		return insertEntry(ctx, tx, v.Partnership, e)
	})
}

// Drop erases one of the viewer's own entries.
func (r *Room) Drop(ctx context.Context, v person.Viewer, id string) error {
	e, _, err := r.entry(ctx, v, id)
	if err != nil {
		return err
	}
	if e.By != v.ID {
		return fault.Missing
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return r.dropEntry(ctx, tx, v.Partnership, e) })
}

// Answer keeps the answer to an entry that everybody sees, by one of those who answer. There is one answer,
// and it stays.
func (r *Room) Answer(ctx context.Context, v person.Viewer, id, words string) error {
	e, w, err := r.entry(ctx, v, id)
	switch {
	case err != nil:
		return err
	case !e.visible(r.Now()) || !w.owes(v):
		return fault.Missing
	case words == "":
		return ErrReply
	}
	a := Answer{Entry: id, By: v.ID, On: dayOf(r.Now())}
	if a.key, a.sealed, err = r.Gate.SealValue(ctx, v.Partnership, "power_answer", column, id, words); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE power_entry SET shut = 0 WHERE partnership_id = $1 AND id = $2 AND shut = 0`, v.Partnership, id)
		if err := store.Changed(n, err, fault.Missing); err != nil { // she took it back meanwhile
			return err
		}
		return insertAnswer(ctx, tx, v.Partnership, a)
	})
}

// owes reports whether the viewer is one of those who answer.
func (w world) owes(v person.Viewer) bool {
	return circle.Among(answerers(w.people), v.ID)
}
