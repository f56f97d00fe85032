package app_test

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"footing/internal/app"
	"footing/internal/circle"
	"footing/internal/store"
	"footing/internal/testing/browser"
	"footing/internal/testing/canary"
	"footing/internal/testing/engine"
)

// The ways in which somebody leaves.
var leaves = map[string]func(*browser.Tab){
	"click":     func(tab *browser.Tab) { tab.ClickWithoutWaiting("[data-leave]") },
	"noscripts": func(tab *browser.Tab) { tab.ClickWithoutWaiting("[data-leave]") },
	"shift": func(tab *browser.Tab) {
		tab.PressWithoutWaiting(browser.KeyShift + browser.KeyShift + browser.KeyShift)
	},
	"byear": func(tab *browser.Tab) { // the last link of the page, which is seen only when it has the focus
		tab.Focus(".foot [data-leave]")
		tab.PressWithoutWaiting(browser.KeyEnter)
	},
}

// A site is where leaving goes on to.
type site struct {
	url     string
	arrived func(*browser.Tab) // waits until the leaving is over
	slow    time.Duration      // how long the screen must stay blank
}

// everyday makes the sites: one that takes two seconds, one that refuses, one that never answers.
func everyday(t *testing.T) map[string]site {
	t.Helper()
	cert, key := browser.Certificate(t)
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	serve := func(answer http.HandlerFunc) string {
		s := httptest.NewUnstartedServer(answer)
		s.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
		s.StartTLS()
		t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
		return s.URL
	}
	const slowly = 2 * time.Second
	slow := serve(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(slowly):
			_, _ = io.WriteString(w, `<!doctype html><html lang="en"><title>Weather</title><h1>Rain later</h1>`)
		case <-r.Context().Done():
		}
	})
	dead := serve(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	port, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused := "https://" + port.Addr().String() + "/"
	if err := port.Close(); err != nil {
		t.Fatal(err)
	}
	asked := func(tab *browser.Tab, url string) bool {
		return strings.Contains(strings.Join(tab.Requests(), " "), url)
	}
	return map[string]site{
		"slow": {slow + "/", func(tab *browser.Tab) {
			tab.Until("the slow site is there", func() bool { return tab.Title() == "Weather" })
		}, slowly},
		"refused": {refused, func(tab *browser.Tab) {
			tab.Until("the browser says that nobody answers", func() bool { return strings.HasPrefix(tab.URL(), "chrome-error:") })
		}, 0},
		"dead": {dead + "/", func(tab *browser.Tab) {
			tab.Until("the dead site is asked", func() bool { return asked(tab, dead) })
			time.Sleep(300 * time.Millisecond) // what is on the screen meanwhile is filmed
			tab.Stop()
		}, 300 * time.Millisecond},
	}
}

// A case is one way to leave, towards one site, over plain HTTP or TLS, in a browser that keeps pages in
// memory for the Back button or in one that does not.
type leaving struct {
	way, to        string
	secure, forget bool
}

// leavings returns each way towards a slow site and a dead one once, and one way towards a site that refuses,
// so that every pair of those circumstances comes about; in the soak all of them.
func leavings() []leaving {
	var some, all []leaving
	for i, way := range []string{"click", "shift", "byear", "noscripts"} {
		for j, to := range []string{"slow", "dead", "refused"} {
			if to != "refused" || way == "click" {
				some = append(some, leaving{way, to, (i+j)%2 == 1, (i/2+j)%2 == 1})
			}
			for n := range 4 {
				all = append(all, leaving{way, to, n&1 == 1, n&2 == 2})
			}
		}
	}
	if inSoak() {
		return all
	}
	return some
}

