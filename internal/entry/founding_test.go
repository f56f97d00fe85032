package entry_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// serve serves the door and the pages about people.
func serve(g *fixture.Ground) *fixture.Site {
	return g.Serve(circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has}).Web())
}

// setUp fills in the first page; over replaces what stands in a field.
func setUp(b *fixture.Browser, over ...string) fixture.Page {
	fields := map[string]string{"code": fixture.SetUpCode, "site": "Notes", "leave_to": "https://example.org/weather",
		"name": "Bren", "passphrase": fixture.Passphrase, "second": "Tolu", "keeper": "other"}
	for i := 0; i < len(over); i += 2 {
		fields[over[i]] = over[i+1]
	}
	var form []string
	for k, v := range fields {
		form = append(form, k, v)
	}
	return b.Post("/set-up", form...)
}

// codes returns the codes that a page shows, in their order.
func codes(p fixture.Page) []string {
	var list []string
	for _, n := range p.All(".card .slip") {
		list = append(list, n.Text())
	}
	return list
}

// joining joins with a code and returns the browser that is signed in then.
func joining(s *fixture.Site, code, name string, more ...string) (*fixture.Browser, fixture.Page) {
	b := s.Visitor()
	b.Post("/join", "code", code).Is(http.StatusOK, s.Ground).One("form[action='/join/now'] input[name=code]").HasAttr("value", code)
	return b, b.Post("/join/now", append([]string{"code", code, "name", name, "passphrase", fixture.Passphrase}, more...)...)
}

func TestSetUp_EachOfTheFirstTwoNamesTheOther(t *testing.T) {
	g := fixture.Empty(t)
	s := serve(g)
	bren := s.Visitor()
	bren.Get("/").One("form[action='/set-up']")
	given := setUp(bren).Is(http.StatusOK, g)
	s.Adopt()
	if set := g.Named("Bren").Standings.String(); set != "newcomer" {
		t.Fatalf("before the second has joined, the first is %q", set)
	}
	bren.Get("/people").Is(http.StatusNotFound, g)
	bren.Get("/").HasText("Tolu has not joined yet")

	second := codes(given)[0]
	_, refused := joining(s, second, "Tolu", "other", "Somebody Else")
	refused.Is(http.StatusUnprocessableEntity, g).One("#other-problem")
	refused.One("input[name=name]").HasAttr("value", "Tolu")
	tolu, _ := joining(s, second, "Tolu", "other", " bren ")
	for _, name := range []string{"Bren", "Tolu"} {
		if !g.Named(name).Standings.Has(person.LivedExperience) {
			t.Errorf("after both named each other, %s does not hold lived experience", name)
		}
	}
	tolu.Get("/people").Is(http.StatusOK, g).HasText("Bren")
	bren.Get("/founding").Is(http.StatusNotFound, g)
}

func TestSetUp_LooksAfterNothingUnlessTicked(t *testing.T) {
	g := fixture.Empty(t)
	s := serve(g)
	given := setUp(s.Visitor())
	s.Adopt()
	if g.Named("Bren").Standings.Has(person.Administrator) {
		t.Error("being first made an administrator")
	}
	joining(s, codes(given)[1], "Wim")
	if got := g.Named("Wim").Standings.String(); got != "administrator,newcomer" {
		t.Errorf("who looks after the site is %q, want that duty and nothing else", got)
	}

	g = fixture.Empty(t)
	s = serve(g)
	setUp(s.Visitor(), "keeper", "me")
	s.Adopt()
	if !g.Named("Bren").Standings.Has(person.Administrator) {
		t.Error("she ticked that she looks after the site, and does not")
	}
}

func TestSetUp_RefusedAndNothingLost(t *testing.T) {
	g := fixture.Empty(t)
	s := serve(g)
	for _, c := range []struct{ field, value string }{
		{"code", "apple bridge candle dunes"}, {"code", ""}, {"site", "Trauma group"}, {"leave_to", "http://example.org"},
		{"leave_to", "javascript:alert(1)"}, {"second", "bren"}, {"passphrase", "short"}, {"keeper", ""}, {"name", " "},
	} {
		b := s.Visitor()
		page := setUp(b, c.field, c.value).Is(http.StatusUnprocessableEntity, g)
		page.One("#" + c.field + "-problem")
		if c.field != "second" {
			page.One("input[name=second]").HasAttr("value", "Tolu")
		}
		b.Get("/").One("form[action='/set-up']")
	}
}

