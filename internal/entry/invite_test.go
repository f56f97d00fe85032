package entry_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/person"
	"footing/internal/testing/fixture"
)

func TestInvite_LivedExperienceNeedsTheYesOfAHolder(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	wim := s.AtDesk(g.Person("Wim", person.Administrator, person.Charity))
	code := codes(wim.Post("/people/invite", "standing", "lived-experience"))[0]
	kez, _ := joining(s, code, "Kez")
	who := g.Named("Kez")
	if who.Standings.String() != "newcomer" {
		t.Fatalf("the invitation alone made her %q", who.Standings)
	}
	kez.Get("/people").Is(http.StatusNotFound, g)
	yes := "/people/" + string(who.ID) + "/yes"
	for _, b := range []*fixture.Browser{wim, kez} {
		b.Post(yes).Is(http.StatusNotFound, g)
	}
	wim.Post("/people/"+string(who.ID)+"/give", "standing", "lived-experience").Is(http.StatusNotFound, g)
	wim.Get("/people").None("form[action='" + yes + "']")
	if g.Named("Kez").Standings.Has(person.LivedExperience) {
		t.Fatal("somebody who does not hold it gave lived experience")
	}
	woman := s.As(bren)
	woman.Get("/people").One("form[action='" + yes + "']")
	woman.Post(yes)
	if !g.Named("Kez").Standings.Has(person.LivedExperience) {
		t.Fatal("the yes of a holder did not give it")
	}
	kez.Get("/people").Is(http.StatusOK, g)
	woman.Post(yes).Is(http.StatusNotFound, g)
}

func TestInvite_FacilitatorAsksWomenAlone(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	host := s.AtDesk(g.Person("Host", person.Charity, person.Facilitator))
	page := host.Get("/people/invite")
	if n := len(page.All("input[name=standing]")); n != 1 {
		t.Errorf("a facilitator is offered %d parts, want one", n)
	}
	host.Post("/people/invite", "standing", "researcher").Is(http.StatusUnprocessableEntity, g)
	host.Post("/people/invite", "standing", "lived-experience").Is(http.StatusOK, g)
}

func TestInvite_TakenBackDoesNotWork(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	wim := s.AtDesk(g.Person("Wim", person.Administrator))
	code := codes(wim.Post("/people/invite", "standing", "charity"))[0]
	at, _ := wim.Get("/people/invite").One(".card form").Attr("action")
	wim.Post(at).Is(http.StatusOK, g)
	wim.Get("/people/invite").None(".card form")
	s.Visitor().Post("/join", "code", code).Is(http.StatusUnprocessableEntity, g)
	wim.Post("/people/invite/nothing/end").Is(http.StatusNotFound, g)
}

func TestInvite_AsksForTheSecondFactor(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	wim := g.Person("Wim", person.Administrator)
	b := s.As(wim)
	if page := b.Get("/people/invite"); page.Path != "/factor" {
		t.Fatalf("without a second factor she is at %s, want /factor", page.Path)
	}
	b.Again()
	made := b.Post("/factor/new").Is(http.StatusOK, g)
	made.One("figure svg[role=img]")
	s.LearnSecret(wim, made.One("main p b").Text())
	b.Post("/factor", "code", "000000").Is(http.StatusUnprocessableEntity, g)
	b.Post("/factor", "code", s.FactorCode(wim)).HasText("Hello, Wim")
	b.Get("/people/invite").One("form[action='/people/invite']")

	again := s.As(wim)
	codes := b.Post("/me/codes").All("ol li")
	again.Post("/factor/lost", "code", "one two three four five six").Is(http.StatusUnprocessableEntity, g)
	again.Post("/factor/lost", "code", codes[0].Text()).Is(http.StatusOK, g)
	if page := b.Get("/people/invite"); page.Path != "/factor" {
		t.Error("a second factor that was taken away still counts elsewhere")
	}
}

func TestSessions_EndedOneByOneAndOnlyHers(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren, jo := g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity)
	here, phone, other := s.As(bren), s.As(bren), s.As(jo)
	var ends []string
	for _, f := range here.Get("/me/sessions").All(".card form") {
		at, _ := f.Attr("action")
		ends = append(ends, at)
	}
	if len(ends) != 2 {
		t.Fatalf("she sees %d sessions, want her two", len(ends))
	}
	for _, at := range ends {
		other.Post(at).Is(http.StatusNotFound, g)
	}
	here.Post("/me/sessions/others").Is(http.StatusOK, g)
	phone.Get("/me").One("form[action='/in']")
	here.Get("/me").Is(http.StatusOK, g)
	other.Get("/me").Is(http.StatusOK, g)
}

func TestTokens_ShownOnceActForHerUntilRevoked(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren := s.As(g.Person("Bren", person.LivedExperience))
	bren.Again()
	key := codes(bren.Post("/me/tokens", "label", "laptop"))[0]
	if strings.Contains(bren.Get("/me/tokens").Body, key) {
		t.Error("the key is shown again")
	}
	ask := func() int {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/people", nil)
		g.Must(err)
		request.Header.Set("Authorization", "Bearer "+key)
		request.Header.Set("Accept", "application/json")
		answer, err := http.DefaultClient.Do(request)
		g.Must(err)
		answer.Body.Close()
		return answer.StatusCode
	}
	if got := ask(); got != http.StatusOK {
		t.Fatalf("the key answers %d", got)
	}
	at, _ := bren.Get("/me/tokens").One(".card form").Attr("action")
	s.As(g.Person("Jo", person.Charity)).Post(at).Is(http.StatusNotFound, g)
	bren.Post(at)
	if got := ask(); got != http.StatusUnauthorized {
		t.Errorf("a revoked key answers %d", got)
	}
}

func TestPassphrase_ChangedSignsOutElsewhere(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren := g.Person("Bren", person.LivedExperience)
	here, elsewhere := s.As(bren), s.As(bren)
	here.Post("/me/passphrase", "old", "wrong", "passphrase", "quiet lemon wagon pencil").Is(http.StatusUnprocessableEntity, g).One("#old-problem")
	here.Post("/me/passphrase", "old", fixture.Passphrase, "passphrase", "quiet lemon wagon pencil").HasText("Saved.")
	elsewhere.Get("/me").One("form[action='/in']")
	s.Visitor().Post("/in", "name", "Bren", "passphrase", "quiet lemon wagon pencil").HasText("Hello, Bren")
}

func TestCodes_AskForThePassphrase(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren := s.AsBefore(g.Person("Bren", person.LivedExperience))
	bren.Post("/me/codes").Is(http.StatusForbidden, g).None("ol")
	bren.Again()
	bren.Post("/me/codes").One("ol")
	bren.Post("/me/codes").One("ol")
	g.Pass(time.Hour)
	bren.Post("/me/codes").Is(http.StatusForbidden, g).None("ol")
}

func TestRename_ChangesSigningInAndWhatOthersRead(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	bren, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	bren.Again()
	bren.Post("/me", "name", "jo").Is(http.StatusUnprocessableEntity, g).One("#name-problem")
	bren.Post("/me", "name", "Wren").HasText("Saved.")
	jo.Get("/people").HasText("Wren")
	s.Visitor().Post("/in", "name", "wren", "passphrase", fixture.Passphrase).HasText("Hello, Wren")
}