// Somebody walks through her pages and leaves (P1, P2). With scripts the screen is blank within a tenth
// of a second and stays so until the other site is there, however long that takes. Back to every page,
// Forward, and the addresses opened anew show nothing of hers, neither to the eye nor to a screen reader.
func TestLeave_NothingOfHersIsLeft(t *testing.T) {
	engine.Once(t, "it films what a browser shows")
	houses := map[bool]*house{false: open(t), true: open(t, func(c *app.Config) { c.TLSCert, c.TLSKey = browser.Certificate(t) })}
	sites := everyday(t)
	took := map[string][]time.Duration{}
	for _, l := range leavings() {
		t.Run(fmt.Sprintf("%s/%s/tls=%v/memory=%v", l.way, l.to, l.secure, !l.forget), func(t *testing.T) {
			h := houses[l.secure]
			h.leaveTo(t, sites[l.to].url)
			options := []browser.Option{browser.Whole}
			if l.way == "noscripts" {
				options = append(options, browser.NoJavaScript)
			}
			if l.forget {
				options = append(options, browser.NoBackForwardCache)
			}
			w := h.walkOf(t, browser.New(t, options...))
			frames := w.tab.Film(func() {
				leaves[l.way](w.tab)
				sites[l.to].arrived(w.tab)
			})
			if l.way != "noscripts" { // without them nothing can cover the page until the next one arrives
				took[l.way] = append(took[l.way], w.blankAfter(t, frames, sites[l.to].slow))
			}
			w.back(t)
			w.forward(t)
			w.anew(t)
			w.kept(t, l.way != "noscripts")
		})
	}
	houses[false].leaveTo(t, sites["slow"].url)
	for way, all := range took {
		t.Logf("%s: blank after %v", way, all)
		best := all[0]
		for _, d := range all { // a busy machine makes any one of them late, a fault of ours makes all late
			best = min(best, d)
		}
		for again := 0; best > 100*time.Millisecond && again < 6; again++ {
			w := houses[false].walkOf(t, browser.New(t, browser.Whole))
			frames := w.tab.Film(func() {
				leaves[way](w.tab)
				sites["slow"].arrived(w.tab)
			})
			best = min(best, w.blankAfter(t, frames, sites["slow"].slow))
		}
		if best > 100*time.Millisecond {
			t.Errorf("leaving by %s, the screen is blank after %v at best, want at most a tenth of a second", way, best)
		}
	}
}