func TestSetUp_OnlyOnce(t *testing.T) {
	g := fixture.Empty(t)
	s := serve(g)
	setUp(s.Visitor())
	setUp(s.Visitor(), "name", "Mallory", "second", "Eve").Is(http.StatusConflict, g).HasText("This site has its group already")
	s.Visitor().Get("/").None("form[action='/set-up']")
}

// Two processes over one database do not see each other make the group. The database takes one.
func TestSetUp_OnlyOnceInADatabase(t *testing.T) {
	g := fixture.Empty(t)
	one, other := serve(g), serve(g.Replica())
	var made, refused atomic.Int32
	var all sync.WaitGroup
	for i := range 6 {
		b := []*fixture.Site{one, other}[i%2].Visitor()
		all.Go(func() {
			switch p := setUp(b, "name", fmt.Sprintf("Bren %d", i)); p.Status {
			case http.StatusOK:
				made.Add(1)
			case http.StatusConflict:
				refused.Add(1)
			default:
				t.Errorf("founding answers %d", p.Status)
			}
		})
	}
	all.Wait()
	if made.Load() != 1 || refused.Load() != 5 {
		t.Errorf("%d groups were made and %d refused", made.Load(), refused.Load())
	}
	one.Adopt()
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		people, err := g.Circle.List(ctx, tx, g.P)
		if len(people) != 1 {
			t.Errorf("there are %d people", len(people))
		}
		return err
	})
}

func TestFounding_NewCodeEndsTheOld(t *testing.T) {
	g := fixture.Empty(t)
	s := serve(g)
	bren := s.Visitor()
	old := codes(setUp(bren))[0]
	s.Adopt()
	fresh := codes(bren.Post("/founding", "second", "Ivy").Is(http.StatusOK, g))[0]
	s.Visitor().Post("/join", "code", old).Is(http.StatusUnprocessableEntity, g)
	joining(s, fresh, "Ivy", "other", "Bren")
	if !g.Named("Ivy").Standings.Has(person.LivedExperience) {
		t.Error("the new code did not make the second member")
	}
}

func TestFound_RefusedOnceSomebodyHoldsIt(t *testing.T) {
	g := fixture.New(t)
	g.Person("Bren", person.LivedExperience)
	a, b := g.Person("Jo", person.Charity), g.Person("Mo", person.Charity)
	err := g.DB.Write(t.Context(), func(tx *store.Tx) error { return g.Circle.Found(t.Context(), tx, g.P, a.ID, b.ID) })
	if err == nil {
		t.Error("two workers named each other into the group")
	}
}

func TestRegister_MakesNothing(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	g.Person("Bren", person.LivedExperience)
	for _, path := range []string{"/register", "/sign-up", "/join/now"} {
		s.Visitor().Get(path)
		s.Visitor().Post(path, "name", "Mallory", "passphrase", fixture.Passphrase, "code", "one two three four five six")
	}
	var here []circle.Person
	g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		here, err = g.Circle.List(ctx, tx, g.P)
		return err
	})
	if len(here) != 1 {
		t.Errorf("%d people are here, want the one who was", len(here))
	}
}

func TestCodes_NeverInAnAddress(t *testing.T) {
	g := fixture.Empty(t)
	s := serve(g)
	b := s.Visitor()
	page := setUp(b)
	for _, p := range []fixture.Page{page, b.Get("/"), b.Get("/founding"), s.Visitor().Get("/join")} {
		for _, f := range p.All("form") {
			f.HasAttr("method", "post")
		}
		for _, code := range append(codes(page), fixture.SetUpCode) {
			for _, a := range p.All("a[href]") {
				if href, _ := a.Attr("href"); strings.Contains(href, strings.Fields(code)[0]) {
					t.Errorf("a link holds a code: %s", a.HTML())
				}
			}
		}
	}
}
