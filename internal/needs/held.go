package needs

import (
	"slices"

	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: what she said that she needs, who may know, and
// what was booked.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	w, err := r.hers(q.Context(), q.Viewer)
	if err != nil || len(w.lines)+len(w.bookings) == 0 {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("needs.heading")}
	for _, l := range w.lines {
		said := slices.DeleteFunc([]string{l.Text.Language, l.Text.Words}, func(s string) bool { return s == "" })
		line := look.Line{When: q.Words.Date(l.Made), Text: t("needs.kind_" + string(l.Text.Kind)), Words: said}
		for _, row := range l.rows(q) {
			if row.Value != l.Text.Language && row.Value != l.Text.Words {
				line.More = append(line.More, row.Term+": "+row.Value)
			}
		}
		h.Lines = append(h.Lines, line)
	}
	for _, b := range w.bookings {
		line := look.Line{When: q.Words.Date(b.Made), Text: t("needs.held_booked", "name", w.names[b.By]), More: []string{t("needs.state_" + string(b.State))}}
		for _, row := range b.Booked.rows(q) {
			line.More = append(line.More, row.Term+": "+row.Value)
		}
		h.Lines = append(h.Lines, line)
	}
	return []look.Held{h}, nil
}
