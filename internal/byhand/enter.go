package byhand

import (
	"net/url"
	"slices"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// enterPage asks for a code, or for what stands on the sheet.
type enterPage struct {
	Check  look.Check
	Steps  look.Steps
	Title  look.Title
	Notes  []look.Note
	Action string
	Asks   []look.Ask
	Acts   []look.Button
}

func (r *Room) showCode(q *web.Request) (web.Answer, error) {
	return q.Show("enter", newCodePage(q, "", nil)), nil
}

func newCodePage(q *web.Request, code string, problem error) enterPage {
	t := q.Words.T
	f := look.Field{Name: "code", Label: t("byhand.code"), Hint: t("byhand.code_hint"), Value: code, Short: true, Autocomplete: "off"}
	p := enterPage{Steps: steps(q, 1), Title: look.Title{Text: t("byhand.enter_heading"), Lead: t("byhand.enter_lead")}, Action: "/paper/enter",
		Acts: []look.Button{{Text: t("byhand.go_on")}}}
	if problem != nil {
		f.Problem = say(q, problem)
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#code", Text: f.Problem}}}
	}
	p.Asks = []look.Ask{look.Write(f)}
	return p
}

func steps(q *web.Request, now int) look.Steps {
	return look.Steps{Text: q.Words.T("byhand.part", "now", now, "of", 3), Now: now, Of: 3}
}

type codeForm struct {
	Code   string `form:"code"`
	Bring  string `form:"hand.bring"` // in place of a code
	Way    string `form:"hand.way"`
	Beside string `form:"hand.beside"`
	Back   bool   `form:"hand.back"` // something is not right yet
}

// showQuestions shows what stands on the sheet, to be filled in as she wrote or says it.
func (r *Room) showQuestions(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[codeForm](q)
	if err != nil {
		return nil, err
	}
	s, twin, her, err := r.sheet(q, foldCode(f.Code))
	if fault.KindOf(err) == fault.Invalid {
		return q.Again("enter", newCodePage(q, f.Code, err)), nil
	}
	if err != nil {
		return nil, err
	}
	p, err := r.newQuestionsPage(q, s, twin, her, nil)
	return q.Show("enter", p), err
}

// newQuestionsPage asks the sheet's questions and by whose hand they come, with what was typed so far.
func (r *Room) newQuestionsPage(q *web.Request, s Sheet, twin web.Twin, her person.Viewer, problem error) (enterPage, error) {
	t := q.Words.T
	p := enterPage{Steps: steps(q, 2), Title: look.Title{Text: t(twin.Title), Lead: t("byhand.as_she_says")}, Action: "/paper/enter/read",
		Acts: []look.Button{{Text: t("byhand.read_back")}}}
	if her.Name != "" {
		p.Title.Lead = t("byhand.for", "name", her.Name) + " " + p.Title.Lead
	}
	asked, err := twin.Ask(q.As(her, nil), s.Thing)
	if err != nil {
		return p, err
	}
	beside, err := r.beside(q, twin, her.ID)
	if err != nil {
		return p, err
	}
	hint := t("byhand.beside_hint")
	if len(beside) == 0 {
		hint = t("byhand.beside_nobody")
	}
	p.Notes = asked.Notes
	p.Asks = append([]look.Ask{s.carry()}, asked.Asks...)
	p.Asks = append(p.Asks,
		look.Choose(look.Choice{Name: "hand.way", Legend: t("byhand.way"), Row: true, Options: []look.Option{
			{Value: person.Paper, Label: t("byhand.way_paper")}, {Value: person.Spoken, Label: t("byhand.way_spoken")}}}),
		look.Choose(look.Choice{Name: "hand.beside", Legend: t("byhand.beside"), Hint: hint, Options: beside}))
	for i := range p.Asks {
		if q.HTTP.PostForm.Has("hand.way") || q.HTTP.PostForm.Has("hand.beside") || problem != nil {
			p.Asks[i] = p.Asks[i].Filled(q.HTTP.PostForm)
		}
	}
	if problem != nil {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: say(q, problem)}}}
	}
	return p, nil
}

// beside lists whom she can have had beside her: everybody here who may know of the task, but herself and whoever
// writes.
func (r *Room) beside(q *web.Request, twin web.Twin, her person.ID) ([]look.Option, error) {
	var list []look.Option
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		people, err := r.Circle.List(q.Context(), tx, q.Partnership())
		for _, p := range people {
			has, err := r.Accounts.Has(q.Context(), tx, q.Partnership(), p.ID)
			if err != nil {
				return err
			}
			if has && p.ID != her && p.ID != q.Viewer.ID && twin.Admits(person.Viewer{Partnership: q.Partnership(), ID: p.ID, Standings: p.Standings}) { // without a screen of her own she could not say yes
				list = append(list, p.Option(""))
			}
		}
		return err
	})
	return list, err
}

// readPage reads back what was taken down.
type readPage struct {
	Steps   look.Steps
	Title   look.Title
	Summary look.Summary
	Next    look.Note
	Hidden  [][2]string
	Acts    []look.Button
}

