package circle_test

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"footing/internal/consent"
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

// A yes that was a mistake can be taken back within the seven days, by whoever said it and by nobody else;
// what it opened is shut, and she waits as before.
func TestYes_TakenBackWithinSevenDays(t *testing.T) {
	g, s := serve(t)
	bren, ann, jo := g.Person("Bren", person.LivedExperience), g.Person("Ann", person.LivedExperience), g.Person("Jo", person.Charity)
	kez := g.Person("Kez")
	lived := func() bool { return g.Named("Kez").Standings.Has(person.LivedExperience) }
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.Ask(ctx, tx, g.P, kez.ID, jo.ID) })
	s.As(bren).Post(at(kez, "/yes"))
	s.As(ann).Get(at(kez, "")).LacksText("by mistake")
	for _, other := range []person.Viewer{ann, jo, kez} {
		s.As(other).Post(at(kez, "/undo")).Is(http.StatusNotFound, g)
	}
	s.As(bren).Get(at(kez, "")).One("form[action='" + at(kez, "/undo") + "']")
	s.As(bren).Post(at(kez, "/undo")).HasText("She waits again.")
	if lived() {
		t.Fatal("her yes is taken back and she still holds the standing")
	}
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		in, err := g.Gate.InAudience(ctx, tx, g.P, consent.Audience{Kind: consent.ToLived})
		if slices.Contains(in, kez.ID) {
			t.Error("what is shared with the women is still open to her")
		}
		return err
	})
	s.As(jo).Get("/people/done").HasText("Bren took back the yes to Kez.")
	s.As(bren).Post(at(kez, "/undo")).Is(http.StatusNotFound, g) // pressed twice
	g.Pass(time.Minute)
	s.As(ann).Post(at(kez, "/yes")).Is(http.StatusOK, g)
	g.Pass(7 * 24 * time.Hour)
	s.As(ann).Get(at(kez, "")).LacksText("by mistake")
	s.As(ann).Post(at(kez, "/undo")).Is(http.StatusNotFound, g)
	if !lived() {
		t.Error("after seven days a yes can still be taken back")
	}
	s.As(bren).Post(at(ann, "/undo")).Is(http.StatusNotFound, g) // not of a founder, nor of whoever came otherwise
}
