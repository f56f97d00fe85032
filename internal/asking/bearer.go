package asking

import (
	"context"
	"errors"
	"slices"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Accounts says who signs in herself.
type Accounts interface {
	Has(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (bool, error)
}

// bearers lists whom somebody can name to bring her what is asked: whoever has a screen and may write
// things down for others.
func (r *Room) bearers(q *web.Request, chosen person.ID) (look.Choice, error) {
	t := q.Words.T
	c := look.Choice{Name: "bring", Legend: t("asking.bearer"), Hint: t("asking.bearer_hint"),
		Options: []look.Option{{Value: "", Label: t("asking.bearer_nobody")}}}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		people, err := r.Circle.List(q.Context(), tx, q.Partnership())
		for _, p := range people {
			has, err := r.Accounts.Has(q.Context(), tx, q.Partnership(), p.ID)
			if err != nil {
				return err
			}
			if has && p.ID != q.Viewer.ID && p.Standings.Meets(circle.Writers()) {
				c.Options = append(c.Options, p.Option(chosen))
			}
		}
		return err
	})
	return c, err
}

// bearerOf returns who brings somebody what is asked, empty for nobody.
func bearerOf(ctx context.Context, tx *store.Tx, v person.Viewer) (person.ID, error) {
	who, err := store.Get(ctx, tx, store.One[person.ID], `SELECT bearer_id FROM asking_choice WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID)
	if errors.Is(err, fault.Missing) {
		err = nil
	}
	return who, err
}

// forgetBearer takes somebody who leaves from wherever she was named.
func forgetBearer(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `UPDATE asking_choice SET bearer_id = '' WHERE partnership_id = $1 AND bearer_id = $2`, p, who)
	return err
}

// broughtBy lists whom the viewer brings what is asked to, by name.
func (r *Room) broughtBy(ctx context.Context, v person.Viewer) ([]person.Viewer, error) {
	var list []person.Viewer
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		ids, err := store.List(ctx, tx, store.One[person.ID], `SELECT person_id FROM asking_choice WHERE partnership_id = $1 AND bearer_id = $2 ORDER BY person_id`, v.Partnership, v.ID)
		for _, id := range ids {
			her, err := r.Circle.Viewer(ctx, tx, v.Partnership, id)
			if err != nil {
				return err
			}
			if her.Standings.Has(person.LivedExperience) {
				list = append(list, her)
			}
		}
		return err
	})
	slices.SortStableFunc(list, func(a, b person.Viewer) int { return strings.Compare(a.Name, b.Name) })
	return list, err
}

// Brings lists whom the viewer brings what is asked to, and what is out for each. It opens what each of them
// chose as her own page would: she named the person it is opened for. What the viewer asks herself she
// does not bring, since an asker does not learn who is asked.
func (r *Room) Brings(q *web.Request) ([]web.Brought, error) {
	to, err := r.broughtBy(q.Context(), q.Viewer)
	if err != nil || len(to) == 0 {
		return nil, err
	}
	var names map[person.ID]string
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	var list []web.Brought
	for _, her := range to {
		h, err := r.askedOf(q.Context(), her, Out)
		if err != nil {
			return nil, err
		}
		none := len(list)
		for i, req := range h.requests {
			if req.Asker == q.Viewer.ID {
				continue
			}
			list = append(list, web.Brought{Person: her.ID, Name: her.Name, Thing: req.ID, Title: h.texts[i].Title, Aside: slices.Contains(h.Aside, asideAsked(req.ID)),
				Meta: q.Words.T("asking.asked_meta", "name", names[req.Asker], "date", q.Words.Date(req.Round.Ends()))})
		}
		if len(list) == none {
			list = append(list, web.Brought{Person: her.ID, Name: her.Name})
		}
	}
	return list, nil
}

// OnPaper returns a request as it is printed for the viewer: what it is called, and all there is to know
// before answering. It returns fault.Missing unless she is asked.
func (r *Room) OnPaper(q *web.Request, id string) (title string, notes []look.Note, err error) {
	h, err := r.askedOf(q.Context(), q.Viewer, Out)
	if err != nil {
		return "", nil, err
	}
	i := slices.IndexFunc(h.requests, func(req Request) bool { return req.ID == id })
	if i < 0 {
		return "", nil, fault.Missing
	}
	rows, err := r.summary(q, h.requests[i], h.texts[i], "")
	notes = []look.Note{{Text: q.Words.T("asking.on_paper", "date", q.Words.Date(h.requests[i].Round.Ends()))}}
	for _, row := range rows.Rows {
		notes = append(notes, look.Note{Title: row.Term, Text: strings.Join(row.Values, " ")})
	}
	return h.texts[i].Title, notes, err
}

// PutAside takes a request off what is brought to the viewer, or puts it back.
func (r *Room) PutAside(ctx context.Context, v person.Viewer, id string, back bool) error {
	if !back {
		return r.aside(ctx, v, asideAsked(id))
	}
	return r.changeChoice(ctx, v, func(c *choice) {
		c.Aside = slices.DeleteFunc(c.Aside, func(what string) bool { return what == asideAsked(id) })
	})
}
