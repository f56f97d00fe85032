package table

import (
	"errors"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// minePage lets somebody choose her picture and PIN.
type minePage struct {
	Check   look.Check
	Title   look.Title
	Shut    look.Note // said when too many numbers were tried at hers
	Legend  string
	Problem string
	All     []picture
	PIN     look.Field
	Acts    []look.Button
	Drop    look.Button
}

func (r *Room) newMinePage(q *web.Request, chosen string, problem error) (minePage, error) {
	t := q.Words.T
	p := minePage{Title: look.Title{Text: t("table.mine_heading"), Lead: t("table.mine_lead")}, Legend: t("table.choose"),
		PIN:  look.Field{Name: "pin", Label: t("table.pin_new"), Hint: t("table.pin_hint"), Type: "password", InputMode: "numeric", Autocomplete: "off", Short: true, Show: t("table.show")},
		Acts: []look.Button{{Text: t("table.save")}}}
	list, err := r.pictures(q)
	if err != nil {
		return p, err
	}
	holders := map[string]person.ID{}
	for _, one := range list {
		holders[one.Picture] = one.Person
		if one.Person == q.Viewer.ID {
			p.Drop = look.Button{Text: t("table.drop"), Look: look.Quiet}
			if one.Shut {
				p.Shut = look.Note{Title: t("table.shut"), Text: t("table.shut_text")}
			}
			if chosen == "" {
				chosen = one.Picture
			}
		}
	}
	for _, name := range Pictures {
		if holder := holders[name]; holder == "" || holder == q.Viewer.ID {
			p.All = append(p.All, picture{Name: name, Label: t("table.pic_" + name), Chosen: name == chosen})
		}
	}
	if problem != nil {
		say, at := circle.Say(q, problem), "#picture"
		if errors.Is(problem, account.ErrPIN) {
			p.PIN.Problem, at = say, "#pin"
		} else {
			p.Problem = say
		}
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: at, Text: say}}}
	}
	return p, nil
}

func (r *Room) pictures(q *web.Request) (list []account.Pictured, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err = r.Accounts.Pictures(q.Context(), tx, q.Partnership())
		return err
	})
	return list, err
}

func (r *Room) showMine(q *web.Request) (web.Answer, error) {
	p, err := r.newMinePage(q, "", nil)
	return q.Show("mine", p), err
}

// errNoPicture asks for a picture.
var errNoPicture = fault.New(fault.Invalid, "table.choose_one")

type mineForm struct {
	Picture string `form:"picture"`
	PIN     string `form:"pin"`
}

func (r *Room) saveMine(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[mineForm](q)
	if err != nil {
		return nil, err
	}
	err = account.CheckPIN(f.PIN)
	if !known(f.Picture) {
		err = errNoPicture
	}
	var hashed account.Hashed
	if err == nil {
		if hashed, err = r.Accounts.Hash(q.Context(), f.PIN); err != nil {
			return nil, err
		}
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
			return r.Accounts.SetPicture(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.Picture, hashed)
		})
	}
	if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.Conflict) {
		p, other := r.newMinePage(q, f.Picture, err)
		return q.Again("mine", p), other
	}
	return web.GoSaying("/me/picture", "table.saved"), err
}

func (r *Room) dropMine(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Accounts.DropPicture(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	})
	return web.GoSaying("/me/picture", "table.dropped"), err
}

// twins is choosing a picture on paper: the PIN is chosen at the first tap, by herself.
func (r *Room) twins() []web.Twin {
	return []web.Twin{{Name: "picture", Title: "table.twin", Allow: circle.SignedIn(web.Own), Gives: web.Always, Ask: r.askOnPaper, Enter: r.enterPicture,
		At: func(string) string { return "/me/picture" }}}
}

func (r *Room) askOnPaper(q *web.Request, _ string) (web.Asked, error) {
	p, err := r.newMinePage(q, "", nil)
	c := look.Choice{Name: "picture", Legend: p.Legend}
	for _, one := range p.All {
		c.Options = append(c.Options, look.Option{Value: one.Name, Label: one.Label})
	}
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("table.twin_note")}}, Asks: []look.Ask{look.Choose(c)}}, err
}

func (r *Room) enterPicture(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[mineForm](q)
	if err != nil {
		return "", err
	}
	if !known(f.Picture) {
		return "", errNoPicture
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Accounts.SetPicture(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.Picture, "")
	})
}
