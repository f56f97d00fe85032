package circle

import (
	"net/url"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// namingPage is about who is to look after a site that nobody looks after: naming somebody, saying no, and the
// yes of whom it names.
type namingPage struct {
	Check look.Check
	Title look.Title
	Notes []look.Note
	Who   look.Choice
	Act   look.Button
	No    look.Button
	Yes   look.Button
}

// keeping is what the page is about at the moment.
type keeping struct {
	kept   []Person // who looks after the site
	naming Naming
	runs   bool
	people []Person // who could be named
	names  map[person.ID]string
}

func (r *Room) keeping(q *web.Request) (keeping, error) {
	var k keeping
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		people, err := r.Circle.List(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, who := range people {
			if who.Standings.Has(person.Administrator) {
				k.kept = append(k.kept, who)
			}
			if who.ID == q.Viewer.ID || !who.Standings.Meets(Namers()) {
				continue
			}
			signs, err := r.Signs(q.Context(), tx, q.Partnership(), who.ID)
			if err != nil {
				return err
			}
			if signs {
				k.people = append(k.people, who)
			}
		}
		if k.naming, k.runs, err = r.Circle.Naming(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		k.names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	return k, err
}

func (r *Room) showNaming(q *web.Request) (web.Answer, error) {
	k, err := r.keeping(q)
	return q.Show("naming", newNamingPage(q, k)), err
}

func newNamingPage(q *web.Request, k keeping) namingPage {
	t := q.Words.T
	may := q.Viewer.Standings.Meets(Namers())
	switch {
	case len(k.kept) > 0:
		p := namingPage{Title: look.Title{Text: t("circle.naming_kept_heading"), Lead: t("circle.naming_kept_lead")}}
		for _, who := range k.kept {
			p.Notes = append(p.Notes, look.Note{Text: who.Name})
		}
		return p
	case !k.runs:
		p := namingPage{Title: look.Title{Text: t("circle.naming_heading"), Lead: t("circle.naming_lead")}, Notes: howNaming(q)}
		if may {
			p.Who, p.Act = whoNaming(q, k), look.Button{Text: t("circle.naming_do")}
		}
		return p
	}
	return k.running(q, may)
}

// howNaming says what happens after, before anybody names somebody.
func howNaming(q *web.Request) []look.Note {
	return []look.Note{{Title: q.Words.T("circle.naming_how"), Text: q.Words.T("circle.naming_how_text")}}
}

func whoNaming(q *web.Request, k keeping) look.Choice {
	c := look.Choice{Name: "who", Legend: q.Words.T("circle.naming_who"), Hint: q.Words.T("circle.naming_who_hint")}
	c.Options = append(c.Options, Options(k.people, "")...)
	return c
}

// running shows a naming that runs, with what the viewer can do about it.
func (k keeping) running(q *web.Request, may bool) namingPage {
	t, n := q.Words.T, k.naming
	name, hers := k.names[n.Person], n.Person == q.Viewer.ID
	p := namingPage{Title: look.Title{Text: t("circle.naming_running_heading", "name", name)}}
	switch {
	case n.Second == "":
		p.Title.Lead = t("circle.naming_half", "first", k.names[n.First], "name", name)
		if may && !hers && n.First != q.Viewer.ID {
			p.Act = look.Button{Text: t("circle.naming_join", "name", name)}
			p.Who = look.Choice{Name: "who", Options: []look.Option{{Value: string(n.Person)}}}
		}
	case !n.Ready(q.Now()):
		p.Title.Lead = t("circle.naming_waits", "first", k.names[n.First], "second", k.names[n.Second], "name", name, "when", q.Words.When(n.Due))
	default:
		p.Title.Lead = t("circle.naming_ready", "name", name)
		if hers {
			p.Title.Lead = t("circle.naming_yours")
			p.Yes = look.Button{Text: t("circle.naming_yes")}
		}
	}
	if may {
		p.Notes = []look.Note{{Text: t("circle.naming_no_text")}}
		p.No = look.Button{Text: t("circle.naming_no"), Look: look.Second}
	}
	return p
}

type namingForm struct {
	Who string `form:"who"`
}

// name names somebody, as the first of two or as the second.
func (r *Room) name(q *web.Request) (web.Answer, error) {
	err := r.nameWho(q)
	if k := fault.KindOf(err); err == nil || (k != fault.Invalid && k != fault.Conflict) {
		return web.GoSaying("/people/keep", "circle.naming_said"), err
	}
	k, other := r.keeping(q)
	if other != nil {
		return nil, other
	}
	p := newNamingPage(q, k)
	p.Check = check(q, "who", Say(q, err))
	return q.Again("naming", p), nil
}

func (r *Room) nameWho(q *web.Request) error {
	f, err := web.Parse[namingForm](q)
	if err != nil {
		return err
	}
	return r.DB.Write(q.Context(), func(tx *store.Tx) error {
		who := person.ID(f.Who)
		if signs, err := r.Signs(q.Context(), tx, q.Partnership(), who); err != nil || !signs {
			if err == nil {
				err = ErrNoNaming
			}
			return err
		}
		return r.Circle.Name(q.Context(), tx, q.Viewer, who)
	})
}

// sayNo ends a naming.
func (r *Room) sayNo(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.Circle.SayNo(q.Context(), tx, q.Viewer) })
	return web.GoSaying("/people/keep", "circle.naming_stopped"), err
}

// takeOn is the yes of whoever was named.
func (r *Room) takeOn(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.Circle.TakeOn(q.Context(), tx, q.Viewer) })
	return web.GoSaying("/people", "circle.naming_taken"), err
}

