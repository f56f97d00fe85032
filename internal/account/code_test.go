package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"footing/internal/account"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

func (w *world) recoveryCodes(p person.Partnership, id person.ID) (codes []string) {
	w.t.Helper()
	w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		codes, err = w.RecoveryCodes(ctx, tx, p, id)
		return err
	}))
	return codes
}

func (w *world) codesLeft(p person.Partnership, id person.ID) (n int) {
	w.t.Helper()
	w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = w.RecoveryCodesLeft(ctx, tx, p, id)
		return err
	}))
	return n
}

func TestRecover_EachCodeOnce(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		w.join("p2", "Robin")
		old := w.signIn(here, "Wren")
		codes := w.recoveryCodes(here, "p1")
		w.recoveryCodes(there, "p1")
		if len(codes) != 8 || len(strings.Fields(codes[0])) != 6 {
			t.Fatalf("codes are %q, want eight of six words", codes)
		}
		typed := strings.ToUpper(strings.ReplaceAll(codes[0], " ", "-")) + ". "
		recover := func(p person.Partnership, name, code, passphrase string) error {
			_, err := w.Recover(t.Context(), p, account.Recovery{Name: name, Code: code, Passphrase: passphrase, From: home})
			return err
		}
		w.want("another's code", recover(here, "Robin", typed, "a passphrase of mine"), account.ErrNoMatch)
		w.want("a code of another partnership", recover(there, "Wren", typed, "a passphrase of mine"), account.ErrNoMatch)
		w.want("a short passphrase", recover(here, "Wren", typed, "short"), account.ErrPassphraseShort)
		w.must(recover(here, "wren", typed, "a passphrase of mine"))
		w.want("the same code again", recover(here, "Wren", codes[0], "another passphrase of mine"), account.ErrNoMatch)
		_, err := w.Session(t.Context(), here, old.Token)
		w.want("the session from before", err, account.ErrSignedOut)
		_, err = w.SignIn(t.Context(), here, account.Credentials{Name: "Wren", Passphrase: "a passphrase of mine", From: home})
		w.must(err)
		if here, there := w.codesLeft(here, "p1"), w.codesLeft(there, "p1"); here != 7 || there != 8 {
			t.Errorf("%d codes left here and %d there, want 7 and 8", here, there)
		}
		again := w.recoveryCodes(here, "p1")
		w.want("a code of the sheet before", recover(here, "Wren", codes[1], "another passphrase of mine"), account.ErrNoMatch)
		w.must(recover(here, "Wren", again[1], "another passphrase of mine"))
	})
}

func TestInvitation_OnceAndInTime(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		var made [2]account.Invitation
		var codes [2]string
		w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
			for i := range made {
				if made[i], codes[i], err = w.Invite(ctx, tx, here, "p1"); err != nil {
					return err
				}
				w.now = w.now.Add(time.Second)
			}
			_, _, err = w.Invite(ctx, tx, there, "p1")
			return err
		}))
		ctx := t.Context()
		list := func() (list []account.Invitation) {
			w.must(w.db.Read(ctx, func(tx *store.Tx) (err error) { list, err = w.Invitations(ctx, tx, here); return err }))
			return list
		}
		accept := func(p person.Partnership, code string) (i account.Invitation, err error) {
			err = w.write(func(ctx context.Context, tx *store.Tx) error {
				i, err = w.AcceptInvitation(ctx, tx, p, code)
				return err
			})
			return i, err
		}
		if got := list(); len(got) != 2 || got[0] != made[0] || got[1] != made[1] {
			t.Errorf("open are %v, want %v", got, made)
		}
		w.must(w.db.Read(ctx, func(tx *store.Tx) error {
			got, err := w.Invitation(ctx, tx, here, codes[0])
			if got != made[0] {
				t.Errorf("looking gives %v, want %v", got, made[0])
			}
			return err
		}))
		_, err := accept(there, codes[0])
		w.want("a code taken to another partnership", err, account.ErrInvitation)
		got, err := accept(here, strings.ReplaceAll(codes[0], " ", ", "))
		w.must(err)
		if got != made[0] {
			t.Errorf("accepting gives %v, want %v", got, made[0])
		}
		_, err = accept(here, codes[0])
		w.want("accepting again", err, account.ErrInvitation)
		w.now = made[1].Expires
		_, err = accept(here, codes[1])
		w.want("accepting too late", err, account.ErrInvitation)
		if got := list(); len(got) != 0 {
			t.Errorf("open after their time are %v", got)
		}
	})
}

func TestInvitation_Withdrawn(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
			i, code, err := w.Invite(ctx, tx, here, "p1")
			if err != nil {
				return err
			}
			w.want("withdrawing it elsewhere", w.WithdrawInvitation(ctx, tx, there, i.ID), fault.Missing)
			if err := w.WithdrawInvitation(ctx, tx, here, i.ID); err != nil {
				return err
			}
			_, err = w.AcceptInvitation(ctx, tx, here, code)
			w.want("accepting it then", err, account.ErrInvitation)
			return nil
		}))
	})
}

func TestLink_SignsInOnce(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		var first, late string
		w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
			if first, err = w.Link(ctx, tx, here, "p1", time.Hour); err != nil {
				return err
			}
			late, err = w.Link(ctx, tx, here, "p1", time.Hour)
			return err
		}))
		ctx := t.Context()
		_, err := w.SignInByLink(ctx, there, first, account.Phone)
		w.want("a link taken elsewhere", err, account.ErrNoMatch)
		s, err := w.SignInByLink(ctx, here, first, account.Phone)
		w.must(err)
		if s.Person != "p1" || s.Factor || s.Stay {
			t.Errorf("the link opened %+v", s.Session)
		}
		_, err = w.SignInByLink(ctx, here, first, account.Phone)
		w.want("the link again", err, account.ErrNoMatch)
		w.now = w.now.Add(time.Hour)
		_, err = w.SignInByLink(ctx, here, late, account.Phone)
		w.want("a link too late", err, account.ErrNoMatch)
	})
}

func TestWholeLink_StandsInForTheSecondFactorOnce(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("ann", "Ann")
		var token string
		w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
			token, err = w.WholeLink(ctx, tx, here, "ann", time.Hour)
			return err
		}))
		opened, err := w.SignInByLink(t.Context(), here, token, account.Phone)
		w.must(err)
		if !opened.Session.Factor {
			t.Error("the session waits for a second factor")
		}
		_, err = w.SignInByLink(t.Context(), here, token, account.Phone)
		w.want("the second time", err, account.ErrNoMatch)
	})
}
