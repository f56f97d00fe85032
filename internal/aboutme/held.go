package aboutme

import (
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept of the viewer in others' words, for her own copy: her standing answer, and each
// place with what she said about it. What is said there is in it only where it was shared with her, and
// that the room mine adds.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	standing, places, names, err := r.load(q)
	if err != nil {
		return nil, err
	}
	var given consent.GivenAnswer
	var said bool
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		given, said, err = r.Gate.AnswerGiven(q.Context(), tx, q.Viewer)
		return err
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	answer := look.Line{When: q.Words.Date(given.Given), Text: t("aboutme.held_answer", "answer", t("aboutme.a_"+key(standing)))}
	if !said {
		answer = look.Line{Text: t("aboutme.held_silent")}
	}
	h := look.Held{Heading: t("aboutme.heading"), Lines: []look.Line{answer}}
	for _, place := range places {
		c := newCard(q, place, standing, names)
		h.Lines = append(h.Lines, look.Line{When: q.Words.Date(place.Made), Text: c.Title.Text, More: []string{c.Text, c.Tags[0].Text}})
	}
	if len(places) == 0 {
		h.Lines = append(h.Lines, look.Line{Text: t("aboutme.none")})
	}
	return []look.Held{h}, nil
}
