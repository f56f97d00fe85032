package entry

import (
	"errors"

	"footing/internal/account"
	"footing/internal/web"
	"footing/internal/web/look"
)

type recoverForm struct {
	Name       string `form:"name"`
	Code       string `form:"code"`
	Passphrase string `form:"passphrase"`
	Easy       bool   `form:"easy"`
	Begin      bool   `form:"begin"` // she comes from the page that carries what she wrote
}

func newRecoverPage(q *web.Request, f recoverForm) form {
	t := q.Words.T
	p := form{
		Title: look.Title{Text: t("entry.recover_heading"), Lead: t("entry.recover_lead")}, Action: "/recover",
		Asks: []look.Ask{
			look.Write(look.Field{Name: "name", Label: t("entry.sign_in_name"), Value: f.Name, Autocomplete: "username"}),
			look.Write(look.Field{Name: "code", Label: t("entry.recover_code"), Hint: t("entry.recover_code_hint"), Value: f.Code, Autocomplete: "off"}),
			newPassphrase(q, f.Passphrase, f.Easy),
		},
		Acts: withEasy(q, t("entry.recover_go")),
	}
	for _, waits := range q.Carried() {
		p.Notes = []look.Note{{Text: t("web.carry_kept")}}
		p.Asks = append(p.Asks, look.Carry(waits[0], waits[1]))
	}
	return p
}

func (r *Room) showRecover(q *web.Request) (web.Answer, error) {
	if !q.Site.Ready {
		return web.Go("/"), nil
	}
	return q.Show("form", newRecoverPage(q, recoverForm{})), nil
}

// recover sets a new passphrase in exchange for one of the printed codes and signs out everywhere else.
func (r *Room) recover(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[recoverForm](q)
	if err != nil || !q.Site.Ready {
		return web.Go("/"), err
	}
	if f.Begin {
		return q.Show("form", newRecoverPage(q, recoverForm{Name: f.Name})), nil
	}
	if f.Easy {
		return q.Show("form", newRecoverPage(q, f)), nil
	}
	opened, err := r.Accounts.Recover(q.Context(), q.Partnership(), account.Recovery{
		Name: f.Name, Code: f.Code, Passphrase: f.Passphrase, From: r.From(q.HTTP), Device: device(q.HTTP)})
	switch {
	case err != nil && sayable(err):
		return q.Again("form", newRecoverPage(q, f).wrong(q, recoverField(err), err)), nil
	case err != nil:
		return nil, err
	}
	if err := r.signedIn(q, opened); err != nil {
		return nil, err
	}
	if kept, err := q.TakeUp(opened.Token); kept != nil || err != nil {
		return kept, err
	}
	return web.GoSaying("/", "entry.recovered"), nil
}

func recoverField(err error) string {
	if errors.Is(err, account.ErrWait) {
		return "code"
	}
	return fieldOf(err)
}
