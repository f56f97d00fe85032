package app_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"footing/internal/app"
	"footing/internal/demo"
	"footing/internal/store"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
	"footing/internal/testing/nextdoor"
	"footing/internal/testing/pg"
)

// house is the whole program with the made-up partnership, serving on this machine.
type house struct {
	*app.App
	url   string
	dir   string
	clock *demo.Clock
	stop  func()       // asks the server to stop
	ended func() error // waits until it has
}

// open fills a server on the run's engine, beside a partnership next door, and serves it until the test
// ends.
func open(t *testing.T, change ...func(*app.Config)) *house {
	t.Helper()
	h := &house{dir: t.TempDir(), clock: &demo.Clock{}}
	config := app.Config{Addr: "127.0.0.1:0", Data: h.dir, UndoDays: 7, Now: h.clock.Now, Components: true}
	if engine.Of() == store.Postgres {
		config.Database, config.Keys = pg.Database(t), pg.Database(t)
	}
	for _, f := range change {
		f(&config)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	a, err := app.Open(ctx, config)
	if err != nil {
		stop()
		t.Fatal(err)
	}
	h.App = a
	nextdoor.Build(t, a.Store())
	if _, err := demo.Fill(ctx, a.Demo(h.clock)); err != nil {
		stop()
		t.Fatal(err)
	}
	ready, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() { done <- a.Run(ctx, func(at net.Addr) { ready <- at }) }()
	h.stop, h.ended = stop, sync.OnceValue(func() error { return <-done })
	t.Cleanup(func() {
		stop()
		if err := h.ended(); err != nil {
			t.Errorf("serving ended with %v", err)
		}
		if err := a.Close(); err != nil {
			t.Errorf("closing ended with %v", err)
		}
	})
	h.url = "http://" + (<-ready).String()
	if a.TLSCert != "" {
		h.url = strings.Replace(h.url, "http", "https", 1)
	}
	return h
}

// beside lets a walk over pages run beside others, once the tests are through that film the screen or share the
// process: it looks at no clock, presses no keys, and its house is its own.
func beside(t *testing.T) {
	t.Helper()
	t.Parallel()
}

// link returns an address that signs one of the five in once.
func (h *house) link(t *testing.T, who string) string {
	t.Helper()
	guests, err := demo.Fill(t.Context(), h.Demo(h.clock)) // fills nothing anew, and makes new links
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range guests {
		if first(g.Name) == who {
			return "/in/" + g.Token
		}
	}
	t.Fatalf("nobody called %s can be signed in as", who)
	return ""
}

func first(name string) string {
	for i, r := range name {
		if r == ' ' {
			return name[:i]
		}
	}
	return name
}

// as opens a tab signed in as one of the five.
func (h *house) as(t *testing.T, who string, options ...browser.Option) *browser.Tab {
	t.Helper()
	tab := browser.New(t, options...)
	h.signIn(t, tab, who)
	return tab
}

// signIn signs one of the five in.
func (h *house) signIn(t *testing.T, tab *browser.Tab, who string) {
	t.Helper()
	tab.Go(h.url + h.link(t, who))
	tab.Click("main .btn")
}

// shot keeps a picture of the page when FOOTING_SHOTS names a folder, for those who want to look.
func shot(tab *browser.Tab, name string) {
	dir := os.Getenv("FOOTING_SHOTS")
	if dir == "" {
		return
	}
	// Parts that are out of sight are drawn too, and nothing is in the way.
	tab.Eval(`{
		const sheet = new CSSStyleSheet();
		sheet.replaceSync("*{content-visibility:visible!important} .top,.bar{position:static!important}");
		document.adoptedStyleSheets = [sheet];
		document.activeElement.blur();
	}`, nil)
	tab.Screenshot(filepath.Join(dir, name+".png"))
	tab.Eval("document.adoptedStyleSheets = []; 0", nil)
}
