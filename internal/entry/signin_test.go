package entry_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

func TestSignIn_SameAnswerWhetherTheNameExists(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	g.Person("Bren", person.LivedExperience)
	known := s.Visitor().Post("/in", "name", "Bren", "passphrase", "wrong wrong wrong")
	unknown := s.Visitor().Post("/in", "name", "Nobo", "passphrase", "wrong wrong wrong")
	if known.Status != unknown.Status || strings.ReplaceAll(known.Body, "Bren", "Nobo") != unknown.Body {
		t.Error("the page tells whether somebody has that name")
	}
}

func TestSignIn_StaysOnlyWhenChosen(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	g.Person("Bren", person.LivedExperience)
	s.Visitor().Get("/").None("input[checked]")
	for _, stay := range []string{"", "1"} {
		b := s.Visitor()
		b.Post("/in", "name", "bren", "passphrase", fixture.Passphrase, "stay", stay).HasText("Hello, Bren")
		g.Pass(25 * time.Hour)
		page := b.Get("/")
		if signedIn := strings.Contains(page.Text(), "Hello"); signedIn != (stay == "1") {
			t.Errorf("with stay %q, a day later she is signed in: %v", stay, signedIn)
		}
	}
}

func TestSignOut_EndsTheSession(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren := s.As(g.Person("Bren", person.LivedExperience))
	bren.Get("/me").Is(http.StatusOK, g)
	bren.Post("/out").One("form[action='/in']")
	bren.Get("/me").One("form[action='/in']")
}

func TestFront_AlwaysThreeThingsAndNoCount(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	for _, v := range []person.Viewer{g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity), g.Person("Ada")} {
		page := s.As(v).Get("/").Is(http.StatusOK, g)
		if n := len(page.All(".cards .card")); n != 3 {
			t.Errorf("%s finds %d things to do, want 3", v.Name, n)
		}
		if strings.ContainsAny(page.One("main").Text(), "0123456789") {
			t.Errorf("%s is shown a number: %s", v.Name, page.One("main").Text())
		}
	}
}

func TestLink_LookingDoesNotUseItUp(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	var token string
	g.Write(func(ctx context.Context, tx *store.Tx) (err error) {
		token, err = g.Accounts.Link(ctx, tx, g.P, bren.ID, time.Hour)
		return err
	})
	for range 3 {
		s.Visitor().Get("/in/" + token).One("form[action='/in/" + token + "'] button")
	}
	s.Visitor().Post("/in/" + token).HasText("Hello, Bren")
	s.Visitor().Post("/in/"+token).Is(http.StatusUnprocessableEntity, g).One("form[action='/in']")
}

func TestRecover_NameOnlyLosesAndRegains(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	wim := s.AtDesk(g.Person("Wim", person.Administrator))
	code := codes(wim.Post("/people/invite", "standing", "charity"))[0]
	jo, next := joining(s, strings.ToUpper(strings.ReplaceAll(code, " ", ", ")), "Jo")
	next.One("a[href='/me/codes']") // leaving is taught first, the way back in second
	jo.Get("/me/codes").One("form[action='/me/codes']")
	printed := jo.Post("/me/codes").All("ol li")
	if len(printed) != 8 {
		t.Fatalf("%d codes are printed, want 8", len(printed))
	}
	jo.Post("/out")
	words := "quiet lemon wagon pencil"
	lost := s.Visitor()
	lost.Post("/recover", "name", "jo", "code", "one two three four five six", "passphrase", words).Is(http.StatusUnprocessableEntity, g)
	lost.Post("/recover", "name", "jo", "code", printed[3].Text(), "passphrase", words).HasText("Hello, Jo")
	s.Visitor().Post("/in", "name", "Jo", "passphrase", fixture.Passphrase).Is(http.StatusUnprocessableEntity, g)
	s.Visitor().Post("/in", "name", "Jo", "passphrase", words).HasText("Hello, Jo")
	s.Visitor().Post("/recover", "name", "jo", "code", printed[3].Text(), "passphrase", words).Is(http.StatusUnprocessableEntity, g)
}

func TestEasyWords_AreMadeAndShown(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	page := s.Visitor().Post("/recover", "name", "Jo", "easy", "1").Is(http.StatusOK, g)
	field := page.One("input[name=passphrase]")
	field.HasAttr("type", "text")
	if value, _ := field.Attr("value"); len(strings.Fields(value)) != 4 {
		t.Errorf("the words made are %q, want four", value)
	}
	page.One("input[name=name]").HasAttr("value", "Jo")
}
