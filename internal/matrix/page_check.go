package matrix

import (
	"errors"
	"slices"
	"strings"

	"footing/internal/circle"
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// checksPage lists what somebody may check, and how to.
type checksPage struct {
	Title look.Title
	Cards []look.Card
	Empty look.Empty
}

func (r *Room) showChecks(q *web.Request) (web.Answer, error) {
	list, err := r.checkable(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	names, err := r.called(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := checksPage{Title: look.Title{Text: t("matrix.checks_heading"), Lead: t("matrix.checks_lead")}}
	for _, c := range list {
		card := look.Card{Title: look.Link{Href: checkAt(c.ID), Text: checkName(q, c)}, Text: c.Purpose}
		if c.What != "" {
			card.Meta = t("matrix.check_left", "name", names[c.By], "date", q.Words.When(c.At))
		}
		p.Cards = append(p.Cards, card)
	}
	if len(list) == 0 {
		p.Empty = look.Empty{Title: t("matrix.checks_none")}
	}
	return q.Show("checks", p), nil
}

func (r *Room) called(q *web.Request) (names map[person.ID]string, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	return names, err
}

func checkAt(id string) string { return "/checks/" + id }

// checkName says what something is that can be checked: a file by its name, anything else by its kind.
func checkName(q *web.Request, c checked) string {
	if c.What != "" {
		return c.What
	}
	return partName(q, c.Parts[0])
}

func partName(q *web.Request, c checkedPart) string {
	return q.Words.T("matrix.check_part", "kind", q.Words.T("matrix.check_kind_"+string(c.Kind)), "date", q.Words.Date(c.Made))
}

// checkPage asks which part, and why, before anything is opened.
type checkPage struct {
	Check  look.Check
	Title  look.Title
	Seen   look.Note
	Action string
	Which  look.Choice
	Why    look.Field
	Open   look.Button
	Back   look.Link
}

type checkForm struct {
	Which string `form:"which"`
	Why   string `form:"why" max:"300"`
}

func (r *Room) showCheck(q *web.Request) (web.Answer, error) {
	c, err := r.toCheck(q.Context(), q.Viewer, q.Path("check"))
	if err != nil {
		return nil, err
	}
	return q.Show("check_one", newCheckPage(q, c, checkForm{}, nil)), nil
}

func newCheckPage(q *web.Request, c checked, f checkForm, problem error) checkPage {
	t := q.Words.T
	p := checkPage{Title: look.Title{Text: checkName(q, c), Lead: c.Purpose}, Seen: look.Note{Title: t("matrix.check_seen_title"), Text: t("matrix.check_seen")},
		Action: checkAt(c.ID), Which: look.Choice{Name: "which", Legend: t("matrix.check_which")},
		Why: look.Field{Name: "why", Label: t("matrix.check_why"), Hint: t("matrix.check_why_hint"), Who: t("matrix.check_who"), WhoTitle: t("matrix.check_who_title"),
			Value: f.Why, Rows: 2, Max: 300, Left: t("matrix.check_left_letters"), Over: t("matrix.check_over"), Required: true},
		Open: look.Button{Text: t("matrix.check_open")}, Back: look.Link{Href: "/checks", Text: t("matrix.check_back")}}
	for _, part := range c.Parts {
		if len(c.Parts) == 1 { // there is nothing to choose
			break
		}
		p.Which.Options = append(p.Which.Options, look.Option{Value: string(part.ID), Label: partName(q, part), Chosen: f.Which == string(part.ID),
			Hint: t("matrix.check_places", "count", len(joined(part.Places, nil)))})
	}
	if problem != nil {
		said, at := circle.Say(q, problem), "#"+p.Why.At()
		if errors.Is(problem, errWhich) {
			p.Which.Problem, at = said, "#"+p.Which.At()
		} else {
			p.Why.Problem = said
		}
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: at, Text: said}}}
	}
	return p
}

// errWhich asks which of several parts is to be opened.
var errWhich = fault.New(fault.Invalid, "matrix.check_which_needed")

// say writes down why she looks, and leads to what she may look at for that.
func (r *Room) say(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[checkForm](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	c, err := r.toCheck(q.Context(), q.Viewer, q.Path("check"))
	if err != nil {
		return nil, err
	}
	part, which := c.part(f.Which)
	if problem == nil {
		problem = which
	}
	var act consent.Act
	if problem == nil {
		act, problem = r.Gate.Why(q.Context(), q.Viewer, c.Study, f.Why, part.turns()...)
	}
	if fault.KindOf(problem) == fault.Invalid {
		return q.Again("check_one", newCheckPage(q, c, f, problem)), nil
	}
	_, id, _ := strings.Cut(string(act), ":")
	return web.Go(checkAt(c.ID) + "/" + string(part.ID) + "/" + id), problem
}

// part returns the part of that id, the only one when there is no other, and errWhich when it cannot be told.
func (c checked) part(id string) (checkedPart, error) {
	i := slices.IndexFunc(c.Parts, func(p checkedPart) bool { return string(p.ID) == id })
	switch {
	case i >= 0:
		return c.Parts[i], nil
	case len(c.Parts) == 1 && id == "":
		return c.Parts[0], nil
	}
	return checkedPart{}, errWhich
}

// readPage is what was said, place by place, for whoever gave a reason.
type readPage struct {
	Title look.Title
	Words []string
	Note  string
	Back  look.Link
}

// check opens what is kept of one part, for the reason that was just given. Every reason is on record by itself.
func (r *Room) check(q *web.Request) (web.Answer, error) {
	c, err := r.toCheck(q.Context(), q.Viewer, q.Path("check"))
	if err != nil {
		return nil, err
	}
	part, err := c.part(q.Path("contribution"))
	if err != nil {
		return nil, fault.Missing
	}
	opened, err := r.Gate.Check(q.Context(), q.Viewer, c.Study, consent.CheckAct(q.Path("reason")), part.turns()...)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := readPage{Title: look.Title{Text: partName(q, part), Lead: t("matrix.check_read_lead")}, Note: t("matrix.check_read_note"),
		Back: look.Link{Href: checkAt(c.ID), Text: t("matrix.check_again")}}
	for _, one := range opened {
		p.Words = append(p.Words, said(one, part.Places)...)
	}
	return q.Show("check_read", p), nil
}

// said cuts places out of what was opened, in its order. What is shut by now is left out.
func said(c consent.Contribution, places []coding.Part) []string {
	turns, seq := map[consent.ID]consent.Turn{}, map[consent.ID]int{}
	for _, t := range c.Turns {
		turns[t.ID], seq[t.ID] = t, t.Seq
	}
	var list []string
	for _, p := range joined(places, seq) {
		if t := turns[p.Turn]; t.Open {
			text := []rune(t.Words.Reveal())
			list = append(list, string(text[min(p.Start, len(text)):min(p.End, len(text))]))
		}
	}
	return list
}
