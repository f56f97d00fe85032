package interview

import (
	"slices"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// talksPage is what the viewer has prepared and is no record yet, and the form that prepares another.
type talksPage struct {
	Check look.Check
	Title look.Title
	Cards []look.Card
	None  look.Empty
	Head  string
	Whom  look.Select
	Study look.Choice
	Acts  []look.Button
	Back  look.Link
}

type talkForm struct {
	Whom  string `form:"whom"`
	Study string `form:"study"`
}

// around is whom somebody can ask here, and for which studies.
type around struct {
	people  []circle.Person
	studies []study.Study
}

// around lists all whose end has not come: asking does not wait for approval, analysis does.
func (r *Room) around(q *web.Request) (around, error) {
	var at around
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if at.people, err = r.Circle.List(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		all, err := r.Studies.List(q.Context(), tx, q.Partnership())
		at.studies = slices.DeleteFunc(all, func(s study.Study) bool { return !q.Now().Before(s.Ends) })
		return err
	})
	return at, err
}

// maySpeak reports whether somebody can be asked here: she takes part, and is not the one who asks.
func maySpeak(at around, viewer person.ID, id string) bool {
	for _, p := range at.people {
		if string(p.ID) == id {
			return p.ID != viewer && p.Taking() && p.Standings.Meets(person.Standings())
		}
	}
	return false
}

func (r *Room) newTalksPage(q *web.Request, at around, f talkForm) (talksPage, error) {
	t := q.Words.T
	p := talksPage{Title: look.Title{Text: t("interview.list_heading"), Lead: t("interview.list_lead")}, Head: t("interview.list_new"), Study: look.Choice{Name: "study", Legend: t("interview.study") + "?"},
		Whom: look.Select{Name: "whom", Label: t("interview.list_whom"), Options: []look.Option{{Label: t("interview.list_choose")}}},
		Acts: []look.Button{{Text: t("interview.list_prepare")}}, Back: look.Link{Href: "/source", Text: t("interview.to_list")}}
	for _, s := range at.studies {
		p.Study.Options = append(p.Study.Options, look.Option{Value: s.ID, Label: s.Question, Chosen: s.ID == f.Study || len(at.studies) == 1})
	}
	for _, who := range at.people {
		if maySpeak(at, q.Viewer.ID, string(who.ID)) {
			p.Whom.Options = append(p.Whom.Options, who.Option(person.ID(f.Whom)))
		}
	}
	var list []Interview
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		list, err = interviewsOf(q.Context(), tx, q.Viewer)
		return err
	})
	now, limits := r.inForce(q)
	if err == nil {
		err = limits
	}
	for _, i := range list {
		if i.Asker == q.Viewer.ID && i.Source == "" {
			p.Cards = append(p.Cards, talkCard(q, at, i, now.Version))
		}
	}
	if len(p.Cards) == 0 {
		p.None = look.Empty{Title: t("interview.list_none")}
	}
	return p, err
}

func talkCard(q *web.Request, at around, i Interview, inForce int64) look.Card {
	key := "interview.waits"
	switch {
	case !i.Begun.IsZero():
		key = "interview.begun"
	case i.Ready(inForce):
		key = "interview.ready"
	}
	c := look.Card{Title: look.Link{Href: "/talks/" + i.ID}, Text: q.Words.T(key, "date", q.Words.Date(i.Begun)), Meta: q.Words.Date(i.Made)}
	for _, who := range at.people {
		if who.ID == i.Person {
			c.Title.Text = who.Name
		}
	}
	return c
}

func (r *Room) showTalks(q *web.Request) (web.Answer, error) {
	at, err := r.around(q)
	if err != nil {
		return nil, err
	}
	p, err := r.newTalksPage(q, at, talkForm{})
	return q.Show("talks", p), err
}

// prepare prepares an interview under the newest sheet of its study. Whoever is asked sees it on her first page.
func (r *Room) prepare(q *web.Request) (web.Answer, error) {
	at, err := r.around(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[talkForm](q)
	if err != nil {
		return nil, err
	}
	i := Interview{ID: store.RandomID(), Study: f.Study, Asker: q.Viewer.ID, Person: person.ID(f.Whom), Made: q.Now()}
	if i.Sheet, err = sheetFor(at, f, q.Viewer.ID); err == nil {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.Keep(q.Context(), tx, q.Partnership(), i) })
	}
	if fault.KindOf(err) == fault.Invalid {
		p, other := r.newTalksPage(q, at, f)
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, err)}}}
		return q.Again("talks", p), other
	}
	return web.Go("/talks/" + i.ID), err
}

// sheetFor returns the version of the sheet under which an interview is prepared. Without one nobody is asked (R49).
func sheetFor(at around, f talkForm, viewer person.ID) (string, error) {
	i := slices.IndexFunc(at.studies, func(s study.Study) bool { return s.ID == f.Study })
	switch {
	case !maySpeak(at, viewer, f.Whom):
		return "", errWhom
	case i < 0:
		return "", errStudy
	case len(at.studies[i].Sheets) == 0:
		return "", errNoSheet
	}
	newest := slices.MaxFunc(at.studies[i].Sheets, func(a, b study.Sheet) int { return a.Since.Compare(b.Since) })
	return newest.Version, nil
}
