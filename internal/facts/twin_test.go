package facts_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/byhand"
	"footing/internal/facts"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// On paper too: anybody says that what somebody wrote is still true, and whoever wrote it lets it stand after an older copy
// was put back.
func TestPaper_StillTrueAndStanding(t *testing.T) {
	g := fixture.New(t)
	room := facts.New(facts.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(room.Web(), paper.Web())
	jo, kez, bea := s.As(g.Person("Jo", person.Charity)), s.As(g.Person("Kez", person.LivedExperience)), s.As(g.Person("Bea", person.LivedExperience))
	kez.Post("/me/paper/allow", "allow", "1")
	bea.Post("/decides/who/new", budget...)
	var line string
	g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		line, err = store.Get(ctx, tx, store.One[string], `SELECT id FROM facts_line WHERE partnership_id = $1`, g.P)
		return err
	})
	enter := func(printed *fixture.Browser, twin, whose, do string, besides *fixture.Browser, name string) {
		t.Helper()
		page := printed.Post("/paper/for/"+twin, "for", string(g.Named(whose).ID)+"/"+line).Is(http.StatusOK, g)
		jo.Post("/paper/enter/done", "code", page.Path[strings.LastIndex(page.Path, "/")+1:], "do", do, "hand.way", "paper", "hand.beside", string(g.Named(name).ID)).HasText("waits for the person beside her")
		action, _ := besides.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
		besides.Post(action, "yes", "1").HasText("Done")
	}
	enter(jo, "holds-still", "Kez", "still", bea, "Bea")
	bea.Get("/decides/who").HasText("Kez")
	g.Write(func(ctx context.Context, tx *store.Tx) error { return room.AfterRestore(ctx, tx, g.P) })
	kez.Get("/decides/who").LacksText("The budget for travel.")
	enter(bea, "holds-back", "Bea", "stand", kez, "Kez")
	kez.Get("/decides/who").HasText("The budget for travel.")
}
