package entry

import (
	"errors"
	"slices"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// invitePage asks as what somebody is invited, and lists the invitations that are still open.
type invitePage struct {
	Form     form
	OpenHead string
	Open     []openInvitation
}

type openInvitation struct {
	Text   string
	Action string
	End    look.Button
}

type inviteForm struct {
	Standing string `form:"standing"`
	Practice string `form:"practice"`
}

var errStanding = fault.New(fault.Invalid, "entry.choose_standing")

// mayInvite reports whether somebody may invite as s. Whoever invites a woman to the group gives her
// nothing: those who hold that standing say yes or not.
func mayInvite(s person.Standing, by person.Set) bool {
	return s == person.LivedExperience || (s.Valid() && circle.MayGive(s, by) == nil)
}

func (r *Room) newInvitePage(q *web.Request, f inviteForm) (invitePage, error) {
	t := q.Words.T
	as := look.Choice{Name: "standing", Legend: t("entry.invite_as"), Hint: t("entry.invite_as_hint")}
	for _, s := range person.Standings() {
		if mayInvite(s, q.Viewer.Standings) {
			as.Options = append(as.Options, look.Option{Value: string(s), Label: t(circle.Label(s)), Chosen: f.Standing == string(s)})
		}
	}
	p := invitePage{OpenHead: t("entry.invite_open"), Form: form{
		Title: look.Title{Text: t("entry.invite_heading"), Lead: t("entry.invite_lead")}, Action: "/people/invite",
		Asks: []look.Ask{look.Choose(as)}, Acts: []look.Button{{Text: t("entry.invite_make")}},
	}}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		practices, err := r.Circle.Practices(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		if len(practices) > 0 && q.Viewer.Standings.Has(person.Administrator) {
			at := look.Choice{Name: "practice", Legend: t("entry.invite_practice"), Hint: t("entry.invite_practice_hint")}
			for _, pr := range practices {
				at.Options = append(at.Options, look.Option{Value: pr.ID, Label: pr.Name, Chosen: f.Practice == pr.ID})
			}
			p.Form.Asks = append(p.Form.Asks, look.Choose(at))
		}
		p.Open, err = r.openInvitations(q, tx)
		return err
	})
	return p, err
}

// openInvitations lists what can still be joined with. The second founder's is her first member's affair.
func (r *Room) openInvitations(q *web.Request, tx *store.Tx) ([]openInvitation, error) {
	list, err := r.Accounts.Invitations(q.Context(), tx, q.Partnership())
	if err != nil {
		return nil, err
	}
	names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
	if err != nil {
		return nil, err
	}
	var open []openInvitation
	for _, i := range list {
		what, err := getInvited(q.Context(), tx, q.Partnership(), i.ID)
		if err != nil {
			return nil, err
		}
		err = r.stands(q.Context(), tx, q.Partnership(), what, i.By)
		if what.Founding || errors.Is(err, account.ErrInvitation) {
			continue
		}
		if err != nil {
			return nil, err
		}
		open = append(open, openInvitation{
			Text:   q.Words.T("entry.invite_line", "as", q.Words.T(what.label()), "by", names[i.By], "until", q.Words.Date(i.Expires)),
			Action: "/people/invite/" + i.ID + "/end",
			End:    look.Button{Text: q.Words.T("entry.invite_end"), About: q.Words.T(what.label()), Look: look.Quiet},
		})
	}
	return open, nil
}

// label returns the catalogue key of what the invitation is for.
func (i invited) label() string {
	if i.Standing == "" {
		return circle.Label(person.Administrator)
	}
	return circle.Label(i.Standing)
}

func (r *Room) showInvite(q *web.Request) (web.Answer, error) {
	p, err := r.newInvitePage(q, inviteForm{})
	return q.Show("invite", p), err
}

// invite makes an invitation and shows its code once.
func (r *Room) invite(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[inviteForm](q)
	if err != nil {
		return nil, err
	}
	s := person.Standing(f.Standing)
	if !mayInvite(s, q.Viewer.Standings) {
		p, err := r.newInvitePage(q, f)
		p.Form = p.Form.wrong(q, "standing", errStanding)
		return q.Again("invite", p), err
	}
	if !q.Viewer.Standings.Has(person.Administrator) {
		f.Practice = ""
	}
	var code string
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		practices, err := r.Circle.Practices(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		if f.Practice != "" && !slices.ContainsFunc(practices, func(pr circle.Practice) bool { return pr.ID == f.Practice }) {
			return fault.Missing
		}
		_, code, err = r.newCode(q.Context(), tx, q.Partnership(), q.Viewer.ID, invited{Standing: s, Practice: f.Practice})
		if err != nil {
			return err
		}
		return r.Circle.Record(q.Context(), tx, q.Partnership(), circle.Act{By: q.Viewer.ID, What: circle.Invited, About: string(s)})
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	return q.Show("given", givenPage{
		Title: look.Title{Text: t("entry.code_made"), Lead: t("entry.code_once")}, How: t("entry.code_how", "host", q.HTTP.Host),
		Cards: []codeCard{{t("entry.code_as", "as", t(circle.Label(s))), code}}, Go: look.Button{Text: t("entry.continue"), Href: "/people/invite"},
	}), nil
}

// uninvite takes an invitation back before it is used.
func (r *Room) uninvite(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		id := q.Path("invitation")
		i, err := getInvited(q.Context(), tx, q.Partnership(), id)
		if err == nil && i.Founding {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		if err := r.withdraw(q.Context(), tx, q.Partnership(), id); err != nil {
			return err
		}
		return r.Circle.Record(q.Context(), tx, q.Partnership(), circle.Act{By: q.Viewer.ID, What: circle.Uninvited})
	})
	return web.GoSaying("/people/invite", "entry.invite_ended"), err
}
