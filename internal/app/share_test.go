package app_test

import (
	"strings"
	"testing"

	"footing/internal/testing/browser"
)

const herWords = "The board in the waiting room shows the whole surname. A number would do."

// A woman shares an idea on her phone, sees who could open it, takes it back, and it is gone for the
// worker who had read it.
func TestShare_FromDraftToTakenBack(t *testing.T) {
	for name, options := range map[string][]browser.Option{
		"with scripts": nil, "without scripts": {browser.NoJavaScript},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			tab := h.as(t, "Bren", append(options, browser.Size(360, 740))...)
			shot(tab, "start-360")
			tab.Go(h.url + "/share")
			shot(tab, "share-list-360")
			tab.Click("text=Write something")
			tab.Fill("#text", herWords)
			tab.Fill("#about", "About waiting rooms")
			shot(tab, "share-360")
			tab.Click("text=Save and go on")
			shot(tab, "who-360")
			tab.Check("#who-1") // everybody in this project
			tab.Click("text=Save and go on")
			shot(tab, "use-360")
			tab.Click("text=Save and go on")
			if got := tab.Text(".check"); !strings.Contains(got, "choose an end") {
				t.Errorf("without an end she is told %q", got)
			}
			tab.Check("#until-1")
			tab.Click("text=Save and go on")
			shot(tab, "check-360")
			if got := tab.Text("main"); !strings.Contains(got, "Jo Tarrant") || !strings.Contains(got, herWords) {
				t.Errorf("before sharing she does not see by name who could open it:\n%s", got)
			}
			tab.Click("text=Share it like this")
			shot(tab, "own-360")
			mine := tab.URL()
			read := strings.Replace(mine, "/share/", "/read/", 1)

			jo := h.as(t, "Jo", options...)
			jo.Go(read)
			if strings.Contains(jo.HTML(), herWords) {
				t.Error("the words are in the page before Jo asks for them")
			}
			shot(jo, "note-360")
			jo.Click("text=Open it")
			if got := jo.Text("main"); !strings.Contains(got, herWords) {
				t.Errorf("Jo opens it and reads %q", got)
			}
			tab.Go(mine + "/opened")
			shot(tab, "opened-360")
			if got := tab.Text("main"); !strings.Contains(got, "Jo Tarrant") {
				t.Errorf("she does not see that Jo opened it: %q", got)
			}
			tab.Go(mine)
			tab.Click("form .btn")
			shot(tab, "taken-360")
			if got := tab.Text("[role=status].note"); !strings.Contains(got, "took it back") {
				t.Errorf("after taking back she is told %q", got)
			}
			jo.Reload()
			if strings.Contains(jo.HTML(), herWords) {
				t.Error("taken back and still on Jo's page")
			}
		})
	}
}
