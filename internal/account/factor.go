package account

import (
	"bytes"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"image/png"
	"net/netip"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"footing/internal/person"
	"footing/internal/store"
)

// The second factor is a six-figure code that an app on her phone or computer makes anew every half
// minute (RFC 6238). The code before and the code after are taken too, for clocks that differ.
const (
	stepSeconds = 30
	skewSteps   = 1
)

// Enrolment is what an app needs to make codes. It is shown once.
type Enrolment struct {
	Secret string // base32 in groups of four, for typing
	URL    string // otpauth://…, for a link on a phone
	key    *otp.Key
}

// Picture returns the URL as a square QR code in PNG, size pixels wide.
func (e Enrolment) Picture(size int) ([]byte, error) {
	img, err := e.key.Image(size, size)
	if err != nil {
		return nil, fmt.Errorf("drawing a second factor: %w", err)
	}
	var b bytes.Buffer
	err = png.Encode(&b, img)
	return b.Bytes(), err
}

// Enrol makes a new second factor for a person, which counts once a code of it was given. site and name
// are what her app shows; site is neutral. It returns ErrFactorExists when one is in use already.
func (a *Accounts) Enrol(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, site, name string) (Enrolment, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: site, AccountName: name, Period: stepSeconds})
	if err != nil {
		return Enrolment{}, errors.New("making a second factor: the site or the name is empty") // otp's text could hold the name
	}
	n, err := tx.Exec(ctx, `
		INSERT INTO account_factor (partnership_id, person_id, secret, confirmed, last_step) VALUES ($1, $2, $3, 0, 0)
		ON CONFLICT (partnership_id, person_id) DO UPDATE SET secret = $3, last_step = 0 WHERE account_factor.confirmed = 0`,
		p, id, a.seal(p, id, []byte(key.Secret())))
	if err := store.Changed(n, err, ErrFactorExists); err != nil {
		return Enrolment{}, err
	}
	return Enrolment{Secret: grouped(key.Secret()), URL: key.URL(), key: key}, nil
}

func grouped(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// HasFactor reports whether a person has a second factor in use.
func (a *Accounts) HasFactor(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (bool, error) {
	n, err := store.Get(ctx, tx, store.One[int],
		`SELECT COUNT(*) FROM account_factor WHERE partnership_id = $1 AND person_id = $2 AND confirmed = 1`, p, id)
	return n > 0, err
}

// DropFactor takes a person's second factor away. Her sessions count as without it from then on. That
// she had none is no error.
func (a *Accounts) DropFactor(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) error {
	for _, query := range []string{
		`DELETE FROM account_factor WHERE partnership_id = $1 AND person_id = $2`,
		`UPDATE account_session SET factor = 0 WHERE partnership_id = $1 AND person_id = $2`,
		`UPDATE account_token SET factor = 0 WHERE partnership_id = $1 AND person_id = $2`,
	} {
		if _, err := tx.Exec(ctx, query, p, id); err != nil {
			return err
		}
	}
	return nil
}

// GiveFactor checks a code, marks the session as one with a second factor and changes its token. The
// first right code puts a new factor into use. It returns ErrWrongCode, also for somebody without a
// factor, or ErrWait.
func (a *Accounts) GiveFactor(ctx context.Context, p person.Partnership, s Session, code string, from netip.Addr) (Opened, error) {
	// Only somebody with the passphrase gets here, so nobody else can make her wait: few misses are free.
	limits := a.limits("factor "+string(s.Person), from, false)
	limits = append(limits, limit{mark(a.secret, "factor", string(s.Person)), freeHere})
	if err := a.attempt(ctx, p, limits); err != nil {
		return Opened{}, err
	}
	var opened Opened
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		if err := a.useFactorCode(ctx, tx, p, s.Person, code); err != nil {
			return err
		}
		if err := forgive(ctx, tx, p, limits); err != nil {
			return err
		}
		var err error
		opened, err = raise(ctx, tx, p, s)
		return err
	})
	return opened, err
}

// useFactorCode checks a code and notes its step, so that neither it nor one before it works again.
func (a *Accounts) useFactorCode(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, code string) error {
	sealed, err := store.Get(ctx, tx, store.One[[]byte],
		`SELECT secret FROM account_factor WHERE partnership_id = $1 AND person_id = $2`, p, id)
	if err != nil {
		return instead(err, ErrWrongCode)
	}
	secret, err := a.open(p, id, sealed)
	if err != nil {
		return fmt.Errorf("reading a second factor: %w", err)
	}
	step, err := stepOf(string(secret), code, a.now())
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE account_factor SET last_step = $3, confirmed = 1 WHERE partnership_id = $1 AND person_id = $2 AND last_step < $3`,
		p, id, step)
	return store.Changed(n, err, ErrWrongCode)
}

// stepOf returns the half minute since 1970 that a code belongs to, ErrWrongCode if to none near now.
func stepOf(secret, code string, now time.Time) (int64, error) {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code)
	current, found := now.Unix()/stepSeconds, int64(0)
	for step := current - skewSteps; step <= current+skewSteps; step++ {
		want, err := hotp.GenerateCode(secret, uint64(step))
		if err != nil {
			return 0, errors.New("reading a second factor: its secret is not base32")
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found = step
		}
	}
	if found == 0 {
		return 0, ErrWrongCode
	}
	return found, nil
}

// seal closes b for one person: opened for anybody else it is an error, so that a row copied to another
// person's place is worth nothing.
func (a *Accounts) seal(p person.Partnership, id person.ID, b []byte) []byte {
	return a.box.Seal(append([]byte(owner(p, id)), b...))
}

func (a *Accounts) open(p person.Partnership, id person.ID, sealed []byte) ([]byte, error) {
	plain, err := a.box.Open(sealed)
	if err != nil {
		return nil, err
	}
	b, ok := bytes.CutPrefix(plain, []byte(owner(p, id)))
	if !ok {
		return nil, errors.New("it was sealed for somebody else")
	}
	return b, nil
}

func owner(p person.Partnership, id person.ID) string {
	return string(p) + "\x00" + string(id) + "\x00"
}
