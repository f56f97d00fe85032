package entry

import (
	"errors"
	"fmt"
	"html"
	"strings"

	"github.com/boombuler/barcode/qr"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// factorPage is everything about the second code: making it, giving it, and a way on without the phone.
type factorPage struct {
	Form   form
	Secret *secret
	Lost   *form
	End    *form
}

// secret is shown once, while a second factor is made.
type secret struct {
	Picture look.HTML
	Lead    string
	Text    string
	Link    look.Link
}

type factorForm struct {
	Code  string `form:"code"`
	Begin bool   `form:"begin"` // she comes from the page that carries what she wrote, and has no code
}

// carrying takes along what waits for her second code, whichever way she gets to it.
func (p factorPage) carrying(q *web.Request) factorPage {
	for _, waits := range q.Carried() {
		p.Form.Notes = append(p.Form.Notes, look.Note{Text: q.Words.T("web.carry_kept")})
		p.Form.Asks = append(p.Form.Asks, look.Carry(waits[0], waits[1]))
		if p.Lost != nil {
			p.Lost.Asks = append(p.Lost.Asks, look.Carry(waits[0], waits[1]))
		}
	}
	return p
}

func newFactorPage(q *web.Request, has bool) factorPage {
	t := q.Words.T
	if !has {
		return factorPage{Form: form{
			Title: look.Title{Text: t("entry.factor_heading"), Lead: t("entry.factor_lead")}, Action: "/factor/new",
			Acts: []look.Button{{Text: t("entry.factor_make")}},
		}}
	}
	p := factorPage{Form: giveForm(q)}
	if q.Viewer.Factor {
		p.Form = form{Title: look.Title{Text: t("entry.factor_on"), Lead: t("entry.factor_on_lead")}, Action: "/factor/end",
			Acts: []look.Button{{Text: t("entry.factor_end"), Look: look.Second}}}
		return p
	}
	p.Lost = &form{Title: look.Title{Text: t("entry.factor_lost"), Lead: t("entry.factor_lost_lead")}, Action: "/factor/lost",
		Asks: []look.Ask{look.Write(look.Field{Name: "code", ID: "lost", Label: t("entry.recover_code"), Hint: t("entry.recover_code_hint"), Autocomplete: "off"})},
		Acts: []look.Button{{Text: t("entry.factor_lost_go"), Look: look.Second}}}
	return p
}

// giveForm asks for a code of the app.
func giveForm(q *web.Request) form {
	t := q.Words.T
	return form{
		Title: look.Title{Text: t("entry.factor_give"), Lead: t("entry.factor_give_lead")}, Action: "/factor",
		Asks: []look.Ask{look.Write(look.Field{Name: "code", Label: t("entry.factor_code"), Hint: t("entry.factor_code_hint"),
			Short: true, InputMode: "numeric", Autocomplete: "one-time-code"})},
		Acts: []look.Button{{Text: t("entry.continue")}},
	}
}

func (r *Room) showFactor(q *web.Request) (web.Answer, error) {
	has, err := r.hasFactor(q)
	return q.Show("factor", newFactorPage(q, has)), err
}

func (r *Room) hasFactor(q *web.Request) (has bool, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		has, err = r.Accounts.HasFactor(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		return err
	})
	return has, err
}

// giveFactor checks a code. The session goes on under a new token.
func (r *Room) giveFactor(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[factorForm](q)
	if err != nil {
		return nil, err
	}
	if f.Begin {
		return r.withoutCode(q)
	}
	s, err := r.Accounts.Session(q.Context(), q.Partnership(), q.Token)
	if err != nil {
		return nil, err
	}
	opened, err := r.Accounts.GiveFactor(q.Context(), q.Partnership(), s, f.Code, r.From(q.HTTP))
	switch {
	case err != nil && sayable(err):
		if again := q.AskWho(fault.SecondFactor, circle.Say(q, err)); again != nil {
			return again, nil
		}
		return q.Again("factor", factorPage{Form: giveForm(q).wrong(q, "code", err)}), nil
	case err != nil:
		return nil, err
	}
	if err := r.signedIn(q, opened); err != nil {
		return nil, err
	}
	if kept, err := q.TakeUp(opened.Token); kept != nil || err != nil {
		return kept, err
	}
	return web.GoSaying("/", "entry.factor_given"), nil
}

