package between

import (
	"context"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Ask asks somebody to agree to words, and returns the id. She sees them at once.
func (r *Room) Ask(ctx context.Context, v person.Viewer, other person.ID, words string, months int) (string, error) {
	a := Agreed{ID: store.RandomID(), Asker: v.ID, Other: other, Made: r.Now()}
	people, err := r.others(ctx, v)
	if err != nil {
		return "", err
	}
	if !circle.Among(people, other) {
		return "", ErrWhom
	}
	if a.Now, err = NewTerms(words, months, r.Now()); err != nil {
		return "", err
	}
	a = a.Say(v.ID)
	if a.key, a.Now.sealed, err = r.Gate.SealPaper(ctx, v.Partnership, "between_agreed", column, a.ID, a.Now.Words); err != nil {
		return "", err
	}
	return a.ID, r.DB.Write(ctx, func(tx *store.Tx) error { return insert(ctx, tx, v.Partnership, a) })
}

// others lists with whom the viewer can agree on something: everybody else who takes part.
func (r *Room) others(ctx context.Context, v person.Viewer) (list []circle.Person, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		list, err = r.Circle.Others(ctx, tx, v, person.Standings())
		return err
	})
	return list, err
}

// one returns one of the viewer's own, opened, with the name of the other.
func (r *Room) one(ctx context.Context, v person.Viewer, id string) (Agreed, string, error) {
	var a Agreed
	var name string
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if a, err = get(ctx, tx, v, id); err != nil {
			return err
		}
		names, err := r.Circle.Names(ctx, tx, v.Partnership)
		name = names[a.With(v.ID)]
		return err
	})
	if err == nil && a.Ended == v.ID { // for her it is gone
		err = fault.Missing
	}
	if err != nil {
		return a, "", err
	}
	list := []Agreed{a}
	err = r.open(ctx, v, list)
	return list[0], name, err
}

// Change suggests other words, over those that a holds.
func (r *Room) Change(ctx context.Context, v person.Viewer, a Agreed, words string, months int) error {
	terms, err := NewTerms(words, months, r.Now())
	if err != nil {
		return err
	}
	if a.Ended != "" {
		return fault.Missing
	}
	if terms.sealed, err = r.Gate.ResealPaper(ctx, v.Partnership, "between_agreed", column, a.ID, a.key, terms.Words); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return save(ctx, tx, v.Partnership, a, a.Change(v.ID, terms)) })
}

// Yes is the viewer's yes to the words that she read: ErrNewer when others stand there by now.
func (r *Room) Yes(ctx context.Context, v person.Viewer, a Agreed) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error { // the row as it is now, so that two who say yes at once both do
		now, err := get(ctx, tx, v, a.ID)
		if err != nil {
			return err
		}
		return save(ctx, tx, v.Partnership, a, now.Say(v.ID))
	})
}

// Back lets go of words that wait, be they hers or the other's. What held before holds alone again; where nothing
// did, it ends.
func (r *Room) Back(ctx context.Context, v person.Viewer, a Agreed) error {
	if a.Before == nil {
		return r.End(ctx, v, a.ID)
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return save(ctx, tx, v.Partnership, a, a.Back()) })
}

// End ends it for both: the words are erased at once. For the one who did not end it a line stays until she takes
// it off.
func (r *Room) End(ctx context.Context, v person.Viewer, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		a, err := get(ctx, tx, v, id)
		switch {
		case err != nil:
			return err
		case a.Ended == v.ID:
			return fault.Missing
		case a.Ended != "":
			return r.drop(ctx, tx, v.Partnership, a)
		}
		return r.end(ctx, tx, v, a)
	})
}

// Agree is somebody's yes to what stands there now.
func (r *Room) Agree(ctx context.Context, v person.Viewer, id string) error {
	a, _, err := r.one(ctx, v, id)
	if err != nil {
		return err
	}
	return r.Yes(ctx, v, a)
}
