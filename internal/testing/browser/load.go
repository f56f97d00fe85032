package browser

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// seen is what the browser has told about a tab so far.
type seen struct {
	mu       sync.Mutex
	changed  chan struct{} // closed and replaced at each change
	asked    int           // navigations the page asked for, by link, form or script
	atAsk    int           // value of ended when the last of them was asked for
	ended    int           // loads that came to an end: shown, refused or kept as a download
	shown    int           // pages that came into view, anew or from memory
	loading  bool
	requests []string
	errors   []string
	actedAt  time.Time // of the last click or key
	film     *film     // while the tab is filmed
}

// listen notes an event of the tab. It runs on the connection's goroutine, in
// the order of the events.
func (tab *Tab) listen(event any) {
	s := &tab.seen
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if url := e.Request.URL; !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:") {
			s.requests = append(s.requests, url)
		}
	case *runtime.EventExceptionThrown:
		s.errors = append(s.errors, describe(e.ExceptionDetails))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			s.errors = append(s.errors, e.Entry.Text+" "+e.Entry.URL)
		}
	case *page.EventScreencastFrame:
		if s.film != nil {
			s.film.add(tab.ctx, e)
		}
	case *page.EventFrameRequestedNavigation:
		// A meta refresh is the page's own doing, never the answer to a click.
		if tab.isMain(e.FrameID) && e.Disposition == page.ClientNavigationDispositionCurrentTab && e.Reason != page.ClientNavigationReasonMetaTagRefresh {
			s.asked++
			s.atAsk = s.ended
		}
	case *page.EventFrameStartedLoading:
		if tab.isMain(e.FrameID) {
			s.loading = true
		}
	case *page.EventFrameNavigated:
		if tab.isMain(e.Frame.ID) {
			s.shown++
		}
	case *page.EventFrameStoppedLoading:
		if tab.isMain(e.FrameID) {
			s.loading = false
			s.ended++
		}
	case *page.EventNavigatedWithinDocument:
		if tab.isMain(e.FrameID) {
			s.shown++
			s.ended++
		}
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// isMain tells the frame of the tab from the frames within the page: Chromium
// gives it the id of the tab.
func (tab *Tab) isMain(id cdp.FrameID) bool {
	target := chromedp.FromContext(tab.ctx).Target
	return target != nil && string(id) == string(target.TargetID)
}

// follow runs act and, when it makes the page ask for another one, waits until
// that one is loaded. If likely is true, the asking gets a moment to come.
func (tab *Tab) follow(ctx context.Context, likely bool, act func(context.Context) error) error {
	before := tab.seen.count(func(s *seen) int { return s.asked })
	if err := act(ctx); err != nil {
		return err
	}
	// The answer to this comes after every event that the action caused.
	if err := tab.evaluate(ctx, "0", nil); err != nil && !inTransit(err) {
		return err
	}
	asked := func(s *seen) bool { return s.asked != before }
	if likely {
		brief, cancel := context.WithTimeout(ctx, 150*time.Millisecond)
		defer cancel()
		_ = tab.seen.wait(brief, asked) // a page that stays is fine
	}
	if !tab.seen.is(asked) {
		return nil
	}
	if err := tab.seen.wait(ctx, func(s *seen) bool { return s.ended > s.atAsk }); err != nil {
		return errors.New("the next page did not finish loading")
	}
	return nil
}

// set changes what is noted.
func (s *seen) set(change func(*seen)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

func (s *seen) count(read func(*seen) int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return read(s)
}

func (s *seen) is(holds func(*seen) bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return holds(s)
}

// wait returns once the condition holds, or with the error of ctx.
func (s *seen) wait(ctx context.Context, holds func(*seen) bool) error {
	for {
		s.mu.Lock()
		ok, changed := holds(s), s.changed
		s.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
