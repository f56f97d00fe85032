package circle_test

import (
	"context"
	"net/http"
	"testing"

	"footing/internal/person"
	"footing/internal/store"
)

// Somebody who waits can be told kindly that it is not the time, without who said so; any of the women can
// still say yes, and she herself can let it be.
func TestWait_NotNowAndNotAnyMore(t *testing.T) {
	g, s := serve(t)
	bren, ann, jo := g.Person("Bren", person.LivedExperience), g.Person("Ann", person.LivedExperience), g.Person("Jo", person.Charity)
	kez, lou := g.Person("Kez"), g.Person("Lou")
	for _, who := range []person.Viewer{kez, lou} {
		g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.Ask(ctx, tx, g.P, who.ID, jo.ID) })
	}
	s.As(jo).Post(at(kez, "/later")).Is(http.StatusNotFound, g)
	s.As(kez).Get("/me/wish").HasText("You wait for a yes")
	s.As(bren).Post(at(kez, "/later")).HasText("not who said so")
	page := s.As(kez).Get("/me/wish")
	page.HasText("It is not the time now")
	page.LacksText("Bren")
	s.As(jo).Get("/people").LacksText("told that it is not the time")
	s.As(ann).Get("/").LacksText("Kez waits for a yes")
	s.As(ann).Post(at(kez, "/yes")).Is(http.StatusOK, g)
	if !g.Named("Kez").Standings.Has(person.LivedExperience) {
		t.Error("after a not now nobody can say yes")
	}

	s.As(lou).Post("/me/wish/drop").HasText("Nobody waits for anything now.")
	s.As(lou).Get("/me/wish").Is(http.StatusNotFound, g)
	s.As(bren).Get("/people").LacksText("Lou has been asked")
	s.As(bren).Post(at(lou, "/yes")).Is(http.StatusNotFound, g)
}
