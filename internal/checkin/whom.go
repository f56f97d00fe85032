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
		people, err = r.Circle.List(q.Context(), tx, q.Partnership())
		return err
	})
	for _, p := range buddies {
		c.Options = append(c.Options, look.Option{Value: string(p.ID), Label: p.Name, Hint: q.Words.T("checkin.buddy"), Chosen: chosen == string(p.ID)})
	}
	for _, p := range people {
		first := slices.ContainsFunc(buddies, func(b circle.Person) bool { return b.ID == p.ID })
		if p.ID != q.Viewer.ID && p.Taking() && p.Standings.Meets(person.Standings()) && !first {
			c.Options = append(c.Options, look.Option{Value: string(p.ID), Label: p.Name, Chosen: chosen == string(p.ID)})
		}
	}
	return c, err
}
