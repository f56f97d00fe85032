package buddy

import (
	"context"
	"errors"
	"slices"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
)

// Ask asks somebody to be the viewer's buddy, with what for if she likes, and returns the id. Where that person has
// asked her, it is a yes. Two who ask each other at once have one link: whoever comes second says yes to the first.
func (r *Room) Ask(ctx context.Context, v person.Viewer, other person.ID, words string) (string, error) {
	words, err := clean(words)
	if err != nil {
		return "", err
	}
	people, err := r.others(ctx, v)
	if err != nil {
		return "", err
	}
	if !circle.Among(people, other) {
		return "", ErrWhom
	}
	for {
		id, err := r.ask(ctx, v, other, words)
		if !errors.Is(err, ErrNewer) && !errors.Is(err, store.ErrDuplicate) {
			return id, err
		}
	}
}

// ask asks once, from what stands there now.
func (r *Room) ask(ctx context.Context, v person.Viewer, other person.ID, words string) (string, error) {
	var was Link
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		was, err = between(ctx, tx, v.Partnership, v.ID, other)
		return err
	})
	if err != nil {
		return "", err
	}
	l := Question(store.RandomID(), v.ID, other, r.Now())
	if was.ID != "" {
		if l, err = was.Ask(l.ID, v.ID, r.Now()); err != nil {
			return "", err
		}
	}
	if err := r.seal(ctx, v, &l, words); err != nil {
		return "", err
	}
	return l.ID, r.DB.Write(ctx, func(tx *store.Tx) error {
		switch {
		case was.ID == "":
			return insert(ctx, tx, v.Partnership, l)
		case was.ID != l.ID:
			if err := r.doom(ctx, tx, v.Partnership, was); err != nil {
				return err
			}
		}
		return save(ctx, tx, v.Partnership, was, l)
	})
}

// seal puts the viewer's words into a link, under its key. Each of the two texts is sealed even when nothing was
// written, so that the row does not tell.
func (r *Room) seal(ctx context.Context, v person.Viewer, l *Link, words string) error {
	mine := l.place(v.ID)
	var err error
	if l.key != "" {
		l.sealed[mine], err = r.Gate.ResealPaper(ctx, v.Partnership, "buddy_link", columns[mine], l.ID, l.key, words)
		return err
	}
	if l.key, l.sealed[mine], err = r.Gate.SealPaper(ctx, v.Partnership, "buddy_link", columns[mine], l.ID, words); err != nil {
		return err
	}
	l.sealed[1-mine], err = r.Gate.ResealPaper(ctx, v.Partnership, "buddy_link", columns[1-mine], l.ID, l.key, "")
	return err
}

// others lists whom the viewer can ask: everybody else who takes part now.
func (r *Room) others(ctx context.Context, v person.Viewer) (list []circle.Person, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		list, err = r.Circle.Others(ctx, tx, v, takes)
		return err
	})
	return list, err
}

// Buddies lists who is there for the viewer, while they take part.
func (r *Room) Buddies(ctx context.Context, v person.Viewer) ([]circle.Person, error) {
	var links []Link
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		links, err = listOf(ctx, tx, v)
		return err
	})
	if err != nil {
		return nil, err
	}
	people, err := r.others(ctx, v)
	return slices.DeleteFunc(people, func(p circle.Person) bool {
		return !slices.ContainsFunc(links, func(l Link) bool { return l.Holds() && l.With(v.ID) == p.ID })
	}), err
}
