package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys for Press that have no letter of their own.
const (
	KeyEnter     = kb.Enter
	KeyEscape    = kb.Escape
	KeyTab       = kb.Tab
	KeyShift     = kb.Shift
	KeySpace     = " "
	KeyBackspace = kb.Backspace
	KeyUp        = kb.ArrowUp
	KeyDown      = kb.ArrowDown
	KeyLeft      = kb.ArrowLeft
	KeyRight     = kb.ArrowRight
)

// Modifiers that can be held down during Press.
const (
	WithShift = chromedp.ModifierShift
	WithCtrl  = chromedp.ModifierCtrl
	WithAlt   = chromedp.ModifierAlt
)

// Click clicks the middle of the element with the mouse. It must be visible
// and not covered by another. When a new page follows, Click waits for it.
func (tab *Tab) Click(selector string) {
	tab.t.Helper()
	at := tab.reach(selector)
	tab.must("clicking "+selector, func(ctx context.Context) error {
		return tab.follow(ctx, at.Leads, tab.acting(at.click))
	})
}

// ClickWithoutWaiting clicks like Click and does not wait for a page that may
// follow, for example because its server never answers. Use Stop before asking
// the tab anything else.
func (tab *Tab) ClickWithoutWaiting(selector string) {
	tab.t.Helper()
	tab.must("clicking "+selector, tab.acting(tab.reach(selector).click))
}

// acting notes the moment before act, from which somebody begins to wait.
func (tab *Tab) acting(act func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		tab.seen.set(func(s *seen) { s.actedAt = time.Now() })
		return act(ctx)
	}
}

// Check ticks a box or chooses a radio button. If it is drawn by its label,
// the label is clicked. The test ends if it is not ticked afterwards.
func (tab *Tab) Check(selector string) { tab.t.Helper(); tab.tick(selector, true) }

// Uncheck clears a box.
func (tab *Tab) Uncheck(selector string) { tab.t.Helper(); tab.tick(selector, false) }

func (tab *Tab) tick(selector string, want bool) {
	tab.t.Helper()
	var now bool
	tab.ask(selector, "el.checked === true", &now)
	if now == want {
		return
	}
	at := tab.reachBy(selector, `el.labels?.length && spot(el).Why ? el.labels[0] : el`)
	tab.must("ticking "+selector, func(ctx context.Context) error {
		return tab.follow(ctx, false, at.click)
	})
	tab.ask(selector, "el.checked === true", &now)
	if now != want {
		tab.t.Fatalf("ticked %s, yet it is checked: %v\n%s", selector, now, tab.where())
	}
}

// Fill replaces what is in a field by text, as by typing. For a list of
// choices text is the choice's words or value; dates, times, colours and
// ranges take their HTML value (2026-11-23).
func (tab *Tab) Fill(selector, text string) {
	tab.t.Helper()
	tab.await(selector, func(ctx context.Context) error {
		var typed bool
		if err := tab.on(ctx, selector, "fill(el, "+quote(text)+")", &typed); err != nil || !typed {
			return err
		}
		if text == "" {
			return chromedp.Do(ctx, chromedp.KeyEvent(kb.Backspace))
		}
		_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
		return err
	})
}

// Upload chooses files for a file field.
func (tab *Tab) Upload(selector string, files ...string) {
	tab.t.Helper()
	var paths []string // the browser wants them absolute
	for _, file := range files {
		path, err := filepath.Abs(file)
		if err != nil {
			tab.t.Fatalf("finding %s: %v", file, err)
		}
		paths = append(paths, path)
	}
	tab.await(selector, func(ctx context.Context) error {
		res, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: script(selector, "el")})
		if err != nil {
			return err
		}
		if res.ExceptionDetails != nil {
			return errors.New(describe(res.ExceptionDetails))
		}
		_, err = chromedp.Call(ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: paths, ObjectID: res.Result.ObjectID})
		return err
	})
}

// Press presses keys one after the other, where the focus is: letters, or the
// constants such as KeyEnter. When a new page follows, Press waits for it.
func (tab *Tab) Press(keys string, held ...chromedp.Modifier) {
	tab.t.Helper()
	likely := strings.Contains(keys, KeyEnter)
	tab.must("pressing keys", func(ctx context.Context) error {
		return tab.follow(ctx, likely, tab.acting(func(ctx context.Context) error {
			return chromedp.Do(ctx, chromedp.KeyEvent(keys, chromedp.KeyModifiers(held...)))
		}))
	})
}

