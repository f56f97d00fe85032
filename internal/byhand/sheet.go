package byhand

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// tasksPage lists what can be done on paper.
type tasksPage struct {
	Title  look.Title
	Groups []taskGroup
	Links  []look.Link
}

// A taskGroup is the tasks that are done on pages of one kind.
type taskGroup struct {
	Name  string
	at    int // in the list of pages
	Cards []look.Card
}

// showTasks lists every task that has a twin, by the pages it is done on, and the ways to enter one.
func (r *Room) showTasks(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := tasksPage{Title: look.Title{Text: t("byhand.heading"), Lead: t("byhand.lead")}}
	for _, twin := range q.Twins() {
		if !twin.Admits(q.Viewer) || (twin.Newcomer && !MayWrite(q.Viewer)) || (!twin.Newcomer && !twin.Fits(q.Viewer) && !MayWrite(q.Viewer)) {
			continue
		}
		name, at := q.Whereabouts(twin)
		i := slices.IndexFunc(p.Groups, func(g taskGroup) bool { return g.at == at })
		if i < 0 {
			i = len(p.Groups)
			p.Groups = append(p.Groups, taskGroup{Name: cmp.Or(name, t("byhand.more_tasks")), at: at})
		}
		p.Groups[i].Cards = append(p.Groups[i].Cards, look.Card{Title: look.Link{Href: "/paper/for/" + twin.Name, Text: t(twin.Title)}, Text: t(twin.Title + "_text")})
	}
	slices.SortFunc(p.Groups, func(a, b taskGroup) int { return cmp.Compare(a.at, b.at) })
	if MayWrite(q.Viewer) {
		p.Links = append(p.Links, look.Link{Href: "/paper/enter", Text: t("byhand.enter_link")}, look.Link{Href: "/paper/bring", Text: t("byhand.bring_link")})
	}
	p.Links = append(p.Links, look.Link{Href: "/paper/beside", Text: t("byhand.beside_link")}, look.Link{Href: "/me/paper", Text: t("byhand.mine_link")})
	return q.Show("tasks", p), nil
}

// forPage asks for whom a sheet is, or about which thing of hers.
type forPage struct {
	Check  look.Check
	Title  look.Title
	Action string
	Asks   []look.Ask
	None   string
	Acts   []look.Button
}

func (r *Room) twin(q *web.Request, name string) (web.Twin, error) {
	i := slices.IndexFunc(q.Twins(), func(t web.Twin) bool { return t.Name == name })
	if i < 0 {
		return web.Twin{}, fault.Missing
	}
	return q.Twins()[i], nil
}

// printable returns a twin whose sheets the viewer may know of. To anybody else it is none.
func (r *Room) printable(q *web.Request, name string) (web.Twin, error) {
	twin, err := r.twin(q, name)
	if err == nil && !twin.Admits(q.Viewer) {
		err = fault.Missing
	}
	return twin, err
}

func (r *Room) showFor(q *web.Request) (web.Answer, error) {
	twin, err := r.printable(q, q.Path("twin"))
	if err != nil {
		return nil, err
	}
	p, err := r.newForPage(q, twin)
	return q.Show("for", p), err
}

func (r *Room) newForPage(q *web.Request, twin web.Twin) (forPage, error) {
	t := q.Words.T
	p := forPage{Title: look.Title{Text: t(twin.Title), Lead: t("byhand.for_lead")}, Action: "/paper/for/" + twin.Name, Acts: []look.Button{{Text: t("byhand.print")}}}
	if twin.Newcomer {
		p.Title.Lead = t("byhand.for_newcomer")
		return p, nil
	}
	things, err := r.things(q, twin)
	if err != nil {
		return p, err
	}
	if twin.Things != nil {
		if len(things) == 0 {
			p.None, p.Acts = t("byhand.no_things"), nil
			return p, nil
		}
		p.Asks = append(p.Asks, look.Choose(look.Choice{Name: "for", Legend: t("byhand.which"), Options: things}))
		return p, nil
	}
	options := []look.Option{{Value: string(q.Viewer.ID), Label: t("byhand.for_me")}}
	if MayWrite(q.Viewer) {
		others, err := r.others(q, twin)
		if err != nil {
			return p, err
		}
		for _, her := range others {
			options = append(options, look.Option{Value: string(her.ID), Label: her.Name})
		}
	}
	p.Asks = append(p.Asks, look.Choose(look.Choice{Name: "for", Legend: t("byhand.for_whom"), Hint: t("byhand.for_whom_hint"), Options: options}))
	return p, nil
}

