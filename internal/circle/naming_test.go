package circle_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

func TestNaming_TakesTwoHousesAndTwoDays(t *testing.T) {
	now := fixture.Start
	one := circle.Naming{Person: "ros", First: "kez", Made: now}
	for _, c := range []struct {
		what          string
		n             circle.Naming
		second        person.ID
		first, other  person.House
		joins, twoDay bool
	}{
		{"a woman from the group and a worker", one, "jo", person.Lived, person.Others, true, true},
		{"a worker and a woman from the group", one, "bren", person.Others, person.Lived, true, true},
		{"two women from the group", one, "bren", person.Lived, person.Lived, false, false},
		{"two workers", one, "jo", person.Others, person.Others, false, false},
		{"the first once more", one, "kez", person.Lived, person.Others, false, false},
		{"whom it names", one, "ros", person.Lived, person.Others, false, false},
		{"a third", circle.Naming{Person: "ros", First: "kez", Second: "jo"}, "dr", person.Lived, person.Others, false, false},
	} {
		got, err := c.n.Join(c.second, c.first, c.other, now)
		if (err == nil) != c.joins {
			t.Errorf("%s: named %v, want %v", c.what, err == nil, c.joins)
		}
		if c.twoDay && (got.Ready(now.Add(48*time.Hour-time.Second)) || !got.Ready(now.Add(48*time.Hour)) || got.Ready(now.Add((48+14*24)*time.Hour))) {
			t.Errorf("%s: she can say yes at the wrong time", c.what)
		}
	}
	if one.Ready(now.AddDate(0, 0, 3)) || one.Over(now.AddDate(0, 0, 13)) || !one.Over(now.AddDate(0, 0, 14)) {
		t.Error("a naming by one person alone is ready, or does not run out")
	}
}

// orphans is a group whose last administrator has left.
func orphans(t *testing.T) (g *fixture.Ground, s *fixture.Site, bren, jo, ros person.Viewer) {
	g, s = serve(t)
	bren, jo, ros = g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity), g.Person("Ros", person.Researcher)
	wim := g.Person("Wim", person.Administrator)
	s.As(bren).Get("/people/keep").HasText("Wim")
	s.As(bren).Post("/people/keep", "who", string(ros.ID)).HasText("Somebody looks after this site already")
	s.As(wim).Get("/me/end/check").HasText("Two people here can then name somebody together")
	s.As(wim).Post("/me/end/now")
	return g, s, bren, jo, ros
}

// After the last one has left, one person of each side names somebody, it waits two days, and she says yes
// with her second factor. Then it is as before, and everybody can read how it came about.
func TestNaming_GivesASiteSomebodyWhoLooksAfterIt(t *testing.T) {
	g, s, bren, jo, ros := orphans(t)
	s.As(bren).Get("/").HasText("Nobody looks after this site.")
	page := s.As(bren).Get("/people/keep").Is(http.StatusOK, g)
	page.None("input[checked]")
	page.None("input[value='" + string(bren.ID) + "']")
	s.As(bren).Post("/people/keep").Is(http.StatusUnprocessableEntity, g).HasText("Please choose somebody")
	s.As(bren).Post("/people/keep", "who", string(bren.ID)).Is(http.StatusUnprocessableEntity, g)
	s.As(bren).Post("/people/keep", "who", string(ros.ID)).HasText("A second person is needed")
	s.As(bren).Post("/people/keep", "who", string(ros.ID)).Is(http.StatusUnprocessableEntity, g)
	s.As(jo).Post("/people/keep", "who", string(bren.ID)).Is(http.StatusUnprocessableEntity, g).HasText("Only one person can be named at a time")
	s.As(jo).Get("/").HasText("You can say no")
	s.As(jo).Post("/people/keep", "who", string(ros.ID)).HasText("Nothing happens before 3 March 2027, 09:")

	desk := s.AtDesk(ros)
	desk.Post("/people/keep/yes").Is(http.StatusUnprocessableEntity, g).HasText("The two days are not over yet.")
	g.Pass(48 * time.Hour)
	s.As(ros).Get("/").HasText("You are named to look after this site")
	s.As(jo).Get("/people/keep").None("form[action='/people/keep/yes']")
	s.AtDesk(jo).Post("/people/keep/yes").Is(http.StatusNotFound, g)
	s.As(ros).Post("/people/keep/yes").HasText("code") // her second factor is asked for first
	if g.Named("Ros").Standings.Has(person.Administrator) {
		t.Fatal("without her second factor she looks after the site")
	}
	s.AtDesk(ros).Post("/people/keep/yes").HasText("You look after this site now.")
	if !g.Named("Ros").Standings.Has(person.Administrator) {
		t.Fatal("she said yes and does not look after the site")
	}
	done := s.As(bren).Get("/people/done")
	for _, line := range []string{"Bren named Ros to look after this site.", "Jo named Ros to look after this site.", "Ros said yes, and looks after this site now."} {
		done.HasText(line)
	}
	s.As(bren).Get("/").LacksText("looks after this site")
	s.As(jo).Post("/people/keep", "who", string(bren.ID)).HasText("Somebody looks after this site already")
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		report, err := ledger.Verify(ctx, tx, g.P, nil, nil)
		if len(report.Findings) > 0 {
			t.Errorf("the log is not sound: %v", report.Findings)
		}
		return err
	})
}

