package app_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"footing/internal/app"
	"footing/internal/testing/engine"
)

var askLink = regexp.MustCompile(`href="/asks/([a-z2-7]{26})"`)

// askOf returns the request that the demonstration asks Bren about, as her own page names it.
func (v *visitor) askOf(t *testing.T) string {
	t.Helper()
	m := askLink.FindStringSubmatch(v.ask(t, "GET", "/asked", nil).body)
	if m == nil {
		t.Fatal("nothing is asked of " + v.name)
	}
	return m[1]
}

// listensFrom is the sealed number of the event from which an open page listens.
var listensFrom = regexp.MustCompile(`since=[A-Za-z0-9_-]{80,}`)

// everyPage opens every page there is as each visitor and returns what they see, by visitor and address.
// ids fill the parts of addresses. What is sealed anew each time says nothing (meeting.TestPause_HowManyAskedIsOnNobodysLine)
// and is taken out; a number that is not sealed stays.
func everyPage(t *testing.T, visitors []*visitor, ids map[string]string) map[string]string {
	t.Helper()
	seen := map[string]string{}
	for _, v := range visitors {
		for _, route := range v.h.Shell().Routes() {
			method, path := filled(route.Pattern, ids, absent)
			if method != "GET" || strings.HasSuffix(path, "/live") || !v.may(route.Allow) {
				continue
			}
			seen[v.name+" "+path] = listensFrom.ReplaceAllString(v.ask(t, method, path, nil).body, "since=")
		}
	}
	return seen
}

// firstDifference returns where two pages begin to differ.
func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-60):min(len(a), i+60)] + " | " + b[max(0, i-60):min(len(b), i+60)]
}

// One of the women is asked. Whether she looked, put it out of her way, began to answer or did nothing:
// every page of everybody else is the same afterwards, byte by byte (R51, P16).
func TestAsking_NobodySeesWhoLooked(t *testing.T) {
	engine.Once(t, "its pages and forms are read and sent on both by TestPages_EveryOneForEverybody and TestCanary_ThroughEveryForm")
	var still atomic.Pointer[time.Time] // once it is set the clock stands, so that no page changes by itself
	h := open(t, func(c *app.Config) {
		runs := c.Now
		c.Now = func() time.Time {
			if at := still.Load(); at != nil {
				return *at
			}
			return runs()
		}
	})
	now := h.clock.Now()
	still.Store(&now)
	all := h.everybody(t)
	bren, others := all[1], append(all[:1:1], all[2:]...)
	ids := h.foreign(t)
	maps.Copy(ids, map[string]string{"ask": bren.askOf(t), "entry": "4", "part": "1"})
	if err := h.Tidy(t.Context()); err != nil { // it would tidy by itself after a minute
		t.Fatal(err)
	}
	everyPage(t, others, ids) // they open what was shared with them, and its owners see that
	before := everyPage(t, others, ids)
	check := func(after string) {
		t.Helper()
		now := everyPage(t, others, ids)
		for at, was := range before {
			if now[at] != was {
				t.Errorf("after %s, %s is not what it was: %s", after, at, firstDifference(was, now[at]))
			}
		}
	}
	check("nothing")
	bren.ask(t, "GET", "/", nil)
	if got := bren.ask(t, "GET", "/asks/"+ids["ask"], nil); !strings.Contains(got.body, "Begin an answer") {
		t.Fatal("she cannot answer what she is asked")
	}
	check("she looked")
	begun := bren.ask(t, "POST", "/share/new", url.Values{"ask": {ids["ask"]}})
	if !strings.HasPrefix(begun.location, "/draft/") {
		t.Fatalf("beginning an answer leads to %q", begun.location)
	}
	bren.ask(t, "POST", begun.location, url.Values{"kind": {"idea"}, "text": {"A first name is enough."}})
	check("she began an answer")
	bren.ask(t, "POST", "/asked/"+ids["ask"]+"/aside", nil)
	check("she put it aside")
	bren.ask(t, "POST", "/asked/about", nil)
	check("she chose to be asked nothing")
	if len(before) < 200 {
		t.Errorf("only %d pages were compared: the test shows too little", len(before))
	}
}

// The demonstration shows a request that is answered, one that waits and one that the group refused.
func TestAsking_TheDemoHasEachState(t *testing.T) {
	h := open(t)
	ruth, niamh, bren := h.visit(t, "Ruth"), h.visit(t, "Dr"), h.visit(t, "Bren")
	mine := ruth.ask(t, "GET", "/asks", nil).body
	for _, want := range []string{"Texts from the surgery", "Being asked", "A page for the funder&#39;s booklet", "The group said: not this"} {
		if !strings.Contains(mine, want) {
			t.Errorf("Ruth does not see %q among her questions", want)
		}
	}
	if got := niamh.ask(t, "GET", "/asks", nil).body; !strings.Contains(got, "Waiting for the women’s group") || strings.Contains(got, "booklet") {
		t.Error("Niamh does not see hers waiting, or sees one that is not hers")
	}
	ask := bren.askOf(t)
	answers := regexp.MustCompile(`href="/read/[a-z2-7]+"`)
	if n := len(answers.FindAllString(ruth.ask(t, "GET", "/asks/"+ask, nil).body, -1)); n != 3 {
		t.Errorf("Ruth is shown %d answers, want the three that were shared with her", n)
	}
	if n := len(answers.FindAllString(bren.ask(t, "GET", "/asks/"+ask, nil).body, -1)); n != 4 {
		t.Errorf("Bren is shown %d answers, want Tolu's too", n)
	}
	if got := niamh.ask(t, "GET", "/asks/"+ask, nil); got.status != http.StatusNotFound {
		t.Errorf("Niamh, who neither asked nor is one of the women, gets %d", got.status)
	}
	if got := niamh.ask(t, "GET", "/known", nil).body; !strings.Contains(got, "Tuesdays, after ten.") {
		t.Error("what came of a question is not on the shelf")
	}
}
