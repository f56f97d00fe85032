package circle

import (
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// wishPage is where somebody who waits for a yes sees how it stands, and can let it be.
type wishPage struct {
	Title look.Title
	Acts  []look.Button
}

func (r *Room) showWish(q *web.Request) (web.Answer, error) {
	var asked []Asking
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		asked, err = r.Circle.Asked(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	for _, a := range asked {
		if a.Person != q.Viewer.ID {
			continue
		}
		p := wishPage{Title: look.Title{Text: t("circle.wish_heading"), Lead: t("circle.wish_lead")},
			Acts: []look.Button{{Text: t("circle.wish_wait"), Href: "/"}, {Text: t("circle.wish_drop"), Look: look.Second}}}
		if a.Later {
			p.Title = look.Title{Text: t("circle.wish_later"), Lead: t("circle.wish_later_lead")}
		}
		return q.Show("wish", p), nil
	}
	return nil, fault.Missing
}

// dropWish ends her wish. No reason is asked.
func (r *Room) dropWish(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.Circle.Unask(q.Context(), tx, q.Viewer) })
	return web.GoSaying("/", "circle.wish_dropped"), err
}
