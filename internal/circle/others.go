package circle

import (
	"context"
	"slices"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web/look"
)

// Others lists everybody else who takes part now as one of those, by name: whom somebody can ask something.
func (c *Circle) Others(ctx context.Context, tx *store.Tx, v person.Viewer, as person.Set) ([]Person, error) {
	people, err := c.List(ctx, tx, v.Partnership)
	return slices.DeleteFunc(people, func(p Person) bool { return p.ID == v.ID || !p.Taking() || !p.Standings.Meets(as) }), err
}

// Among reports whether somebody is one of some people.
func Among(people []Person, id person.ID) bool {
	return slices.ContainsFunc(people, func(p Person) bool { return p.ID == id })
}

// Option is a person as one answer to whom.
func (p Person) Option(chosen person.ID) look.Option {
	return look.Option{Value: string(p.ID), Label: p.Name, Chosen: p.ID == chosen}
}

// Options are people as the answers to whom.
func Options(people []Person, chosen person.ID) []look.Option {
	var list []look.Option
	for _, p := range people {
		list = append(list, p.Option(chosen))
	}
	return list
}
