package care_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/care"
	"footing/internal/person"
	"footing/internal/testing/fixture"
)

var paths = []string{"/support", "/phones", "/promises"}

func serve(t *testing.T) (*fixture.Ground, *fixture.Site) {
	t.Helper()
	g := fixture.New(t)
	r, err := care.New()
	g.Must(err)
	return g, g.Serve(r.Web())
}

func TestPages_OpenToEverybodyAndOneStepFromEveryPage(t *testing.T) {
	g, s := serve(t)
	for _, b := range []*fixture.Browser{s.Visitor(), s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Ada"))} {
		for _, path := range paths {
			page := b.Get(path).Is(http.StatusOK, g)
			if page.Path != path {
				t.Errorf("%s leads to %s", path, page.Path)
			}
			b.Get("/").One("footer a[href='" + path + "']")
		}
	}
}

func TestSupport_SaysThatNobodyWatches(t *testing.T) {
	_, s := serve(t)
	page := s.Visitor().Get("/support")
	page.One("main").HasText("not watched day and night")
	for _, number := range []string{"999", "111", "116 123", "85258"} {
		page.One("main").HasText(number)
	}
}

func TestSharedPhone_TellsNobodyToClearHerList(t *testing.T) {
	_, s := serve(t)
	text := s.Visitor().Get("/phones").One("main").Text()
	for _, order := range []string{"Clear your", "Delete your", "You should clear", "Always clear"} {
		if strings.Contains(text, order) {
			t.Errorf("the page says %q, which can be noticed and put her at risk", order)
		}
	}
	if !strings.Contains(text, "can be noticed") {
		t.Error("the page does not say that an empty list can be noticed")
	}
}

var elsewhere = regexp.MustCompile(`(?:src|href|action)="(?:https?:)?//[^"]*"`)

func TestPages_AskNobodyElse(t *testing.T) {
	_, s := serve(t)
	for _, path := range append(paths, "/") {
		page := s.Visitor().Get(path)
		if found := elsewhere.FindString(page.Body); found != "" {
			t.Errorf("%s asks another site: %s", path, found)
		}
		if policy := page.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "http") {
			t.Errorf("%s allows other sites: %s", path, policy)
		}
	}
}

func TestPromises_OneSentenceANumberEachWithItsTests(t *testing.T) {
	list, err := care.Promises()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("nothing is promised")
	}
	_, s := serve(t)
	page := s.Visitor().Get("/promises").One("main ul")
	last := 0
	for _, p := range list {
		if p.Number <= last || p.Number > 25 {
			t.Errorf("promise %d stands after %d", p.Number, last)
		}
		last = p.Number
		if p.Sentence == "" || len(p.Tests) == 0 {
			t.Errorf("promise %d has no sentence or no test", p.Number)
		}
		page.HasText(p.Sentence)
	}
}
