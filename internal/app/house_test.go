package app_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

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

func (h *house) config() app.Config {
	return app.Config{Addr: "127.0.0.1:0", Data: h.dir, UndoDays: 7, Now: h.clock.Now, Components: true}
}

// fill makes the demo's partnership, beside one next door.
func (h *house) fill(t *testing.T) {
	t.Helper()
	nextdoor.Build(t, h.Store())
	if _, err := demo.Fill(t.Context(), h.Demo(h.clock)); err != nil {
		t.Fatal(err)
	}
}

// models are houses that were filled once for all tests of one day, since what is today in them is over on the
// next: their files, by their names. On PostgreSQL package pg has their databases.
var models = struct {
	sync.Mutex
	files map[string]map[string][]byte
}{files: map[string]map[string][]byte{}}

// copied stands for the databases of a copy of the model, until it is made: a test that names others, or SQLite's
// files on PostgreSQL, is filled on its own.
const copied = "copied"

// moveIn gives a configuration a copy of the model: making all that is in a house takes longer than most tests.
func moveIn(t *testing.T, config *app.Config) {
	t.Helper()
	models.Lock()
	defer models.Unlock()
	what := "house of " + time.Now().UTC().Format(time.DateOnly)
	build := func(addresses []string) {
		h := &house{dir: t.TempDir(), clock: &demo.Clock{}}
		c := h.config()
		if len(addresses) > 0 {
			c.Database, c.Keys = addresses[0], addresses[1]
		}
		var err error
		if h.App, err = app.Open(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		h.fill(t)
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		models.files[what] = filesOf(t, h.dir)
	}
	if engine.Of() == store.Postgres {
		copies := pg.Filled(t, what, 2, build)
		config.Database, config.Keys = copies[0], copies[1]
	} else if models.files[what] == nil {
		build(nil)
	}
	for name, file := range models.files[what] {
		if err := os.WriteFile(filepath.Join(config.Data, name), file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// filesOf reads the files of a folder.
func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "ballast" || e.Name() == "lock" {
			continue // which every process makes for itself
		}
		if files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// open serves a copy of the model on the run's engine until the test ends.
func open(t *testing.T, change ...func(*app.Config)) *house {
	t.Helper()
	h := &house{dir: t.TempDir(), clock: &demo.Clock{}}
	config := h.config()
	if engine.Of() == store.Postgres {
		config.Database, config.Keys = copied, copied
	}
	for _, f := range change {
		f(&config)
	}
	ours := config.Database == copied || config.Database == "" && engine.Of() == store.SQLite
	if ours {
		moveIn(t, &config)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	a, err := app.Open(ctx, config)
	if err != nil {
		stop()
		t.Fatal(err)
	}
	h.App = a
	if !ours {
		h.fill(t)
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
