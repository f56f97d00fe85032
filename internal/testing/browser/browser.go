// Package browser lets a test use Footing as a person does: in Chromium, with
// scripts or without, on a small screen, in the dark, with large text.
//
//	tab := browser.New(t, browser.NoJavaScript)
//	tab.Go(server.URL + "/share")
//	tab.Fill("#words", "It rained, and we talked.")
//	tab.Click("text=Continue")
//	tab.Text("h1")
//
// Elements are named by CSS selector, or by "text=" and the exact words on a
// link, button, label, summary or heading. An action waits up to ten seconds
// for its element, and ends the test with a helpful text when it cannot be
// done.
//
// One browser serves a test binary; each tab has cookies, storage and history
// of its own. The browser ends with the binary, however that ends. It can
// reach this machine only: every other name leads nowhere. It is Chromium
// without its window where that is installed (chromium-headless-shell): the
// same pages and scripts, for a third of the work. What the window is part of,
// such as going back to a page in memory, asks for the Whole of it.
//
// Tests that use this package are part of the full check only. They run when
// FOOTING_FULL=1, are skipped when Chromium is not there, and fail in that
// case when FOOTING_REQUIRE_BROWSER=1.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"footing/internal/testing/reap"
)

// An Option changes how a tab shows pages.
type Option func(*settings)

type settings struct {
	noScript      bool
	whole         bool
	noMemory      bool
	width, height int64
	media         []*emulation.MediaFeature
	medium        string              // "print" for how it would be on paper; empty is the screen
	fontSize      int64               // the reader's own text size in pixels
	slowdown      float64             // how many times slower than this machine
	line          *network.Conditions // how slow the network is; nil is as fast as this machine
}

// of returns what the options ask for: without any, a small phone in daylight.
func of(options []Option) settings {
	s := settings{width: 360, height: 740, media: []*emulation.MediaFeature{}, fontSize: 16, slowdown: 1}
	for _, option := range options {
		option(&s)
	}
	return s
}

// NoJavaScript turns scripts off, as a reader can in her browser.
func NoJavaScript(s *settings) { s.noScript = true }

// Whole opens the tab in Chromium as people have it, window and all. It keeps
// pages in memory for the Back button.
func Whole(s *settings) { s.whole = true }

// NoBackForwardCache opens the tab in the whole of Chromium, but one that
// keeps no page in memory for the Back button and asks the server anew.
func NoBackForwardCache(s *settings) { s.noMemory = true }

// Dark asks for dark colours.
func Dark(s *settings) {
	s.media = append(s.media, &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"})
}

// Printed shows pages as they come out of a printer.
func Printed(s *settings) { s.medium = "print" }

// ForcedColours replaces the colours of the page by those of the system, as
// high contrast settings do.
func ForcedColours(s *settings) {
	s.media = append(s.media, &emulation.MediaFeature{Name: "forced-colors", Value: "active"})
}

// TextZoom200 sets the reader's own text size to 200 %. Text sized in rem, em
// or per cent follows it; text sized in pixels does not, and shows as a fault.
func TextZoom200(s *settings) { s.fontSize = 32 }

// Size sets the size of the window in CSS pixels. Without it a tab is a small
// phone, 360 by 740.
func Size(width, height int) Option {
	return func(s *settings) { s.width, s.height = int64(width), int64(height) }
}

// CPUSlowdown makes the processor that many times slower for the page; 4 is
// about an old phone.
func CPUSlowdown(times float64) Option {
	return func(s *settings) { s.slowdown = times }
}

// Line makes the network as slow as a poor phone line: so many bytes a second
// down and up, and so long from asking to the first byte.
func Line(bytesPerSecond int, latency time.Duration) Option {
	return func(s *settings) {
		s.line = &network.Conditions{
			Latency:            float64(latency.Milliseconds()),
			DownloadThroughput: float64(bytesPerSecond), UploadThroughput: float64(bytesPerSecond),
		}
	}
}

// New opens a tab that closes with the test. Without FOOTING_FULL=1, or
// without Chromium, the test is skipped.
func New(t testing.TB, options ...Option) *Tab {
	t.Helper()
	s := of(options)
	which := light
	switch {
	case s.noMemory:
		which = forgetful
	case s.whole:
		which = whole
	}
	tab, parent := &Tab{t: t}, running(t, which)
	tab.open(parent, s, chromedp.WithNewBrowserContext())
	return tab
}

// running returns the browser that start starts, or ends the test.
func running(t testing.TB, start func() (context.Context, error)) context.Context {
	t.Helper()
	if os.Getenv("FOOTING_FULL") != "1" {
		t.Skip("needs a browser: part of make check (FOOTING_FULL=1)")
	}
	ctx, err := start()
	if errors.Is(err, exec.ErrNotFound) {
		absent(t, "chromium is not installed: run make setup")
	}
	if err != nil {
		t.Fatalf("starting the browser: %v", err)
	}
	return ctx
}

// open opens the tab in the browser or beside the tab that parent belongs to.
func (tab *Tab) open(parent context.Context, s settings, options ...chromedp.ContextOption) {
	tab.t.Helper()
	tab.noScript = s.noScript
	tab.seen.changed = make(chan struct{})
	ctx, cancel := chromedp.NewContext(parent, append(options, chromedp.WithListener(tab.listen))...)
	tab.ctx = ctx
	tab.t.Cleanup(cancel)
	// The first call opens the tab and ties its life to ctx, so it is the one
	// call without a time limit.
	if err := chromedp.Do(ctx); err != nil {
		tab.t.Fatalf("opening a tab: %v", err)
	}
	tab.must("setting up the tab", s.apply)
}

// apply brings a new tab into the wanted state.
func (s settings) apply(ctx context.Context) error {
	c := chromedp.FromContext(ctx)
	_, err := chromedp.CallBrowser(ctx, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
		Behavior: cdpbrowser.SetDownloadBehaviorBehaviorDeny, BrowserContextID: c.BrowserContextID,
	})
	if err != nil {
		return fmt.Errorf("refusing downloads: %w", err)
	}
	// Several tabs share one browser; each must believe that it is in front.
	_, err = chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	if err != nil {
		return fmt.Errorf("giving the tab focus: %w", err)
	}
	return s.show(ctx)
}

