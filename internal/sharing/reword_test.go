package sharing_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"footing/internal/testing/fixture"
)

const first, second = "The chair by the window.", "My sister came along."

// shared shares two paragraphs and returns her browser, the address of what she shared and, by its words, the
// value of each paragraph on the page for taking back a part.
func (w *ground) shared() (b *fixture.Browser, at string, turns map[string]string) {
	w.T.Helper()
	b, draft := w.draft(w.ann, first+"\n\n"+second)
	b.Post(draft+"/who", "who", "partnership")
	b.Post(draft+"/until", "until", "3")
	seen, _ := b.Get(draft + "/check").One("input[name=seen]").Attr("value")
	at = strings.TrimSuffix(b.Post(draft+"/share", "seen", seen).Is(http.StatusOK, w.Ground).Path, "/done")
	turns = map[string]string{}
	for _, label := range b.Get(at + "/part").All("label") {
		if id, ok := label.Attr("for"); ok {
			for _, box := range b.Get(at + "/part").All("input[name=turn]") {
				if own, _ := box.Attr("id"); own == id {
					turns[strings.TrimSpace(label.Text())], _ = box.Attr("value")
				}
			}
		}
	}
	if turns[second] == "" {
		w.T.Fatalf("at %s her paragraphs are %v", at, turns)
	}
	return b, at, turns
}

func from(p fixture.Page) string { v, _ := p.One("input[name=from]").Attr("value"); return v }

func TestReword_WhatIsTakenBackIsNotInTheBoxAndNotBroughtBack(t *testing.T) {
	w := newGround(t)
	b, at, turns := w.shared()
	b.Post(at+"/part", "turn", turns[second])
	page := b.Get(at+"/words").Is(http.StatusOK, w.Ground)
	page.HasText("goes for good")
	if box := page.One("textarea").Text(); !strings.Contains(box, first) || strings.Contains(box, second) {
		t.Fatalf("the box holds %q", box)
	}
	b.Post(at+"/words", "from", from(page), "text", "The chair by the door.").Is(http.StatusOK, w.Ground)
	after := b.Get(at)
	after.HasText("The chair by the door.")
	after.LacksText(second)
	after.LacksText("Part of this is taken back")
	if len(after.All("form[action$='/return']")) > 0 {
		t.Error("what is gone for good is offered back")
	}
}

// A tab is open with her words in it. In another she takes some of them back, or all, for good or not, or
// writes them anew. What the first tab sends changes nothing and is kept as a draft.
func TestReword_FromAStaleTab(t *testing.T) {
	for name, meanwhile := range map[string]func(b *fixture.Browser, at string, turns map[string]string){
		"a part is taken back": func(b *fixture.Browser, at string, turns map[string]string) {
			b.Post(at+"/part", "turn", turns[second])
		},
		"a part is erased": func(b *fixture.Browser, at string, turns map[string]string) {
			b.Post(at+"/part", "turn", turns[second], "erase", "1")
		},
		"all is taken back": func(b *fixture.Browser, at string, _ map[string]string) { b.Post(at + "/back") },
		"all is erased":     func(b *fixture.Browser, at string, _ map[string]string) { b.Post(at+"/back", "erase", "1") },
		"it is reworded":    func(b *fixture.Browser, at string, _ map[string]string) { b.Post(at+"/words", "text", first) },
		"a part is taken back, unsaid": func(b *fixture.Browser, at string, turns map[string]string) {
			b.Post(at+"/part", "turn", turns[second])
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newGround(t)
			b, at, turns := w.shared()
			began := from(b.Get(at + "/words"))
			meanwhile(b, at, turns)
			before := b.Get(at)
			if strings.HasSuffix(name, "unsaid") {
				began = "" // a page from before forms said what they began from
			}
			page := b.Post(at+"/words", "from", began, "text", first+"\n\n"+second+" And more.").Is(http.StatusOK, w.Ground)
			if page.HasText("What you wrote is kept here as a new draft"); !strings.HasPrefix(page.Path, "/draft/") || !strings.Contains(page.One("textarea").Text(), second+" And more.") {
				t.Errorf("she is led to %s with %q", page.Path, page.One("textarea").Text())
			}
			if after := b.Get(at); after.One("main").Text() != before.One("main").Text() {
				t.Errorf("what she shared was\n%s\nand is\n%s", before.One("main").Text(), after.One("main").Text())
			}
			w.As(w.kez).Get(page.Path).Is(http.StatusNotFound, w.Ground)
		})
	}
}

// A draft is open in two tabs. In one she throws it away, or shares it; what she sends from the other is kept.
func TestDraft_GoneInAnotherTab(t *testing.T) {
	w := newGround(t)
	b, draft := w.draft(w.ann, first)
	began := from(b.Get(draft))
	b.Post(draft + "/drop")
	w.As(w.bea).Post(draft, "from", began, "text", second).Is(http.StatusNotFound, w.Ground) // left open in her browser
	page := b.Post(draft, "from", began, "text", second, "kind", "note").Is(http.StatusOK, w.Ground)
	page.HasText("What you wrote is kept here as a new draft")
	if page.One("textarea").HasText(second); page.Path == draft || !strings.HasPrefix(page.Path, "/draft/") {
		t.Errorf("she is led to %s", page.Path)
	}
	b.Post(draft, "from", began).Is(http.StatusNotFound, w.Ground)
}

// The page saves what she types while she answers on another, or presses a button: neither takes away what the
// other saved.
func TestDraft_SavedTwiceAtOnceKeepsBoth(t *testing.T) {
	w := newGround(t)
	b, draft := w.draft(w.ann, first)
	for n := range 12 {
		text, about := fmt.Sprintf("Text %d.", n), fmt.Sprintf("About %d", n)
		var both sync.WaitGroup
		both.Go(func() { b.Post(draft, "text", text) })
		both.Go(func() { b.Post(draft+"/front", "about", about) })
		both.Wait()
		page := b.Get(draft)
		page.One("textarea").HasText(text)
		b.Get(draft+"/front").One("input[name=about], textarea[name=about]").HasAttr("value", about)
	}
}
