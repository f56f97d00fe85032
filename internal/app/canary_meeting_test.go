package app_test

import (
	"regexp"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/store"
)

var (
	meetingAt = regexp.MustCompile(`/meetings/[a-z2-7]{26}`)
	spaceAt   = regexp.MustCompile(`/apart/space/[a-z2-7]{26}`)
	agendaAt  = regexp.MustCompile(`/agenda/[a-z2-7]{26}`)
	spokenAt  = regexp.MustCompile(`/said/[a-z2-7]{26}`)
	todoAt    = regexp.MustCompile(`/todo/[a-z2-7]{26}`)
	lineAt    = regexp.MustCompile(`/notes/[a-z2-7]{26}/line/[a-z2-7]{26}`)
)

// asWeMeet goes over the pages of meetings, before the clock of the test moves on and perhaps into another day: one
// of them is today.
func (w *writer) asWeMeet() {
	w.t.Helper()
	for _, v := range w.h.everybody(w.t)[1:] {
		list := v.ask(w.t, "GET", "/meetings", nil).body
		pages := agendaAt.FindAllString(list, -1)
		for _, at := range meetingAt.FindAllString(list, -1) {
			pages = append(pages, at, at+"/now")
			pages = append(pages, agendaAt.FindAllString(v.ask(w.t, "GET", at, nil).body, -1)...)
		}
		for _, path := range pages {
			w.formOn(v.ask(w.t, "GET", path, nil).body, path, "")
		}
	}
}

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
	w.asksToWatch(jo, bren, strings.Replace(at, "/meetings/", "/observe/", 1))
	item := w.fill(bren, "/agenda/new", "/agenda/new", "for", at[len("/meetings/"):]).location
	w.fill(bren, at+"/say", at+"/say", "about", "all", "may", "hosts")
	w.fill(bren, at+"/say", at+"/say", "about", item[len("/agenda/"):], "may", "everybody")
	w.fill(jo, item, item+"/fate", "what", "dropped")
	w.link(bren, item, spokenAt) // which she can take back there
	w.keeps(bren, "POST /places/new/keep", "/places/new/keep")
	w.takesNotes(bren)
	place := w.fill(bren, "/places/new", "/places/new").location
	w.fill(bren, place+"/change", place+"/change")
	w.keeps(bren, "POST /places/{place}/change/keep", place+"/change/keep") // and leaves it there
	w.fill(bren, "/words", "/words/hard")
	word := w.fill(bren, "/words/new", "/words/new").location
	w.fill(bren, word+"/mean", word+"/mean")
	w.fill(bren, "/today/note", "/today/note", "when", "going")
	w.fill(bren, "/today/call", "/today/call", "whom", w.h.idOf(w.t, "Jo Tarrant"))
	w.fill(jo, "/apart/new", "/apart/new", "who", "charity", "who", "clinician")
	space := w.link(jo, "/apart", spaceAt)
	w.fill(jo, space, space, "who", "charity")
	w.fill(bren, "/apart/ours", "/apart/ours")
	w.fill(jo, at+"/off", at+"/off")
}

// asksToWatch asks whether Ruth may watch a meeting; Bren says yes, and no after all.
func (w *writer) asksToWatch(jo, bren *visitor, at string) {
	w.t.Helper()
	ruth := w.h.named(w.t, "Ruth Ellery")
	w.fill(jo, at+"/ask", at+"/ask", "study", w.h.naming(w.t, ruth), "watcher", string(ruth.ID))
	w.fill(bren, at+"/answer", at+"/answer", "says", "yes")
	w.fill(bren, at, at+"/no")
}

// takesNotes writes through the notes of the demonstration's meetings: those that are still being written, and
// those that can be put right.
func (w *writer) takesNotes(bren *visitor) {
	w.t.Helper()
	there := []string{"there", "yes", "sign", "name"}
	var drafting, open bool
	for _, at := range meetingAt.FindAllString(bren.ask(w.t, "GET", "/meetings", nil).body, -1) {
		at = strings.Replace(at, "/meetings/", "/notes/", 1)
		body := bren.ask(w.t, "GET", at, nil).body
		switch {
		case strings.Contains(body, at+"/add") && !drafting:
			drafting = true
			w.fill(bren, at+"/add", at+"/add")
			line := w.link(bren, at, lineAt)
			w.fill(bren, line, line+"/change", "from", "0")
		case strings.Contains(body, at+"/right") && !open:
			open = true
			w.fill(bren, at+"/right", at+"/right", there...)
			line := w.link(bren, at, lineAt)
			w.fill(bren, line, line+"/right", there...)
		}
	}
	w.fill(bren, "/todo/new", "/todo/new", "who", w.h.idOf(w.t, "Bren"), "by-day", "1", "by-month", "3", "by-year", "2099")
	todo := w.link(bren, "/todo", todoAt)
	w.fill(bren, todo, todo, "says", "not", "from", "0")
	if !drafting || !open {
		w.t.Error("the demonstration has no notes to write, or none to put right")
	}
}

// naming is a study that runs and names somebody.
func (h *house) naming(t *testing.T, who person.Viewer) (id string) {
	t.Helper()
	if err := h.Store().Read(t.Context(), func(tx *store.Tx) error {
		list, err := h.Demo(h.clock).Studies.Running(t.Context(), tx, who.Partnership)
		for _, s := range list {
			if s.Names(who.ID) {
				id = s.ID
			}
		}
		return err
	}); err != nil || id == "" {
		t.Fatalf("no study that runs names her: %v", err)
	}
	return id
}
