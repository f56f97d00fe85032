package circle

import (
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// housePage is where somebody who could be in either house chooses with whom she decides.
type housePage struct {
	Check  look.Check
	Title  look.Title
	Note   look.Note
	Choice look.Choice
	Act    look.Button
	Back   look.Link
}

// The two answers.
const (
	withWomen  = "women"
	withOthers = "others"
)

// choosing reads the viewer, and where her wish stands.
func (r *Room) choosing(q *web.Request) (who Person, c Choosing, wished bool, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		if who, err = r.Circle.Get(q.Context(), tx, q.Partnership(), q.Viewer.ID); err != nil {
			return err
		}
		all, err := r.Circle.Choosings(q.Context(), tx, q.Partnership())
		if i := slices.IndexFunc(all, func(c Choosing) bool { return c.Person == who.ID }); i >= 0 {
			c, wished = all[i], true
		}
		return err
	})
	if err == nil && !who.Either() {
		err = fault.Missing
	}
	return who, c, wished, err
}

func (r *Room) showHouse(q *web.Request) (web.Answer, error) {
	p, err := r.housePage(q)
	return q.Show("house", p), err
}

func (r *Room) housePage(q *web.Request) (housePage, error) {
	_, c, wished, err := r.choosing(q)
	t := q.Words.T
	p := housePage{Title: look.Title{Text: t("circle.house_heading"), Lead: t("circle.house_lead")}, Choice: houseChoice(q, wished),
		Act: look.Button{Text: t("circle.house_save")}, Back: look.Link{Href: "/me", Text: t("circle.house_back")}}
	switch {
	case !wished:
		p.Note.Text = t("circle.house_others_now")
	case c.By == "":
		p.Note.Text = t("circle.house_waits")
	default:
		p.Note.Text = t("circle.house_from", "date", q.Words.Date(c.From))
	}
	return p, err
}

// houseChoice asks with whom she decides. What she chose before is chosen; nothing else is.
func houseChoice(q *web.Request, women bool) look.Choice {
	t := q.Words.T
	return look.Choice{Name: "with", Legend: t("circle.house_ask"), Options: []look.Option{
		{Value: withWomen, Label: t("circle.house_women"), Hint: t("circle.house_women_hint"), Chosen: women}, {Value: withOthers, Label: t("circle.house_others"), Hint: t("circle.house_others_hint")}}}
}

type houseForm struct {
	With string `form:"with"`
}

var errHouse = fault.New(fault.Invalid, "circle.house_choose")

// chooseHouse does what a form says.
func (r *Room) chooseHouse(q *web.Request) error {
	f, err := web.Parse[houseForm](q)
	if err != nil {
		return err
	}
	return r.DB.Write(q.Context(), func(tx *store.Tx) error {
		switch f.With {
		case withWomen:
			return r.Circle.ChooseLived(q.Context(), tx, q.Viewer)
		case withOthers:
			return r.Circle.ChooseOthers(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		}
		return errHouse
	})
}

func (r *Room) saveHouse(q *web.Request) (web.Answer, error) {
	p, err := r.housePage(q)
	if err != nil {
		return nil, err
	}
	if err := r.chooseHouse(q); fault.KindOf(err) == fault.Invalid && err != nil {
		p.Check = check(q, p.Choice.Name, Say(q, err))
		return q.Again("house", p), nil
	} else if err != nil {
		return nil, err
	}
	return web.GoSaying("/me/group", "circle.house_saved"), nil
}

// letChoose says yes to somebody who wishes to decide with the women.
func (r *Room) letChoose(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Circle.LetChoose(q.Context(), tx, q.Viewer, person.ID(q.Path("person")))
	})
	return web.GoSaying("/people", "circle.house_let_said"), err
}

// Mine adds to "My settings", for whoever could be in either house, with whom she decides.
func (r *Room) Mine(q *web.Request) ([]look.Card, error) {
	if who := (Person{Standings: q.Viewer.Standings}); !who.Either() {
		return nil, nil
	}
	t := q.Words.T
	return []look.Card{{Title: look.Link{Href: "/me/group", Text: t("circle.house_heading")}, Text: t("circle.house_card")}}, nil
}

// wishing lists who waits for a yes to decide with the women, for one of them, with their names.
func (r *Room) wishing(q *web.Request, tx *store.Tx) ([]Person, error) {
	all, err := r.Circle.Choosings(q.Context(), tx, q.Partnership())
	if err != nil || !q.Viewer.Standings.Has(person.LivedExperience) {
		return nil, err
	}
	var list []Person
	for _, c := range all {
		if c.By != "" || c.Person == q.Viewer.ID {
			continue
		}
		who, err := r.Circle.Get(q.Context(), tx, q.Partnership(), c.Person)
		if err != nil {
			return nil, err
		}
		if who.Either() && who.Gone.IsZero() {
			list = append(list, who)
		}
	}
	return list, nil
}

// houseOnPaper offers the sheet to whoever could be in either house, and to nobody else.
func (r *Room) houseOnPaper(q *web.Request) ([]look.Option, error) {
	if who := (Person{Standings: q.Viewer.Standings}); !who.Either() {
		return nil, nil
	}
	return []look.Option{{Value: "with", Label: q.Words.T("circle.house_heading")}}, nil
}

// askHouse asks on paper with whom she decides.
func askHouse(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Text: t("circle.house_lead")}}, Asks: []look.Ask{look.Choose(houseChoice(q, false))}}, nil
}

func (r *Room) enterHouse(q *web.Request, _ string) (string, error) { return "", r.chooseHouse(q) }
