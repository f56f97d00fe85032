package agreement_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

func stopsNow(g *fixture.Ground, r *agreement.Room) (n int) {
	g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = r.Stops(ctx, tx, g.P)
		return err
	})
	return n
}

// How many stops the women's house takes is its own: one at first; fewer at once, more by everybody's yes.
func TestStops_AreTheWomensAlone(t *testing.T) {
	g := fixture.New(t)
	r := room(g)
	s := g.Serve(r.Web())
	bren, kez, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Kez", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	both := s.As(g.Person("Ann", person.LivedExperience, person.Charity))
	if n := stopsNow(g, r); n != 1 {
		t.Errorf("it takes %d stops before anybody chose, want 1", n)
	}
	jo.Get("/agreement/stops").Is(http.StatusNotFound, g)
	jo.Post("/agreement/stops", "stops", "3", "over", "0").Is(http.StatusNotFound, g)
	both.Get("/agreement/stops").None("form[action='/agreement/stops']")
	both.Post("/agreement/stops", "stops", "3", "over", "0").Is(http.StatusNotFound, g)

	bren.Post("/agreement/stops", "stops", "2", "meets", "Persimmon tea, just us.", "over", "0").HasText("You said yes.")
	if n := stopsNow(g, r); n != 1 {
		t.Errorf("one woman made it %d", n)
	}
	kez.Get("/agreement/stops").HasText("Bren would like the number to be 2.")
	kez.Post("/agreement/stops/1/yes").HasText("Persimmon tea, just us.")
	if n := stopsNow(g, r); n != 2 {
		t.Errorf("all of them said yes to 2, and it is %d", n)
	}
	page := jo.Get("/agreement")
	page.HasText("It takes 2 of the women’s group to stop something.")
	page.LacksText("Persimmon")
	kez.Post("/agreement/stops/1/yes").Is(http.StatusConflict, g)

	kez.Post("/agreement/stops", "stops", "1", "meets", "Just us.", "over", "1").Is(http.StatusOK, g)
	if n := stopsNow(g, r); n != 1 {
		t.Errorf("fewer stops wait: it is %d", n)
	}
	page = bren.Post("/agreement/stops", "stops", "1", "meets", "Cake.", "over", "1").Is(http.StatusUnprocessableEntity, g)
	page.HasText("Just us.")
	page.One("textarea").HasText("Cake.")
	bren.Post("/agreement/stops", "stops", "12", "over", "2").Is(http.StatusUnprocessableEntity, g).One("#check a[href='#stops']")
	for _, found := range g.Holding("agreement_stops", "Persimmon", "Just us") {
		t.Errorf("how the women meet lies in the clear: %s", found)
	}
}

// Who leaves keeps nobody waiting, and her yes goes with her. An older copy asks the women anew.
func TestStops_WhoLeavesAndWhatIsBroughtBack(t *testing.T) {
	g := fixture.New(t)
	r := room(g)
	s := g.Serve(r.Web())
	kez := g.Person("Kez", person.LivedExperience)
	bren := s.As(g.Person("Bren", person.LivedExperience))
	s.As(kez)
	bren.Post("/agreement/stops", "stops", "3", "over", "0")
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.Leave(ctx, tx, g.P, kez.ID, "") })
	g.Must(r.Tidy(t.Context(), g.P))
	if n := stopsNow(g, r); n != 3 {
		t.Errorf("it waits for somebody who left: %d", n)
	}
	bren.Post("/agreement/stops", "stops", "5", "over", "1")
	g.Write(func(ctx context.Context, tx *store.Tx) error { return r.AfterRestore(ctx, tx, g.P) })
	if n := stopsNow(g, r); n != 1 {
		t.Errorf("after an older copy was brought back it takes %d stops, want 1", n)
	}
}

// After an older copy was brought back, nobody's yes counts that she may have changed since.
func TestAgreement_AnOlderCopyAsksAnew(t *testing.T) {
	g := fixture.New(t)
	r := room(g)
	s := g.Serve(r.Web())
	bren, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	bren.Post("/agreement/new", "text", "First.", "over", "0")
	bren.Post("/agreement/1/answer", "answer", "yes")
	g.Write(func(ctx context.Context, tx *store.Tx) error { return r.AfterRestore(ctx, tx, g.P) })
	jo.Post("/agreement/1/answer", "answer", "yes").HasText("Not everybody has answered yet.")
	bren.Get("/agreement").HasText("What do you say to it?")
	bren.Post("/agreement/1/answer", "answer", "yes").HasText("This is what we agreed.")
	g.Write(func(ctx context.Context, tx *store.Tx) error { return r.AfterRestore(ctx, tx, g.P) })
	bren.Get("/agreement").HasText("This is what we agreed.")
}

// Whoever could be in either house and chose the women is one of them here too: for how many stops it takes, and for a
// version that was written once her choice counted, not for one of before.
func TestHouse_WhoChoseTheWomenIsOneOfThem(t *testing.T) {
	g := fixture.New(t)
	r := room(g)
	s := g.Serve(r.Web())
	bren, jo, ann := g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity), g.Person("Ann", person.LivedExperience, person.Charity)
	s.As(jo).Post("/agreement/new", "text", "Tea first.", "over", "0")
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := g.Circle.ChooseLived(ctx, tx, ann); err != nil {
			return err
		}
		return g.Circle.LetChoose(ctx, tx, bren, ann.ID)
	})
	s.As(ann).Post("/agreement/stops", "stops", "2", "over", "0").Is(http.StatusNotFound, g)
	g.Pass(circle.Wait)
	s.As(ann).Post("/agreement/stops", "stops", "2", "over", "0").HasText("You said yes.")

	var people []circle.Person
	g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		people, err = g.Circle.List(ctx, tx, g.P)
		return err
	})
	women := []person.ID{bren.ID, ann.ID}
	for written, lived := range map[time.Time]int{fixture.Start: 1, g.Now(): 2} {
		v := agreement.Version{N: 1, Written: written}
		if tally := v.Tally(people, women, nil); tally.Lived.Of != lived || tally.Others.Of != 3-lived {
			t.Errorf("of a version of %v %d women and %d others are asked", written, tally.Lived.Of, tally.Others.Of)
		}
	}
}