// namingNews tells who takes part that nobody looks after the site, that somebody is to, or that it is her.
func (r *Room) namingNews(q *web.Request, tx *store.Tx) ([]look.Link, error) {
	if !q.Viewer.Standings.Meets(Namers()) {
		return nil, nil
	}
	kept, err := r.Circle.Holders(q.Context(), tx, q.Partnership(), person.Administrator)
	if err != nil || kept > 0 {
		return nil, err
	}
	n, runs, err := r.Circle.Naming(q.Context(), tx, q.Partnership())
	if err != nil {
		return nil, err
	}
	key := "circle.naming_news"
	switch {
	case runs && n.Person == q.Viewer.ID:
		key = "circle.naming_news_you"
	case runs:
		key = "circle.naming_news_runs"
	}
	return []look.Link{{Href: "/people/keep", Text: q.Words.T(key)}}, nil
}

// askKeep asks on paper whom to name, or for a no to whom others named.
func (r *Room) askKeep(q *web.Request, _ string) (web.Asked, error) {
	k, err := r.keeping(q)
	if err != nil {
		return web.Asked{}, err
	}
	t := q.Words.T
	asked := web.Asked{Notes: howNaming(q), Asks: []look.Ask{look.Choose(whoNaming(q, k))}}
	no := look.Choice{Name: "no", Legend: t("circle.naming_twin_no"), Hint: t("circle.naming_no_text"), Options: []look.Option{{Value: "1", Label: t("circle.naming_no")}}}
	if k.runs {
		asked.Notes = append(asked.Notes, look.Note{Text: k.running(q, true).Title.Lead})
	}
	asked.Asks = append(asked.Asks, look.Choose(no))
	return asked, nil
}

// namesSomebody reports whether a sheet names somebody, which waits for a second yes; a no does not.
func namesSomebody(answers url.Values) bool { return answers == nil || answers.Get("who") != "" }

type keepForm struct {
	No string `form:"no"`
}

func (r *Room) enterKeep(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[keepForm](q)
	if err != nil {
		return "", err
	}
	if f.No == "" {
		return "", r.nameWho(q)
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.Circle.SayNo(q.Context(), tx, q.Viewer) })
}
