package letters_test

import (
	"strings"
	"testing"

	"footing/internal/lang/plain"
	"footing/internal/letters"
	"footing/internal/person"
	"footing/internal/testing/fixture"
)

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(letters.New(letters.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

// U40: how pages look is hers and kept, on whatever phone she signs in; it does not become the next woman's.
func TestLetters_AreHersAndKept(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(letters.New(letters.Deps{DB: g.DB, Circle: g.Circle, Now: g.Now}).Web())
	mo, ann := g.Person("Mo", person.LivedExperience), g.Person("Ann", person.LivedExperience)

	phone := s.As(mo)
	page := phone.Get("/letters")
	page.None("html[class]")
	page.One("input[name='shapes'][value='usual'][checked]")
	page = phone.Post("/letters", "shapes", "clear", "size", "largest", "data", "less")
	page.One("html[class='largest']")
	page.One("link[rel='stylesheet']")
	page.One("input[name='size'][value='largest'][checked]")
	page.HasText("Kept. This is how pages look now.")
	if want := (person.Looks{Chosen: true, Clear: true, Size: person.Largest, Less: true}); g.Named("Mo").Looks != want {
		t.Errorf("kept of her is %+v, want %+v", g.Named("Mo").Looks, want)
	}
	s.As(mo).Get("/letters").One("html[class='largest']") // on another phone
	s.As(ann).Get("/letters").None("html[class]")

	// What she chose beats what the phone keeps, be it that all stays as it is.
	s.As(ann).Post("/letters", "shapes", "usual", "size", "usual", "data", "usual")
	if got := g.Named("Ann").Looks; got != (person.Looks{Chosen: true}) {
		t.Errorf("kept of Ann is %+v", got)
	}
	phone.Post("/letters", "size", "no such size", "shapes", "<b>")
	if got := g.Named("Mo").Looks; got != (person.Looks{Chosen: true}) {
		t.Errorf("words that are no answers gave %+v", got)
	}
}

// Somebody who has not signed in: this phone keeps it, and the policy allows what such a page needs and no more.
func TestLetters_BeforeSigningIn(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(letters.New(letters.Deps{DB: g.DB, Circle: g.Circle, Now: g.Now}).Web())
	out := s.Visitor()
	before := out.Get("/letters")
	policy := before.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "style-src 'sha256-") || strings.Contains(policy, "font-src") {
		t.Errorf("a page of who chose nothing allows %s", policy)
	}
	out.Post("/letters", "shapes", "clear").HasText("This phone keeps it.")
	policy = out.Get("/letters").Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "style-src 'sha256-") || !strings.Contains(policy, "font-src 'self'") {
		t.Errorf("a page with clearer letters allows %s", policy)
	}
	out.Post("/letters", "shapes", "clear", "data", "less")
	page := out.Get("/letters")
	policy = page.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "style-src 'self'; font-src 'self'") {
		t.Errorf("a page with less data allows %s", policy)
	}
	sheet, _ := page.One("link[rel='stylesheet']").Attr("href")
	if kept := out.Get(sheet).Header.Get("Cache-Control"); !strings.Contains(kept, "immutable") {
		t.Errorf("the style sheet beside the page is kept as %q", kept)
	}
}
