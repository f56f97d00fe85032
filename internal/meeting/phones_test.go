package meeting_test

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/testing/browser"
	"footing/internal/testing/fixture"
)

// A phone is somebody's in a meeting.
type phone struct {
	*browser.Tab
	who string
}

// shows waits until a part of the page says something, and not something else any more.
func (p phone) shows(part, what, not string) {
	p.Until(p.who+" reads "+what, func() bool {
		text := p.Text(part)
		return strings.Contains(text, what) && (not == "" || !strings.Contains(text, not))
	})
}

// fetched is how often the page was fetched anew since it was opened.
func (p phone) fetched() (n int) {
	for _, at := range p.Requests() {
		if strings.HasSuffix(at, "/now") {
			n++
		}
	}
	return n
}

// loaded reports whether it is still the page that was opened: marked once, and not loaded again.
func (p phone) loaded() (same bool) {
	p.Eval(`Boolean(window.opened)`, &same)
	return same
}

// Four phones in one meeting: what is talked about moves on on all of them, a pause reaches the host's alone, and
// a line that was cut and comes back misses nothing.
func TestPhones_InOneMeeting(t *testing.T) {
	first := browser.New(t, browser.Size(360, 740))
	b := newGroup(t)
	go func() { _ = b.Events.Run(t.Context()) }()
	server := httptest.NewServer(b.Shell.Handler())
	t.Cleanup(server.Close)
	lindsay := b.As(b.Person("Lindsay", person.Clinician))
	at := b.sits("The letter", "The room", "The bus")
	open := func(tab *browser.Tab, v *fixture.Browser, who string) phone {
		tab.Take(server.URL, v.Cookies())
		tab.Go(server.URL + at + "/now")
		tab.Eval(`window.opened = true`, nil)
		return phone{tab, who}
	}
	small := func() *browser.Tab { return browser.New(t, browser.Size(360, 740)) }
	jo, kez, bea, gp := open(first, b.jo, "Jo"), open(small(), b.kez, "Kez"), open(small(), b.bea, "Bea"), open(small(), lindsay, "Lindsay")

	jo.Click("#list button.btn[name=take]")
	for _, p := range []phone{kez, bea, gp} {
		p.shows("#now", "The letter", "Next: The letter")
	}
	before := []int{bea.fetched(), gp.fetched()}
	kez.Click("#pause button[value=no]")
	kez.shows("#pause", "Nobody has seen it yet.", "")
	jo.shows("#pause", "Somebody needs a pause.", "Kez")
	jo.Click("#pause button")
	kez.shows("#pause", "Somebody who hosts saw it at", "")
	if after := []int{bea.fetched(), gp.fetched()}; !slices.Equal(before, after) {
		t.Errorf("the pages of Bea and Lindsay were woken by somebody else's pause: fetched %v times, and then %v", before, after)
	}

	gp.Offline()
	server.CloseClientConnections() // everybody's line is cut; Lindsay's does not come back for a while
	jo.Click("#list button[value=rest]")
	bea.shows("#now", "We are having a break.", "")
	jo.Click("#list button[value=go-on]")
	jo.Click("#list button[value=done]")
	b.puts(at, "The tea")
	bea.shows("#list", "The tea", "")
	kez.shows("#pause", "Do you need a pause?", "saw it at")
	if got := gp.Text("#now"); !strings.Contains(got, "The letter") {
		t.Errorf("without a line, Lindsay reads %q", got)
	}
	gp.Online()
	gp.shows("#now", "Next: The bus", "The letter")
	gp.shows("#list", "The tea", "")
	jo.Click("#list button[value=close]")
	for _, p := range []phone{bea, gp} {
		p.shows("#now", "This meeting is over.", "")
		p.shows("#list", "What we did not get to", "")
		if !p.loaded() {
			t.Errorf("the page of %s was loaded anew", p.who)
		}
	}
}