// readBack shows what was taken down in large letters, to be read out to her before anything is done.
func (r *Room) readBack(q *web.Request) (web.Answer, error) {
	s, twin, her, page, err := r.taken(q)
	if err != nil || page != nil {
		return page, err
	}
	t := q.Words.T
	questions, err := r.newQuestionsPage(q, s, twin, her, nil)
	if err != nil {
		return nil, err
	}
	p := readPage{Steps: steps(q, 3), Title: look.Title{Text: t("byhand.read_heading"), Lead: t("byhand.read_lead")},
		Next: look.Note{Text: t("byhand.next_" + what(twin, q.HTTP.PostForm))},
		Acts: []look.Button{{Text: t("byhand.right")}, {Text: t("byhand.not_right"), Look: look.Second, Action: "/paper/enter/read", Name: "hand.back", Value: "1"}}}
	for _, a := range questions.Asks {
		for _, value := range q.HTTP.PostForm[a.Name()] {
			p.Hidden = append(p.Hidden, [2]string{a.Name(), value})
		}
		if a.Hidden != nil {
			continue
		}
		said := a.Said(q.HTTP.PostForm)
		if len(said) == 0 {
			said = []string{t("byhand.nothing_said")}
		}
		p.Summary.Rows = append(p.Summary.Rows, look.SummaryRow{Term: question(a), Values: said})
	}
	return q.Show("read", p), nil
}

func question(a look.Ask) string {
	if a.Field != nil {
		return a.Field.Label
	}
	return a.Choice.Legend
}

// taken parses what was taken down. It returns the questions again when something needs another look.
func (r *Room) taken(q *web.Request) (Sheet, web.Twin, person.Viewer, web.Answer, error) {
	f, err := web.Parse[codeForm](q)
	if err != nil {
		return Sheet{}, web.Twin{}, person.Viewer{}, nil, err
	}
	s, twin, her, err := r.named(q, f)
	if fault.KindOf(err) == fault.Invalid {
		return s, twin, her, q.Again("enter", newCodePage(q, f.Code, err)), nil
	}
	if err != nil {
		return s, twin, her, nil, err
	}
	her.Hand = person.Hand{Way: f.Way, By: q.Viewer.ID, Beside: person.ID(f.Beside)}
	problem, err := r.checkHand(q, twin, her)
	if err != nil {
		return s, twin, her, nil, err
	}
	if problem == nil && !f.Back {
		return s, twin, her, nil, nil
	}
	if f.Back {
		problem = nil
	}
	p, err := r.newQuestionsPage(q, s, twin, her, problem)
	if f.Back {
		return s, twin, her, q.Show("enter", p), err
	}
	return s, twin, her, q.Again("enter", p), err
}

// checkHand says what is wrong with by whose hand an entry comes: also when somebody is named as beside her who
// could not be.
func (r *Room) checkHand(q *web.Request, twin web.Twin, her person.Viewer) (problem, err error) {
	if problem = CheckHand(her.Hand, her.ID); problem != nil {
		return problem, nil
	}
	list, err := r.beside(q, twin, her.ID)
	if !slices.ContainsFunc(list, func(o look.Option) bool { return o.Value == string(her.Hand.Beside) }) {
		problem = ErrBeside
	}
	return problem, err
}

// enter keeps what was read back and found right. What only closes is done now; what gives waits for the
// person beside her. A sheet is entered once.
func (r *Room) enter(q *web.Request) (web.Answer, error) {
	s, twin, her, page, err := r.taken(q)
	if err != nil || page != nil {
		return page, err
	}
	e := Entry{ID: store.RandomID(), Person: her.ID, Twin: twin.Name, Thing: s.kept(), Hand: her.Hand, Made: r.Now(), State: Waiting}
	answers := s.with(q.HTTP.PostForm)
	if e.key, e.sealed, err = r.Gate.SealValue(q.Context(), q.Partnership(), "byhand_entry", "answers", e.ID, answers); err != nil {
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := useSheet(q.Context(), tx, q.Partnership(), s); err != nil {
			return err
		}
		return insertEntry(q.Context(), tx, q.Partnership(), e)
	})
	if err != nil {
		return nil, err
	}
	if twin.Waits(answers) {
		return web.GoSaying("/paper", "byhand.waits"), nil
	}
	err = r.carryOut(q, e, twin, her, answers)
	if k := fault.KindOf(err); k == fault.Invalid || k == fault.Conflict { // put the sheet back and look again
		if undo := r.putBack(q, s, e); undo != nil {
			return nil, undo
		}
		p, other := r.newQuestionsPage(q, s, twin, her, err)
		return q.Again("enter", p), other
	}
	return web.GoSaying("/paper", "byhand.done"), err
}

// putBack takes an entry back that could not be carried out, so that its sheet can be entered again.
func (r *Room) putBack(q *web.Request, s Sheet, e Entry) error {
	return r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := endEntry(q.Context(), tx, q.Partnership(), e.ID, Dropped, e.Thing, r.Now()); err != nil {
			return err
		}
		if err := r.Gate.Doom(q.Context(), tx, q.Partnership(), e.key); err != nil {
			return err
		}
		if s.Bring != "" { // it never had a row
			return nil
		}
		return insertSheet(q.Context(), tx, q.Partnership(), s)
	})
}

// carryOut does as her what the answers say, and throws the answers away.
func (r *Room) carryOut(q *web.Request, e Entry, twin web.Twin, her person.Viewer, answers url.Values) error {
	as := her
	if twin.Newcomer { // she is nobody yet: whoever enters makes her
		as = q.Viewer
		as.Hand = her.Hand
	}
	thing, err := twin.Enter(q.As(as, answers), e.about(answers))
	if err != nil {
		return err
	}
	return r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := endEntry(q.Context(), tx, q.Partnership(), e.ID, Done, thing, r.Now()); err != nil {
			return err
		}
		if twin.Newcomer {
			if err := entryIs(q.Context(), tx, q.Partnership(), e.ID, person.ID(thing)); err != nil {
				return err
			}
		}
		return r.Gate.Doom(q.Context(), tx, q.Partnership(), e.key)
	})
}

// say returns a fault's sentence.
func say(q *web.Request, err error) string { return circle.Say(q, err) }
