package source

import (
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// talksPage is what the viewer has prepared and is no source yet, and the form that prepares another.
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
	p := talksPage{Title: look.Title{Text: t("source.talks_heading"), Lead: t("source.talks_lead")}, Head: t("source.talks_new"), Study: studyChoice(q, at.studies, f.Study),
		Whom: look.Select{Name: "whom", Label: t("source.talks_whom"), Options: []look.Option{{Label: t("source.talks_choose")}}},
		Acts: []look.Button{{Text: t("source.talks_prepare")}}, Back: look.Link{Href: "/source", Text: t("source.to_list")}}
	p.Study.Legend = t("source.talk_study") + "?"
	for _, who := range at.people {
		if maySpeak(at, q.Viewer.ID, string(who.ID)) {
			p.Whom.Options = append(p.Whom.Options, look.Option{Value: string(who.ID), Label: who.Name, Chosen: f.Whom == string(who.ID)})
		}
	}
	var list []Interview
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
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
		p.None = look.Empty{Title: t("source.talks_none")}
	}
	return p, err
}

func talkCard(q *web.Request, at around, i Interview, inForce int64) look.Card {
	key := "source.talk_waits"
	switch {
	case !i.Begun.IsZero():
		key = "source.talk_begun"
	case i.Ready(inForce):
		key = "source.talk_ready"
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
		err = r.db.Write(q.Context(), func(tx *store.Tx) error { return r.sources.KeepInterview(q.Context(), tx, q.Partnership(), i) })
	}
	if fault.KindOf(err) == fault.Invalid {
		p, other := r.newTalksPage(q, at, f)
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: say(q, err)}}}
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