// leaveTo sets where leaving goes on to.
func (h *house) leaveTo(t *testing.T, url string) {
	t.Helper()
	w := h.Demo(h.clock)
	err := w.DB.Write(t.Context(), func(tx *store.Tx) error {
		s, _, err := circle.Of(t.Context(), tx)
		if err != nil {
			return err
		}
		s.LeaveTo = url
		return w.Circle.Change(t.Context(), tx, s)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// walked is a woman's tab after she went through her pages, with what must not be seen afterwards.
type walked struct {
	h     *house
	tab   *browser.Tab
	words string // in what she shared, in a draft, and typed and not saved yet
	mine  string // the page of what she shared
	pages []string
	seen  []browser.Frame // what each page looked like
}

// walkOf has Bren share and write something and look at it on page after page, in that tab.
func (h *house) walkOf(t *testing.T, tab *browser.Tab) *walked {
	t.Helper()
	w := &walked{h: h, tab: tab, words: canary.New()}
	v := h.visit(t, "Bren")
	write := func() string {
		draft := "/draft/" + v.draft(t)
		v.ask(t, "POST", draft, url.Values{"kind": {"idea"}, "text": {w.words + " at the table."}, "about": {"Tables"}})
		return draft
	}
	draft := write()
	v.ask(t, "POST", draft+"/use", url.Values{"until": {"3"}})
	w.mine = v.ask(t, "POST", draft+"/share", nil).location
	draft = write()
	w.pages = slices.Concat([]string{"/"}, between("/share", w.mine, w.mine+"/opened", "/me", "/read"), []string{draft})
	h.signIn(t, tab, "Bren")
	var now browser.Frame
	for i, path := range w.pages {
		before := now
		w.tab.Go(h.url + path)
		w.tab.Until(path+" is on the screen", func() bool { // it comes there a moment after it is loaded
			now = lastFrame(tab)
			return !now.Blank() && (i == 0 || !now.Same(before)) // signing in leads to the first of them
		})
		w.seen = append(w.seen, now)
	}
	w.tab.Fill("#text", w.words+" and not saved")
	if !strings.Contains(w.tab.Spoken(), w.words) {
		t.Fatal("her words are not on the page before she leaves: the test shows nothing")
	}
	return w
}

// walks counts the walks of this test binary.
var walks atomic.Int64

// between returns two of the pages, by turns; in the soak all of them.
func between(pages ...string) []string {
	if inSoak() {
		return pages
	}
	n := int(walks.Add(1))
	return []string{pages[n%len(pages)], pages[(n+1+n/len(pages))%len(pages)]}
}

// lastFrame is what the screen shows.
func lastFrame(tab *browser.Tab) browser.Frame {
	frames := tab.Film(func() {})
	return frames[len(frames)-1]
}

// blankAfter returns how long after the act the screen was blank, and checks that it stayed so.
func (w *walked) blankAfter(t *testing.T, frames []browser.Frame, stays time.Duration) time.Duration {
	t.Helper()
	after := time.Duration(-1)
	for _, f := range frames {
		at := f.At.Sub(w.tab.ActedAt())
		switch {
		case after < 0 && f.Blank() && at > 0:
			after = at
		case after >= 0 && !f.Blank() && at < stays:
			t.Errorf("%v after leaving something is on the screen again, want a blank one for %v", at, stays)
		case after >= 0 && w.isHers(f):
			t.Errorf("%v after leaving a page of hers is on the screen again", at)
		}
	}
	if last := frames[len(frames)-1]; after < 0 && stays == 0 && !w.isHers(last) && last.At.After(w.tab.ActedAt()) {
		return last.At.Sub(w.tab.ActedAt()) // the browser's own page can be there before a blank screen is drawn
	}
	if after < 0 {
		t.Error("the screen was never blank")
		return time.Hour
	}
	return after
}

func (w *walked) isHers(f browser.Frame) bool {
	for _, page := range w.seen {
		if f.Same(page) {
			return true
		}
	}
	return false
}

// shows checks that what is in the tab now has nothing of hers.
func (w *walked) shows(t *testing.T, tab *browser.Tab, after string) {
	t.Helper()
	html, spoken := tab.HTML(), tab.Spoken()
	for _, word := range []string{w.words, "Bren"} {
		if strings.Contains(html, word) {
			t.Errorf("%s, the page at %s holds %q", after, tab.URL(), word)
		}
		if strings.Contains(spoken, word) {
			t.Errorf("%s, a screen reader at %s reads %q out", after, tab.URL(), word)
		}
	}
	if tab.Exists("nav") {
		t.Errorf("%s, she is still signed in at %s", after, tab.URL())
	}
}

// back goes back to the first page of the visit.
func (w *walked) back(t *testing.T) {
	t.Helper()
	w.shows(t, w.tab, "where leaving led")
	entries := w.tab.History()
	for _, e := range entries {
		w.neutral(t, e)
	}
	if len(entries) < len(w.pages) {
		t.Fatalf("the history has %d entries, want her walk of %d pages", len(entries), len(w.pages))
	}
	for n := range entries[2:] { // the first is the tab as it was opened
		after := fmt.Sprintf("after going back %d times", n+1)
		for _, f := range w.tab.Film(w.tab.Back) {
			if w.isHers(f) {
				t.Errorf("%s, a page of hers was on the screen for a moment", after)
			}
		}
		w.shows(t, w.tab, after)
	}
}

// forward goes through the same pages once more, up to the one before the other site.
func (w *walked) forward(t *testing.T) {
	t.Helper()
	for n := range w.tab.History()[3:] {
		w.tab.Forward()
		w.shows(t, w.tab, fmt.Sprintf("after going forward %d times", n+1))
	}
}

// anew opens each address in a new tab of the same window, as a reopened tab does.
func (w *walked) anew(t *testing.T) {
	t.Helper()
	tab := w.tab.Another()
	for _, path := range w.pages {
		tab.Go(w.h.url + path)
		w.shows(t, tab, "opened anew from "+path)
		if got := strings.TrimPrefix(tab.URL(), w.h.url); got != "/" {
			t.Errorf("opened anew, %s leads to %s, want the first page", path, got)
		}
	}
}

// kept checks that what she had typed and not saved waits for her, since scripts sent it along (P5).
func (w *walked) kept(t *testing.T, withScripts bool) {
	t.Helper()
	body := w.h.visit(t, "Bren").ask(t, "GET", w.pages[len(w.pages)-1], nil).body
	if got := strings.Contains(body, w.words+" and not saved"); got != withScripts {
		t.Errorf("what she typed last is kept: %v, want %v", got, withScripts)
	}
}

// Over TLS the browser writes nothing of hers to the disk: no page, and nothing she typed, for opening
// tabs again. Quit and opened with all its tabs as they were, it shows nothing of hers (P2).
func TestLeave_ReopenedBrowserShowsNothing(t *testing.T) {
	engine.Once(t, "it films what a browser shows")
	h := open(t, func(c *app.Config) { c.TLSCert, c.TLSKey = browser.Certificate(t) })
	refused := everyday(t)["refused"]
	h.leaveTo(t, refused.url)
	profile := browser.NewProfile(t)
	w := h.walkOf(t, profile.Tab())
	w.tab.Go(h.url + w.mine)
	w.tab.Go(h.url + "/read")   // what is typed is kept for this entry, if at all
	time.Sleep(3 * time.Second) // browsers write after a while
	leaves["click"](w.tab)
	refused.arrived(w.tab)
	profile.Quit()
	id := strings.TrimPrefix(w.mine, "/share/")
	hits, err := canary.Finder{Words: []string{w.words, id}}.Look(profile.Dir)
	if err != nil {
		t.Fatal(err)
	}
	addresses := 0
	for _, hit := range hits {
		if hit.Word == id {
			addresses++
			continue
		}
		t.Errorf("the browser kept her words: %s", hit)
	}
	if addresses == 0 {
		t.Error("not even an address is on the disk: the search shows nothing")
	}
	w.tab = profile.Restore(refused.url)
	w.back(t)
	w.forward(t)
}
