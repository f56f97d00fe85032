package byhand

import (
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: what was written down for her, by whom, and
// with whom beside her. What it said stands with what it made.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	var list []Entry
	var names map[person.ID]string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if list, err = entriesOf(q.Context(), tx, q.Partnership(), q.Viewer.ID); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("byhand.mine_heading")}
	for _, e := range list {
		twin, err := r.twin(q, e.Twin)
		if err != nil {
			return nil, err
		}
		h.Lines = append(h.Lines, look.Line{When: q.Words.Date(e.Made), Text: t(twin.Title),
			More: []string{t("byhand.mine_"+e.Hand.Way, "by", names[e.Hand.By], "beside", names[e.Hand.Beside]), stateTag(q, e.State).Text}})
	}
	return []look.Held{h}, nil
}
