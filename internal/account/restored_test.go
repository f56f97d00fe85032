package account_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/account"
	"footing/internal/person"
	"footing/internal/store"
)

func (w *world) waysIn(p person.Partnership) (list []account.WayIn) {
	w.t.Helper()
	w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		list, err = account.WaysIn(ctx, tx, p)
		return err
	}))
	return list
}

func (w *world) closeRestored(inForce []account.WayIn, asOf time.Time) (c account.Closed) {
	w.t.Helper()
	w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		c, err = account.CloseRestored(ctx, tx, here, inForce, asOf)
		return err
	}))
	return c
}

// doors gives Wren every sort of way in, in both partnerships, and returns her printed codes here.
func (w *world) doors() []string {
	w.t.Helper()
	w.join("p1", "Wren")
	for _, p := range []person.Partnership{there, here} {
		s := w.signIn(p, "Wren")
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
			if _, _, err := w.NewToken(ctx, tx, p, s.Session, "mine"); err != nil {
				return err
			}
			if _, _, err := w.Invite(ctx, tx, p, "p1"); err != nil {
				return err
			}
			if _, err := w.RescueCode(ctx, tx, p, "p1"); err != nil {
				return err
			}
			if err := w.SetPicture(ctx, tx, p, "p1", "boat", "hashed"); err != nil {
				return err
			}
			_, err := w.Link(ctx, tx, p, "p1", time.Hour)
			return err
		}))
	}
	w.recoveryCodes(there, "p1")
	return w.recoveryCodes(here, "p1")
}

// kept counts what of ways in is left in both partnerships.
func (w *world) kept(p person.Partnership) map[string]int {
	return map[string]int{"sessions": w.rows(p, "account_session"), "tokens": w.rows(p, "account_token"), "codes": w.rows(p, "account_code"), "pictures": w.rows(p, "account_picture")}
}

// A copy put back opens no way in that had ended: what can be made anew ends, used codes stay used, an
// older passphrase opens nothing.
func TestCloseRestored_EndsWhatEndedSince(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		codes := w.doors()
		w.join("p2", "Robin")
		before := w.waysIn(here)
		w.now = w.now.Add(time.Hour)
		inForce := slices.Clone(before) // what the tombstones say: one code used, passphrase and picture changed, frozen, and Robin left
		inForce[0].Codes = inForce[0].Codes[1:]
		inForce[0].Passphrase, inForce[0].Picture, inForce[0].Frozen = w.now, w.now, true
		got := w.closeRestored(inForce[:1], w.now)
		want := account.Closed{Sessions: 1, Tokens: 1, Invitations: 3, Codes: 1, Passphrases: 2, Pictures: 1, Frozen: 1}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("closed:\n%s", diff)
		}
		if diff := cmp.Diff(map[string]int{"sessions": 0, "tokens": 0, "codes": 7, "pictures": 0}, w.kept(here)); diff != "" {
			t.Errorf("left here:\n%s", diff)
		}
		if diff := cmp.Diff(map[string]int{"sessions": 1, "tokens": 1, "codes": 11, "pictures": 1}, w.kept(there)); diff != "" {
			t.Errorf("left in another partnership:\n%s", diff)
		}
		w.want("the older passphrase", w.try("Wren", good), account.ErrNoMatch)
		w.want("the passphrase of somebody who left", w.try("Robin", good), account.ErrNoMatch)
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error { return w.Thaw(ctx, tx, here, "p1") }))
		w.want("the older passphrase, once she is not frozen any more", w.try("Wren", good), account.ErrNoMatch)
		opened := 0
		for _, code := range codes {
			if _, err := w.Recover(t.Context(), here, account.Recovery{Name: "Wren", Code: code, Passphrase: "a passphrase of mine", From: home}); err == nil {
				opened++
			}
		}
		if opened != 7 {
			t.Errorf("%d of eight printed codes let her in, want the seven that were not used", opened)
		}
	})
}

// try signs in here.
func (w *world) try(name, passphrase string) error {
	_, err := w.SignIn(w.t.Context(), here, account.Credentials{Name: name, Passphrase: passphrase, From: home})
	return err
}

// What is newer than the tombstones is not taken for something that ended.
func TestCloseRestored_KeepsWhatCameLater(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		w.recoveryCodes(here, "p1")
		inForce, asOf := w.waysIn(here), w.now
		w.now = w.now.Add(time.Hour)
		w.recoveryCodes(here, "p1")
		w.join("p2", "Robin")
		if got := w.closeRestored(inForce, asOf); got != (account.Closed{}) {
			t.Errorf("closed %+v of what is newer than the tombstones", got)
		}
		w.must(w.try("Robin", good))
	})
}

// When nobody knows what was used since, every printed code ends, and passphrases stay.
func TestCloseRestored_WithoutKnowingAllCodesEnd(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.doors()
		got := w.closeRestored(nil, time.Time{})
		if diff := cmp.Diff(account.Closed{Sessions: 1, Tokens: 1, Invitations: 3, Codes: 8, Pictures: 1}, got); diff != "" {
			t.Errorf("closed:\n%s", diff)
		}
		w.must(w.try("Wren", good))
		if diff := cmp.Diff(map[string]int{"sessions": 1, "tokens": 1, "codes": 11, "pictures": 1}, w.kept(there)); diff != "" {
			t.Errorf("left in another partnership:\n%s", diff)
		}
	})
}
