package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Time limits: for one command of the browser, with everything it loads, and
// for an element or a state to come about.
const (
	commandLimit = 20 * time.Second
	stateLimit   = 10 * time.Second
	pollEvery    = 20 * time.Millisecond
)

// A Tab is a browser tab in the hands of one test. It is not for use by
// several goroutines.
type Tab struct {
	t        testing.TB
	ctx      context.Context
	noScript bool
	seen     seen
}

// Another opens a second tab in the same window: it shares cookies and stored
// files with this one, and has a history of its own.
func (tab *Tab) Another(options ...Option) *Tab {
	tab.t.Helper()
	other := &Tab{t: tab.t}
	other.open(tab.ctx, of(options))
	return other
}

// An Entry is a line of the tab's history.
type Entry struct {
	URL, Title string
}

// Go opens the address and waits until the page is loaded.
func (tab *Tab) Go(url string) {
	tab.t.Helper()
	tab.must("opening "+url, func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.Navigate(url))
	})
}

// Take gives the tab cookies for an address, so that whoever is signed in
// elsewhere in the test is signed in here too.
func (tab *Tab) Take(url string, cookies []*http.Cookie) {
	tab.t.Helper()
	tab.must("taking cookies", func(ctx context.Context) error {
		for _, c := range cookies {
			_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: url, HTTPOnly: new(true)})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Back goes one page back, as the browser's own button does, and waits until
// that page is shown.
func (tab *Tab) Back() { tab.t.Helper(); tab.step("going back", -1) }

// Forward goes one page forward again.
func (tab *Tab) Forward() { tab.t.Helper(); tab.step("going forward", 1) }

func (tab *Tab) step(what string, by int64) {
	tab.t.Helper()
	tab.must(what, func(ctx context.Context) error {
		res, err := chromedp.Call(ctx, page.GetNavigationHistory, cdp.Empty{})
		if err != nil {
			return err
		}
		to := res.CurrentIndex + by
		if to < 0 || to >= int64(len(res.Entries)) {
			return errors.New("there is no page there")
		}
		// A page may come back from memory, without loading.
		before := tab.seen.count(func(s *seen) int { return s.shown })
		_, err = chromedp.Call(ctx, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: res.Entries[to].ID})
		if err != nil {
			return err
		}
		return tab.seen.wait(ctx, func(s *seen) bool { return s.shown > before && !s.loading })
	})
}

// Stop gives up a page that is on its way, as the browser's stop button does.
// Until then the page before it is still shown but cannot be asked anything.
func (tab *Tab) Stop() {
	tab.t.Helper()
	tab.must("stopping", func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, page.StopLoading, cdp.Empty{})
		return err
	})
}

// Show shows the page as the options ask from now on, without loading it anew:
// a window made narrower, a phone at nightfall. What they do not name is as in
// a tab opened without options.
func (tab *Tab) Show(options ...Option) {
	tab.t.Helper()
	s := of(options)
	tab.noScript = s.noScript
	tab.must("showing the page in another way", s.show)
}

// Reload loads the page again.
func (tab *Tab) Reload() {
	tab.t.Helper()
	tab.must("loading the page again", func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.Reload())
	})
}

// History returns the pages of this tab, oldest first, as somebody would see
// them who holds the back button down.
func (tab *Tab) History() []Entry {
	tab.t.Helper()
	var entries []Entry
	tab.must("reading the history", func(ctx context.Context) error {
		res, err := chromedp.Call(ctx, page.GetNavigationHistory, cdp.Empty{})
		for _, e := range res.Entries {
			entries = append(entries, Entry{e.URL, e.Title})
		}
		return err
	})
	return entries
}

// URL returns the address of the page.
func (tab *Tab) URL() string {
	tab.t.Helper()
	var url string
	tab.Eval("document.location.href", &url)
	return url
}

// Title returns the title of the page.
func (tab *Tab) Title() string {
	tab.t.Helper()
	var title string
	tab.Eval("document.title", &title)
	return title
}

// HTML returns the page as it stands now, after any scripts. A page that is
// just coming in is waited for: it is empty at first, and would be taken for
// one that says nothing.
func (tab *Tab) HTML() string {
	tab.t.Helper()
	var html string
	tab.ask("html", "el.outerHTML", &html)
	return html
}

// Spoken returns what a screen reader could read out of the page: the names,
// values and descriptions of its accessibility tree, one a line.
func (tab *Tab) Spoken() string {
	tab.t.Helper()
	var words []string
	tab.must("reading the accessibility tree", func(ctx context.Context) error {
		tree, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		for _, n := range tree.Nodes {
			for _, v := range []*accessibility.Value{n.Name, n.Value, n.Description} {
				var text string
				if v != nil && json.Unmarshal([]byte(v.Value), &text) == nil && text != "" {
					words = append(words, text)
				}
			}
		}
		return err
	})
	return strings.Join(words, "\n")
}

