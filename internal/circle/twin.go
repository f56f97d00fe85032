package circle

import (
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper.
func (r *Room) twins() []web.Twin {
	return []web.Twin{{Name: "break", Title: "circle.twin_break", Allow: SignedIn(web.Own), Ask: askBreak, Enter: r.enterBreak, At: func(string) string { return "/me" }}}
}

func askBreak(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Text: t("circle.twin_break_note")}}, Asks: []look.Ask{look.Choose(look.Choice{Name: "break", Legend: t("circle.twin_break_legend"),
		Options: []look.Option{{Value: "back", Label: t("circle.twin_back")}, {Value: "return", Label: t("circle.twin_return")}}})}}, nil
}

var errBreak = fault.New(fault.Invalid, "circle.twin_break_choose")

type breakForm struct {
	Break string `form:"break"`
}

func (r *Room) enterBreak(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[breakForm](q)
	if err != nil {
		return "", err
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		switch f.Break {
		case "back":
			return r.Circle.StepBack(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		case "return":
			return r.Circle.Return(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		}
		return errBreak
	})
}
