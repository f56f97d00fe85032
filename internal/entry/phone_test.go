package entry_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// Whoever has her phone for ten minutes, signed in, makes no way back in for later: no codes, no key, no
// second lock of his own, no new name that she would not know to sign in with.
func TestPhone_NoWayBackInIsMadeWithoutHerWords(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	phone := s.AsBefore(bren)
	for path, form := range map[string][]string{
		"/me/codes": nil, "/me/tokens": {"label", "mine"}, "/factor/new": nil, "/me": {"name", "Nobody knows"},
	} {
		page := phone.Post(path, form...).Is(http.StatusForbidden, g)
		page.One("input[name=again]")
	}
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		left, err := g.Accounts.RecoveryCodesLeft(ctx, tx, g.P, bren.ID)
		keys, other := g.Accounts.Tokens(ctx, tx, g.P, bren.ID)
		if left > 0 || len(keys) > 0 || g.Named("Bren").ID != bren.ID {
			t.Errorf("there are %d codes and %d keys, and she is called otherwise: %v", left, len(keys), g.Named("Bren").ID != bren.ID)
		}
		if err == nil {
			err = other
		}
		return err
	})
	phone.Again()
	phone.Post("/me/codes").Is(http.StatusOK, g)
	phone.Post("/me/tokens", "label", "laptop").Is(http.StatusOK, g)
}

// New words end the keys that programs have, like everything else that is signed in as her.
func TestPhone_NewWordsEndKeysToo(t *testing.T) {
	for name, change := range map[string]func(*fixture.Site, *fixture.Browser, string){
		"changed": func(_ *fixture.Site, b *fixture.Browser, _ string) {
			b.Post("/me/passphrase", "old", fixture.Passphrase, "passphrase", "quiet lemon wagon pencil")
		},
		"back in with a printed code": func(s *fixture.Site, _ *fixture.Browser, code string) {
			s.Visitor().Post("/recover", "name", "Bren", "code", code, "passphrase", "quiet lemon wagon pencil").HasText("Hello, Bren")
		},
	} {
		g := fixture.New(t)
		s := serve(g)
		bren := g.Person("Bren", person.LivedExperience)
		b := s.As(bren)
		b.Again()
		code := b.Post("/me/codes").All("ol li")[0].Text()
		key := codes(b.Post("/me/tokens", "label", "laptop"))[0]
		change(s, b, code)
		if _, err := g.Accounts.Token(t.Context(), g.P, key); err == nil {
			t.Errorf("%s, and a key made before still acts for her", name)
		}
	}
}

// A browser that is signed in anew holds no second session of somebody before her.
func TestSignIn_EndsWhoWasSignedInHereBefore(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	g.Person("Kez", person.LivedExperience)
	b := s.As(bren)
	b.Post("/in", "name", "Kez", "passphrase", fixture.Passphrase).HasText("Hello, Kez")
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		left, err := g.Accounts.Sessions(ctx, tx, g.P, bren.ID)
		if len(left) > 0 {
			t.Errorf("the browser is somebody else's now, and %d sessions of hers are left", len(left))
		}
		return err
	})
}

// A code to join gives what whoever made it may still give: not what an administrator put aside before
// that part was ended, nor what somebody made who has left.
func TestInvite_WorthNothingOnceItsMakerMayNotInvite(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	wim, jo := g.Person("Wim", person.Administrator, person.Charity), g.Person("Jo", person.Administrator)
	b := s.AtDesk(wim)
	researcher := codes(b.Post("/people/invite", "standing", "researcher"))[0]
	woman := codes(b.Post("/people/invite", "standing", "lived-experience"))[0]
	s.AtDesk(jo).Post("/people/"+string(wim.ID)+"/take", "standing", "administrator").Is(http.StatusOK, g)
	for _, code := range []string{researcher, woman} {
		s.Visitor().Post("/join", "code", code).Is(http.StatusUnprocessableEntity, g)
		s.Visitor().Post("/join/now", "code", code, "name", "Zed", "passphrase", fixture.Passphrase).Is(http.StatusUnprocessableEntity, g)
	}
	s.AtDesk(jo).Get("/people/invite").None(".card form")
	if strings.Contains(s.AtDesk(jo).Get("/people").Body, "Zed") {
		t.Error("somebody came in with a code of an administrator who is none any more")
	}
}
