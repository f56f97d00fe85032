package study

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// more is what can be added to a study that exists: sheets, amendments, readers, its end.
type more struct {
	Forms   []addForm
	Readers []reader
	End     addForm
}

// addForm is one addition with its fields.
type addForm struct {
	Heading, Action string
	Fields          []look.Field
	Date            *look.Dated
	Selects         []look.Select
	Act             look.Button
}

// reader is somebody who is named, with the button that ends it.
type reader struct {
	Name, Action string
	End          look.Button
}

type moreForm struct {
	Version    string `form:"sheet"`
	Body       string `form:"body" max:"20000"`
	TakingBack string `form:"taking_back" max:"1000"`
	Reference  string `form:"amendment"`
	What       string `form:"what" max:"1000"`
	Day        string `form:"amended-day"`
	Month      string `form:"amended-month"`
	Year       string `form:"amended-year"`
	Person     string `form:"person"`
	Practice   string `form:"practice"`
}

var (
	errSheet     = fault.New(fault.Invalid, "study.sheet_empty")
	errSheetOld  = fault.New(fault.Invalid, "study.sheet_exists")
	errAmendment = fault.New(fault.Invalid, "study.amendment_empty")
)

func number(n int) string { return strconv.Itoa(n) }

// parseNumber reads a number of years; nothing typed is none.
func parseNumber(text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err == nil && (n < 0 || n > 100) {
		err = strconv.ErrRange
	}
	return n, err
}

func (r *Room) more(q *web.Request, s Study) (*more, error) { return r.moreWith(q, s, moreForm{}) }

// moreWith is more with what was typed.
func (r *Room) moreWith(q *web.Request, s Study, f moreForm) (*more, error) {
	t, at := q.Words.T, "/studies/"+s.ID
	when := boxes{f.Day, f.Month, f.Year}.ask(q, "amended", "study.ask_amended", "study.ask_approved_hint")
	people, places, err := r.choices(q, s)
	if err != nil {
		return nil, err
	}
	add := look.Button{Text: t("study.add"), Look: look.Second}
	m := &more{Forms: []addForm{
		{Heading: t("study.add_sheet"), Action: at + "/sheets", Act: add, Fields: []look.Field{
			{Name: "sheet", Label: t("study.ask_sheet"), Hint: t("study.ask_sheet_hint"), Value: f.Version, Short: true, Autocomplete: "off"},
			{Name: "body", Label: t("study.ask_body"), Value: f.Body, Rows: 8},
			{Name: "taking_back", Label: t("study.ask_taking_back"), Hint: t("study.ask_taking_back_hint"), Value: f.TakingBack, Rows: 2}}},
		{Heading: t("study.add_amendment"), Action: at + "/amendments", Act: add, Date: &when, Fields: []look.Field{
			{Name: "amendment", Label: t("study.ask_reference"), Value: f.Reference, Short: true, Autocomplete: "off"},
			{Name: "what", Label: t("study.ask_what"), Value: f.What, Rows: 2}}},
		{Heading: t("study.add_reader"), Action: at + "/readers", Act: look.Button{Text: t("study.name"), Look: look.Second}, Selects: []look.Select{
			{Name: "person", Label: t("study.ask_person"), Options: people}, {Name: "practice", Label: t("study.ask_practice"), Options: places}}},
	}, End: addForm{Heading: t("study.end_heading"), Action: at + "/end", Act: look.Button{Text: t("study.end"), Look: look.Second}}}
	for _, a := range s.Analysts {
		m.Readers = append(m.Readers, reader{a.Name, at + "/readers/" + string(a.Person) + "/end", look.Button{Text: t("study.unname"), About: a.Name, Look: look.Quiet}})
	}
	return m, nil
}

// choices lists who can be named and the practices there are.
func (r *Room) choices(q *web.Request, s Study) (people, places []look.Option, err error) {
	places = []look.Option{{Label: q.Words.T("study.no_practice")}}
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := r.Circle.List(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, who := range list {
			if nameable(who, s) {
				people = append(people, who.Option(""))
			}
		}
		practices, err := r.Circle.Practices(q.Context(), tx, q.Partnership())
		for _, pr := range practices {
			places = append(places, look.Option{Value: pr.ID, Label: pr.Name})
		}
		return err
	})
	return people, places, err
}

// nameable reports whether somebody can be named: she is here, takes part, and is not named yet.
func nameable(who circle.Person, s Study) bool {
	return who.Gone.IsZero() && who.Standings.Meets(person.Standings()) && !s.Names(who.ID)
}

