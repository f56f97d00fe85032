package app_test

import (
	"regexp"

	"footing/internal/person"
)

var (
	meetingAt = regexp.MustCompile(`/meetings/[a-z2-7]{26}`)
	spokenAt  = regexp.MustCompile(`/said/[a-z2-7]{26}`)
)

// asHost writes through planning a meeting, and what everybody says to one.
func (w *writer) asHost() {
	w.t.Helper()
	w.h.hosts(w.t, "Jo Tarrant")
	jo, bren := w.h.visit(w.t, "Jo", person.Facilitator), w.h.visit(w.t, "Bren", person.LivedExperience)
	day := []string{"on-day", "1", "on-month", "3", "on-year", "2099", "start", "10:30", "host", w.h.idOf(w.t, "Jo Tarrant")}
	plan := w.fill(jo, "/meetings/new", "/meetings/new", day...).location
	at := meetingAt.FindString(plan)
	w.fill(jo, plan+"/when", plan+"/when", day...)
	for _, field := range []string{"purpose", "who", "length", "breaks", "place", "travel", "pay", "content"} {
		given := []string{"until-day", "1", "until-month", "2", "until-year", "2099", "by", w.h.idOf(w.t, "Jo Tarrant"), "women", "1"}
		if field == "length" {
			given = append(given, "words", "90")
		}
		w.fill(jo, plan+"/"+field, plan+"/"+field, given...)
	}
	w.fill(bren, "/meetings/hosts/enough", "/meetings/hosts/enough")
	w.fill(jo, plan, at+"/known")
	w.fill(jo, "/meetings/hosts/me", "/meetings/hosts/me", "learned", "training")
	w.fill(bren, at+"/way", at+"/way", "way", "phone")
	item := w.fill(bren, "/agenda/new", "/agenda/new", "for", at[len("/meetings/"):]).location
	w.fill(bren, at+"/say", at+"/say", "about", "all", "may", "hosts")
	w.fill(bren, at+"/say", at+"/say", "about", item[len("/agenda/"):], "may", "everybody")
	w.fill(jo, item, item+"/fate", "what", "dropped")
	w.link(bren, item, spokenAt) // which she can take back there
	w.keeps(bren, "POST /places/new/keep", "/places/new/keep")
	place := w.fill(bren, "/places/new", "/places/new").location
	w.fill(bren, place+"/change", place+"/change")
	w.keeps(bren, "POST /places/{place}/change/keep", place+"/change/keep") // and leaves it there
	w.fill(bren, "/today/note", "/today/note", "when", "going")
	w.fill(bren, "/today/call", "/today/call", "whom", w.h.idOf(w.t, "Jo Tarrant"))
	w.fill(jo, at+"/off", at+"/off")
}
