package circle

import (
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// peoplePage shows who is here. It holds names people chose and what they are here, nothing else: no
// way to reach anybody, and not when somebody was last here (R3, U31).
type peoplePage struct {
	Title     look.Title
	WaitHead  string
	Wait      []waiting
	People    []look.Person
	PlaceHead string
	Places    []look.SummaryRow
	Links     []look.Link
}

// waiting is somebody who waits for a yes. Action is empty for who may not say it.
type waiting struct {
	Text   string
	Action string
	Acts   []look.Button
}

func (r *Room) showPeople(q *web.Request) (web.Answer, error) {
	var people []Person
	var asked []Asking
	var wishing []Person
	var practices []look.SummaryRow
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if people, err = r.Circle.List(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		if asked, err = r.Circle.Asked(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		if wishing, err = r.wishing(q, tx); err != nil {
			return err
		}
		practices, err = r.practiceRows(q, tx, people)
		return err
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := peoplePage{Title: look.Title{Text: t("circle.heading"), Lead: t("circle.lead")}, WaitHead: t("circle.waiting"),
		PlaceHead: t("circle.practices"), Places: practices, Links: peopleLinks(q)}
	for _, who := range people {
		line := look.Person{Name: who.Name, What: called(q, who.Standings), Href: "/people/" + string(who.ID)}
		if !who.Back.IsZero() {
			line.What += " " + t("circle.is_back")
		}
		p.People = append(p.People, line)
	}
	for _, a := range asked {
		holds := q.Viewer.Standings.Has(person.LivedExperience)
		if a.Later && !holds {
			continue // it is between the women and her
		}
		p.Wait = append(p.Wait, newWaiting(q, a, holds))
	}
	for _, who := range wishing {
		p.Wait = append(p.Wait, waiting{Text: t("circle.house_wishes", "name", who.Name) + " " + t("circle.house_let_text"), Action: "/people/" + string(who.ID) + "/group",
			Acts: []look.Button{{Text: t("circle.house_let"), About: t("circle.say_yes_to", "name", who.Name), Look: look.Second}}})
	}
	return q.Show("people", p), nil
}

func newWaiting(q *web.Request, a Asking, holds bool) waiting {
	t, at := q.Words.T, "/people/"+string(a.Person)
	w := waiting{Text: t("circle.waits", "name", a.Name)}
	if a.Later {
		w.Text = t("circle.waits_later", "name", a.Name)
	}
	if !holds {
		return w
	}
	w.Action = at + "/yes"
	w.Acts = []look.Button{{Text: t("circle.say_yes"), About: t("circle.say_yes_to", "name", a.Name), Look: look.Second}}
	if !a.Later {
		w.Acts = append(w.Acts, look.Button{Text: t("circle.say_later"), About: t("circle.say_yes_to", "name", a.Name), Look: look.Second, Action: at + "/later"})
	}
	return w
}

func (r *Room) practiceRows(q *web.Request, tx *store.Tx, people []Person) ([]look.SummaryRow, error) {
	list, err := r.Circle.Practices(q.Context(), tx, q.Partnership())
	if err != nil {
		return nil, err
	}
	names := map[person.ID]string{}
	for _, who := range people {
		names[who.ID] = who.Name
	}
	var rows []look.SummaryRow
	for _, pr := range list {
		ids, err := r.Circle.OfPractice(q.Context(), tx, q.Partnership(), pr.ID)
		if err != nil {
			return nil, err
		}
		row := look.SummaryRow{Term: pr.Name}
		for _, id := range ids {
			row.Values = append(row.Values, names[id])
		}
		if len(ids) == 0 {
			row.Value = q.Words.T("circle.nobody_yet")
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func peopleLinks(q *web.Request) []look.Link {
	t := q.Words.T
	links := []look.Link{{Href: "/people/done", Text: t("circle.done_link")}, {Href: "/people/keep", Text: t("circle.naming_kept_heading")}}
	if q.Viewer.Standings.Meets(person.Set{person.Facilitator, person.Charity, person.LivedExperience}) {
		links = append(links, look.Link{Href: "/table/new", Text: t("circle.table_link")})
	}
	if q.Viewer.Standings.Meets(person.Set{person.Administrator, person.Facilitator}) {
		links = append(links, look.Link{Href: "/people/invite", Text: t("circle.invite_link")})
	}
	if q.Viewer.Standings.Has(person.Administrator) {
		links = append(links, look.Link{Href: "/settings", Text: t("circle.settings_link")})
	}
	return links
}

// sayYes gives lived experience by the yes of a holder.
func (r *Room) sayYes(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Circle.SayYes(q.Context(), tx, q.Viewer, person.ID(q.Path("person")))
	})
	return web.GoSaying("/people", "circle.said_yes"), err
}

// undoYes takes back a yes that was a mistake.
func (r *Room) undoYes(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Circle.TakeYesBack(q.Context(), tx, q.Viewer, person.ID(q.Path("person")))
	})
	return web.GoSaying("/people", "circle.yes_back_said"), err
}

// sayLater declines somebody who waits, kindly.
func (r *Room) sayLater(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Circle.SayLater(q.Context(), tx, q.Viewer, person.ID(q.Path("person")))
	})
	return web.GoSaying("/people", "circle.said_later"), err
}

type actsPage struct {
	Title look.Title
	Lines []line
	None  look.Empty
}

type line struct{ When, Text string }

// showActs lists what was done by those who look after the site.
func (r *Room) showActs(q *web.Request) (web.Answer, error) {
	var acts []Act
	var names map[person.ID]string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if acts, err = r.Circle.Acts(q.Context(), tx, q.Partnership(), 100); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := actsPage{Title: look.Title{Text: t("circle.done_heading"), Lead: t("circle.done_lead")}}
	for _, a := range acts {
		p.Lines = append(p.Lines, line{q.Words.Date(a.At), sayAct(q, a, names)})
	}
	if len(acts) == 0 {
		p.None = look.Empty{Title: t("circle.done_none"), Text: t("circle.done_none_text")}
	}
	return q.Show("done", p), nil
}

// sayAct says in a sentence what was done.
func sayAct(q *web.Request, a Act, names map[person.ID]string) string {
	about := ""
	if a.About != "" {
		about = q.Words.T(Label(person.Standing(a.About)))
	}
	return q.Words.T("circle.act_"+string(a.What), "by", names[a.By], "whom", names[a.Whom], "about", about)
}

// News says to holders who waits for their yes, to whoever waits that she does, and to all that nobody looks
// after the site.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	var asked []Asking
	var news []look.Link
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if asked, err = r.Circle.Asked(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		if news, err = r.namingNews(q, tx); err != nil {
			return err
		}
		wishing, err := r.wishing(q, tx)
		for _, who := range wishing {
			news = append(news, look.Link{Href: "/people", Text: q.Words.T("circle.new_person", "name", who.Name)})
		}
		return err
	})
	for _, a := range asked {
		switch {
		case a.Person == q.Viewer.ID:
			news = append(news, look.Link{Href: "/me/wish", Text: q.Words.T("circle.wish_link")})
		case q.Viewer.Standings.Has(person.LivedExperience) && !a.Later:
			news = append(news, look.Link{Href: "/people", Text: q.Words.T("circle.new_person", "name", a.Name)})
		}
	}
	return news, err
}
