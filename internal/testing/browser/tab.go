package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Time limits: for one command of the browser, with everything it loads, and
// for an element or a state to come about.
const (
	commandLimit = 20 * time.Second
	stateLimit   = 5 * time.Second
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

// Back goes one page back, as the browser's own button does, and waits until
// that page is shown.
func (tab *Tab) Back() {
	tab.t.Helper()
	tab.must("going back", func(ctx context.Context) error {
		res, err := chromedp.Call(ctx, page.GetNavigationHistory, cdp.Empty{})
		if err != nil {
			return err
		}
		if res.CurrentIndex == 0 {
			return errors.New("this is the first page")
		}
		// A page may come back from memory, without loading.
		before := tab.seen.count(func(s *seen) int { return s.shown })
		_, err = chromedp.Call(ctx, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: res.Entries[res.CurrentIndex-1].ID})
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

// HTML returns the page as it stands now, after any scripts.
func (tab *Tab) HTML() string {
	tab.t.Helper()
	var html string
	tab.Eval("document.documentElement.outerHTML", &html)
	return html
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

// Until waits up to five seconds until holds returns true; what says in words
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
