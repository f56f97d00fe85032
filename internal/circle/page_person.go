package circle

import (
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// personPage shows one person and, to administrators, what can be given and taken.
type personPage struct {
	Title   look.Title
	Summary look.Summary
	Mistake mistake
	Desk    []deskForm
}

// mistake is taking back a yes within the seven days, for whoever said it.
type mistake struct {
	Text, Action string
	Act          look.Button
}

// deskForm is one change with its button.
type deskForm struct {
	Heading string
	Action  string
	Choice  look.Choice
	Act     look.Button
}

func (r *Room) showPerson(q *web.Request) (web.Answer, error) {
	var who Person
	var all, hers []Practice
	var fresh []person.ID
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if who, err = r.here(q, tx); err != nil {
			return err
		}
		if fresh, err = r.Circle.Fresh(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		if all, err = r.Circle.Practices(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		for _, pr := range all {
			ids, err := r.Circle.OfPractice(q.Context(), tx, q.Partnership(), pr.ID)
			if err != nil {
				return err
			}
			if slices.Contains(ids, who.ID) {
				hers = append(hers, pr)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := personPage{Title: look.Title{Text: who.Name}}
	rows := []look.SummaryRow{{Term: t("circle.part_here"), Value: called(q, who.Standings)}}
	if len(who.Standings) == 0 {
		rows[0].Value = t("circle.no_part_yet")
	}
	if who.Either() {
		rows = append(rows, look.SummaryRow{Term: t("circle.house_term"), Value: t("circle.house_is_" + string(who.House(q.Now())))})
	}
	for _, pr := range hers {
		rows = append(rows, look.SummaryRow{Term: t("circle.works_at"), Value: pr.Name})
	}
	p.Summary = look.Summary{Rows: rows}
	if slices.Contains(fresh, who.ID) {
		p.Mistake = mistake{t("circle.undo_yes_text"), "/people/" + string(who.ID) + "/undo", look.Button{Text: t("circle.undo_yes"), Look: look.Second}}
	}
	if q.Viewer.Standings.Has(person.Administrator) {
		p.Desk = deskForms(q, who, all, hers)
	}
	return q.Show("person", p), nil
}

// here returns the person of the path, if she is here.
func (r *Room) here(q *web.Request, tx *store.Tx) (Person, error) {
	who, err := r.Circle.Get(q.Context(), tx, q.Partnership(), person.ID(q.Path("person")))
	if err == nil && !who.Gone.IsZero() {
		err = fault.Missing
	}
	return who, err
}

func deskForms(q *web.Request, who Person, all, hers []Practice) []deskForm {
	t, at := q.Words.T, "/people/"+string(who.ID)
	give := look.Choice{Name: "standing", ID: "give", Legend: t("circle.give_legend")}
	take := look.Choice{Name: "standing", ID: "take", Legend: t("circle.take_legend")}
	for _, s := range Givable() {
		o := look.Option{Value: string(s), Label: t(Label(s))}
		if who.Standings.Has(s) {
			take.Options = append(take.Options, o)
		} else {
			give.Options = append(give.Options, o)
		}
	}
	places := look.Choice{Name: "practice", ID: "practice", Legend: t("circle.practice_legend"), Hint: t("circle.practice_hint"), Multiple: true}
	for _, pr := range all {
		places.Options = append(places.Options, look.Option{Value: pr.ID, Label: pr.Name, Chosen: slices.Contains(hers, pr)})
	}
	var forms []deskForm
	for _, f := range []deskForm{
		{Heading: t("circle.give_heading"), Action: at + "/give", Choice: give, Act: look.Button{Text: t("circle.give"), Look: look.Second}},
		{Heading: t("circle.take_heading"), Action: at + "/take", Choice: take, Act: look.Button{Text: t("circle.take"), Look: look.Second}},
		{Heading: t("circle.practice_heading"), Action: at + "/practice", Choice: places, Act: look.Button{Text: t("circle.practice_save"), Look: look.Second}},
	} {
		if len(f.Choice.Options) > 0 {
			forms = append(forms, f)
		}
	}
	return forms
}

type standingForm struct {
	Standing string `form:"standing"`
}

// give gives somebody a standing or duty other than lived experience.
func (r *Room) give(q *web.Request) (web.Answer, error) {
	return r.changeStanding(q, Gave, func(tx *store.Tx, who Person, s person.Standing) error {
		if err := MayGive(s, q.Viewer.Standings); err != nil || s == person.LivedExperience {
			return fault.Missing // by a holder's yes alone, even where the administrator is one
		}
		return r.Circle.Give(q.Context(), tx, q.Partnership(), who.ID, s, q.Viewer.ID, false)
	})
}

// take ends somebody's standing or duty. The site keeps at least one who looks after it.
func (r *Room) take(q *web.Request) (web.Answer, error) {
	return r.changeStanding(q, Took, func(tx *store.Tx, who Person, s person.Standing) error {
		if err := MayTake(s, q.Viewer.Standings); err != nil {
			return err
		}
		if s == person.Administrator {
			n, err := r.Circle.Holders(q.Context(), tx, q.Partnership(), s)
			if err != nil {
				return err
			}
			if n < 2 {
				return ErrLastAdmin
			}
		}
		return r.Circle.Take(q.Context(), tx, q.Partnership(), who.ID, s)
	})
}

func (r *Room) changeStanding(q *web.Request, what What, do func(*store.Tx, Person, person.Standing) error) (web.Answer, error) {
	f, err := web.Parse[standingForm](q)
	if err != nil {
		return nil, err
	}
	s := person.Standing(f.Standing)
	if !slices.Contains(append(Givable(), person.LivedExperience), s) {
		return web.Go("/people/" + q.Path("person")), nil // nothing was chosen
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		who, err := r.here(q, tx)
		if err != nil {
			return err
		}
		act := Act{By: q.Viewer.ID, What: what, Whom: who.ID, About: string(s)}
		if err := r.Circle.Record(q.Context(), tx, q.Partnership(), act); err != nil {
			return err
		}
		return do(tx, who, s)
	})
	return web.GoSaying("/people/"+q.Path("person"), "circle.saved"), err
}

type practiceForm struct {
	Practice []string `form:"practice"`
}

// setPractice says which practices somebody is of, all at once.
func (r *Room) setPractice(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[practiceForm](q)
	if err != nil {
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		who, err := r.here(q, tx)
		if err != nil {
			return err
		}
		all, err := r.Circle.Practices(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, pr := range all {
			if err := r.setOne(q, tx, who.ID, pr.ID, slices.Contains(f.Practice, pr.ID)); err != nil {
				return err
			}
		}
		return nil
	})
	return web.GoSaying("/people/"+q.Path("person"), "circle.saved"), err
}

func (r *Room) setOne(q *web.Request, tx *store.Tx, who person.ID, practice string, in bool) error {
	ids, err := r.Circle.OfPractice(q.Context(), tx, q.Partnership(), practice)
	if err != nil || slices.Contains(ids, who) == in {
		return err
	}
	do, act := r.Circle.OffPractice, Act{By: q.Viewer.ID, What: OffOne, Whom: who}
	if in {
		do, act.What = r.Circle.ToPractice, ToPractice
	}
	if err := do(q.Context(), tx, q.Partnership(), who, practice); err != nil {
		return err
	}
	return r.Circle.Record(q.Context(), tx, q.Partnership(), act)
}
