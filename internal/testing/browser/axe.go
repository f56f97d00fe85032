package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

//go:embed element.js
var helpers string

// A Violation is a rule of axe-core that a page breaks.
type Violation struct {
	ID     string // name of the rule, as "image-alt"
	Impact string // minor, moderate, serious or critical
	Help   string // the rule in one sentence
	Nodes  []Node // where it is broken
}

// A Node is a place in the page that breaks a rule.
type Node struct {
	HTML           string // the element
	FailureSummary string // what to do about it
}

// String puts a violation into a few lines for a test's message.
func (v Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.ID, v.Impact, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&b, "\n  %s\n    %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n    "))
	}
	return b.String()
}

// axeRun asks for every rule that is on by default (WCAG 2.0 to 2.2, A and AA,
// and good practice) and for the size of targets, which is not. Content that
// the browser has not laid out yet gives false alarms about contrast, so it is
// made visible for the time of the check, by a sheet that no content security
// policy concerns.
const axeRun = `(async (only) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets.push(sheet);
  try {
    const all = { rules: { "target-size": { enabled: true } } };
    const found = await axe.run(document, { iframes: false, resultTypes: ["violations"], ...(only.length ? { runOnly: only } : all) });
    return found.violations.map((v) => ({ ID: v.id, Impact: v.impact, Help: v.help,
      Nodes: v.nodes.map((n) => ({ HTML: n.html, FailureSummary: n.failureSummary })) }));
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== sheet);
  }
})`

// Axe checks the page with axe-core and returns the rules it breaks: those that
// are named, or all when none is. Where scripts are off they are on for the time
// of the check, as axe-core is one.
func (tab *Tab) Axe(only ...string) []Violation {
	tab.t.Helper()
	source, err := axeSource()
	if errors.Is(err, fs.ErrNotExist) {
		absent(tab.t, "axe-core is not there: run make setup")
	}
	if err != nil {
		tab.t.Fatalf("reading axe-core: %v", err)
	}
	var violations []Violation
	tab.must("checking with axe-core", func(ctx context.Context) error {
		if tab.noScript {
			if err := setScripts(ctx, true); err != nil {
				return err
			}
			tab.noScript = false
			defer func() { tab.noScript = true }()
		}
		if err := tab.bringAxe(ctx, source); err != nil {
			return err
		}
		rules, err := json.Marshal(append([]string{}, only...))
		if err != nil {
			return err
		}
		return tab.evaluate(ctx, axeRun+"("+string(rules)+")", &violations)
	})
	if tab.noScript {
		tab.must("turning scripts off again", func(ctx context.Context) error { return setScripts(ctx, false) })
	}
	return violations
}

// bringAxe makes axe-core known to the page. Handing it over takes as long as a check, so it is left with the tab, which
// has it ready on each further page.
func (tab *Tab) bringAxe(ctx context.Context, source string) error {
	there := false
	if err := tab.evaluate(ctx, "typeof axe == 'object' || typeof bringAxe == 'function' && (bringAxe(), true)", &there); err != nil || there {
		return err
	}
	bring := "function bringAxe() {" + source + "\n}"
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: bring}); err != nil {
		return fmt.Errorf("leaving axe-core with the tab: %w", err)
	}
	return tab.evaluate(ctx, bring+"; bringAxe()", nil)
}

// axeSource reads the copy of axe-core that make setup keeps beside the code.
var axeSource = sync.OnceValues(func() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("looking for the root of the module: %w", fs.ErrNotExist)
		}
		dir = filepath.Dir(dir)
	}
	source, err := os.ReadFile(filepath.Join(dir, ".cache", "axe", "axe.min.js"))
	return string(source), err
})
