package entry

import (
	"context"
	"errors"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// givenPage shows codes that are seen once, to be printed or read out.
type givenPage struct {
	Title look.Title
	How   string
	Cards []codeCard
	Go    look.Button
}

// codeCard is one code with who it is for.
type codeCard struct{ For, Code string }

// newCode makes an invitation and returns it as the invitation of a founding, with its code.
func (r *Room) newCode(ctx context.Context, tx *store.Tx, p person.Partnership, by person.ID, i invited) (founding, string, error) {
	made, code, err := r.Accounts.Invite(ctx, tx, p, by)
	if err != nil {
		return founding{}, "", err
	}
	i.ID = made.ID
	return founding{First: by, Invitation: made.ID}, code, insertInvited(ctx, tx, p, i)
}

// openFounding returns the founding while it waits for the second member, else the zero founding.
func (r *Room) openFounding(q *web.Request, tx *store.Tx) (founding, error) {
	f, err := getFounding(q.Context(), tx, q.Partnership())
	if errors.Is(err, fault.Missing) || f.Done {
		return founding{}, nil
	}
	return f, err
}

// waiting returns the founding while the viewer waits for the second member. For anybody else there is
// no such page.
func (r *Room) waiting(q *web.Request, tx *store.Tx) (founding, error) {
	f, err := r.openFounding(q, tx)
	if err == nil && f.First != q.Viewer.ID {
		err = fault.Missing
	}
	return f, err
}

func newFoundingPage(q *web.Request, second string) form {
	t := q.Words.T
	return form{
		Title: look.Title{Text: t("entry.founding_heading", "name", second), Lead: t("entry.founding_lead")}, Action: "/founding",
		Asks: []look.Ask{look.Write(look.Field{Name: "second", Label: t("entry.second"), Hint: t("entry.second_again"), Value: second, Autocomplete: "off"})},
		Acts: []look.Button{{Text: t("entry.new_code"), Look: look.Second}},
	}
}

// showFounding says to the first member that the second has not joined yet.
func (r *Room) showFounding(q *web.Request) (web.Answer, error) {
	var f founding
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		f, err = r.waiting(q, tx)
		return err
	})
	return q.Show("form", newFoundingPage(q, f.Second)), err
}

type foundingForm struct {
	Second string `form:"second"`
}

// foundAgain makes a new code for the second member, who may also be somebody else. The old one ends.
func (r *Room) foundAgain(q *web.Request) (web.Answer, error) {
	typed, err := web.Parse[foundingForm](q)
	if err != nil {
		return nil, err
	}
	if typed.Second = strings.TrimSpace(typed.Second); typed.Second == "" {
		return q.Again("form", newFoundingPage(q, "").wrong(q, "second", errSecond)), nil
	}
	var code string
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		old, err := r.waiting(q, tx)
		if err != nil {
			return err
		}
		if err := r.withdraw(q.Context(), tx, q.Partnership(), old.Invitation); err != nil {
			return err
		}
		var next founding
		next, code, err = r.newCode(q.Context(), tx, q.Partnership(), q.Viewer.ID, invited{Standing: person.LivedExperience, Founding: true})
		if err != nil {
			return err
		}
		next.Second = typed.Second
		return updateFounding(q.Context(), tx, q.Partnership(), next)
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	return q.Show("given", givenPage{
		Title: look.Title{Text: t("entry.code_made"), Lead: t("entry.code_once")}, How: t("entry.code_how", "host", q.HTTP.Host),
		Cards: []codeCard{{t("entry.code_for", "name", typed.Second), code}}, Go: look.Button{Text: t("entry.continue"), Href: "/"},
	}), nil
}

// withdraw ends an invitation. One that has run out is gone already.
func (r *Room) withdraw(ctx context.Context, tx *store.Tx, p person.Partnership, id string) error {
	if err := r.Accounts.WithdrawInvitation(ctx, tx, p, id); err != nil && !errors.Is(err, fault.Missing) {
		return err
	}
	return deleteInvited(ctx, tx, p, id)
}