// others lists for whom the viewer may print a task: who does not sign in herself, or has said that others may
// write things down for her.
func (r *Room) others(q *web.Request, twin web.Twin) ([]person.Viewer, error) {
	var list []person.Viewer
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		people, err := r.Circle.List(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, p := range people {
			ok, err := r.open(q.Context(), tx, q.Partnership(), p.ID)
			if err != nil {
				return err
			}
			if !ok || p.ID == q.Viewer.ID {
				continue
			}
			her, err := r.Circle.Viewer(q.Context(), tx, q.Partnership(), p.ID)
			if err != nil {
				return err
			}
			if twin.Fits(her) {
				list = append(list, her)
			}
		}
		return nil
	})
	return list, err
}

// open reports whether others may print and enter sheets for somebody.
func (r *Room) open(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) (bool, error) {
	has, err := r.Accounts.Has(ctx, tx, p, who)
	if err != nil || !has {
		return !has, err
	}
	return isAllowed(ctx, tx, p, who)
}

// things lists what a sheet can be about, as "person/thing". Of her own things the viewer sees the titles
// she gave them; of somebody else's only those she herself wrote down or sat beside, by day. What is nobody's own,
// such as a decision that asks for everybody, is offered for each whom she may print for.
func (r *Room) things(q *web.Request, twin web.Twin) ([]look.Option, error) {
	if twin.Things == nil {
		return nil, nil
	}
	own, err := twin.Things(q)
	if err != nil {
		return nil, err
	}
	for i := range own {
		own[i].Value = string(q.Viewer.ID) + "/" + own[i].Value
	}
	if twin.Of == "" {
		theirs, err := r.theirs(q, twin)
		return append(own, theirs...), err
	}
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		known, err := entriesKnown(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		for _, e := range known {
			if e.Twin == twin.Of && e.Thing != "" {
				own = append(own, look.Option{Value: string(e.Person) + "/" + e.Thing, Label: q.Words.T("byhand.thing", "name", names[e.Person], "date", q.Words.Date(e.Made))})
			}
		}
		return err
	})
	return own, err
}

// theirs lists what a sheet can be about for each whom the viewer may print for.
func (r *Room) theirs(q *web.Request, twin web.Twin) ([]look.Option, error) {
	if !MayWrite(q.Viewer) {
		return nil, nil
	}
	others, err := r.others(q, twin)
	if err != nil {
		return nil, err
	}
	var list []look.Option
	for _, her := range others {
		her.Language, her.Hand = q.Viewer.Language, person.Hand{Way: person.Paper, By: q.Viewer.ID}
		of, err := twin.Things(q.As(her, nil))
		if err != nil {
			return nil, err
		}
		for _, o := range of {
			list = append(list, look.Option{Value: string(her.ID) + "/" + o.Value, Label: q.Words.T("byhand.thing_for", "name", her.Name, "what", o.Label), Hint: o.Hint})
		}
	}
	return list, nil
}

type forForm struct {
	For string `form:"for"`
}

