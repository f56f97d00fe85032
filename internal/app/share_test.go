package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"footing/internal/backup"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

const herWords = "The board in the waiting room shows the whole surname. A number would do."

// A woman shares an idea on her phone, one decision a page, sees who could open it and what they would
// see, takes it back, and it is gone for the worker who had read it.
func TestShare_FromDraftToTakenBack(t *testing.T) {
	engine.Once(t, "it goes through pages in a browser that the room's own tests go through on both")
	for name, options := range map[string][]browser.Option{
		"with scripts": nil, "without scripts": {browser.NoJavaScript},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			tab := h.as(t, "Bren", append(options, browser.Size(360, 740))...)
			shot(tab, "start-360")
			tab.Go(h.url + "/share")
			shot(tab, "share-list-360")
			w := &walk{t, tab, 0}
			w.tap("text=Write something")
			w.at(1, "Write something")
			tab.Fill("#text", herWords)
			shot(tab, "share-360")
			w.tap("text=Save and go on")
			w.at(2, "Who may read it?")
			shot(tab, "who-360")
			tab.Check("[name=who][value=partnership]")
			w.tap("text=Save and go on")
			w.at(2, "Should anybody not see it?")
			shot(tab, "not-360")
			w.tap("text=Skip this")
			w.at(3, "What may it be used for?")
			shot(tab, "use-360")
			tab.Check("[name=use][value=improvement]")
			w.tap("text=Save and go on")
			w.at(3, "In what way may it be used?")
			shot(tab, "how-360")
			tab.Check("[name=form][value=words]")
			w.tap("text=Save and go on")
			w.at(3, "Under which name?")
			shot(tab, "name-360")
			tab.Check("[name=by][value=chosen]")
			w.tap("text=Save and go on")
			w.at(4, "Until when?")
			shot(tab, "until-360")
			w.tap("text=Save and go on")
			if got := tab.Text(".check"); !strings.Contains(got, "choose an end") {
				t.Errorf("without an end she is told %q", got)
			}
			shot(tab, "until-needed-360")
			tab.Check("#until")
			w.tap("text=Save and go on")
			w.at(4, "What do others see first?")
			tab.Fill("#about", "About waiting rooms")
			shot(tab, "front-360")
			w.tap("text=Save and go on")
			w.at(5, "Is this right?")
			shot(tab, "check-360")
			if got := tab.Text("main"); !strings.Contains(got, "Jo Tarrant") || !strings.Contains(got, herWords) {
				t.Errorf("before sharing she does not see by name who could open it:\n%s", got)
			}
			before := h.asJoWould(t, tab)
			w.tap("text=Share it like this")
			shot(tab, "own-360")
			for _, told := range []string{"You can change it or take it back", "What cannot be undone", copiesGoneIn(t), "You do not need a reason"} {
				if !strings.Contains(tab.Text("main"), told) {
					t.Errorf("the page after sharing does not say %q", told)
				}
			}
			mine, giving := tab.URL(), w.taps
			read := strings.Replace(mine, "/share/", "/read/", 1)

			jo := h.as(t, "Jo", options...)
			jo.Go(read)
			if strings.Contains(jo.HTML(), herWords) {
				t.Error("the words are in the page before Jo asks for them")
			}
			shot(jo, "note-360")
			got := jo.Text("main")
			jo.Click("text=Open it")
			got += jo.Text("main")
			if !strings.Contains(got, herWords) {
				t.Errorf("Jo opens it and reads %q", got)
			}
			if got != before {
				t.Errorf("Jo would see, she was shown,\n%s\nand Jo sees\n%s", before, got)
			}
			tab.Go(mine + "/opened")
			shot(tab, "opened-360")
			if got := tab.Text("main"); !strings.Contains(got, "Jo Tarrant") {
				t.Errorf("she does not see that Jo opened it: %q", got)
			}
			tab.Go(mine)
			w.fewer(giving, mine)
			if got := tab.Text("[role=status].note"); !strings.Contains(got, "took it back") {
				t.Errorf("after taking back she is told %q", got)
			}
			shot(tab, "taken-360")
			jo.Reload()
			if strings.Contains(jo.HTML(), herWords) {
				t.Error("taken back and still on Jo's page")
			}
		})
	}
}

