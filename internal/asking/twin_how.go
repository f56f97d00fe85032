package asking

import (
	"strconv"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// errChoose says that a sheet says nothing.
var errChoose = fault.New(fault.Invalid, "asking.twin_choose")

// isWoman reports whether somebody is one of those whom a request goes to. What waits is theirs to read, and whoever
// typed an answer in would read it.
func isWoman(v person.Viewer) bool { return v.Standings.Has(person.LivedExperience) }

// howOnPaper is how asking works here: what it needs, a second yes to what waits, and what one can be asked about.
func (r *Room) howOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	var rule Rule
	var waits *Rule
	var all []Kind
	var names map[person.ID]string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		if rule, waits, err = rules(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		if all, err = kinds(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	a := web.Asked{Notes: []look.Note{{Title: t("asking.rule_heading"), Text: t("asking.rule_now", "days", rule.Days, "fine", rule.Fine)}, {Text: t("asking.rule_lead")}}}
	if waits != nil && waits.By != q.Viewer.ID {
		a.Notes = append(a.Notes, look.Note{Title: t("asking.rule_waits"), Text: t("asking.rule_waits_text", "name", names[waits.By], "days", waits.Days, "fine", waits.Fine)})
		a.Asks = append(a.Asks, look.Choose(look.Choice{Name: "yes", Legend: t("asking.twin_second"), Multiple: true,
			Options: []look.Option{{Value: strconv.FormatInt(waits.N, 10), Label: t("asking.rule_yes")}}}))
	}
	for _, name := range []string{"days", "fine"} {
		l := line(q, name, "")
		l.Short, l.InputMode = true, "numeric"
		a.Asks = append(a.Asks, look.Write(l))
	}
	off, back := look.Choice{Name: "off", Legend: t("asking.twin_kind_off")}, look.Choice{Name: "back", Legend: t("asking.twin_kind_back")}
	for _, k := range all {
		to := &off
		if k.Off {
			to = &back
		}
		to.Options = append(to.Options, look.Option{Value: k.ID, Label: k.Name})
	}
	a.Asks = append(a.Asks, look.Write(line(q, "name", "")), look.Choose(off))
	if len(back.Options) > 0 {
		a.Asks = append(a.Asks, look.Choose(back))
	}
	return a, err
}

type howForm struct {
	Yes  int64  `form:"yes"`
	Days int    `form:"days"`
	Fine int    `form:"fine"`
	Name string `form:"name" max:"60"`
	Off  string `form:"off"`
	Back string `form:"back"`
}

// enterHow does all that a sheet says, or nothing of it.
func (r *Room) enterHow(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[howForm](q)
	if err != nil {
		return "", err
	}
	if f == (howForm{}) {
		return "", errChoose
	}
	ctx := q.Context()
	return "", r.DB.Write(ctx, func(tx *store.Tx) error {
		for _, one := range []struct {
			is bool
			do func() error
		}{
			{f.Yes > 0, func() error { return r.Second(ctx, tx, q.Viewer, f.Yes) }},
			{f.Days != 0 || f.Fine != 0, func() error { return r.SetRule(ctx, tx, q.Viewer, Rule{Days: f.Days, Fine: f.Fine}) }},
			{f.Name != "", func() error { return r.AddKind(ctx, tx, q.Partnership(), f.Name) }},
			{f.Off != "", func() error { return r.SetKindOff(ctx, tx, q.Partnership(), f.Off, true) }},
			{f.Back != "", func() error { return r.SetKindOff(ctx, tx, q.Partnership(), f.Back, false) }},
		} {
			if !one.is {
				continue
			}
			if err := one.do(); err != nil {
				return err
			}
		}
		return nil
	})
}

// hersOut lists what she asks that is not over, by the day: its words are the women's to read, and paper lies about.
func (r *Room) hersOut(q *web.Request) ([]look.Option, error) {
	var options []look.Option
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := r.list(q.Context(), tx, q.Viewer)
		for _, one := range list {
			if _, over := one.Round.Stop(q.Now()); one.Asker == q.Viewer.ID && over == nil {
				options = append(options, look.Option{Value: one.ID, Label: q.Words.Date(one.Made)})
			}
		}
		return err
	})
	return options, err
}

func stopOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{Asks: []look.Ask{look.Choose(look.Choice{Name: "do", Legend: t("asking.twin_stop"), Options: []look.Option{{Value: "stop", Label: t("asking.end_now")}}})}}, nil
}

type doForm struct {
	Do string `form:"do"`
}

func (r *Room) enterStop(q *web.Request, id string) (string, error) {
	f, err := web.Parse[doForm](q)
	if err == nil && f.Do != "stop" {
		err = errChoose
	}
	if err != nil {
		return "", err
	}
	return id, r.Stop(q.Context(), q.Viewer, id)
}