// Anybody who takes part can say no, up to the last moment, and nobody can tell who it was. Whoever does not
// take part, or came too lately to count, can do neither.
func TestNaming_ANoEndsItAndIsNobodys(t *testing.T) {
	g, s, bren, jo, ros := orphans(t)
	dr, fay := g.Person("Dr", person.Clinician), g.Person("Fay", person.Funder)
	s.As(bren).Post("/people/keep", "who", string(ros.ID))
	s.As(jo).Post("/people/keep", "who", string(ros.ID))
	g.Pass(72 * time.Hour)
	s.As(fay).Get("/people/keep").Is(http.StatusOK, g).None("form[action='/people/keep/stop']")
	s.As(fay).Post("/people/keep/stop").Is(http.StatusNotFound, g)
	s.As(fay).Post("/people/keep", "who", string(ros.ID)).Is(http.StatusNotFound, g)
	s.As(dr).Post("/people/keep/stop").HasText("Nobody sees who said no.")
	s.AtDesk(ros).Post("/people/keep/yes").Is(http.StatusNotFound, g)
	done := s.As(bren).Get("/people/done")
	done.HasText("Somebody said no to Ros looking after this site.")
	done.LacksText("Dr")
	for _, table := range []string{"circle_", "ledger_"} {
		for _, row := range g.Holding(table, string(dr.ID)) {
			if !strings.HasPrefix(row, "circle_person") && !strings.HasPrefix(row, "circle_standing") && !strings.HasPrefix(row, "ledger_facts") {
				t.Errorf("who said no is kept: %s", row)
			}
		}
	}
	s.As(bren).Get("/people/keep").HasText("Nobody looks after this site")

	kez := g.Person("Kez")
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		return g.Circle.Give(ctx, tx, g.P, kez.ID, person.LivedExperience, bren.ID, false)
	})
	s.As(kez).Post("/people/keep", "who", string(ros.ID)).Is(http.StatusUnprocessableEntity, g).HasText("seven days")
	g.Pass(7 * 24 * time.Hour)
	s.As(kez).Post("/people/keep", "who", string(ros.ID)).HasText("A second person is needed")
	s.As(kez).Post("/me/end/now") // whoever named her leaves: it is over
	s.As(jo).Get("/people/keep").HasText("Nobody looks after this site")
}

// A safety copy that is put back ends a naming: somebody may have said no since.
func TestNaming_IsOverAfterARestore(t *testing.T) {
	g, s, bren, jo, ros := orphans(t)
	s.As(bren).Post("/people/keep", "who", string(ros.ID))
	s.As(jo).Post("/people/keep", "who", string(ros.ID))
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.AfterRestore(ctx, tx, g.P) })
	g.Pass(48 * time.Hour)
	s.AtDesk(ros).Post("/people/keep/yes").Is(http.StatusNotFound, g)
}
