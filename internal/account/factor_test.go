package account_test

import (
	"bytes"
	"context"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"footing/internal/account"
	"footing/internal/person"
	"footing/internal/store"
)

func (w *world) enrol(id person.ID) account.Enrolment {
	w.t.Helper()
	var e account.Enrolment
	w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		e, err = w.Enrol(ctx, tx, here, id, "Notes", "Wren")
		return err
	}))
	return e
}

func (w *world) hasFactor(p person.Partnership) (has bool) {
	w.t.Helper()
	w.must(w.db.Read(w.t.Context(), func(tx *store.Tx) (err error) {
		has, err = w.HasFactor(w.t.Context(), tx, p, "p1")
		return err
	}))
	return has
}

func (w *world) code(e account.Enrolment, at time.Time) string {
	w.t.Helper()
	code, err := totp.GenerateCode(strings.ReplaceAll(e.Secret, " ", ""), at)
	w.must(err)
	return code
}

func TestFactor_CountsOnceACodeWasGiven(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		s, ctx := w.signIn(here, "Wren"), t.Context()
		_, err := w.GiveFactor(ctx, here, s.Session, "000000", home)
		w.want("a code without a factor", err, account.ErrWrongCode)
		w.enrol("p1")
		e := w.enrol("p1") // started again before it was used
		if w.hasFactor(here) {
			t.Error("a factor counts before a code of it was given")
		}
		code := w.code(e, w.now)
		raised, err := w.GiveFactor(ctx, here, s.Session, code[:3]+" "+code[3:], home)
		w.must(err)
		if !raised.Factor || raised.ID != s.ID || raised.Token == s.Token || !w.hasFactor(here) || w.hasFactor(there) {
			t.Errorf("giving the factor turned %+v into %+v", s, raised)
		}
		_, err = w.Session(ctx, here, s.Token)
		w.want("the token from before", err, account.ErrSignedOut)
		got, err := w.Session(ctx, here, raised.Token)
		w.must(err)
		if !got.Factor {
			t.Error("the session does not remember the factor")
		}
		err = w.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := w.Enrol(ctx, tx, here, "p1", "Notes", "Wren")
			return err
		})
		w.want("enrolling over a factor in use", err, account.ErrFactorExists)
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error { return w.DropFactor(ctx, tx, here, "p1") }))
		if got, err = w.Session(ctx, here, raised.Token); err != nil || got.Factor || w.hasFactor(here) {
			t.Errorf("after taking the factor away the session is %+v, %v", got, err)
		}
	})
}

func TestFactor_NoCodeWorksTwice(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		s, ctx := w.signIn(here, "Wren"), t.Context()
		e := w.enrol("p1")
		give := func(at time.Duration) error {
			raised, err := w.GiveFactor(ctx, here, s.Session, w.code(e, w.now.Add(at)), home)
			if err == nil {
				s = raised
			}
			return err
		}
		w.want("a code from a minute ago", give(-time.Minute), account.ErrWrongCode)
		w.want("a code from a minute ahead", give(time.Minute), account.ErrWrongCode)
		w.must(give(0))
		w.want("the same code", give(0), account.ErrWrongCode)
		w.want("the code before it", give(-30*time.Second), account.ErrWrongCode)
		w.must(give(30 * time.Second))
	})
}

func TestFactor_GuessingIsSlowed(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		s := w.signIn(here, "Wren")
		w.enrol("p1")
		var err error
		for range 6 {
			_, err = w.GiveFactor(t.Context(), here, s.Session, "12345", home)
		}
		w.want("the sixth guess", err, account.ErrWait)
	})
}

func TestEnrolment_SecretIsSealedAndPictureIsAPicture(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		e := w.enrol("p1")
		w.must(w.db.Read(t.Context(), func(tx *store.Tx) error {
			kept, err := store.Get(t.Context(), tx, store.One[[]byte], `SELECT secret FROM account_factor`)
			if !bytes.HasPrefix(kept, sealMark) || bytes.Contains(kept, []byte(strings.ReplaceAll(e.Secret, " ", ""))) {
				t.Error("the secret is kept as it is")
			}
			return err
		}))
		b, err := e.Picture(200)
		w.must(err)
		img, err := png.Decode(bytes.NewReader(b))
		w.must(err)
		if img.Bounds().Dx() != 200 || !strings.HasPrefix(e.URL, "otpauth://totp/Notes:Wren?") {
			t.Errorf("picture %v of %s", img.Bounds(), e.URL)
		}
		// A sealed secret copied into another person's row opens nothing.
		w.join("p2", "Robin")
		s := w.signIn(here, "Robin")
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO account_factor (partnership_id, person_id, secret, confirmed, last_step)
				SELECT partnership_id, 'p2', secret, 1, 0 FROM account_factor`)
			return err
		}))
		if _, err := w.GiveFactor(t.Context(), here, s.Session, w.code(e, w.now), home); err == nil {
			t.Error("a secret copied from another person's row was taken")
		}
	})
}
