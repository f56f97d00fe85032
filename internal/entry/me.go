package entry

import (
	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// mePage is what somebody sees to herself.
type mePage struct {
	Form   form
	Groups []meGroup
	Pause  look.Button
	Out    look.Button
	Leave  look.Link
	Break  string // where the pause button leads
	Note   string
}

// meGroup is a heading with pages that belong together under it.
type meGroup struct {
	Heading string
	Links   []look.Card
}

// meGroups groups what somebody can see to. mine are the cards that other rooms bring.
func meGroups(q *web.Request, codes int, mine []look.Card) []meGroup {
	t := q.Words.T
	card := func(path, key string, args ...any) look.Card {
		return look.Card{Title: look.Link{Href: path, Text: t("entry." + key)}, Text: t("entry."+key+"_text", args...)}
	}
	say := []look.Card{card("/needs", "me_needs"), card("/between", "me_between"), card("/buddy", "me_buddy"), card("/me/about", "me_about"), card("/side-by-side", "me_join")}
	if q.Viewer.Standings.Has(person.LivedExperience) {
		say = append([]look.Card{card("/asked/about", "me_asked")}, say...)
	}
	return []meGroup{
		{t("entry.me_group_say"), append(say, mine...)},
		{t("entry.me_group_kept"), []look.Card{card("/me/copy", "me_copy"), card("/paper", "me_paper")}},
		{t("entry.me_group_safe"), []look.Card{card("/me/try", "do_leaving"), card("/me/helpers", "me_helpers")}},
		{t("entry.me_group_in"), []look.Card{card("/me/passphrase", "me_passphrase"), card("/me/codes", "me_codes", "count", codes), card("/me/picture", "me_picture"),
			card("/me/sessions", "me_sessions"), card("/factor", "me_factor"), card("/me/tokens", "me_tokens")}},
	}
}

func (r *Room) newMePage(q *web.Request, name string) (mePage, error) {
	t := q.Words.T
	var who circle.Person
	var left int
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if who, err = r.Circle.Get(q.Context(), tx, q.Partnership(), q.Viewer.ID); err != nil {
			return err
		}
		left, err = r.Accounts.RecoveryCodesLeft(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		return err
	})
	p := mePage{
		Form: form{Title: look.Title{Text: t("entry.me_heading")}, Action: "/me", Asks: []look.Ask{nameField(q, name)}, Acts: []look.Button{{Text: t("entry.save_name"), Look: look.Second}}},
		Out:  look.Button{Text: t("entry.sign_out"), Look: look.Second}, Leave: look.Link{Href: "/me/end", Text: t("entry.leave_group")},
		Break: "/me/back", Pause: look.Button{Text: t("entry.step_back"), Look: look.Second}, Note: t("entry.step_back_text"),
	}
	var cards []look.Card
	for _, mine := range r.Mine {
		more, err := mine(q)
		if err != nil {
			return p, err
		}
		cards = append(cards, more...)
	}
	p.Groups = meGroups(q, left, cards)
	if !who.Back.IsZero() {
		p.Break, p.Pause, p.Note = "/me/return", look.Button{Text: t("entry.come_back"), Look: look.Second}, t("entry.come_back_text")
	}
	return p, err
}

func (r *Room) showMe(q *web.Request) (web.Answer, error) {
	p, err := r.newMePage(q, q.Viewer.Name)
	return q.Show("me", p), err
}

type nameForm struct {
	Name string `form:"name"`
}

// rename changes the name she signs in with and everybody reads, both or neither.
func (r *Room) rename(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[nameForm](q)
	if err != nil {
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := r.Accounts.Rename(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.Name); err != nil {
			return err
		}
		return r.Circle.Rename(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.Name)
	})
	if err != nil && sayable(err) {
		p, other := r.newMePage(q, f.Name)
		p.Form = p.Form.wrong(q, "name", err)
		return q.Again("me", p), other
	}
	return web.GoSaying("/me", "entry.saved"), err
}

type leavingPage struct {
	Steps look.Steps
	Title look.Title
	Notes []look.Note
	Go    look.Button
	More  look.Link
}

// showLeaving teaches leaving on the first visit, with what it cannot do (R10).
func (r *Room) showLeaving(q *web.Request) (web.Answer, error) {
	left, err := r.codesLeft(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := leavingPage{
		Title: look.Title{Text: t("entry.leaving_heading"), Lead: t("entry.leaving_lead")},
		Notes: []look.Note{
			{Title: t("entry.leaving_link"), Text: t("entry.leaving_link_text")},
			{Title: t("entry.leaving_shift"), Text: t("entry.leaving_shift_text")},
			{Title: t("entry.leaving_limit"), Text: t("entry.leaving_limit_text")},
		},
		Go: look.Button{Text: t("entry.to_first"), Href: "/"}, More: look.Link{Href: "/phones", Text: t("web.shared_phone")},
	}
	if left == 0 { // her first visit: this comes before her way back in
		p.Steps = look.Steps{Text: t("entry.part", "now", 3, "of", 4), Now: 3, Of: 4}
		p.Go = look.Button{Text: t("entry.continue"), Href: "/me/codes"}
	}
	return q.Show("leaving", p), nil
}

type passphraseForm struct {
	Old        string `form:"old"`
	Passphrase string `form:"passphrase"`
	Easy       bool   `form:"easy"`
}

func newPassphrasePage(q *web.Request, f passphraseForm) form {
	t := q.Words.T
	return form{
		Title: look.Title{Text: t("entry.me_passphrase")}, Action: "/me/passphrase",
		Asks: []look.Ask{
			look.Write(look.Field{Name: "old", Label: t("entry.old_passphrase"), Value: f.Old, Type: "password", Autocomplete: "current-password", Show: t("entry.show")}),
			newPassphrase(q, f.Passphrase, f.Easy),
		},
		Acts: withEasy(q, t("entry.save_passphrase")),
	}
}

func (r *Room) showPassphrase(q *web.Request) (web.Answer, error) {
	return q.Show("form", newPassphrasePage(q, passphraseForm{})), nil
}

// setPassphrase changes the passphrase and signs out everywhere else.
func (r *Room) setPassphrase(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[passphraseForm](q)
	if err != nil {
		return nil, err
	}
	page := newPassphrasePage(q, f)
	if f.Easy {
		return q.Show("form", page), nil
	}
	if err := account.CheckPassphrase(f.Passphrase, q.Viewer.Name); err != nil {
		return q.Again("form", page.wrong(q, "passphrase", err)), nil
	}
	if err := r.Accounts.Verify(q.Context(), q.Partnership(), q.Viewer.ID, f.Old, r.From(q.HTTP)); err != nil {
		if sayable(err) {
			return q.Again("form", page.wrong(q, "old", err)), nil
		}
		return nil, err
	}
	hashed, err := r.Accounts.Hash(q.Context(), f.Passphrase)
	if err != nil {
		return nil, err
	}
	s, err := r.Accounts.Session(q.Context(), q.Partnership(), q.Token)
	if err != nil {
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := r.Accounts.SetPassphrase(q.Context(), tx, q.Partnership(), q.Viewer.ID, hashed); err != nil {
			return err
		}
		_, err := r.Accounts.EndSessions(q.Context(), tx, q.Partnership(), q.Viewer.ID, s.ID)
		return err
	})
	return web.GoSaying("/me", "entry.saved"), err
}