// again shows the page with a problem in one of its additions. What was typed stays.
func (r *Room) again(q *web.Request, s Study, f moreForm, field string, problem error) (web.Answer, error) {
	p := newEditPage(q, formOf(s), "/studies/"+s.ID+"/edit").wrong(q, field, problem)
	m, err := r.moreWith(q, s, f)
	if err != nil {
		return nil, err
	}
	say := circle.Say(q, problem)
	for i := range m.Forms {
		for j := range m.Forms[i].Fields {
			if m.Forms[i].Fields[j].Name == field {
				m.Forms[i].Fields[j].Problem = say
			}
		}
		if d := m.Forms[i].Date; d != nil && d.Name == field {
			d.Problem = say
		}
	}
	p.More = m
	return q.Again("edit", p), nil
}

// addSheet keeps a version of the information sheet, which is never changed afterwards.
func (r *Room) addSheet(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[moreForm](q)
	s, err := r.load(q)
	if err != nil {
		return nil, err
	}
	sheet := Sheet{Version: strings.TrimSpace(f.Version), Since: q.Now(), Body: strings.TrimSpace(f.Body), TakingBack: strings.TrimSpace(f.TakingBack)}
	field := "body"
	switch _, there := s.Sheet(sheet.Version); {
	case problem != nil:
	case sheet.Version == "" || sheet.Body == "" || sheet.TakingBack == "":
		field, problem = "sheet", errSheet
	case there:
		field, problem = "sheet", errSheetOld
	}
	if problem == nil {
		err := r.act(q, circle.Act{What: circle.EditStudy}, func(ctx context.Context, tx *store.Tx) error {
			return r.Studies.AddSheet(ctx, tx, q.Partnership(), s.ID, sheet)
		})
		if !errors.Is(err, store.ErrDuplicate) {
			return web.GoSaying("/studies/"+s.ID, "study.saved"), err
		}
		field, problem = "sheet", errSheetOld
	}
	return r.again(q, s, f, field, problem)
}

// amend keeps an amendment that a committee allowed.
func (r *Room) amend(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[moreForm](q)
	s, err := r.load(q)
	if err != nil {
		return nil, err
	}
	day, ok := boxes{f.Day, f.Month, f.Year}.read()
	a, field := Amendment{Reference: strings.TrimSpace(f.Reference), Approved: day, What: strings.TrimSpace(f.What)}, "what"
	switch {
	case problem != nil:
	case !ok || day.IsZero():
		field, problem = "amended", errDate
	case a.What == "":
		problem = errAmendment
	}
	if problem != nil {
		return r.again(q, s, f, field, problem)
	}
	err = r.act(q, circle.Act{What: circle.EditStudy}, func(ctx context.Context, tx *store.Tx) error {
		return r.Studies.Amend(ctx, tx, q.Partnership(), s.ID, a)
	})
	return web.GoSaying("/studies/"+s.ID, "study.saved"), err
}

// name names somebody as a reader of the study. Everybody can see it, and she can end it herself.
func (r *Room) name(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[moreForm](q)
	if err != nil {
		return nil, err
	}
	id := person.ID(f.Person)
	err = r.act(q, circle.Act{What: circle.Named, Whom: id}, func(ctx context.Context, tx *store.Tx) error {
		s, err := r.Studies.Get(ctx, tx, q.Partnership(), q.Path("study"))
		if err != nil {
			return err
		}
		who, err := r.Circle.Get(ctx, tx, q.Partnership(), id)
		if err != nil {
			return err
		}
		places, err := r.Circle.Practices(ctx, tx, q.Partnership())
		if err != nil {
			return err
		}
		known := f.Practice == "" || slices.ContainsFunc(places, func(pr circle.Practice) bool { return pr.ID == f.Practice })
		if !nameable(who, s) || !known {
			return fault.Missing
		}
		return r.Studies.Name(ctx, tx, q.Partnership(), s.ID, id, f.Practice)
	})
	return web.GoSaying("/studies/"+q.Path("study")+"/edit", "study.saved"), err
}

// unname ends somebody's time as a reader.
func (r *Room) unname(q *web.Request) (web.Answer, error) {
	id := person.ID(q.Path("person"))
	err := r.act(q, circle.Act{What: circle.Unnamed, Whom: id}, func(ctx context.Context, tx *store.Tx) error {
		s, err := r.Studies.Get(ctx, tx, q.Partnership(), q.Path("study"))
		if err != nil {
			return err
		}
		if !s.Names(id) {
			return fault.Missing
		}
		return r.Studies.Unname(ctx, tx, q.Partnership(), s.ID, id)
	})
	return web.GoSaying("/studies/"+q.Path("study")+"/edit", "study.saved"), err
}