// copiesGoneIn is what pages say of how long safety copies hold what was erased. It is how long key backups
// are kept unless somebody asks for less.
func copiesGoneIn(t *testing.T) string {
	t.Helper()
	return fmt.Sprintf("within %d days", int(backup.KeepKeys/(24*time.Hour)))
}

// walk goes through pages and counts the taps that lead from one to the next.
type walk struct {
	t    *testing.T
	tab  *browser.Tab
	taps int
}

func (w *walk) tap(selector string) {
	w.t.Helper()
	w.taps++
	w.tab.Click(selector)
}

// at checks that a step says where it stands, asks its one question, and offers stopping and skipping in
// the size of going on.
func (w *walk) at(part int, heading string) {
	w.t.Helper()
	if got := w.tab.Text("h1"); !strings.HasPrefix(got, heading) {
		w.t.Fatalf("the page asks %q, want %q", got, heading)
	}
	if got, want := w.tab.Text(".steps"), fmt.Sprintf("Part %d of 5", part); got != want {
		w.t.Errorf("%s: says %q, want %q", heading, got, want)
	}
	if w.tab.Count("main :checked") > 1 || (part > 1 && w.tab.Count("main :checked") > 0) { // an idea is what it is until she says otherwise (R40)
		w.t.Errorf("%s: something is ticked for her", heading)
	}
	sameSize(w.t, w.tab, heading)
	n := w.tab.Count("main .acts .btn")
	if want := map[bool]int{true: 3, false: 2}[part > 1 && part < 5]; n != want {
		w.t.Errorf("%s: %d buttons, want %d", heading, n, want)
	}
}

// fewer checks that changing and taking back are fewer steps than giving, from the page of the thing
// itself, and that no reason is asked. It leaves the thing taken back.
func (w *walk) fewer(giving int, mine string) {
	w.t.Helper()
	if n := w.tab.Count("main textarea, main input:not([type=hidden])"); n > 0 {
		w.t.Errorf("her own page asks for %d things", n)
	}
	w.taps = 0
	w.tap("a[href$='/change?open=until']")
	shot(w.tab, "change-360")
	if n := w.tab.Count("main textarea, main input[type=text]:not(#about)"); n > 0 {
		w.t.Errorf("changing asks for %d reasons", n)
	}
	w.tab.Check("[name=until][value='1']")
	w.tap("text=Save this")
	if w.tab.URL() != mine {
		w.t.Errorf("changing leads to %s", w.tab.URL())
	}
	changing := w.taps
	w.taps = 0
	w.tap("form[action$='/back'] .btn")
	if w.taps >= changing || changing >= giving {
		w.t.Errorf("giving is %d steps, changing %d, taking back %d", giving, changing, w.taps)
	}
	w.t.Logf("giving %d steps, changing %d, taking back %d", giving, changing, w.taps)
}

// asJoWould looks at a draft from its check as Jo would see it and as Kez, who is not in the group,
// returns what Jo would get, and comes back.
func (h *house) asJoWould(t *testing.T, tab *browser.Tab) string {
	t.Helper()
	check := tab.URL()
	tab.Click("text=See it as they will")
	shot(tab, "as-360")
	tab.Click("text=Jo Tarrant")
	shot(tab, "as-jo-360")
	seen := withoutFrame(t, tab)
	tab.Click("text=Open it")
	shot(tab, "as-jo-words-360")
	seen += withoutFrame(t, tab)
	tab.Go(check)
	return seen
}

// withoutFrame is the text of a page that is shown as if to somebody, without what says so.
func withoutFrame(t *testing.T, tab *browser.Tab) string {
	t.Helper()
	frame, text := tab.Text("main > .who"), tab.Text("main")
	if !strings.Contains(frame, "would see it") || !strings.Contains(text, frame) {
		t.Errorf("nothing says that this is as somebody would see it: %q", frame)
	}
	return strings.TrimSpace(strings.Replace(text, frame, "", 1))
}
