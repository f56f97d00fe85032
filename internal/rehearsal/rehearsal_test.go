package rehearsal_test

import (
	"net/http"
	"strings"
	"testing"

	"footing/internal/lang/plain"
	"footing/internal/person"
	"footing/internal/rehearsal"
	"footing/internal/testing/fixture"
)

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(rehearsal.New(rehearsal.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

func TestTry_ShareSeeTakeBackGone(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(rehearsal.New(rehearsal.Deps{DB: g.DB, Gate: g.Gate, Now: g.Now}).Web())
	mo, kez := s.As(g.Person("Mo", person.LivedExperience)), s.As(g.Person("Kez", person.LivedExperience))
	mo.Get("/first").One("textarea").HasText("The kettle is blue.")
	mo.Post("/first", "text", "").Is(http.StatusUnprocessableEntity, g).HasText("Please write a few words.")
	mo.Post("/first", "text", strings.Repeat("kettle ", 60)).Is(http.StatusUnprocessableEntity, g).One("textarea").HasText("kettle kettle")
	page := mo.Post("/first", "text", "The lamp is green.")
	page.HasText("It is shared")
	page.HasText("The lamp is green.")
	at := page.Path
	kez.Get(at).Is(http.StatusNotFound, g)
	kez.Post(at+"/back").Is(http.StatusNotFound, g)
	page = mo.Post(at + "/read")
	page.HasText("It was opened")
	page.One("dl.sum").HasText("This program")
	if n := openings(g); n != 1 {
		t.Errorf("the page speaks of one opening and %d are on record", n)
	}
	page = mo.Post(at + "/back")
	page.HasText("It is gone")
	page.LacksText("The lamp is green.")
	mo.Post(at + "/read").HasText("It is gone")
	mo.Post(at + "/back").HasText("It is gone")
	g.Must(g.Gate.DestroyDue(t.Context(), g.P))
	mo.Get(at).HasText("There was nothing to read.")
	if n := g.Sum("1", "consent_turn", "words IS NOT NULL"); n != 0 {
		t.Errorf("%d sentences are still kept after she took hers back", n)
	}
}

// openings counts the openings on record.
func openings(g *fixture.Ground) int { return g.Sum("1", "consent_opening") }
