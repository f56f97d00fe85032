package language_test

import (
	"testing"

	"footing/internal/lang"
	"footing/internal/lang/plain"
	"footing/internal/language"
	"footing/internal/person"
	"footing/internal/testing/fixture"
)

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(language.New(language.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

func TestLanguage_IsHersAndKept(t *testing.T) {
	g := fixture.New(t)
	var words *lang.Catalogue
	s := g.Serve(language.New(language.Deps{DB: g.DB, Circle: g.Circle, Words: func() *lang.Catalogue { return words }, Now: g.Now}).Web())
	words = s.Words
	out := s.Visitor()
	page := out.Get("/language")
	page.HasText("Cymraeg")
	page.One("[lang='ar'][dir='rtl']")
	out.Post("/language", "language", "ar").One("html[lang='ar'][dir='rtl']")
	out.Get("/").HasText("اتركي هذه الصفحة") // leaving, before she has signed in
	out.Post("/language", "language", "xx").One("html[lang='en']")

	mo := g.Person("Mo", person.LivedExperience)
	phone := s.As(mo)
	phone.Post("/language", "language", "cy").One("html[lang='cy']")
	phone.Get("/").HasText("Gadael y dudalen hon")
	s.As(mo).Get("/").One("html[lang='cy']") // on another phone too
	if got := g.Named("Mo").Language; got != "cy" {
		t.Errorf("her language is kept as %q, want cy", got)
	}
}
