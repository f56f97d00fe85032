package sharing_test

import (
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/testing/fixture"
)

// toTypeUp shares what Ann left spoken with the women, to be typed up by Jo, and returns where it is hers, read
// and typed.
func (w *ground) toTypeUp() (own, read, typing string) {
	w.T.Helper()
	own = w.shareSpoken("", voice(2000), "voice", "no", "typist", "person:"+string(w.jo.ID))
	id := strings.TrimPrefix(own, "/share/")
	return own, "/read/" + id, "/typing/" + id
}

// typed sends what Jo typed, from the page as it stands.
func (w *ground) typed(b *fixture.Browser, at, text string, more ...string) fixture.Page {
	w.T.Helper()
	from := ""
	if field := b.Get(at).All("input[name=from]"); len(field) > 0 {
		from, _ = field[0].Attr("value")
	}
	return b.Post(at, append([]string{"from", from, "typed", text}, more...)...).Is(200, w.Ground)
}

// nobodyHas fails when anybody but those named comes by a text on any page about it.
func (w *ground) nobodyHas(text, own, read, typing string, but ...person.ID) {
	w.T.Helper()
	for _, who := range []person.Viewer{w.ann, w.bea, w.kez, w.jo, w.ruth} {
		found := false
		for _, page := range []string{own, own + "/typed", read, read + "/words", typing, "/read", "/"} {
			found = found || strings.Contains(w.As(who).Get(page).Body, text)
		}
		may := false
		for _, id := range but {
			may = may || id == who.ID
		}
		if found != may {
			w.T.Errorf("%s sees %q: %v, want %v", who.Name, text, found, may)
		}
	}
}

// What a person types up is seen by the two of them, and is hers to say yes to, to change, or to refuse; each
// version anew.
func TestTyped_IsHersToCheckEachTime(t *testing.T) {
	w := newGround(t)
	own, read, typing := w.toTypeUp()
	ann, jo := w.As(w.ann), w.As(w.jo)
	jo.Get("/").One("a[href='/typing']").HasText("asks you to type up")
	jo.Get("/typing").One("main a[href='" + typing + "']")
	page := w.heading(jo.Get(typing), "Type up what is said")
	if status, got, _ := w.heard(jo, source(page)); status != 200 || got != voice(2000) {
		t.Fatalf("Jo hears %d, %d bytes", status, len(got))
	}
	w.typed(jo, typing, "The bus is late, I thimk.")
	w.nobodyHas("thimk", own, read, typing, w.jo.ID) // not given to her yet
	w.typed(jo, typing, "The bus is late, I thimk.", "send", "1")
	w.nobodyHas("thimk", own, read, typing, w.jo.ID, w.ann.ID)
	jo.Get("/").None("main a[href='/typing']")
	ann.Get("/").One("a[href='" + own + "/typed']").HasText("for you to check")
	check := w.heading(ann.Get(own+"/typed"), "What was typed up")
	check.One("main").HasText("Who could read it then")
	check.One("main").HasText("Bea")
	check.One("audio")

	w.typed(ann, own+"/typed", "", "no", "1").One("main").HasText("Nobody uses it")
	w.nobodyHas("thimk", own, read, typing)

	w.typed(jo, typing, "The bus is late, I thimk.", "send", "1")
	w.typed(ann, own+"/typed", "The bus is late, I think.\n\nAlways.").One("main").HasText("These are your words now")
	w.nobodyHas("The bus is late, I think", own, read, typing, w.ann.ID, w.bea.ID, w.kez.ID)
	w.As(w.bea).Get(read + "/words").None("audio") // only typed words

	w.typed(jo, typing, "A second version.", "send", "1")
	w.nobodyHas("A second version", own, read, typing, w.jo.ID, w.ann.ID)
	w.nobodyHas("The bus is late, I think", own, read, typing, w.ann.ID, w.bea.ID, w.kez.ID)
	w.typed(ann, own+"/typed", "A second version.")
	w.nobodyHas("A second version", own, read, typing, w.ann.ID, w.bea.ID, w.kez.ID)
	w.nobodyHas("The bus is late", own, read, typing)
	if rows := ann.Get(own + "/opened").One("main").Text(); !strings.Contains(rows, "Jo") || !strings.Contains(rows, "To hear it and type it up") {
		t.Errorf("who has opened it says %q", rows)
	}
}

