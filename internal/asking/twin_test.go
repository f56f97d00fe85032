package asking_test

import (
	"net/http"
	"strings"
	"testing"

	"footing/internal/asking"
)

// paper prints a sheet for somebody, enters it as Jo, and has Bea, who sat beside, say that it is right.
func (w *world) paper(who visitor, twin string, form ...string) {
	w.T.Helper()
	page := who.Post("/paper/for/"+twin, "for", string(who.v.ID)).Is(http.StatusOK, w.Ground)
	code := page.Path[strings.LastIndex(page.Path, "/")+1:]
	form = append([]string{"code", code, "hand.way", "paper", "hand.beside", string(w.bea.ID)}, form...)
	jo, bea := w.as(w.jo), w.as(w.bea)
	jo.Post("/paper/enter/read", form...).Is(http.StatusOK, w.Ground)
	jo.Post("/paper/enter/done", form...).Is(http.StatusOK, w.Ground)
	action, _ := bea.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	bea.Post(action, "yes", "1").HasText("Done")
}

// Everything here can be done on paper: adding to the shelf, asking, having a say, choosing.
func TestPaper_EachTaskOnASheet(t *testing.T) {
	w := newWorld(t)
	w.paper(w.as(w.cat), "known", "entry_title", "Bus 14", "known", "It stops at nine.", "from", "group", "source", "3 May")
	w.as(w.ruth).Get("/known").HasText("Written down by Cat")
	w.paper(w.as(w.cat), "ask", "entry_title", "Lifts", "what", "Who needs a lift?", "more", "Two do.", "why", "It is winter.", "gain", "Lifts.", "interest", "Nothing.",
		"pay", "none", "support", "Jo.", "kind", "us", "ways", "idea", "weeks", "2")
	w.as(w.ann).Get("/asks").HasText("Lifts")
	w.as(w.jo).Get("/asks").LacksText("Lifts")

	w.days(1)
	id := w.put(w.ruth, whole("Texts"))
	sheet := w.as(w.ann).Post("/paper/for/say", "for", string(w.ann.ID))
	sheet.HasText("Who needs a lift?")
	w.say(w.ann, id, asking.Fine)
	w.days(1)
	w.paper(w.as(w.cat), "say", "ask", id, "round", "1", "says", "fine")
	w.days(7)
	w.as(w.ruth).Get("/asks/" + id).HasText("let it through")
	w.paper(w.as(w.cat), "asked", "about", "letters")
	w.as(w.cat).Get("/asked").HasText("Texts")
}
