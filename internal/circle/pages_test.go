package circle_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

func serve(t *testing.T) (*fixture.Ground, *fixture.Site) {
	g := fixture.New(t)
	r := circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has})
	g.News, g.Mine = append(g.News, r.News), append(g.Mine, r.Mine)
	return g, g.Serve(r.Web())
}

func TestNews_HoldersHearWhoWaits(t *testing.T) {
	g, s := serve(t)
	bren, jo, kez := g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity), g.Person("Kez")
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.Ask(ctx, tx, g.P, kez.ID, jo.ID) })
	s.As(bren).Get("/").HasText("Kez waits for a yes")
	s.As(jo).Get("/").LacksText("Kez waits for a yes")
}

func at(v person.Viewer, what string) string { return "/people/" + string(v.ID) + what }

func TestPeople_NamesAndPartsAndNothingElse(t *testing.T) {
	g, s := serve(t)
	bren, jo := g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity, person.Facilitator)
	page := s.As(bren).Get("/people").Is(http.StatusOK, g)
	page.HasText("Woman from the group")
	page.HasText("Charity worker, Hosts meetings")
	for _, sign := range []string{"@", "mailto:", "tel:"} {
		if strings.Contains(page.One("main").HTML(), sign) {
			t.Errorf("the list of people holds %q", sign)
		}
	}
	s.As(bren).Get(at(jo, "")).None("form")
	s.As(bren).Get("/people/nobody").Is(http.StatusNotFound, g)
}

func TestStandings_GivenAndTakenByWhoLooksAfterTheSite(t *testing.T) {
	g, s := serve(t)
	wim, jo, bren := g.Person("Wim", person.Administrator), g.Person("Jo", person.Charity), g.Person("Bren", person.LivedExperience)
	desk := s.AtDesk(wim)
	desk.Post(at(jo, "/give"), "standing", "facilitator").HasText("Hosts meetings")
	desk.Post(at(jo, "/take"), "standing", "facilitator").Is(http.StatusOK, g)
	if got := g.Named("Jo").Standings.String(); got != "charity" {
		t.Errorf("after giving and taking Jo is %q", got)
	}
	desk.Post(at(bren, "/take"), "standing", "lived-experience").Is(http.StatusNotFound, g)
	desk.Post(at(jo, "/give"), "standing", "lived-experience").Is(http.StatusNotFound, g)
	desk.Post(at(wim, "/take"), "standing", "administrator").Is(http.StatusUnprocessableEntity, g).HasText("Somebody must look after the site")
	for _, b := range []*fixture.Browser{s.As(jo), s.As(bren)} {
		b.Post(at(jo, "/give"), "standing", "administrator").Is(http.StatusNotFound, g)
	}
	if !g.Named("Bren").Standings.Has(person.LivedExperience) || g.Named("Jo").Standings.Has(person.Administrator) {
		t.Error("a part was given or taken by somebody who may not")
	}
	done := s.As(bren).Get("/people/done")
	done.HasText("Wim gave Jo a new part: Hosts meetings.")
	done.LacksText("Bren:")
}

func TestGive_AudiencesFollowStandings(t *testing.T) {
	g, _ := serve(t)
	in := func(v person.Viewer, kind string) bool {
		var ids []person.ID
		g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			ids, err = g.Gate.InAudience(ctx, tx, g.P, consent.Audience{Kind: kind})
			return err
		})
		for _, id := range ids {
			if id == v.ID {
				return true
			}
		}
		return false
	}
	ada, wim, both := g.Person("Ada"), g.Person("Wim", person.Administrator), g.Person("Kit", person.LivedExperience, person.Charity)
	if in(ada, consent.ToPartnership) || in(wim, consent.ToPartnership) {
		t.Error("somebody without a part, or with a duty alone, is among those that words are shared with")
	}
	take := func(s person.Standing) {
		g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.Take(ctx, tx, g.P, both.ID, s) })
	}
	take(person.Charity)
	if !in(both, consent.ToPartnership) || !in(both, consent.ToLived) {
		t.Error("ending one of two parts took her out of what the other brings")
	}
	take(person.LivedExperience)
	if in(both, consent.ToPartnership) || in(both, consent.ToLived) {
		t.Error("without any part she is still among those that words are shared with")
	}
}