// withoutCode offers the other ways to whoever has no code at hand, with what waits. Where she gave one meanwhile,
// such as in another tab, that opens now.
func (r *Room) withoutCode(q *web.Request) (web.Answer, error) {
	if q.Viewer.Factor {
		if kept, err := q.TakeUp(q.Token); kept != nil || err != nil {
			return kept, err
		}
	}
	has, err := r.hasFactor(q)
	return q.Show("factor", newFactorPage(q, has).carrying(q)), err
}

// enrol makes a new second factor and shows its secret once. It counts from the first right code.
func (r *Room) enrol(q *web.Request) (web.Answer, error) {
	var made account.Enrolment
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		var err error
		made, err = r.Accounts.Enrol(q.Context(), tx, q.Partnership(), q.Viewer.ID, q.Site.Name, q.Viewer.Name)
		return err
	})
	if errors.Is(err, account.ErrFactorExists) {
		if len(q.Carried()) > 0 {
			return r.withoutCode(q)
		}
		return web.Go("/factor"), nil
	}
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	picture, err := square(made.URL, t("entry.factor_picture"))
	if err != nil {
		return nil, err
	}
	p := factorPage{Form: giveForm(q), Secret: &secret{
		Picture: picture, Lead: t("entry.factor_secret"), Text: made.Secret, Link: look.Link{Href: "#code", Text: t("entry.factor_next")}}}
	return q.Show("factor", p.carrying(q)), nil
}

// lostFactor takes the second factor away in exchange for a printed code: beside her passphrase it is
// something only she has. She makes a new one next.
func (r *Room) lostFactor(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[factorForm](q)
	if err != nil {
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := r.Accounts.UseRecoveryCode(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.Code); err != nil {
			return err
		}
		return r.Accounts.DropFactor(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	})
	if err != nil && sayable(err) {
		has, other := r.hasFactor(q)
		p := newFactorPage(q, has)
		if p.Lost != nil {
			again := p.Lost.wrong(q, "code", err)
			p.Lost, p.Form.Check = &again, look.Check{}
			p.Lost.Check = look.Check{}
		}
		return q.Again("factor", p.carrying(q)), other
	}
	if err == nil && len(q.Carried()) > 0 {
		p := newFactorPage(q, false)
		p.Form.Notes = []look.Note{{Text: q.Words.T("entry.factor_dropped")}}
		return q.Show("factor", p.carrying(q)), nil
	}
	return web.GoSaying("/factor", "entry.factor_dropped"), err
}

// dropFactor takes the second factor away. It is asked for first: the route sees to that.
func (r *Room) dropFactor(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Accounts.DropFactor(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	})
	return web.GoSaying("/factor", "entry.factor_dropped"), err
}

// quiet is the white edge that a QR code needs, in squares (ISO/IEC 18004).
const quiet = 4

// square draws text as a QR code in SVG, so that no picture has to be fetched or allowed by the page's
// policy. name is what it is called for who does not see it.
func square(text, name string) (look.HTML, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", errors.New("drawing a second factor: it does not fit") // qr's text could hold the secret
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			run := 0
			for x+run < size && dark(code.At(x+run, y)) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, run, run)
				x += run
			}
		}
	}
	side := size + 2*quiet
	return look.HTML(fmt.Sprintf(`<svg role="img" aria-label="%s" width="%d" height="%d" viewBox="0 0 %d %d"><path fill="#fff" d="M0 0h%dv%dh-%dz"/><path fill="#000" d="%s"/></svg>`,
		html.EscapeString(name), 4*side, 4*side, side, side, side, side, side, path.String())), nil
}

func dark(c interface{ RGBA() (r, g, b, a uint32) }) bool {
	r, _, _, _ := c.RGBA()
	return r < 0x8000
}
