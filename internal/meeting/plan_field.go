package meeting

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// fieldForm is what is said in a field.
type fieldForm struct {
	Words string   `form:"words" max:"2000"`
	With  []string `form:"with"`
	Women bool     `form:"women"`
	At    string   `form:"at"`
	By    string   `form:"by"`
	Day   string   `form:"until-day"`
	Month string   `form:"until-month"`
	Year  string   `form:"until-year"`
	From  string   `form:"from"`
}

func (f fieldForm) line() (Line, error) {
	until, err := boxes{f.Day, f.Month, f.Year}.read()
	return Line{Words: strings.TrimSpace(f.Words), By: person.ID(f.By), Until: until}, err
}

// fieldOf is a field as it was said.
func (t Text) fieldOf(f Field) fieldForm {
	l := t.Lines[f]
	b := boxesOf(l.Until)
	form := fieldForm{Words: l.Words, Women: t.Women, At: t.At, By: string(l.By), Day: b.Day, Month: b.Month, Year: b.Year}
	for _, id := range t.With {
		form.With = append(form.With, string(id))
	}
	return form
}

// from names what a form about a field begins from.
func (m Meeting) from(f Field) string {
	is := m.Text.fieldOf(f)
	list := []string{is.Words, is.By, is.Day, is.Month, is.Year}
	if f == Who {
		list = append(append(list, is.With...), map[bool]string{true: "women"}[is.Women])
	}
	if f == Place {
		list = append(list, is.At)
	}
	return web.From(list...)
}

// askField asks for one thing that a meeting says of itself, and whether it is settled.
func (w world) askField(q *web.Request, m Meeting, f Field, is fieldForm) form {
	t, key := q.Words.T, "meeting.row_"+string(f)
	p := form{Title: look.Title{Text: t(key), Lead: t("meeting.lead_" + string(f))}, Action: "/meetings/" + m.ID + "/plan/" + string(f), Newer: look.Newer{From: m.from(f)},
		Acts: []look.Button{{Text: t("meeting.save")}}, Back: look.Link{Href: "/meetings/" + m.ID + "/plan", Text: t("meeting.back")}}
	if f == Who {
		p.Asks = append(p.Asks, look.Choose(look.Choice{Name: "women", Legend: t("meeting.ask_women"), Hint: t("meeting.ask_women_hint"), Multiple: true,
			Options: []look.Option{{Value: "1", Label: t("meeting.women_asked"), Chosen: is.Women}}}), look.Choose(w.askWith(q, is.With)))
	}
	if len(w.places) > 0 && f == Place {
		p.Asks = append(p.Asks, look.Choose(w.askAt(q, is.At)))
	}
	words := box(q, "words", "meeting.ask_"+string(f), is.Words, "meeting.who_all")
	if f == Length {
		words = line(q, "words", "meeting.ask_length", is.Words)
		words.Field.Short, words.Field.InputMode = true, "numeric"
	}
	by := look.Choice{Name: "by", Legend: t("meeting.ask_by"), Hint: t("meeting.ask_by_hint"), Options: []look.Option{{Label: t("meeting.is_settled"), Chosen: is.By == "" && is.Words != ""}}}
	for _, id := range w.settlers() {
		by.Options = append(by.Options, look.Option{Value: string(id), Label: w.names[id], Chosen: is.By == string(id)})
	}
	p.Asks = append(p.Asks, words, look.Choose(by))
	p.Until = boxes{is.Day, is.Month, is.Year}.ask(q, "until", "meeting.ask_until")
	return p
}

// askWith asks who of everyone else will be there. The women are asked along as a group: who of them comes is
// each one's own to say.
func (w world) askWith(q *web.Request, chosen []string) look.Choice {
	c := look.Choice{Name: "with", Legend: q.Words.T("meeting.ask_with"), Multiple: true}
	for _, id := range w.others() {
		c.Options = append(c.Options, look.Option{Value: string(id), Label: w.asWhom(q, id), Chosen: slices.Contains(chosen, string(id))})
	}
	return c
}

// askAt asks which of the places that members describe it is.
func (w world) askAt(q *web.Request, chosen string) look.Choice {
	c := look.Choice{Name: "at", Legend: q.Words.T("meeting.ask_at"), Options: []look.Option{{Label: q.Words.T("meeting.at_none"), Chosen: false}}}
	for _, id := range slices.Sorted(maps.Keys(w.places)) {
		c.Options = append(c.Options, look.Option{Value: id, Label: w.places[id], Chosen: id == chosen})
	}
	return c
}

// others lists everyone else who is here, by name.
func (w world) others() []person.ID {
	return w.list(func(set person.Set) bool {
		return set.Meets(person.Standings()) && person.HouseOf(set) == person.Others
	})
}

// settlers lists who can be named to settle something: everyone else, and whoever hosts.
func (w world) settlers() []person.ID {
	return w.list(func(set person.Set) bool {
		return set.Has(person.Facilitator) || set.Meets(person.Standings()) && person.HouseOf(set) == person.Others
	})
}