func TestSettings_NeutralNameAndHTTPS(t *testing.T) {
	g, s := serve(t)
	desk := s.AtDesk(g.Person("Wim", person.Administrator))
	form := func(name, to, version string) fixture.Page {
		return desk.Post("/settings", "name", name, "leave_to", to, "version", version)
	}
	form("Abuse group", "https://example.org", "1").Is(http.StatusUnprocessableEntity, g).One("#name-problem")
	form("Jottings", "http://example.org", "1").Is(http.StatusUnprocessableEntity, g).One("#leave_to-problem")
	form("Jottings", "https://example.org/news", "1").One("header").HasText("Jottings")
	late := form("Older", "https://example.org", "1").Is(http.StatusUnprocessableEntity, g)
	late.HasText("https://example.org/news") // what stands there now
	late.One("#name").HasAttr("value", "Older")
	desk.Post("/practices", "practice", " ").Is(http.StatusUnprocessableEntity, g).One("#practice-problem")
	desk.Post("/practices", "practice", "Tansy Hill").HasText("Saved.")
	s.As(g.Person("Bren", person.LivedExperience)).Get("/people").HasText("Tansy Hill")
}

// A practice can have another name, and goes while nobody's answers need it.
func TestPractice_NameAndEnd(t *testing.T) {
	g, s := serve(t)
	desk, gp := s.AtDesk(g.Person("Wim", person.Administrator)), g.Person("Gwen", person.Clinician)
	for _, name := range []string{"Tansy Hil", "Mill Lane"} {
		desk.Post("/practices", "practice", name)
	}
	link := func(name string) string {
		t.Helper()
		for _, a := range desk.Get("/settings").All("main a[href^='/practices/']") {
			if a.Text() == name {
				href, _ := a.Attr("href")
				return href
			}
		}
		t.Fatalf("%s is not on the page of settings", name)
		return ""
	}
	tansy := link("Tansy Hil")
	desk.Post(tansy, "practice", " ").Is(http.StatusUnprocessableEntity, g).One("#practice-problem")
	desk.Post(tansy, "practice", "Tansy Hill").HasText("Saved.")
	if link("Tansy Hill") != tansy {
		t.Error("with another name it is another practice")
	}
	desk.Post(at(gp, "/practice"), "practice", strings.TrimPrefix(tansy, "/practices/"))
	desk.Post(at(gp, "/practice"))
	desk.Post(tansy+"/off").Is(http.StatusUnprocessableEntity, g).HasText("stays on the list")
	desk.Post(link("Mill Lane") + "/off").HasText("Saved.")
	desk.Get("/settings").LacksText("Mill Lane")
	done := s.As(g.Person("Bren", person.LivedExperience)).Get("/people/done")
	done.HasText("Wim gave a surgery another name.")
	done.HasText("Wim took a surgery off the list.")
}

func TestPractice_WhoIsOfItReadsWhatIsSharedWithIt(t *testing.T) {
	g, s := serve(t)
	desk, gp := s.AtDesk(g.Person("Wim", person.Administrator)), g.Person("Gwen", person.Clinician)
	desk.Post("/practices", "practice", "Tansy Hill")
	value, _ := desk.Get(at(gp, "")).One("input[name=practice]").Attr("value")
	of := func() int {
		var ids []person.ID
		g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			ids, err = g.Circle.OfPractice(ctx, tx, g.P, value)
			return err
		})
		return len(ids)
	}
	desk.Post(at(gp, "/practice"), "practice", value)
	if of() != 1 {
		t.Fatal("she was not put into the practice")
	}
	desk.Post(at(gp, "/practice"))
	if of() != 0 {
		t.Error("she was not taken out of the practice")
	}
}

func TestStepBack_OneActionAndBackAsEasily(t *testing.T) {
	g, s := serve(t)
	bren, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	bren.Get("/me").One("form[action='/me/back'] button")
	bren.Post("/me/back").One("form[action='/me/return'] button")
	jo.Get("/people").HasText("taking a break")
	bren.Post("/me/return").One("form[action='/me/back']")
	jo.Get("/people").LacksText("taking a break")
}
