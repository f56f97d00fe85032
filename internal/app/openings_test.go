package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"footing/internal/app"
	"footing/internal/testing/engine"
)

// P16: whatever others did for themselves, at whatever time (looked for something, read what another woman
// said, counted, turned away before some words, shared with somebody else and took back, wrote, tried), every
// page of Bren's is byte for byte what it would be if they had done nothing. Only what opens her words shows.
func TestOpenings_TellNobodyElsesDoings(t *testing.T) {
	engine.Once(t, "its pages and forms are read and sent on both by TestPages_EveryOneForEverybody and TestCanary_ThroughEveryForm")
	var now atomic.Pointer[time.Time] // the clock stands, so that no page changes by itself
	g := newGateWorld(t, open(t, func(c *app.Config) {
		runs := c.Now
		c.Now = func() time.Time {
			if at := now.Load(); at != nil {
				return *at
			}
			return runs()
		}
	}))
	today := g.h.clock.Now()
	at := func(later time.Duration, do func()) {
		then := today.Add(later)
		now.Store(&then)
		do()
		now.Store(&today)
	}
	at(0, func() {})
	if err := g.h.Tidy(t.Context()); err != nil { // it would tidy by itself after a minute
		t.Fatal(err)
	}
	before := g.hers(t)
	if len(before) < 120 {
		t.Errorf("only %d pages are compared: the test shows too little", len(before))
	}
	for _, later := range []time.Duration{0, time.Hour, 5 * time.Hour} {
		at(later, func() { g.others(t) })
		for path, is := range g.hers(t) {
			if is != before[path] {
				t.Errorf("after what others did %v later, %s is not what it was: %s", later, path, firstDifference(before[path], is))
			}
		}
	}
	ruth, read := g.reader("Ruth"), g.in("a source")
	at(time.Hour, func() { g.did(t, ruth, "GET", "/index/"+g.study+"/"+read.ids["source"], nil) })
	list := "/share/" + read.ids["contribution"] + "/opened"
	if is := g.hers(t)[list]; is == before[list] || !strings.Contains(is, "Ruth Ellery") {
		t.Error("what does open her words is not on her list: the comparison shows nothing")
	}
}

// hers is every page of Bren's, with those about what she shared in some states. The log is left out: it
// counts by the week how often somebody changed what she allows.
func (g *gateWorld) hers(t *testing.T) map[string]string {
	t.Helper()
	pages, bren := map[string]string{}, g.reader("Bren")
	for _, state := range []string{"a draft", "shared with all", "ended", "taken back", "a source", "a source in other words", "a source that Ruth read, taken back"} {
		for _, route := range g.h.Shell().Routes() {
			method, path := filled(route.Pattern, g.in(state).ids, absent)
			if _, seen := pages[path]; !seen && method == "GET" && bren.may(route.Allow) && !strings.HasPrefix(path, "/record") {
				pages[path] = bren.ask(t, method, path, nil).body
			}
		}
	}
	return pages
}

// others is what everybody else does for herself.
func (g *gateWorld) others(t *testing.T) {
	t.Helper()
	tolu, ruth, jo, dr := g.reader("Tolu"), g.reader("Ruth"), g.reader("Jo"), g.reader("Dr")
	ofBren, ofTolu := g.in("a source").ids["source"], g.in("a source about Bren")
	shared := g.in("shared with all").ids["contribution"]
	for _, path := range []string{"/desk", "/source", "/source/" + ofBren, "/index/" + g.study, "/matrix/" + g.study + "/coverage", "/matrix/" + g.study + "/cases",
		"/matrix/" + g.study + "/export", "/releases/" + g.study, "/export/" + g.study, "/index/" + g.study + "/" + ofTolu.ids["source"],
		"/matrix/" + g.study + "/point/" + ofTolu.ids["point"], "/read", "/read/" + shared} {
		g.did(t, ruth, "GET", path, nil)
	}
	g.did(t, ruth, "POST", "/find/"+g.study, url.Values{"q": {"nothing that anybody said"}})
	g.did(t, tolu, "POST", "/find/"+g.study, url.Values{"q": {g.word(ofTolu, 'w')}}) // her own
	g.did(t, dr, "GET", "/read/"+shared, nil)                                        // and she turns away

	draft := "/draft/" + tolu.draft(t)
	g.did(t, tolu, "POST", draft, url.Values{"kind": {"experience"}, "text": {"For Ruth alone."}})
	g.did(t, tolu, "POST", draft+"/who", url.Values{"who": {"person:" + g.h.idOf(t, "Ruth Ellery")}})
	g.did(t, tolu, "POST", draft+"/until", url.Values{"until": {"3"}})
	own := g.did(t, tolu, "POST", draft+"/share", nil).location
	g.did(t, ruth, "GET", strings.Replace(own, "/share/", "/read/", 1)+"/words", nil)
	g.did(t, tolu, "POST", own+"/back", nil)
	g.did(t, tolu, "POST", own+"/return", nil)
	g.did(t, tolu, "POST", own+"/back", url.Values{"erase": {"1"}})

	g.did(t, jo, "POST", "/draft/"+jo.draft(t), url.Values{"kind": {"idea"}, "text": {"Not sure yet."}})
	g.did(t, jo, "POST", "/me/about", url.Values{"answer": {"no"}})
	g.did(t, jo, "POST", "/me/reminders", url.Values{"pace": {"month"}})
	try := g.did(t, dr, "POST", "/first", url.Values{"text": {"A pretend sentence."}}).location
	g.did(t, dr, "POST", try+"/read", nil)
	g.did(t, dr, "POST", try+"/back", nil)
}

// did is ask that must work.
func (g *gateWorld) did(t *testing.T, r reader, method, path string, form url.Values) answer {
	t.Helper()
	a := r.ask(t, method, path, form)
	if a.status != http.StatusOK && a.status != http.StatusSeeOther {
		t.Fatalf("%s %s answers %s %d", method, path, r, a.status)
	}
	return a
}

func (g *gateWorld) reader(name string) reader {
	g.t.Helper()
	for _, r := range g.readers {
		if r.name == name {
			return r
		}
	}
	g.t.Fatalf("nobody called %s reads", name)
	return reader{}
}

// in returns the share in a state.
func (g *gateWorld) in(state string) *share {
	g.t.Helper()
	for _, s := range g.shares {
		if s.state == state {
			return s
		}
	}
	g.t.Fatalf("no share is %s", state)
	return nil
}
