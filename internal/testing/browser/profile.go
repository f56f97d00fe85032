package browser

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A Profile is a browser that writes to the disk what browsers write, as the
// one on her phone: history, files, and what is needed to open all tabs again
// after a crash. The tabs of New write nothing.
type Profile struct {
	// Dir is the folder of all that the browser keeps.
	Dir string

	t   testing.TB
	ctx context.Context
}

// NewProfile opens a browser that has never been used. It is gone with the
// test.
func NewProfile(t testing.TB) *Profile {
	t.Helper()
	dir, err := os.MkdirTemp("", "footing-profile-") // the browser may write a last file when the test has ended
	if err != nil {
		t.Fatal(err)
	}
	p := &Profile{Dir: dir, t: t}
	p.ctx = running(t, func() (context.Context, error) { return start(windowed, dir) })
	t.Cleanup(p.Quit)
	return p
}

// Tab opens a tab.
func (p *Profile) Tab(options ...Option) *Tab {
	p.t.Helper()
	tab := &Tab{t: p.t}
	tab.open(p.ctx, of(options))
	return tab
}

// Quit ends the browser as its own menu does, with its tabs open.
func (p *Profile) Quit() {
	p.t.Helper()
	if p.ctx == nil {
		return
	}
	if err := chromedp.Cancel(p.ctx); err != nil {
		p.t.Errorf("quitting the browser: %v", err)
	}
	p.ctx = nil
}

// Restore opens the browser again with the tabs it was quit with, and returns
// the one whose address holds words.
func (p *Profile) Restore(words string) *Tab {
	p.t.Helper()
	p.ctx = running(p.t, func() (context.Context, error) {
		return start(windowed, p.Dir, chromedp.Flag("restore-last-session", true))
	})
	tab := &Tab{t: p.t, ctx: p.ctx}
	tab.Until("the tab at "+words+" is open again", func() bool {
		tabs, err := chromedp.Targets(p.ctx)
		if err != nil {
			p.t.Fatalf("listing tabs: %v", err)
		}
		for _, one := range tabs {
			if one.Type == "page" && strings.Contains(one.URL, words) {
				tab.open(p.ctx, of(nil), chromedp.WithTargetID(one.TargetID))
				return true
			}
		}
		return false
	})
	return tab
}
