package entry

import (
	"context"
	"errors"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

type joinForm struct {
	Code       string `form:"code"`
	Name       string `form:"name"`
	Passphrase string `form:"passphrase"`
	Other      string `form:"other"` // the first member, named by the second
	Easy       bool   `form:"easy"`
}

var errOther = fault.New(fault.Invalid, "entry.other_wrong")

func newCodePage(q *web.Request, code string) form {
	t := q.Words.T
	return form{
		Steps: look.Steps{Text: t("entry.part", "now", 1, "of", 4), Now: 1, Of: 4},
		Title: look.Title{Text: t("entry.join_heading"), Lead: t("entry.join_lead")}, Action: "/join",
		Asks: []look.Ask{look.Write(look.Field{Name: "code", Label: t("entry.join_code"), Hint: t("entry.join_code_hint"), Value: code, Autocomplete: "off", Required: true})},
		Acts: []look.Button{{Text: t("entry.continue")}},
	}
}

func (r *Room) showJoin(q *web.Request) (web.Answer, error) {
	if !q.Site.Ready {
		return web.Go("/"), nil
	}
	return q.Show("form", newCodePage(q, "")), nil
}

// newJoinPage asks who she wants to be here, after saying who sees what.
func newJoinPage(q *web.Request, f joinForm, i invited, second string) form {
	t := q.Words.T
	as := t(circle.Label(person.Administrator))
	if i.Standing != "" {
		as = t(circle.Label(i.Standing))
	}
	if f.Name == "" {
		f.Name = second
	}
	p := form{
		Steps: look.Steps{Text: t("entry.part", "now", 2, "of", 4), Now: 2, Of: 4},
		Title: look.Title{Text: t("entry.who_are_you"), Lead: t("entry.asked_as", "as", as)}, Action: "/join/now",
		Notes: []look.Note{{Title: t("entry.sees_title"), Text: t("entry.sees")}},
		Asks:  []look.Ask{look.Carry("code", f.Code), nameField(q, f.Name)},
		Acts:  withEasy(q, t("entry.join_now")),
	}
	if i.Founding {
		p.Asks = append(p.Asks, look.Write(look.Field{Name: "other", Label: t("entry.other"), Hint: t("entry.other_hint"), Value: f.Other, Autocomplete: "off", Required: true}))
	} else if i.Standing == person.LivedExperience {
		p.Notes = append(p.Notes, look.Note{Title: t("entry.yes_title"), Text: t("entry.yes_first")})
	}
	p.Asks = append(p.Asks, newPassphrase(q, f.Passphrase, f.Easy))
	return p
}

// invitation returns what a code is for without using it up.
func (r *Room) invitation(q *web.Request, code string) (i invited, second string, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		found, err := r.Accounts.Invitation(q.Context(), tx, q.Partnership(), code)
		if err != nil {
			return err
		}
		if i, err = getInvited(q.Context(), tx, q.Partnership(), found.ID); err != nil {
			return err
		}
		if err := r.stands(q.Context(), tx, q.Partnership(), i, found.By); err != nil || !i.Founding {
			return err
		}
		f, err := getFounding(q.Context(), tx, q.Partnership())
		second = f.Second
		return err
	})
	return i, second, err
}

// stands refuses an invitation whose maker may not invite as that any more, as if it had never been made:
// what an administrator put aside ends with that part. The codes of the founding are the founders'.
func (r *Room) stands(ctx context.Context, tx *store.Tx, p person.Partnership, i invited, by person.ID) error {
	if i.Founding || i.Standing == "" {
		return nil
	}
	maker, err := r.Circle.Viewer(ctx, tx, p, by)
	if err == nil && !(maker.Standings.Meets(person.Set{person.Administrator, person.Facilitator}) && mayInvite(i.Standing, maker.Standings)) {
		err = account.ErrInvitation
	}
	return err
}

// checkCode goes on to the page that asks who she is. The code stays in the form, never in an address.
func (r *Room) checkCode(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[joinForm](q)
	if err != nil || !q.Site.Ready {
		return web.Go("/"), err
	}
	i, second, err := r.invitation(q, f.Code)
	switch {
	case err != nil && sayable(err):
		return q.Again("form", newCodePage(q, f.Code).wrong(q, "code", err)), nil
	case err != nil:
		return nil, err
	}
	return q.Show("form", newJoinPage(q, f, i, second)), nil
}

