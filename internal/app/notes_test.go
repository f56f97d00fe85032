package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/testing/engine"
)

// Final notes stand on the paper of their meeting, with what puts them right, what is to be done and the line
// of the log; whose names they hold is left out unless she asks for it.
func TestNotes_StandOnTheMeetingsPaper(t *testing.T) {
	engine.Once(t, "a page is put together alike; its tables are read on both by notes.TestNotes_FourSteps")
	h := open(t)
	bren := h.visit(t, "Bren")
	final := ""
	for _, at := range meetingAt.FindAllString(bren.ask(t, http.MethodGet, "/meetings", nil).body, -1) {
		if strings.Contains(bren.ask(t, http.MethodGet, strings.Replace(at, "meetings", "notes", 1), nil).body, "To check it later") {
			final = at
		}
	}
	said := []string{"The chairs stand in a half ring", "The day before is too late for a babysitter.", "One of us puts it right", "Something was said here, and is not written down.", "Things to do", "Find a place with a door"}
	plain, named := bren.ask(t, http.MethodGet, final+"/pack", nil).body, bren.ask(t, http.MethodGet, final+"/pack?with=names", nil).body
	for _, want := range said {
		if !strings.Contains(plain, want) {
			t.Errorf("the paper lacks %q", want)
		}
	}
	if !regexp.MustCompile(`log \d+:( [0-9a-z]{4}){9}`).MatchString(plain) {
		t.Error("the paper lacks the line of the log")
	}
	if strings.Contains(plain, "Marsha") || !strings.Contains(named, "Marsha") {
		t.Error("the names of those who put notes right are not left to her who prints them")
	}
}
