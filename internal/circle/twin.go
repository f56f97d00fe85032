package circle

import (
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper.
func (r *Room) twins() []web.Twin {
	return []web.Twin{
		{Name: "break", Title: "circle.twin_break", Allow: SignedIn(web.Own), Ask: askBreak, Enter: r.enterBreak, At: func(string) string { return "/me" }},
		{Name: "yes", Title: "circle.twin_yes", Allow: web.Only(web.Any, person.LivedExperience), Gives: web.Always, Ask: r.askYes, Enter: r.enterYes},
		{Name: "with", Title: "circle.twin_with", Allow: web.Only(web.Own, person.LivedExperience), Things: r.houseOnPaper, Ask: askHouse, Enter: r.enterHouse, At: func(string) string { return "/me/group" }},
		{Name: "keep", Title: "circle.twin_keep", Allow: web.Only(web.Any, Namers()...), Gives: namesSomebody, Ask: r.askKeep, Enter: r.enterKeep},
		{Name: "leave", Title: "circle.twin_leave", Allow: SignedIn(web.Own), Gives: web.Always, Ask: askLeave, Enter: r.enterLeave},
	}
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

// askYes asks a woman from the group whom of those who wait she says yes to.
func (r *Room) askYes(q *web.Request, _ string) (web.Asked, error) {
	c := look.Choice{Name: "who", Legend: q.Words.T("circle.twin_yes_legend"), Hint: q.Words.T("circle.twin_yes_hint")}
	undo := look.Choice{Name: "undo", Legend: q.Words.T("circle.twin_undo_legend"), Hint: q.Words.T("circle.undo_yes_text")}
	group := look.Choice{Name: "group", Legend: q.Words.T("circle.twin_group_legend"), Hint: q.Words.T("circle.house_let_text")}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		wishing, err := r.wishing(q, tx)
		for _, who := range wishing {
			group.Options = append(group.Options, who.Option(""))
		}
		if err != nil {
			return err
		}
		list, err := r.Circle.Asked(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, a := range list {
			c.Options = append(c.Options, look.Option{Value: string(a.Person), Label: a.Name})
		}
		fresh, err := r.Circle.Fresh(q.Context(), tx, q.Viewer)
		if err != nil || len(fresh) == 0 {
			return err
		}
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		for _, id := range fresh {
			undo.Options = append(undo.Options, look.Option{Value: string(id), Label: names[id]})
		}
		return err
	})
	later := look.Choice{Name: "later", Legend: q.Words.T("circle.twin_later_legend"), Hint: q.Words.T("circle.later_hint"), Options: c.Options}
	asked := web.Asked{Asks: []look.Ask{look.Choose(c), look.Choose(later)}}
	if len(group.Options) > 0 {
		asked.Asks = append(asked.Asks, look.Choose(group))
	}
	if len(undo.Options) > 0 {
		asked.Asks = append(asked.Asks, look.Choose(undo))
	}
	return asked, err
}

type yesForm struct {
	Who   string `form:"who"`
	Later string `form:"later"`
	Undo  string `form:"undo"`
	Group string `form:"group"`
}

func (r *Room) enterYes(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[yesForm](q)
	if err != nil {
		return "", err
	}
	if f.Who+f.Later+f.Undo+f.Group == "" || f.Who != "" && f.Who == f.Later {
		return "", fault.New(fault.Invalid, "circle.twin_yes_choose")
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if f.Undo != "" {
			if err := r.Circle.TakeYesBack(q.Context(), tx, q.Viewer, person.ID(f.Undo)); err != nil {
				return err
			}
		}
		if f.Group != "" {
			if err := r.Circle.LetChoose(q.Context(), tx, q.Viewer, person.ID(f.Group)); err != nil {
				return err
			}
		}
		if f.Later != "" {
			if err := r.Circle.SayLater(q.Context(), tx, q.Viewer, person.ID(f.Later)); err != nil {
				return err
			}
		}
		if f.Who == "" {
			return nil
		}
		return r.Circle.SayYes(q.Context(), tx, q.Viewer, person.ID(f.Who))
	})
}

// askLeave asks once for everything she shared. Item by item is for a screen of her own, or for saying it
// thing by thing with other sheets first: paper that lists what she shared lies about.
func askLeave(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Text: t("circle.twin_leave_note")}}, Asks: []look.Ask{
		look.Choose(look.Choice{Name: "all", Legend: t("circle.twin_leave_legend"), Hint: t("circle.leave_thing_hint"), Options: becomes(q, "")}),
		look.Choose(nameAsk(q, "")),
	}}, nil
}

type leaveForm struct {
	All  string `form:"all"`
	Name string `form:"name"`
}

// enterLeave ends her part, as on the last page of a screen, with one choice for all she shared.
func (r *Room) enterLeave(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[leaveForm](q)
	if err != nil {
		return "", err
	}
	l, err := r.leaver(q)
	if err != nil {
		return "", err
	}
	l.chosen = map[string]string{ofName: f.Name}
	for _, s := range l.shares {
		l.chosen[s.id] = f.All
	}
	return "", r.end(q, l)
}