// PressWithoutWaiting presses like Press and does not wait for a page that may
// follow.
func (tab *Tab) PressWithoutWaiting(keys string) {
	tab.t.Helper()
	tab.must("pressing keys", tab.acting(func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.KeyEvent(keys)) }))
}

// Focus puts the focus on the element.
func (tab *Tab) Focus(selector string) {
	tab.t.Helper()
	tab.ask(selector, "el.focus()", nil)
}

// Text returns the words of the first such element as they are shown, hidden
// parts left out. For a field it is what is in it.
func (tab *Tab) Text(selector string) string {
	tab.t.Helper()
	var text string
	tab.ask(selector, `"value" in el && el.matches("input, textarea, select") ? el.value : el.innerText.trim()`, &text)
	return text
}

// Wait waits until such an element is in the page and visible.
func (tab *Tab) Wait(selector string) {
	tab.t.Helper()
	tab.Until(selector+" is visible", func() bool { return tab.Visible(selector) })
}

// Exists reports whether such an element is in the page now, seen or not.
func (tab *Tab) Exists(selector string) bool { tab.t.Helper(); return tab.Count(selector) > 0 }

// Count returns how many such elements are in the page now.
func (tab *Tab) Count(selector string) int {
	tab.t.Helper()
	var n int
	tab.Eval(wrap("find("+quote(selector)+").length"), &n)
	return n
}

// Visible reports whether the first such element can be seen now: it takes up
// room and is neither hidden nor wholly transparent.
func (tab *Tab) Visible(selector string) bool {
	tab.t.Helper()
	var seen bool
	tab.Eval(wrap("find("+quote(selector)+").slice(0, 1).some(visible)"), &seen)
	return seen
}

// A spot is where an element can be clicked, in CSS pixels of the window.
type spot struct {
	X, Y  float64
	Leads bool   // the element usually leads to another page
	Why   string // why it cannot be clicked, empty if it can
}

// click presses and lets go of the left button.
func (at spot) click(ctx context.Context) error {
	for _, kind := range []input.DispatchMouseEventType{chromedp.MouseMoved, chromedp.MousePressed, chromedp.MouseReleased} {
		event := input.DispatchMouseEventParams{Type: kind, X: at.X, Y: at.Y}
		if kind != chromedp.MouseMoved {
			event.Button, event.ClickCount = input.MouseButtonLeft, 1
		}
		if _, err := chromedp.Call(ctx, input.DispatchMouseEvent, event); err != nil {
			return err
		}
	}
	return nil
}

// reach scrolls the element into view and waits until it can be clicked.
func (tab *Tab) reach(selector string) spot { tab.t.Helper(); return tab.reachBy(selector, "el") }

// reachBy is reach for the element that the expression makes of el.
func (tab *Tab) reachBy(selector, expression string) spot {
	tab.t.Helper()
	var at spot
	tab.await(selector, func(ctx context.Context) error {
		if err := tab.on(ctx, selector, "spot("+expression+")", &at); err != nil {
			return err
		}
		if at.Why != "" {
			return errors.New(at.Why)
		}
		return nil
	})
	return at
}

// ask waits for the element and evaluates an expression about it, el.
func (tab *Tab) ask(selector, expression string, out any) {
	tab.t.Helper()
	tab.await(selector, func(ctx context.Context) error { return tab.on(ctx, selector, expression, out) })
}

// await tries do until it succeeds, and ends the test when ten seconds did
// not suffice.
func (tab *Tab) await(selector string, do func(context.Context) error) {
	tab.t.Helper()
	tab.must("using "+selector, func(ctx context.Context) error {
		deadline := time.Now().Add(stateLimit)
		for {
			err := do(ctx)
			if err == nil {
				return nil
			}
			if time.Now().After(deadline) || ctx.Err() != nil {
				return fmt.Errorf("not possible within %v: %w", stateLimit, err)
			}
			time.Sleep(pollEvery)
		}
	})
}

// on evaluates an expression about the first element, el. A page of which only
// the beginning has come is not asked yet.
func (tab *Tab) on(ctx context.Context, selector, expression string, out any) error {
	return tab.evaluate(ctx, script(selector, expression), out)
}

func script(selector, expression string) string {
	return wrap("((el) => " + "{ if (document.readyState == 'loading') throw 'the page is still coming'; if (!el) throw 'no such element'; return " + expression + "; })(find(" + quote(selector) + ")[0])")
}

// wrap puts the helpers of element.js around an expression, in a scope of
// their own so that the page does not notice them.
func wrap(expression string) string {
	return "(() => {" + helpers + "; return " + expression + "; })()"
}

// quote makes a JavaScript string of s.
func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(b)
}