// Eval evaluates a JavaScript expression in the page and decodes its value
// into out, which may be nil. It works with scripts off too, as the developer
// tools do; only there a promise is not waited for.
func (tab *Tab) Eval(expression string, out any) {
	tab.t.Helper()
	tab.must("evaluating "+shorten(expression), func(ctx context.Context) error {
		return tab.evaluateSoon(ctx, expression, out)
	})
}

// Requests returns the addresses this tab has asked for, in order, with those
// of redirects, frames, scripts and beacons. Addresses that carry their own
// content (data:, blob:) reach nobody and are left out.
func (tab *Tab) Requests() []string {
	tab.seen.mu.Lock()
	defer tab.seen.mu.Unlock()
	return slices.Clone(tab.seen.requests)
}

// Errors returns what the browser complained about: uncaught exceptions,
// pieces that did not load, breaches of the content security policy.
func (tab *Tab) Errors() []string {
	tab.seen.mu.Lock()
	defer tab.seen.mu.Unlock()
	return slices.Clone(tab.seen.errors)
}

// Screenshot writes the whole page, beyond the window, as a PNG file. Missing
// folders are made.
func (tab *Tab) Screenshot(path string) {
	tab.t.Helper()
	tab.must("taking a picture", func(ctx context.Context) error {
		picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100)) // 100 means PNG
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, picture, 0o644)
	})
}

// Until waits up to ten seconds until holds returns true; what says in words
// what is waited for ("the page goes on by itself").
func (tab *Tab) Until(what string, holds func() bool) {
	tab.t.Helper()
	deadline := time.Now().Add(stateLimit)
	for !holds() {
		if time.Now().After(deadline) {
			tab.t.Fatalf("waited %v in vain until %s\n%s", stateLimit, what, tab.where())
		}
		time.Sleep(pollEvery)
	}
}

// must runs one command of the browser and ends the test if it fails.
func (tab *Tab) must(what string, do func(context.Context) error) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, commandLimit)
	defer cancel()
	if err := do(ctx); err != nil {
		tab.t.Fatalf("%s: %v\n%s", what, err, tab.where())
	}
}

// where describes the page in a message: its address, title and first words.
func (tab *Tab) where() string {
	ctx, cancel := context.WithTimeout(tab.ctx, 2*time.Second)
	defer cancel()
	var at string
	err := tab.evaluate(ctx, `"at " + location.href + " (" + document.title + "):\n" + (document.body ? document.body.innerText.slice(0, 600) : "")`, &at)
	if err != nil {
		return "the page cannot be read: " + err.Error()
	}
	return at
}

// evaluateSoon is evaluate, tried again while one page gives way to the next.
func (tab *Tab) evaluateSoon(ctx context.Context, expression string, out any) error {
	for {
		err := tab.evaluate(ctx, expression, out)
		if !inTransit(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pollEvery):
		}
	}
}

func (tab *Tab) evaluate(ctx context.Context, expression string, out any) error {
	res, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{
		Expression:    expression,
		ReturnByValue: new(true),
		AwaitPromise:  new(!tab.noScript),
		UserGesture:   new(false),
	})
	if err != nil {
		return err
	}
	if res.ExceptionDetails != nil {
		return errors.New(describe(res.ExceptionDetails))
	}
	if out == nil {
		return nil
	}
	if len(res.Result.Value) == 0 {
		return fmt.Errorf("the value is %s, which cannot be passed on", res.Result.Type)
	}
	return json.Unmarshal([]byte(res.Result.Value), out)
}

// inTransit reports whether a command failed only because the page it was for
// has just gone.
func inTransit(err error) bool {
	if err == nil {
		return false
	}
	for _, sign := range []string{"navigated or closed", "context was destroyed", "Cannot find context", "Cannot find default execution context"} {
		if strings.Contains(err.Error(), sign) {
			return true
		}
	}
	return false
}

// describe puts an exception of the page into words: an error with its stack,
// or the plain text that was thrown.
func describe(e *runtime.ExceptionDetails) string {
	var thrown string
	switch {
	case e.Exception == nil:
		return e.Text
	case e.Exception.Description != "":
		return e.Text + " " + e.Exception.Description
	case json.Unmarshal([]byte(e.Exception.Value), &thrown) == nil:
		return thrown
	default:
		return e.Text + " " + string(e.Exception.Value)
	}
}

func shorten(s string) string {
	if len(s) > 80 {
		return s[:80] + "…"
	}
	return s
}
