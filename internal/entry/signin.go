package entry

import (
	"errors"
	"time"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

type signInForm struct {
	Name       string `form:"name"`
	Passphrase string `form:"passphrase"`
	Stay       bool   `form:"stay"`
}

// newSignInPage is the page that everybody sees who is not signed in. It says nothing about what this
// is, nor about anybody.
func newSignInPage(q *web.Request, f signInForm) form {
	t := q.Words.T
	return form{
		Title: look.Title{Text: q.Site.Name}, Action: "/in",
		Asks: []look.Ask{
			look.Write(look.Field{Name: "name", Label: t("entry.sign_in_name"), Value: f.Name, Autocomplete: "username"}),
			look.Write(look.Field{Name: "passphrase", Label: t("entry.passphrase"), Type: "password", Autocomplete: "current-password", Show: t("entry.show")}),
			look.Choose(look.Choice{Name: "stay", Legend: t("entry.stay_legend"), Multiple: true, Options: []look.Option{
				{Value: "1", Label: t("entry.stay"), Hint: t("entry.stay_hint"), Chosen: f.Stay}}}),
		},
		Acts:  []look.Button{{Text: t("entry.sign_in")}},
		After: []look.Link{{Href: "/code", Text: t("entry.have_code")}},
	}
}

// signIn opens a session for a name and a passphrase. Whatever did not match is said in one sentence,
// the same for a name that is known and for one that is not (U8).
func (r *Room) signIn(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[signInForm](q)
	if err != nil || !q.Site.Ready {
		return web.Go("/"), err
	}
	opened, err := r.Accounts.SignIn(q.Context(), q.Partnership(), account.Credentials{
		Name: f.Name, Passphrase: f.Passphrase, Stay: f.Stay, From: r.From(q.HTTP), Device: device(q.HTTP)})
	switch {
	case err != nil && sayable(err):
		if again := q.AskWho(fault.SignIn, circle.Say(q, err)); again != nil {
			return again, nil
		}
		return q.Again("form", newSignInPage(q, f).wrong(q, "passphrase", err)), nil
	case err != nil:
		return nil, err
	}
	if err := r.signedIn(q, opened); err != nil {
		return nil, err
	}
	if kept, err := q.TakeUp(opened.Token); kept != nil || err != nil {
		return kept, err
	}
	return web.Go("/"), nil
}

// signedIn hands the browser its session and ends the one it had: nobody stays signed in behind somebody
// else. Unless she chose to stay, the browser forgets it when it is closed.
func (r *Room) signedIn(q *web.Request, o account.Opened) error {
	stay := time.Time{}
	if o.Stay {
		stay = o.Expires
	}
	q.SignIn(o.Token, stay)
	if q.Token == "" {
		return nil
	}
	return r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Accounts.EndToken(q.Context(), tx, q.Partnership(), q.Token)
	})
}

// showLink asks for a click. Programs that look at links in messages open them too, and would use the
// link up.
func (r *Room) showLink(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	return q.Show("form", form{
		Title: look.Title{Text: q.Site.Name, Lead: t("entry.link_lead")}, Action: "/in/" + q.Path("token"),
		Acts: []look.Button{{Text: t("entry.sign_in")}},
	}), nil
}

// useLink signs in whoever a link belongs to, once.
func (r *Room) useLink(q *web.Request) (web.Answer, error) {
	if !q.Site.Ready {
		return web.Go("/"), nil
	}
	opened, err := r.Accounts.SignInByLink(q.Context(), q.Partnership(), q.Path("token"), device(q.HTTP))
	if errors.Is(err, account.ErrNoMatch) {
		return q.Again("form", newSignInPage(q, signInForm{}).wrong(q, "name", errLinkUsed)), nil
	}
	if err != nil {
		return nil, err
	}
	if err := r.signedIn(q, opened); err != nil {
		return nil, err
	}
	return web.Go("/"), nil
}

// takeUp shows what waited on a page to whoever has signed in meanwhile another way: by a link, or in another
// tab.
func (r *Room) takeUp(q *web.Request) (web.Answer, error) {
	if _, err := web.Parse[struct{}](q); err != nil {
		return nil, err
	}
	kept, err := q.TakeUp(q.Token)
	if kept != nil || err != nil {
		return kept, err
	}
	problem := q.Words.T("web.carry_not_in")
	if q.Viewer.Known() {
		problem = q.Words.T("web.carry_not_hers")
	}
	if again := q.AskWho(fault.SignIn, problem); again != nil {
		return again, nil
	}
	return web.Go("/"), nil
}

// again takes the passphrase once more, for a page that asked for it, and goes on to that page. For five
// minutes no page asks again.
func (r *Room) again(q *web.Request) (web.Answer, error) {
	words, err := q.GivenAgain()
	if err != nil {
		return nil, err
	}
	s, err := r.Accounts.Session(q.Context(), q.Partnership(), q.Token)
	if err == nil {
		err = r.Accounts.Again(q.Context(), q.Partnership(), s, words, r.From(q.HTTP))
	}
	if err != nil && sayable(err) {
		return q.AskAgain(circle.Say(q, err)), nil
	}
	return q.GoOn(), err
}

// signOut ends this session.
func (r *Room) signOut(q *web.Request) (web.Answer, error) {
	if q.Token == "" {
		return web.Go("/"), nil
	}
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Accounts.EndToken(q.Context(), tx, q.Partnership(), q.Token)
	})
	q.SignOut()
	return web.GoSaying("/", "entry.signed_out"), err
}

type codePage struct {
	Title look.Title
	Ways  []look.Card
}

// showCode asks which sort of code it is.
func (r *Room) showCode(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	return q.Show("code", codePage{Title: look.Title{Text: t("entry.code_heading")}, Ways: []look.Card{
		{Title: look.Link{Href: "/join", Text: t("entry.code_join")}, Text: t("entry.code_join_text")},
		{Title: look.Link{Href: "/recover", Text: t("entry.code_recover")}, Text: t("entry.code_recover_text")},
	}}), nil
}

var errLinkUsed = fault.New(fault.Invalid, "entry.link_used")
