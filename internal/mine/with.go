package mine

import (
	"context"
	"net/url"
	"slices"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Accounts says who signs in herself.
type Accounts interface {
	Has(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (bool, error)
}

// twins is what can be done here on paper: having one's copy printed.
func (r *Room) twins() []web.Twin {
	return []web.Twin{{Name: "copy", Title: "mine.twin", Allow: circle.SignedIn(web.Own), Gives: chooses, Ask: r.withOnPaper, Enter: r.enterWith,
		At: func(string) string { return "/me/copy" }}}
}

// nobody is the answer that takes an earlier yes back.
const nobody = "nobody"

// chooses reports whether somebody was chosen to print it with. Choosing nobody only closes.
func chooses(answers url.Values) bool { return answers == nil || answers.Get("with") != nobody }

// withWhom asks with whom she prints: somebody with a screen, who may write things down for others.
func (r *Room) withWhom(q *web.Request) (look.Choice, error) {
	c := look.Choice{Name: "with", Legend: q.Words.T("mine.with")}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		people, err := r.Circle.List(q.Context(), tx, q.Partnership())
		for _, p := range people {
			has, err := r.Accounts.Has(q.Context(), tx, q.Partnership(), p.ID)
			if err != nil {
				return err
			}
			if has && p.ID != q.Viewer.ID && p.Standings.Meets(circle.Writers()) {
				c.Options = append(c.Options, p.Option(""))
			}
		}
		return err
	})
	return c, err
}

// before says what stays, and who sees it, before anybody is asked.
func before(q *web.Request) []look.Note {
	return []look.Note{note(q, "with_sees"), note(q, "with_stays"), note(q, "with_once")}
}

func (r *Room) withOnPaper(q *web.Request, _ string) (web.Asked, error) {
	c, err := r.withWhom(q)
	c.Options = append(c.Options, look.Option{Value: nobody, Label: q.Words.T("mine.with_nobody")})
	return web.Asked{Notes: before(q), Asks: []look.Ask{look.Choose(c)}}, err
}

type withForm struct {
	With string `form:"with"`
}

// chosen returns whom the form names, as far as she was offered.
func (r *Room) chosen(q *web.Request) (person.ID, error) {
	f, err := web.Parse[withForm](q)
	if err != nil {
		return "", err
	}
	c, err := r.withWhom(q)
	if err == nil && f.With != nobody && !slices.ContainsFunc(c.Options, func(o look.Option) bool { return o.Value == f.With }) {
		err = ErrWith
	}
	return person.ID(f.With), err
}

func (r *Room) enterWith(q *web.Request, _ string) (string, error) {
	with, err := r.chosen(q)
	if err != nil {
		return "", err
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if with == nobody {
			return stopPapers(q.Context(), tx, q.Viewer, r.Now())
		}
		return allowPaper(q.Context(), tx, q.Viewer, with, r.Now())
	})
}

// withPage asks with whom she prints, after it has said what stays.
type withPage struct {
	Check look.Check
	Title look.Title
	Notes []look.Note
	With  look.Choice
	None  string
	Acts  []look.Button
}

func (r *Room) newWithPage(q *web.Request) (withPage, error) {
	t := q.Words.T
	c, err := r.withWhom(q)
	p := withPage{Title: look.Title{Text: t("mine.with_heading"), Lead: t("mine.with_lead")}, Notes: before(q), With: c}
	if p.Acts = []look.Button{{Text: t("mine.with_yes")}}; len(c.Options) == 0 {
		p.None, p.Acts = t("mine.with_none"), nil
	}
	return p, err
}

func (r *Room) showWith(q *web.Request) (web.Answer, error) {
	p, err := r.newWithPage(q)
	return q.Show("with", p), err
}

func (r *Room) saveWith(q *web.Request) (web.Answer, error) {
	with, err := r.chosen(q)
	if err == nil && with == nobody {
		err = ErrWith
	}
	if fault.KindOf(err) == fault.Invalid {
		p, other := r.newWithPage(q)
		p.With.Problem = circle.Say(q, err)
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + p.With.At(), Text: p.With.Problem}}}
		return q.Again("with", p), other
	}
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/me/copy", "mine.with_saved"), r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return allowPaper(q.Context(), tx, q.Viewer, with, r.Now())
	})
}

// stopWith takes back a yes that was not begun, and shuts a page that was.
func (r *Room) stopWith(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/me/copy", "mine.with_stopped"), r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return stopPapers(q.Context(), tx, q.Viewer, r.Now())
	})
}

// printPage lists the copies that others print with the viewer.
type printPage struct {
	Title look.Title
	Notes []look.Note
	List  []printing
	None  string
}

type printing struct {
	Heading, Text, Action string
	Acts                  []look.Button
}

func (r *Room) showPrint(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	var list []Paper
	var names map[person.ID]string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if list, err = papersWith(q.Context(), tx, q.Viewer, r.Now()); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	p := printPage{Title: look.Title{Text: t("mine.print_heading"), Lead: t("mine.print_lead")}, None: t("mine.print_none"),
		Notes: []look.Note{note(q, "print_before"), note(q, "print_after")}}
	for _, one := range list {
		p.List = append(p.List, printing{t("mine.print_whose", "name", names[one.Person]), t("mine.print_until", "when", q.Words.When(one.Until)), "/paper/print/" + one.ID,
			[]look.Button{{Text: t("mine.print_open")}}})
	}
	if len(list) == 0 {
		p.Notes = nil
	}
	return q.Show("print", p), err
}

// paperPage is her copy in large letters, as it is printed.
type paperPage struct {
	How  string
	Page look.HTML
	With string
	Back look.Link
}

// openPaper puts on record that its printer is shown a copy, marks it as begun, and shows it: all that is kept
// of her, as her own page has it. Words of others in it are those that were shared with her and with whoever
// prints it, and both are on record for them.
func (r *Room) openPaper(q *web.Request) (web.Answer, error) {
	var p Paper
	var her person.Viewer
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if p, err = paperWith(q.Context(), tx, q.Viewer, q.Path("copy"), r.Now()); err != nil {
			return err
		}
		her, err = r.Circle.Viewer(q.Context(), tx, q.Partnership(), p.Person)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := r.Gate.Copied(q.Context(), her, q.Viewer.ID); err != nil {
		return nil, err
	}
	if err := r.DB.Write(q.Context(), func(tx *store.Tx) error { return beginPaper(q.Context(), tx, q.Viewer, p, r.Now()) }); err != nil {
		return nil, err
	}
	her.Hand = person.Hand{Way: person.Paper, By: q.Viewer.ID}
	as := q.As(her, nil)
	page, err := r.all(as, consent.NewAct("print"), q.Viewer)
	if err != nil {
		return nil, err
	}
	text, err := as.HTML("all", page)
	t := q.Words.T
	return q.Show("paper", paperPage{How: t("mine.paper_how"), Page: text, With: as.Words.T("mine.paper_with", "name", q.Viewer.Name),
		Back: look.Link{Href: "/paper/print", Text: t("mine.paper_back")}}), err
}
