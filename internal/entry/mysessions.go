package entry

import (
	"footing/internal/account"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is a list of things that can be ended one by one: where she is signed in, her tokens.
type listPage struct {
	Title look.Title
	Items []listItem
	None  string
	All   *listItem // ends all the others
	Form  *form     // makes another
	Made  *codeCard // shown once
}

type listItem struct {
	Text, Meta string
	Action     string
	End        look.Button
}

// showSessions lists where she is signed in.
func (r *Room) showSessions(q *web.Request) (web.Answer, error) {
	here, err := r.Accounts.Session(q.Context(), q.Partnership(), q.Token)
	if err != nil {
		return nil, err
	}
	var all []account.Session
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		all, err = r.Accounts.Sessions(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := listPage{Title: look.Title{Text: t("entry.me_sessions"), Lead: t("entry.sessions_lead")}}
	for _, s := range all {
		what := t("entry.on_" + deviceWord(s.Device))
		item := listItem{Text: what, Meta: t("entry.session_since", "when", q.Words.When(s.Created)), Action: "/me/sessions/" + s.ID + "/end",
			End: look.Button{Text: t("entry.session_end"), About: what + ", " + q.Words.When(s.Created), Look: look.Quiet}}
		if s.ID == here.ID {
			item.Text = t("entry.on_here", "what", what)
		}
		p.Items = append(p.Items, item)
	}
	if len(all) > 1 {
		p.All = &listItem{Action: "/me/sessions/others", End: look.Button{Text: t("entry.sessions_end"), Look: look.Second}}
	}
	return q.Show("list", p), nil
}

func deviceWord(d account.Device) string {
	if d == account.Unknown {
		return "unknown"
	}
	return string(d)
}

// endSession signs her out in one place. Somebody else's session does not exist for her.
func (r *Room) endSession(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Accounts.EndSession(q.Context(), tx, q.Partnership(), q.Viewer.ID, q.Path("session"))
	})
	return web.GoSaying("/me/sessions", "entry.session_ended"), err
}

// endOthers signs her out everywhere but here.
func (r *Room) endOthers(q *web.Request) (web.Answer, error) {
	here, err := r.Accounts.Session(q.Context(), q.Partnership(), q.Token)
	if err != nil {
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		_, err := r.Accounts.EndSessions(q.Context(), tx, q.Partnership(), q.Viewer.ID, here.ID)
		return err
	})
	return web.GoSaying("/me/sessions", "entry.sessions_ended"), err
}

type tokenForm struct {
	Label string `form:"label" max:"60"`
}

// newTokensPage lists the tokens with which commands act for her.
func (r *Room) newTokensPage(q *web.Request) (listPage, error) {
	var all []account.Token
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		all, err = r.Accounts.Tokens(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		return err
	})
	t := q.Words.T
	p := listPage{Title: look.Title{Text: t("entry.me_tokens"), Lead: t("entry.tokens_lead")}, Form: &form{Action: "/me/tokens",
		Asks: []look.Ask{look.Write(look.Field{Name: "label", Label: t("entry.token_label"), Hint: t("entry.token_hint"), WhoTitle: t("entry.who_title"), Who: t("entry.token_who"), Autocomplete: "off"})},
		Acts: []look.Button{{Text: t("entry.token_make"), Look: look.Second}}}}
	for _, k := range all {
		p.Items = append(p.Items, listItem{Text: k.Label, Meta: t("entry.token_until", "made", q.Words.Date(k.Created), "until", q.Words.Date(k.Expires)),
			Action: "/me/tokens/" + k.ID + "/end", End: look.Button{Text: t("entry.token_end"), About: k.Label, Look: look.Quiet}})
	}
	if len(all) == 0 {
		p.None = t("entry.tokens_none")
	}
	return p, err
}

func (r *Room) showTokens(q *web.Request) (web.Answer, error) {
	p, err := r.newTokensPage(q)
	return q.Show("list", p), err
}

// makeToken makes a token and shows its secret once. A command cannot make itself another one.
func (r *Room) makeToken(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[tokenForm](q)
	if problem != nil {
		p, err := r.newTokensPage(q)
		again := p.Form.wrong(q, "label", problem)
		again.Asks[0].Field.Value, p.Form = f.Label, &again
		return q.Again("list", p), err
	}
	s, err := r.Accounts.Session(q.Context(), q.Partnership(), q.Token)
	if err != nil {
		return nil, err
	}
	if f.Label == "" {
		f.Label = q.Words.T("entry.token_unnamed")
	}
	var key string
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		_, key, err = r.Accounts.NewToken(q.Context(), tx, q.Partnership(), s, f.Label)
		return err
	})
	if err != nil {
		return nil, err
	}
	p, err := r.newTokensPage(q)
	p.Made = &codeCard{q.Words.T("entry.token_made"), key}
	return q.Show("list", p), err
}

// endToken revokes one of her tokens.
func (r *Room) endToken(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Accounts.RevokeToken(q.Context(), tx, q.Partnership(), q.Viewer.ID, q.Path("token"))
	})
	return web.GoSaying("/me/tokens", "entry.token_ended"), err
}
