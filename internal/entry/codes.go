package entry

import (
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// codesPage shows the eight codes, once.
type codesPage struct {
	Title look.Title
	Codes []string
	How   string
	Go    look.Button
}

type codesForm struct {
	Passphrase string `form:"passphrase"`
}

// newCodesPage asks for the passphrase while codes exist: whoever picks up a phone that is signed in
// must not be able to make herself a way back in.
func newCodesPage(q *web.Request, left int) form {
	t := q.Words.T
	f := form{
		Title: look.Title{Text: t("entry.codes_heading"), Lead: t("entry.codes_lead")}, Action: "/me/codes",
		Acts: []look.Button{{Text: t("entry.codes_make")}, {Text: t("entry.codes_later"), Look: look.Second, Href: "/first"}},
	}
	if left == 0 {
		f.Steps = look.Steps{Text: t("entry.part", "now", 4, "of", 4), Now: 4, Of: 4}
		return f
	}
	f.Title.Lead = t("entry.codes_left", "count", left)
	f.Asks = []ask{field(look.Field{Name: "passphrase", Label: t("entry.passphrase"), Type: "password", Autocomplete: "current-password", Show: t("entry.show")})}
	f.Acts[1] = look.Button{Text: t("entry.codes_keep"), Look: look.Second, Href: "/me"}
	return f
}

func (r *Room) codesLeft(q *web.Request) (left int, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		left, err = r.Accounts.RecoveryCodesLeft(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		return err
	})
	return left, err
}

func (r *Room) showCodes(q *web.Request) (web.Answer, error) {
	left, err := r.codesLeft(q)
	return q.Show("form", newCodesPage(q, left)), err
}

// makeCodes makes eight codes and shows them once. Those before are void.
func (r *Room) makeCodes(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[codesForm](q)
	if err != nil {
		return nil, err
	}
	left, err := r.codesLeft(q)
	if err != nil {
		return nil, err
	}
	if left > 0 {
		if err := r.Accounts.Verify(q.Context(), q.Partnership(), q.Viewer.ID, f.Passphrase, r.From(q.HTTP)); err != nil {
			if sayable(err) {
				return q.Again("form", newCodesPage(q, left).wrong(q, "passphrase", err)), nil
			}
			return nil, err
		}
	}
	var codes []string
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		codes, err = r.Accounts.RecoveryCodes(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	return q.Show("codes", codesPage{Title: look.Title{Text: t("entry.codes_yours"), Lead: t("entry.codes_once")}, Codes: codes,
		How: t("entry.codes_how"), Go: look.Button{Text: t("entry.continue"), Href: "/first"}}), nil
}
