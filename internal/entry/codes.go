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

// newCodesPage offers to make codes.
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

// makeCodes makes eight codes and shows them once. Those before are void. The route sees to it that she has
// just given her passphrase.
func (r *Room) makeCodes(q *web.Request) (web.Answer, error) {
	var codes []string
	err := r.DB.Write(q.Context(), func(tx *store.Tx) (err error) {
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