// join uses the code up, makes the account and signs her in.
func (r *Room) join(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[joinForm](q)
	if err != nil || !q.Site.Ready {
		return web.Go("/"), err
	}
	i, second, err := r.invitation(q, f.Code)
	switch {
	case err != nil && sayable(err):
		return q.Again("form", newCodePage(q, f.Code).wrong(q, "code", err)), nil
	case err != nil:
		return nil, err
	}
	page := newJoinPage(q, f, i, second)
	if f.Easy {
		return q.Show("form", page), nil
	}
	if err := account.CheckPassphrase(f.Passphrase, f.Name); err != nil {
		return q.Again("form", page.wrong(q, "passphrase", err)), nil
	}
	hashed, err := r.Accounts.Hash(q.Context(), f.Passphrase)
	if err != nil {
		return nil, err
	}
	var opened account.Opened
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		id, err := r.admit(q.Context(), tx, q.Partnership(), f, hashed)
		if err != nil {
			return err
		}
		if opened, err = r.Accounts.NewSession(q.Context(), tx, q.Partnership(), id, device(q.HTTP), false); err != nil {
			return err
		}
		return r.Accounts.Assure(q.Context(), tx, q.Partnership(), &opened.Session)
	})
	switch {
	case err != nil && sayable(err):
		return q.Again("form", page.wrong(q, joinField(err), err)), nil
	case err != nil:
		return nil, err
	}
	if err := r.signedIn(q, opened); err != nil {
		return nil, err
	}
	return web.Go("/me/try"), nil
}

func joinField(err error) string {
	if errors.Is(err, errOther) {
		return "other"
	}
	return fieldOf(err)
}

// admit makes the person an invitation is for, and gives her what it gives: a standing, a place before
// those who hold lived experience, or the founding of both.
func (r *Room) admit(ctx context.Context, tx *store.Tx, p person.Partnership, f joinForm, hashed account.Hashed) (person.ID, error) {
	used, err := r.Accounts.AcceptInvitation(ctx, tx, p, f.Code)
	if err != nil {
		return "", err
	}
	i, err := getInvited(ctx, tx, p, used.ID)
	if err == nil {
		err = r.stands(ctx, tx, p, i, used.By)
	}
	if err != nil {
		return "", err
	}
	id, err := r.Circle.Add(ctx, tx, p, f.Name, "")
	if err != nil {
		return "", err
	}
	if err := r.Accounts.Create(ctx, tx, p, id, f.Name, hashed); err != nil {
		return "", err
	}
	switch {
	case i.Founding:
		err = r.secondOfTwo(ctx, tx, p, id, f.Other)
	case i.Standing == person.LivedExperience:
		err = r.Circle.Ask(ctx, tx, p, id, used.By)
	case i.Standing != "":
		err = r.Circle.Give(ctx, tx, p, id, i.Standing, used.By, false)
	}
	if err == nil && i.Administrator {
		err = r.Circle.Give(ctx, tx, p, id, person.Administrator, used.By, false)
	}
	if err == nil && i.Practice != "" {
		err = r.Circle.ToPractice(ctx, tx, p, id, i.Practice)
	}
	if err != nil {
		return "", err
	}
	return id, deleteInvited(ctx, tx, p, i.ID)
}

// secondOfTwo ends the founding: the second has named the first, so both hold the standing.
func (r *Room) secondOfTwo(ctx context.Context, tx *store.Tx, p person.Partnership, second person.ID, other string) error {
	f, err := getFounding(ctx, tx, p)
	if err != nil {
		return err
	}
	first, err := r.Circle.Get(ctx, tx, p, f.First)
	if err != nil {
		return err
	}
	if !first.Gone.IsZero() || circle.Fold(other) != circle.Fold(first.Name) {
		return errOther
	}
	f.Done, f.Second = true, ""
	if err := updateFounding(ctx, tx, p, f); err != nil {
		return err
	}
	return r.Circle.Found(ctx, tx, p, f.First, second)
}
