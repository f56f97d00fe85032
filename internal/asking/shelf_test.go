package asking_test

import (
	"net/http"
	"testing"
	"time"

	"footing/internal/asking"
	"footing/internal/person"
	"footing/internal/testing/fixture"
)

func TestShelf_BeginsWithWhatIsKnownElsewhere(t *testing.T) {
	w := newWorld(t)
	ann, ruth, funder := w.as(w.ann), w.as(w.ruth), w.as(w.Person("Fay", person.Funder))
	page := ann.Get("/known")
	page.HasText("came with this site")
	for _, card := range page.All(".card h2 a") {
		href, _ := card.Attr("href")
		ann.Get(href).One("details p").HasText("/") // where it can be read (R90)
	}
	page.None("main a[href^='http']")
	n := len(page.All(".card"))
	ann.Post("/known/4/change", "entry_title", "Courses", "known", "Bren ran one here.", "from", "group", "source", "3 May", "over", "0").HasText("It is on the page now.")
	page = ruth.Get("/known/4")
	page.HasText("The group told us: 3 May.")
	page.One("details").HasText("A course for surgeries")
	late := ruth.Post("/known/4/change", "entry_title", "Courses", "known", "Mine.", "from", "group", "source", "x", "over", "0").Is(http.StatusUnprocessableEntity, w.Ground)
	late.HasText("Bren ran one here.") // what stands there now
	late.One("#known").HasText("Mine.")
	ruth.Post("/known/4/change", "entry_title", "Courses", "known", "Mine.", "from", "group", "source", "x", "over", "1").HasText("It is on the page now.")
	ann.Post("/known/5/off").HasText("It is off the page.")
	if got := len(ann.Get("/known").All(".card")); got != n-1 {
		t.Errorf("%d entries are on the shelf, want %d", got, n-1)
	}
	ann.Post("/known/5/back")
	ann.Post("/known/new", "entry_title", "Bus 14", "known", "It stops at nine.", "from", "group", "source", "3 May").HasText("Bus 14")
	ann.Post("/known/new", "entry_title", "Bus 15", "known", "", "from", "group", "source", "3 May").Is(http.StatusUnprocessableEntity, w.Ground).One("#known-problem")
	ann.Post("/known/new", "entry_title", "Bus 15", "known", "x", "from", "ask", "source", "").Is(http.StatusUnprocessableEntity, w.Ground)
	funder.Get("/known").None("main a[href='/known/new']")
	funder.Post("/known/4/off").Is(http.StatusNotFound, w.Ground)
	funder.Get("/asks").Is(http.StatusNotFound, w.Ground)
}

func TestShelf_TakenOffIsErased(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id, err := w.room.Add(ctx, w.jo, asking.Known{Title: "Bus 14", Known: "It stops at nine.", From: asking.FromGroup, Source: "3 May"})
	w.Must(err)
	w.Must(w.room.SetOff(ctx, w.ann, id, true))
	jo := w.as(w.jo)
	jo.Get("/known").HasText("It can be put back until")
	jo.Get("/known/" + id).HasText("It stops at nine.")
	w.Pass(fixture.Undo - time.Hour)
	w.Must(w.room.Tidy(ctx, w.P))
	if w.count("consent_doomed") != 0 {
		t.Error("it is erased while it can still be put back")
	}
	w.Pass(time.Hour)
	w.Must(w.room.Tidy(ctx, w.P))
	jo.Get("/known/"+id).Is(http.StatusNotFound, w.Ground)
	if w.count("consent_doomed") != 1 {
		t.Error("its time is over and its key is kept")
	}
	jo.Post("/known/"+id+"/back").Is(http.StatusNotFound, w.Ground)
}
