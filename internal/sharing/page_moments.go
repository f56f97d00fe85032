package sharing

import (
	"errors"
	"slices"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// momentsPage is what the group waits for, which can be chosen as an end.
type momentsPage struct {
	Check  look.Check
	Title  look.Title
	Cards  []look.Card
	Action string
	Name   look.Field
	Latest look.Choice
	Add    []look.Button
	Past   string
	Over   []string
	Back   look.Link
}

func (r *Room) showMoments(q *web.Request) (web.Answer, error) {
	p, err := r.newMomentsPage(q, momentForm{}, nil)
	return q.Show("moments", p), err
}

type momentForm struct {
	Name   string `form:"name"`
	Latest string `form:"latest"`
}

func (r *Room) newMomentsPage(q *web.Request, f momentForm, problem error) (momentsPage, error) {
	list, err := r.moments(q)
	t := q.Words.T
	p := momentsPage{Title: look.Title{Text: t("sharing.moments_heading"), Lead: t("sharing.moments_lead")}, Action: "/moments", Past: t("sharing.moments_past"),
		Name: look.Field{Name: "name", Label: t("sharing.moments_name"), Hint: t("sharing.moments_name_hint"), WhoTitle: t("sharing.about_who_title"),
			Who: t("sharing.moments_who"), Value: f.Name, Autocomplete: "off"},
		Latest: look.Choice{Name: "latest", Legend: t("sharing.moments_latest")},
		Add:    []look.Button{{Text: t("sharing.moments_add"), Look: look.Second}}, Back: look.Link{Href: "/me/reminders", Text: t("sharing.moments_back")}}
	for _, months := range latests {
		p.Latest.Options = append(p.Latest.Options, look.Option{Value: months, Label: t("sharing.moment_" + months), Chosen: f.Latest == months})
	}
	for _, m := range list {
		if !m.Happened.IsZero() || !m.Latest.After(q.Now()) {
			p.Over = append(p.Over, momentName(q, m))
		} else {
			p.Cards = append(p.Cards, look.Card{Title: look.Link{Href: "/moments/" + string(m.ID), Text: momentName(q, m)}, Text: atLatest(q, m.Latest)})
		}
	}
	if problem != nil {
		said, at := circle.Say(q, problem), "#name"
		if errors.Is(problem, errLatest) {
			p.Latest.Problem, at = said, "#latest"
		} else {
			p.Name.Problem = said
		}
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: at, Text: said}}}
	}
	return p, err
}

func (r *Room) moments(q *web.Request) (list []consent.Moment, err error) {
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		list, err = consent.Moments(q.Context(), tx, q.Partnership())
		return err
	})
	return list, err
}

func (r *Room) newMoment(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[momentForm](q)
	if err != nil {
		return nil, err
	}
	var problem error
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		list, err := consent.Moments(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		m, wrong := addMoment(list, f.Name, f.Latest, q.Now())
		if problem = wrong; problem != nil {
			return nil
		}
		m.ID = consent.ID(store.RandomID())
		return r.gate.AddMoment(q.Context(), tx, q.Partnership(), m)
	})
	if err != nil {
		return nil, err
	}
	if problem != nil {
		p, err := r.newMomentsPage(q, f, problem)
		return q.Again("moments", p), err
	}
	return web.GoSaying("/moments", "sharing.saved"), nil
}

// momentPage asks once more before everything that waits for it ends.
type momentPage struct {
	Title  look.Title
	Note   look.Note
	Action string
	Acts   []look.Button
}

func (r *Room) showMoment(q *web.Request) (web.Answer, error) {
	list, err := r.moments(q)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(m consent.Moment) bool { return string(m.ID) == q.Path("moment") && m.Happened.IsZero() })
	if i < 0 {
		return nil, fault.Missing
	}
	t := q.Words.T
	return q.Show("moment", momentPage{Title: look.Title{Text: momentName(q, list[i]), Lead: t("sharing.moment_lead")},
		Note: look.Note{Text: t("sharing.moment_note")}, Action: "/moments/" + string(list[i].ID),
		Acts: []look.Button{{Text: t("sharing.moment_came")}, {Text: t("sharing.moment_not"), Look: look.Second, Href: "/moments"}}}), nil
}

// momentCame says that it has happened. Saying it twice changes nothing.
func (r *Room) momentCame(q *web.Request) (web.Answer, error) {
	list, err := r.moments(q)
	if err != nil {
		return nil, err
	}
	id := consent.ID(q.Path("moment"))
	if !slices.ContainsFunc(list, func(m consent.Moment) bool { return m.ID == id }) {
		return nil, fault.Missing
	}
	err = r.db.Write(q.Context(), func(tx *store.Tx) error { return r.gate.Happened(q.Context(), tx, q.Partnership(), id) })
	return web.GoSaying("/moments", "sharing.moment_said"), err
}
