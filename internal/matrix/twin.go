package matrix

import (
	"net/url"
	"slices"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what a member can do here on paper: say whether what she gave to a study may be read side by
// side.
func (r *Room) twins() []web.Twin {
	return []web.Twin{{Name: "together", Title: "matrix.twin_join", Allow: web.Members(web.Own), Ask: r.askJoin, Enter: r.enterJoin,
		Gives: func(answers url.Values) bool { return answers == nil || len(answers["study"]) > 0 }, At: func(string) string { return "/side-by-side" }}}
}

func (r *Room) askJoin(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	c := look.Choice{Name: "study", Legend: t("matrix.twin_join_legend"), Hint: t("matrix.join_hint"), Multiple: true}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		running, err := r.Studies.Running(q.Context(), tx, q.Partnership())
		for _, s := range running {
			c.Options = append(c.Options, look.Option{Value: s.ID, Label: s.Question})
		}
		return err
	})
	return web.Asked{Notes: []look.Note{{Text: t("matrix.join_lead")}}, Asks: []look.Ask{look.Choose(c)}}, err
}

type joinForm struct {
	Studies []string `form:"study"`
}

// enterJoin keeps yes for the studies that are ticked and no for all others.
func (r *Room) enterJoin(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[joinForm](q)
	if err != nil {
		return "", err
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		running, err := r.Studies.Running(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, s := range running {
			if err := r.Join(q.Context(), tx, q.Viewer, s.ID, slices.Contains(f.Studies, s.ID)); err != nil {
				return err
			}
		}
		return nil
	})
}