// show makes the tab look as wanted. Nothing stays of how it looked before.
func (s settings) show(ctx context.Context) error {
	_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: s.width, Height: s.height, DeviceScaleFactor: 1,
	})
	if err != nil {
		return fmt.Errorf("setting the window size: %w", err)
	}
	if err := setScripts(ctx, !s.noScript); err != nil {
		return err
	}
	if _, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: s.medium, Features: s.media}); err != nil {
		return fmt.Errorf("setting colours and medium: %w", err)
	}
	sizes := page.FontSizes{Standard: s.fontSize, Fixed: s.fontSize}
	if _, err = chromedp.Call(ctx, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &sizes}); err != nil {
		return fmt.Errorf("setting the text size: %w", err)
	}
	if _, err = chromedp.Call(ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: s.slowdown}); err != nil {
		return fmt.Errorf("slowing the processor: %w", err)
	}
	if s.line == nil {
		return nil
	}
	_, err = chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{s.line},
	})
	if err != nil {
		return fmt.Errorf("slowing the network: %w", err)
	}
	return nil
}

// setScripts turns the scripts of pages on or off.
func setScripts(ctx context.Context, on bool) error {
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	if err != nil {
		return fmt.Errorf("turning scripts on (%v): %w", on, err)
	}
	return nil
}

// absent ends the test because something is not installed: with a failure
// when the full check demands it, as a skip otherwise.
func absent(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("FOOTING_REQUIRE_BROWSER") == "1" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// Each starts one browser of this test binary and returns its context: the one without a window, the whole
// one, and the one that keeps no page in memory.
var (
	light = sync.OnceValues(func() (context.Context, error) {
		// On two cores that tests share, what a browser does ahead of time is mostly thrown away: compiling
		// scripts in the background, and keeping a process and the last pages ready for what may come next.
		return start(slices.Concat(windowless, windowed), "", chromedp.Flag("js-flags", "--single-threaded"),
			chromedp.Flag("disable-features", "Translate,SpareRendererForSitePerProcess,BackForwardCache,RenderDocument,PaintHolding"))
	})
	// What is drawn is drawn in the browser's own process: one process less to wake for each frame of a film.
	whole = sync.OnceValues(func() (context.Context, error) { return start(windowed, "", chromedp.Flag("in-process-gpu", true)) })
	// Without pages in memory a window changes nothing of what is seen.
	forgetful = sync.OnceValues(func() (context.Context, error) {
		return start(slices.Concat(windowless, windowed), "", chromedp.Flag("disable-features", "Translate,BackForwardCache"))
	})
)

// The names under which Chromium is packaged, without its window and with it.
var (
	windowless = []string{"chromium-headless-shell", "chrome-headless-shell"}
	windowed   = []string{"chromium", "chromium-browser", "google-chrome"}
)

// start starts the first of those browsers that is there, with its profile in dir, or in a new folder if
// that is empty.
func start(names []string, dir string, more ...chromedp.ExecAllocatorOption) (context.Context, error) {
	path, err := find(names)
	if err != nil {
		return nil, err
	}
	own, err := certificate()
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	if dir == "" {
		if dir, err = os.MkdirTemp("", "footing-browser-"); err != nil {
			return nil, fmt.Errorf("making a profile folder: %w", err)
		}
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(dir),
		chromedp.Env("TMPDIR="+dir), // what it leaves behind when it is ended goes with its profile
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("ignore-certificate-errors-spki-list", own.pin),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses its sandbox to root
	}
	options = append(options, more...)
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	// The first call binds the browser to its context, so a time limit on the
	// context itself would end the browser later.
	stop := time.AfterFunc(time.Minute, cancel)
	defer stop.Stop()
	if err := chromedp.Do(ctx); err != nil {
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	process := chromedp.FromContext(ctx).Browser.Process()
	if err := reap.AtExit(process.Pid, "TERM", dir); err != nil {
		return nil, err
	}
	return ctx, nil
}

// find returns the path of the first browser that is there.
func find(names []string) (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("looking for chromium: %w", exec.ErrNotFound)
}
