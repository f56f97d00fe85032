package table

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: the picture she taps. Her PIN is kept so that
// nobody can read it.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	list, err := r.pictures(q)
	for _, one := range list {
		if one.Person == q.Viewer.ID {
			t := q.Words.T
			return []look.Held{{Heading: t("table.mine_heading"), Lines: []look.Line{{Text: t("table.pic_" + one.Picture)}}}}, err
		}
	}
	return nil, err
}