// makeSheet gives a sheet its code and goes to it.
func (r *Room) makeSheet(q *web.Request) (web.Answer, error) {
	twin, err := r.printable(q, q.Path("twin"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[forForm](q)
	if err != nil {
		return nil, err
	}
	s := Sheet{Code: newCode(), Twin: twin.Name, By: q.Viewer.ID, Made: r.Now()}
	if !twin.Newcomer {
		if s.Person, s.Thing, err = r.chosen(q, twin, f.For); err != nil {
			return nil, err
		}
		if s.Person == "" {
			p, err := r.newForPage(q, twin)
			p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#for", Text: q.Words.T("byhand.choose")}}}
			return q.Again("for", p), err
		}
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := sweepSheets(q.Context(), tx, q.Partnership(), r.Now().Add(-Lasts)); err != nil {
			return err
		}
		return insertSheet(q.Context(), tx, q.Partnership(), s)
	})
	return web.Go("/paper/sheet/" + s.Code), err
}

// chosen returns for whom and about what the answer says, as far as it was offered; nobody otherwise.
func (r *Room) chosen(q *web.Request, twin web.Twin, value string) (person.ID, string, error) {
	p, err := r.newForPage(q, twin)
	if err != nil {
		return "", "", err
	}
	for _, a := range p.Asks {
		for _, o := range a.Choice.Options {
			if o.Value == value {
				who, thing, _ := strings.Cut(value, "/")
				return person.ID(who), thing, nil
			}
		}
	}
	return "", "", nil
}

// sheetPage is the page that prints.
type sheetPage struct {
	Title        look.Title
	CodeIs, Code string
	Notes        []look.Note
	Asks         []look.Ask
	Foot         []string
	Back         look.Link
}

// showSheet shows a sheet to whoever printed it, until it is entered. To anybody else its code is none.
func (r *Room) showSheet(q *web.Request) (web.Answer, error) {
	s, twin, her, err := r.sheet(q, foldCode(q.Path("code")))
	if err != nil {
		return nil, err
	}
	if s.By != q.Viewer.ID {
		return nil, ErrCode
	}
	asked, err := twin.Ask(q.As(her, nil), s.Thing)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	return q.Show("sheet", sheetPage{
		Title: look.Title{Text: t(twin.Title), Lead: t("byhand.sheet_lead")}, CodeIs: t("byhand.code_is"), Code: s.Code, Notes: asked.Notes, Asks: asked.Asks,
		Foot: []string{t("byhand.sheet_beside"), t("byhand.sheet_next_" + what(twin, nil)), t(keep(twin))},
		Back: look.Link{Href: "/paper", Text: t("byhand.back")},
	}), nil
}

// keep is the catalogue key of whom she asks for another page.
func keep(t web.Twin) string {
	if t.Among != nil {
		return "byhand.sheet_keep_among"
	}
	return "byhand.sheet_keep"
}

// what says whether answers wait for a second yes, as a part of a catalogue key.
func what(t web.Twin, answers url.Values) string {
	if t.Waits(answers) {
		return "gives"
	}
	return "closes"
}

// sheet returns a sheet with its twin and the person it is for, as the viewer's hand would act for her. It
// returns ErrCode when there is no such sheet, or none that may be entered any more.
func (r *Room) sheet(q *web.Request, code string) (Sheet, web.Twin, person.Viewer, error) {
	var s Sheet
	her := person.Viewer{Partnership: q.Partnership(), Language: q.Viewer.Language}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if s, err = getSheet(q.Context(), tx, q.Partnership(), code, r.Now().Add(-Lasts)); err != nil || s.Person == "" {
			return err
		}
		if her, err = r.Circle.Viewer(q.Context(), tx, q.Partnership(), s.Person); err != nil {
			return err
		}
		if ok, err := r.open(q.Context(), tx, q.Partnership(), s.Person); err != nil || (!ok && s.By != s.Person) || !her.Known() {
			return errors.Join(err, fault.Missing)
		}
		return nil
	})
	if errors.Is(err, fault.Missing) {
		return s, web.Twin{}, her, ErrCode
	}
	if err != nil {
		return s, web.Twin{}, her, err
	}
	twin, err := r.twin(q, s.Twin)
	if err == nil && (!twin.Admits(q.Viewer) || !twin.Newcomer && !twin.Fits(her)) {
		err = ErrCode
	}
	her.Hand = person.Hand{Way: person.Paper, By: q.Viewer.ID}
	return s, twin, her, err
}