// She can type it up herself, and nobody else has to hear it.
func TestTyped_ByHerself(t *testing.T) {
	w := newGround(t)
	own := w.shareSpoken("Beside it.", voice(9), "voice", "no", "typist", "none")
	read := strings.Replace(own, "/share/", "/read/", 1)
	ann := w.As(w.ann)
	ann.Get(own).One("a[href='" + own + "/typed']")
	w.typed(ann, own+"/typed", "What I said.")
	page := w.As(w.bea).Get(read+"/words").Is(200, w.Ground).One("blockquote")
	page.HasText("Beside it.")
	page.HasText("What I said.")
	if got := ann.Get(own + "/typed").One("textarea").Text(); got != "What I said." {
		t.Errorf("the box holds %q", got)
	}
	w.typed(ann, own+"/typed", "What I meant.")
	page = w.As(w.bea).Get(read + "/words").One("blockquote")
	page.HasText("Beside it.")
	page.HasText("What I meant.")
	page.LacksText("What I said.")
}

// Nobody types who was not asked to, and a typist loses it at once: the recording and what she typed.
func TestTyped_EndsForTheTypist(t *testing.T) {
	for name, end := range map[string]func(*fixture.Browser, string){
		"taken back": func(b *fixture.Browser, own string) { b.Post(own + "/back") },
		"erased":     func(b *fixture.Browser, own string) { b.Post(own+"/back", "erase", "1") },
		"somebody else's now": func(b *fixture.Browser, own string) {
			b.Post(own+"/change", "who", "lived-experience", "until", "3", "typist", "none")
		},
		"new words": func(b *fixture.Browser, own string) { b.Post(own+"/words", "text", "Something else.") },
	} {
		w := newGround(t)
		own, read, typing := w.toTypeUp()
		ann, jo := w.As(w.ann), w.As(w.jo)
		play := source(jo.Get(typing))
		for _, other := range []person.Viewer{w.bea, w.ruth, w.ann} {
			w.As(other).Get(typing).Is(404, w.Ground)
			w.As(other).Post(typing, "typed", "Not mine to type.").Is(404, w.Ground)
			if status, _, _ := w.heard(w.As(other), play); status != 404 && other.ID != w.ann.ID {
				t.Errorf("%s gets %d", other.Name, status)
			}
		}
		w.typed(jo, typing, "Half of what is", "")
		end(ann, own)
		jo.Get(typing).Is(404, w.Ground)
		jo.Post(typing, "typed", "Half of what is said", "send", "1").Is(404, w.Ground)
		if status, _, _ := w.heard(jo, play); status != 404 {
			t.Errorf("%s: Jo still hears it: %d", name, status)
		}
		w.nobodyHas("Half of what is", own, read, typing)
		if rows := w.Sum("1", "sharing_typed"); (rows == 0) != (name == "erased" || name == "new words") {
			t.Errorf("%s: %d rows are left of what was typed", name, rows)
		}
	}
}

// Two at once: what she answered meanwhile is not written over, and what was typed stays in the box.
func TestTyped_SomethingChangedMeanwhile(t *testing.T) {
	w := newGround(t)
	own, _, typing := w.toTypeUp()
	ann, jo := w.As(w.ann), w.As(w.jo)
	w.typed(jo, typing, "First.", "send", "1")
	old, _ := jo.Get(typing).One("input[name=from]").Attr("value")
	hers, _ := ann.Get(own + "/typed").One("input[name=from]").Attr("value")
	w.typed(jo, typing, "Second.", "send", "1")
	page := ann.Post(own+"/typed", "from", hers, "typed", "First.").Is(422, w.Ground)
	page.One("textarea").HasText("First.")
	w.typed(ann, own+"/typed", "Second.")
	page = jo.Post(typing, "from", old, "typed", "Third.", "send", "1").Is(422, w.Ground)
	page.One("textarea").HasText("Third.")
}

// Two yeses from two tabs, of which the second does not know of the first: it is asked again, and nothing of hers
// stands there twice.
func TestTyped_TwoTabsSayYes(t *testing.T) {
	w := newGround(t)
	own := w.shareSpoken("Beside it.", voice(9), "voice", "no", "typist", "none")
	ann := w.As(w.ann)
	w.typed(ann, own+"/typed", "What I said.")
	from, _ := ann.Get(own + "/typed").One("input[name=from]").Attr("value")
	w.typed(ann, own+"/typed", "What I meant.")
	page := ann.Post(own+"/typed", "from", from, "typed", "What I tried to say.").Is(422, w.Ground)
	page.One("textarea").HasText("What I tried to say.")
	read := w.As(w.bea).Get(strings.Replace(own, "/share/", "/read/", 1) + "/words").One("blockquote")
	read.HasText("What I meant.")
	read.LacksText("What I said.")
	read.LacksText("What I tried to say.")
}
