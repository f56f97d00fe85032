package asking_test

import (
	"net/http"
	"strings"
	"testing"

	"footing/internal/asking"
)

// paper prints a sheet for somebody, enters it as whoever may, and has Bea, who sat beside, say that it is right.
func (w *world) paper(who visitor, twin string, form ...string) {
	w.T.Helper()
	page := who.Post("/paper/for/"+twin, "for", string(who.v.ID)).Is(http.StatusOK, w.Ground)
	code := page.Path[strings.LastIndex(page.Path, "/")+1:]
	form = append([]string{"code", code, "hand.way", "paper", "hand.beside", string(w.bea.ID)}, form...)
	types, bea := w.as(w.jo), w.as(w.bea)
	if twin == "say" {
		types = w.as(w.dora)
	}
	types.Post("/paper/enter/read", form...).Is(http.StatusOK, w.Ground)
	types.Post("/paper/enter/done", form...).Is(http.StatusOK, w.Ground)
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

// What waits for the women's group is theirs to read: nobody else prints the sheet for a say, and none that is typed in has
// a code.
func TestPaper_WhatWaitsIsReadByTheWomenAlone(t *testing.T) {
	w := newWorld(t)
	w.put(w.ruth, whole("Texts"))
	w.days(1)
	jo := w.as(w.jo)
	jo.Get("/paper").LacksText("Say what you think of a question")
	jo.Get("/paper/for/say").Is(http.StatusNotFound, w.Ground)
	jo.Post("/paper/for/say", "for", string(w.cat.ID)).Is(http.StatusNotFound, w.Ground)
	page := w.as(w.cat).Post("/paper/for/say", "for", string(w.cat.ID)).Is(http.StatusOK, w.Ground)
	page.HasText("Which texts help")
	page.HasText("Only one of the women types this in.")
	code := page.Path[strings.LastIndex(page.Path, "/")+1:]
	jo.Post("/paper/enter", "code", code).Is(http.StatusUnprocessableEntity, w.Ground).LacksText("Which texts help")
	w.as(w.dora).Post("/paper/enter", "code", code).HasText("Which texts help")
}

// How asking works here is each woman's to change and to say yes to, and what she asked hers to end, on paper too.
func TestPaper_HowAskingWorks(t *testing.T) {
	w := newWorld(t)
	w.paper(w.as(w.cat), "ask-how", "days", "20", "fine", "3", "name", "The weather")
	how := w.as(w.ann).Get("/asks/how")
	how.HasText("A question waits 20 days or longer. 3 of the women")
	how.HasText("The weather")
	w.as(w.ann).Post("/asks/how/rule", "days", "5", "fine", "2")
	w.as(w.ann).Get("/asks/how").HasText("Ann would like 5 days")
	w.as(w.cat).Post("/paper/for/ask-how", "for", string(w.cat.ID)).HasText("Ann would like 5 days")
	w.paper(w.as(w.cat), "ask-how", "yes", "2", "off", "letters")
	how = w.as(w.ann).Get("/asks/how")
	how.HasText("A question waits 5 days or longer.")
	w.paper(w.as(w.cat), "ask-how", "back", "letters")

	id := w.put(w.cat, whole("Lifts"))
	page := w.as(w.cat).Post("/paper/for/ask-stop", "for", string(w.cat.ID)+"/"+id).Is(http.StatusOK, w.Ground)
	page.LacksText("Lifts")
	code := page.Path[strings.LastIndex(page.Path, "/")+1:]
	w.as(w.jo).Post("/paper/enter/done", "code", code, "do", "stop", "hand.way", "spoken", "hand.beside", string(w.bea.ID)).HasText("Done, as she said.")
	w.as(w.cat).Post("/paper/for/ask-stop", "for", string(w.cat.ID)+"/"+id).Is(http.StatusUnprocessableEntity, w.Ground)
}

// Whoever has no screen takes something off the shelf at once, and puts it back with a second yes.
func TestPaper_OffTheShelfAndBack(t *testing.T) {
	w := newWorld(t)
	w.paper(w.as(w.cat), "known", "entry_title", "Bus 14", "known", "It stops at nine.", "from", "group", "source", "3 May")
	list, err := w.room.Shelf(t.Context(), w.cat)
	w.Must(err)
	about := string(w.cat.ID) + "/" + list[0].ID
	sheet := w.as(w.cat).Post("/paper/for/known-off", "for", about).Is(http.StatusOK, w.Ground)
	sheet.HasText("It stops at nine.")
	w.as(w.jo).Post("/paper/enter/done", "code", sheet.Path[strings.LastIndex(sheet.Path, "/")+1:], "do", "off", "hand.way", "spoken", "hand.beside", string(w.bea.ID)).HasText("Done, as she said.")
	w.as(w.ann).Get("/known").HasText("It can be put back until")
	sheet = w.as(w.cat).Post("/paper/for/known-off", "for", about).Is(http.StatusOK, w.Ground)
	w.as(w.jo).Post("/paper/enter/done", "code", sheet.Path[strings.LastIndex(sheet.Path, "/")+1:], "do", "back", "hand.way", "spoken", "hand.beside", string(w.bea.ID)).HasText("waits for the person beside her")
	action, _ := w.as(w.bea).Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	w.as(w.bea).Post(action, "yes", "1").HasText("Done")
	w.as(w.ann).Get("/known").LacksText("It can be put back until")
}
