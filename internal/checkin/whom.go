package checkin

import (
	"slices"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// askWhom asks from whom she would like a call. On her own screen whoever is her buddy comes first; on paper that would
// tell whoever writes for her.
func (r *Room) askWhom(q *web.Request, chosen string, screen bool) (look.Choice, error) {
	c := look.Choice{Name: "whom", Legend: q.Words.T("checkin.ask_whom")}
	var buddies, people []circle.Person
	var err error
	if screen && r.Buddies != nil {
		if buddies, err = r.Buddies.Buddies(q.Context(), q.Viewer); err != nil {
			return c, err
		}
	}
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		people, err = r.Circle.Others(q.Context(), tx, q.Viewer, person.Standings())
		return err
	})
	for _, p := range buddies {
		c.Options = append(c.Options, look.Option{Value: string(p.ID), Label: p.Name, Hint: q.Words.T("checkin.buddy"), Chosen: chosen == string(p.ID)})
	}
	people = slices.DeleteFunc(people, func(p circle.Person) bool { return circle.Among(buddies, p.ID) }) // who comes first
	c.Options = append(c.Options, circle.Options(people, person.ID(chosen))...)
	return c, err
}
