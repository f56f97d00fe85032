package entry

import (
	"errors"
	"strings"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

type setUpForm struct {
	Code       string `form:"code"`
	Site       string `form:"site"`
	LeaveTo    string `form:"leave_to"`
	Name       string `form:"name"`
	Passphrase string `form:"passphrase"`
	Second     string `form:"second"`
	Keeper     string `form:"keeper"`
	Easy       bool   `form:"easy"`
}

var (
	errSetUpCode = fault.New(fault.Invalid, "entry.wrong_set_up_code")
	errSecond    = fault.New(fault.Invalid, "entry.second_empty")
	errSameName  = fault.New(fault.Invalid, "entry.same_name")
	errKeeper    = fault.New(fault.Invalid, "entry.keeper_empty")
)

func newSetUpPage(q *web.Request, f setUpForm) form {
	t := q.Words.T
	return form{
		Title: look.Title{Text: t("entry.set_up_heading"), Lead: t("entry.set_up_lead")}, Action: "/set-up",
		Notes: []look.Note{{Title: t("entry.set_up_two"), Text: t("entry.set_up_two_text")}},
		Asks: []look.Ask{
			look.Write(look.Field{Name: "code", Label: t("entry.set_up_code"), Hint: t("entry.set_up_code_hint"), Value: f.Code, Autocomplete: "off", Required: true}),
			look.Write(look.Field{Name: "site", Label: t("circle.site_name"), Hint: t("circle.site_name_hint"), Value: f.Site, Autocomplete: "off", Required: true}),
			look.Write(look.Field{Name: "leave_to", Label: t("circle.leave_to"), Hint: t("circle.leave_to_hint"), Value: f.LeaveTo, Autocomplete: "off", Required: true}),
			nameField(q, f.Name),
			newPassphrase(q, f.Passphrase, f.Easy),
			look.Write(look.Field{Name: "second", Label: t("entry.second"), Hint: t("entry.second_hint"), Value: f.Second, Autocomplete: "off", Required: true}),
			look.Choose(look.Choice{Name: "keeper", Legend: t("entry.keeper"), Hint: t("entry.keeper_hint"), Options: []look.Option{
				{Value: "other", Label: t("entry.keeper_other"), Hint: t("entry.keeper_other_hint"), Chosen: f.Keeper == "other"},
				{Value: "me", Label: t("entry.keeper_me"), Chosen: f.Keeper == "me"}}}),
		},
		Acts: withEasy(q, t("entry.set_up_go")),
	}
}

// settings are the site's, as they were typed.
func (f setUpForm) settings() circle.Settings {
	return circle.Settings{Partnership: person.Partnership(store.RandomID()),
		Name: strings.Join(strings.Fields(f.Site), " "), LeaveTo: strings.TrimSpace(f.LeaveTo)}
}

// check returns the field that needs another look and why.
func (f setUpForm) check() (string, error) {
	if err := f.settings().Check(); err != nil {
		if field := circle.SettingsField(err); field == "leave_to" {
			return field, err
		}
		return "site", err
	}
	switch {
	case circle.Fold(f.Name) == "":
		return "name", circle.ErrNoName
	case circle.Fold(f.Second) == "":
		return "second", errSecond
	case circle.Fold(f.Second) == circle.Fold(f.Name):
		return "second", errSameName
	case f.Keeper != "me" && f.Keeper != "other":
		return "keeper", errKeeper
	}
	return "passphrase", account.CheckPassphrase(f.Passphrase, f.Name)
}

// setUp makes the partnership and the first of its first two members. Of two who do so at once, here or in
// two processes over one database, one does.
func (r *Room) setUp(q *web.Request) (web.Answer, error) {
	if q.Site.Ready {
		return nil, circle.ErrMade
	}
	f, err := web.Parse[setUpForm](q)
	if err != nil {
		return nil, err
	}
	page := newSetUpPage(q, f)
	if f.Easy {
		return q.Show("form", page), nil
	}
	if !r.isSetUpCode(f.Code) {
		return q.Again("form", page.wrong(q, "code", errSetUpCode)), nil
	}
	if name, err := f.check(); err != nil {
		return q.Again("form", page.wrong(q, name, err)), nil
	}
	hashed, err := r.Accounts.Hash(q.Context(), f.Passphrase)
	if err != nil {
		return nil, err
	}
	var made founded
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		made, err = r.found(q, tx, f, hashed)
		return err
	})
	switch {
	case err != nil && sayable(err) && !errors.Is(err, circle.ErrMade):
		return q.Again("form", page.wrong(q, fieldOf(err), err)), nil
	case err != nil:
		return nil, err
	}
	if err := r.signedIn(q, made.opened); err != nil {
		return nil, err
	}
	return q.Show("given", made.page(q)), nil
}

// founded is what the set-up has made.
type founded struct {
	opened account.Opened
	cards  []codeCard
}

func (r *Room) found(q *web.Request, tx *store.Tx, f setUpForm, hashed account.Hashed) (founded, error) {
	var made founded
	ctx, s := q.Context(), f.settings()
	if err := r.Circle.Make(ctx, tx, s); err != nil {
		return made, err
	}
	first, err := r.Circle.Add(ctx, tx, s.Partnership, f.Name, "")
	if err != nil {
		return made, err
	}
	if err := r.Accounts.Create(ctx, tx, s.Partnership, first, f.Name, hashed); err != nil {
		return made, err
	}
	second, code, err := r.newCode(ctx, tx, s.Partnership, first, invited{Standing: person.LivedExperience, Founding: true})
	if err != nil {
		return made, err
	}
	second.Second = strings.TrimSpace(f.Second)
	if err := insertFounding(ctx, tx, s.Partnership, second); err != nil {
		return made, err
	}
	made.cards = append(made.cards, codeCard{For: q.Words.T("entry.code_for", "name", second.Second), Code: code})
	if f.Keeper == "me" {
		err = r.Circle.Give(ctx, tx, s.Partnership, first, person.Administrator, first, false)
	} else {
		_, code, err = r.newCode(ctx, tx, s.Partnership, first, invited{Administrator: true})
		made.cards = append(made.cards, codeCard{For: q.Words.T("entry.code_for_keeper"), Code: code})
	}
	if err != nil {
		return made, err
	}
	if made.opened, err = r.Accounts.NewSession(ctx, tx, s.Partnership, first, device(q.HTTP), false); err != nil {
		return made, err
	}
	return made, r.Accounts.Assure(ctx, tx, s.Partnership, &made.opened.Session)
}

func (m founded) page(q *web.Request) givenPage {
	t := q.Words.T
	return givenPage{
		Title: look.Title{Text: t("entry.founded"), Lead: t("entry.founded_lead")},
		How:   t("entry.code_how", "host", q.HTTP.Host), Cards: m.cards,
		Go: look.Button{Text: t("entry.continue"), Href: "/me/codes"},
	}
}
