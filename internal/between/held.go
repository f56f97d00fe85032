package between

import (
	"slices"
	"strings"

	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// hers lists what the viewer agreed with others and did not end, opened, with everybody's names.
func (r *Room) hers(q *web.Request) ([]Agreed, map[person.ID]string, error) {
	list, names, err := r.rows(q.Context(), q.Viewer)
	if err != nil {
		return nil, nil, err
	}
	list = slices.DeleteFunc(list, func(a Agreed) bool { return a.Ended != "" })
	return list, names, r.open(q.Context(), q.Viewer, list)
}

// Held is what is kept here of the viewer, for her own copy.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	list, names, err := r.hers(q)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("between.heading")}
	for _, a := range list {
		name := names[a.With(q.Viewer.ID)]
		for _, terms := range a.terms() {
			state := "held_waits"
			if held := a.Holding(); held != nil && held.Words == terms.Words {
				state = "held_holds"
			}
			h.Lines = append(h.Lines, look.Line{When: q.Words.Date(a.Made), Text: t("between."+state, "name", name), Words: strings.Split(terms.Words, "\n\n"),
				More: []string{t("between.again_on", "date", q.Words.Date(terms.Again))}})
		}
	}
	return []look.Held{h}, nil
}
