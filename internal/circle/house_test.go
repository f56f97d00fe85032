package circle_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// house returns in which house somebody decides what begins now, by the roll and by herself, which say the same.
func house(t *testing.T, g *fixture.Ground, who person.Viewer) (h person.House) {
	t.Helper()
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		roll, err := g.Circle.Roll(ctx, tx, g.P, g.Now())
		for _, v := range roll {
			if v.Person == who.ID {
				h = v.House
			}
		}
		if err != nil {
			return err
		}
		her, err := g.Circle.Get(ctx, tx, g.P, who.ID)
		if her.House(g.Now()) != h {
			t.Errorf("by the roll she is in %q, by herself in %q", h, her.House(g.Now()))
		}
		return err
	})
	return h
}

// Whoever could be in either house chooses. With the women it takes a yes of one of them, and seven days, so that
// nobody packs that house; with everyone else it counts at once.
func TestHouse_SheChoosesAndOneOfTheWomenSaysYes(t *testing.T) {
	g, s := serve(t)
	bren, jo, both := g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity), g.Person("Lou", person.LivedExperience, person.Charity)
	twin := g.Person("Mo", person.LivedExperience, person.Practice)
	s.As(both).Get("/me").One("a[href='/me/group']")
	s.As(both).Get("/me/group").HasText("You are counted with everyone else.")
	s.As(both).Get("/me/group").None("input[checked]")
	s.As(both).Post("/me/group").Is(http.StatusUnprocessableEntity, g).HasText("Please choose one of the two.")
	s.As(both).Post("/me/group", "with", "women").HasText("One of the women says yes first.")
	if got := house(t, g, both); got != person.Others {
		t.Errorf("before anybody said yes she is in %q", got)
	}
	s.As(jo).Get("/people").LacksText("would like to decide with the women’s group")
	s.As(bren).Get("/").HasText("Lou waits for a yes")
	s.As(bren).Get("/people").HasText("would like to decide with the women’s group")
	for _, who := range []person.Viewer{jo, both, twin} { // nobody of everyone else, not she herself, and not somebody who could choose herself
		s.As(who).Post(at(both, "/group")).Is(map[bool]int{true: http.StatusNotFound, false: http.StatusUnprocessableEntity}[who.ID == jo.ID], g)
	}
	s.As(bren).Post(at(both, "/group")).HasText("It counts in seven days.")
	s.As(jo).Get("/people/done").HasText("Bren said yes to Lou deciding with the women’s group.")
	s.As(bren).Post(at(both, "/group")).Is(http.StatusNotFound, g) // once
	g.Pass(circle.Wait - time.Second)
	if got := house(t, g, both); got != person.Others {
		t.Errorf("within the seven days she is in %q", got)
	}
	g.Pass(time.Second)
	if got := house(t, g, both); got != person.Lived {
		t.Errorf("after seven days she is in %q", got)
	}
	s.As(jo).Get(at(both, "")).HasText("Decides with The women’s group")
	s.As(both).Post("/me/group", "with", "others")
	if got := house(t, g, both); got != person.Others {
		t.Errorf("once she chose everyone else she is in %q", got)
	}
	s.As(both).Post("/me/group", "with", "women")
	g.Pass(2 * circle.Wait)
	if got := house(t, g, both); got != person.Others {
		t.Error("the yes of before counts for another wish")
	}
}

// What was chosen before an older copy was put back may have ended since: she is in everyone else until she chooses
// again, and one of the women says yes again.
func TestHouse_AfterARestoreSheChoosesAgain(t *testing.T) {
	g, s := serve(t)
	bren, both := g.Person("Bren", person.LivedExperience), g.Person("Lou", person.LivedExperience, person.Charity)
	s.As(both).Post("/me/group", "with", "women")
	s.As(bren).Post(at(both, "/group"))
	g.Pass(circle.Wait)
	if got := house(t, g, both); got != person.Lived {
		t.Fatalf("before the restore she is in %q", got)
	}
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.AfterRestore(ctx, tx, g.P) })
	if got := house(t, g, both); got != person.Others {
		t.Errorf("after the restore she is in %q", got)
	}
	s.As(both).Get("/me/group").HasText("When an older copy of everything is put back, what you chose before ends.")
	s.As(both).Post("/me/group", "with", "women").HasText("One of the women says yes first.")
}

// Whoever has one kind of standing has nothing to choose, and a choice goes with the standing it was made by.
func TestHouse_GoesWithTheStanding(t *testing.T) {
	g, s := serve(t)
	bren, jo, both := g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity), g.Person("Lou", person.LivedExperience, person.Charity)
	for _, who := range []person.Viewer{bren, jo} {
		s.As(who).Get("/me").None("a[href='/me/group']")
		s.As(who).Get("/me/group").Is(http.StatusNotFound, g)
		s.As(who).Post("/me/group", "with", "women").Is(http.StatusNotFound, g)
	}
	s.As(both).Post("/me/group", "with", "women")
	s.As(bren).Post(at(both, "/group"))
	g.Pass(circle.Wait)
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.Leave(ctx, tx, g.P, bren.ID, "") })
	if got := house(t, g, both); got != person.Lived {
		t.Errorf("since whoever said yes has left she is in %q", got)
	}
	if found := g.Holding("circle_house", string(bren.ID)); found != nil {
		t.Errorf("she has left, and stands in %v", found)
	}
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := g.Circle.Take(ctx, tx, g.P, both.ID, person.LivedExperience); err != nil {
			return err
		}
		return g.Circle.Give(ctx, tx, g.P, both.ID, person.LivedExperience, jo.ID, true)
	})
	if got := house(t, g, both); got != person.Others {
		t.Error("a standing that was taken and given again brings an old choice along")
	}
}