func (w world) list(is func(person.Set) bool) []person.ID {
	var list []person.ID
	for id, p := range w.people {
		if is(p.Standings) {
			list = append(list, id)
		}
	}
	slices.SortFunc(list, func(a, b person.ID) int { return strings.Compare(w.names[a], w.names[b]) })
	return list
}

// askAgain asks when a meeting is that is planned already.
func (w world) askAgain(q *web.Request, m Meeting, f newForm) form {
	p := w.askWhen(q, f)
	p.Title = look.Title{Text: q.Words.T("meeting.row_when")}
	if m.State != Planned && slices.ContainsFunc(w.hosts, func(id person.ID) bool { return !w.ready(id) }) {
		p.Asks = append(p.Asks, box(q, "why", "meeting.ask_why_host", f.Why, "meeting.who_all"))
	}
	p.Action, p.Back.Href, p.Newer = "/meetings/"+m.ID+"/plan/when", "/meetings/"+m.ID+"/plan", look.Newer{From: m.fromWhen()}
	return p
}

func (m Meeting) fromWhen() string { return web.From(m.Day, m.Text.Start, string(m.Host)) }

func (r *Room) showField(q *web.Request) (web.Answer, error) {
	m, w, err := r.planned(q)
	if err != nil {
		return nil, err
	}
	f := Field(q.Path("field"))
	switch {
	case f == "when":
		b := boxesOf(m.Day)
		return q.Show("form", w.askAgain(q, m, newForm{Day: b.Day, Month: b.Month, Year: b.Year, Start: m.Text.Start, Host: string(m.Host)})), nil
	case !slices.Contains(Fields(), f):
		return nil, fault.Missing
	}
	return q.Show("form", w.askField(q, m, f, m.Text.fieldOf(f))), nil
}

func (r *Room) saveField(q *web.Request) (web.Answer, error) {
	m, w, err := r.planned(q)
	if err != nil {
		return nil, err
	}
	f := Field(q.Path("field"))
	switch {
	case f == "when":
		return r.saveWhen(q, m, w)
	case !slices.Contains(Fields(), f):
		return nil, fault.Missing
	}
	is, err := web.Parse[fieldForm](q)
	l := Line{}
	if err == nil {
		l, err = is.line()
	}
	if err == nil && is.From != "" && is.From != m.from(f) {
		err = ErrNewer
	}
	if err == nil {
		err = r.Say(q.Context(), q.Viewer, m, f, l, Further{With: w.chosen(is.With), Women: is.Women, At: w.place(is.At)})
	}
	if errors.Is(err, ErrNewer) {
		page := w.askField(q, m, f, is)
		page.Newer = q.Newer(page.Newer.From, look.SummaryRow{Term: q.Words.T("meeting.row_" + string(f)), Value: strings.Join(w.lines(q, m, f, r.today()), " ")})
		return q.Again("form", page), nil
	}
	if err != nil {
		return w.askField(q, m, f, is).again(q, err)
	}
	return web.GoSaying("/meetings/"+m.ID+"/plan", "meeting.saved"), nil
}

// place returns the place that was chosen, if there is one.
func (w world) place(id string) string {
	if w.places[id] == "" {
		return ""
	}
	return id
}

// chosen returns those of everyone else who were ticked.
func (w world) chosen(ticked []string) []person.ID {
	return slices.DeleteFunc(w.others(), func(id person.ID) bool { return !slices.Contains(ticked, string(id)) })
}

func (r *Room) saveWhen(q *web.Request, m Meeting, w world) (web.Answer, error) {
	f, err := web.Parse[newForm](q)
	to := m
	if err == nil {
		to.Day, err = f.day()
	}
	to.Text.Start, to.Host = f.start(), person.ID(f.Host)
	if err == nil {
		err = r.check(q.Context(), q.Viewer, to)
	}
	if err == nil && f.From != "" && f.From != m.fromWhen() {
		err = ErrNewer
	}
	why := strings.TrimSpace(f.Why)
	if err == nil && m.State != Planned && to.Host != m.Host && !w.ready(to.Host) && why == "" {
		err = ErrHost
	}
	if err == nil {
		err = r.Set(q.Context(), q.Viewer, m, func(m *Meeting) {
			if m.Host != to.Host {
				m.Text.Why, m.Text.WhyBy = why, q.Viewer.ID
			}
			m.Day, m.Host, m.Text.Start = to.Day, to.Host, to.Text.Start
		})
	}
	if errors.Is(err, ErrNewer) {
		page := w.askAgain(q, m, f)
		page.Newer = q.Newer(page.Newer.From, look.SummaryRow{Term: q.Words.T("meeting.row_when"), Value: m.when(q)}, look.SummaryRow{Term: q.Words.T("meeting.row_host"), Value: w.names[m.Host]})
		return q.Again("form", page), nil
	}
	if err != nil {
		return w.askAgain(q, m, f).again(q, err)
	}
	return web.GoSaying("/meetings/"+m.ID+"/plan", "meeting.saved"), nil
}
