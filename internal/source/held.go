package source

import (
	"cmp"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer's own work, for her own copy: the records she keeps, by kind and
// title. What was said in them belongs to those who said it; her own part in one stands with what she
// shares.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	var list, told []Source
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if list, err = r.sources.Kept(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		for _, s := range list {
			taken, err := r.allTaken(q.Context(), tx, q.Partnership(), s)
			if err != nil {
				return err
			}
			if !taken {
				told = append(told, s)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, nil
	}
	facts, err := r.sources.FactsOf(q.Context(), q.Viewer, told...)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("source.held_heading"), Lead: t("source.held_lead")}
	for _, s := range list {
		h.Lines = append(h.Lines, look.Line{When: q.Words.Date(s.Added), Text: cmp.Or(facts[s.ID].Title, kindName(q, s.Kind)),
			More: []string{kindName(q, s.Kind)}})
	}
	return []look.Held{h}, nil
}
