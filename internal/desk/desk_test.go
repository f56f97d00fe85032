package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"footing/internal/desk"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/testing/fixture"
)

func TestDesk_ShowsTheStudiesSomebodyIsNamedInAlone(t *testing.T) {
	sources := source.New(source.Deps{}).Web().Migrations
	g := fixture.New(t, sources)
	ruth, other := g.Person("Ruth", person.Researcher), g.Person("Olive", person.Researcher)
	hers := g.Study("What makes it easier to get in?", ruth)
	theirs := g.Study("Another question", other)
	site := g.Serve(desk.New(desk.Deps{DB: g.DB, Studies: g.Studies, Sources: source.NewSources(g.Gate, fixture.Told(), g.Now)}).Web())
	page := site.AtDesk(ruth).Get("/desk").Is(http.StatusOK, g)
	if !strings.Contains(page.Body, "/matrix/"+hers) {
		t.Error("her own study does not lead to its matrix")
	}
	if strings.Contains(page.Body, theirs) || strings.Contains(page.Body, "Another question") {
		t.Error("a study that she is not named in is shown")
	}
	if got := site.As(g.Person("Bren", person.LivedExperience)).Get("/desk"); got.Status != http.StatusNotFound {
		t.Errorf("somebody who analyses nothing gets %d", got.Status)
	}
}
