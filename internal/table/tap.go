package table

import (
	"errors"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// picture is one picture on a page.
type picture struct {
	Name, Label, Href string
	Taken             bool
	Chosen            bool
}

// tablePage shows a picture for each member who chose one.
type tablePage struct {
	Title    look.Title
	Pictures []picture
	None     string
	Close    look.Button
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	if _, err := r.sitting(q); errors.Is(err, errClosed) {
		return web.Go("/"), nil
	} else if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := tablePage{Title: look.Title{Text: t("table.heading"), Lead: t("table.lead")}, None: t("table.none"), Close: look.Button{Text: t("table.close"), Look: look.Second}}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := r.Accounts.Pictures(q.Context(), tx, q.Partnership())
		for _, one := range list {
			p.Pictures = append(p.Pictures, picture{Name: one.Picture, Label: t("table.pic_" + one.Picture), Href: "/table/tap/" + one.Picture})
		}
		return err
	})
	return q.Show("table", p), err
}

// tapPage asks for the PIN behind a picture.
type tapPage struct {
	Check   look.Check
	Title   look.Title
	Picture picture
	PIN     look.Field
	Action  string
	Acts    []look.Button
}

func (r *Room) showTap(q *web.Request) (web.Answer, error) {
	p, _, err := r.newTapPage(q, nil)
	if errors.Is(err, errClosed) {
		return web.Go("/"), nil
	}
	return q.Show("tap", p), err
}

func (r *Room) newTapPage(q *web.Request, problem error) (tapPage, sitting, error) {
	s, err := r.sitting(q)
	if err != nil {
		return tapPage{}, s, err
	}
	name := q.Path("picture")
	if !known(name) {
		return tapPage{}, s, fault.Missing
	}
	fresh := false
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := r.Accounts.Pictures(q.Context(), tx, q.Partnership())
		for _, one := range list {
			fresh = fresh || (one.Picture == name && one.New)
		}
		return err
	})
	t := q.Words.T
	p := tapPage{Title: look.Title{Text: t("table.pic_" + name)}, Picture: picture{Name: name, Label: t("table.pic_" + name)}, Action: "/table/tap/" + name,
		PIN:  look.Field{Name: "pin", Label: t("table.pin"), Type: "password", InputMode: "numeric", Autocomplete: "off", Short: true, Autofocus: true},
		Acts: []look.Button{{Text: t("table.go")}, {Text: t("table.not_me"), Look: look.Second, Href: "/table"}}}
	if fresh {
		p.PIN.Label, p.PIN.Hint = t("table.pin_first"), t("table.pin_hint")
	}
	if problem != nil {
		p.PIN.Problem = circle.Say(q, problem)
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#pin", Text: p.PIN.Problem}}}
	}
	return p, s, err
}

type tapForm struct {
	PIN string `form:"pin"`
}

// tap begins somebody's turn.
func (r *Room) tap(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[tapForm](q)
	if err != nil {
		return nil, err
	}
	s, err := r.sitting(q)
	if errors.Is(err, errClosed) || !known(q.Path("picture")) {
		return web.Go("/"), nil
	}
	if err != nil {
		return nil, err
	}
	opened, err := r.Accounts.SignInByPicture(q.Context(), q.Partnership(), account.Tap{Picture: q.Path("picture"), PIN: f.PIN, Table: s.ID, Until: s.Until, From: r.From(q.HTTP)})
	if errors.Is(err, account.ErrNoMatch) {
		err = errPIN
	}
	if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.Busy) {
		p, _, other := r.newTapPage(q, err)
		return q.Again("tap", p), other
	}
	if err != nil {
		return nil, err
	}
	q.SignIn(opened.Token, opened.Expires)
	return web.Go("/table/tasks"), nil
}

// errPIN is a PIN that is not the one behind the picture.
var errPIN = fault.New(fault.Invalid, "table.pin_other")

// tasksPage offers what can be done in a turn. One of them, and the turn is over.
type tasksPage struct {
	Title look.Title
	Cards []look.Card
	New   look.Button
	End   look.Link
	Note  look.Note
}

func (r *Room) showTasks(q *web.Request) (web.Answer, error) {
	if q.Viewer.Table == "" {
		return web.Go("/"), nil
	}
	t := q.Words.T
	return q.Show("tasks", tasksPage{
		Title: look.Title{Text: t("table.hello", "name", q.Viewer.Name), Lead: t("table.tasks_lead")},
		New:   look.Button{Text: t("table.share")},
		Cards: []look.Card{{Title: look.Link{Href: "/agreement", Text: t("table.agreement")}, Text: t("table.agreement_text")}},
		End:   look.Link{Href: "/table/end", Text: t("table.done")}, Note: look.Note{Text: t("table.closes")},
	}), nil
}

// endTurn ends whoever's turn it was, and shows the pictures again.
func (r *Room) endTurn(q *web.Request) (web.Answer, error) {
	if q.Viewer.Table == "" {
		return web.Go("/table"), nil
	}
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.Accounts.EndToken(q.Context(), tx, q.Partnership(), q.Token) })
	q.SignOut()
	return web.Go("/table"), err
}
