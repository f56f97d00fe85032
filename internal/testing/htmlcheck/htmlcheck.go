// Package htmlcheck lets a test say what a page must hold, by CSS selector.
//
//	page := htmlcheck.Parse(t, response.Body)
//	page.One("h1").HasText("Share something")
//	page.None("form input[checked]")
//
// Selectors are a small part of CSS: tags, *, .class, #id, [attr] and
// [attr=value] (also ~= ^= $= *=), descendants, children (>) and commas.
package htmlcheck

import (
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A Node is an element of a page, or the page as a whole, with the test that
// asks about it.
type Node struct {
	t testing.TB
	n *html.Node
}

// Parse reads a page as a browser would. The test ends when r cannot be read.
func Parse(t testing.TB, r io.Reader) *Node {
	t.Helper()
	doc, err := html.Parse(r)
	if err != nil {
		t.Fatalf("reading the page: %v", err)
	}
	return &Node{t, doc}
}

// All returns the elements below n that the selector means, in page order. An
// unreadable selector ends the test.
func (n *Node) All(selector string) []*Node {
	n.t.Helper()
	sel, err := parseSelector(selector)
	if err != nil {
		n.t.Fatalf("%v", err)
	}
	var found []*Node
	for d := range n.n.Descendants() {
		if sel.matches(d) {
			found = append(found, &Node{n.t, d})
		}
	}
	return found
}

// One returns the element that the selector means; none, or more than one,
// ends the test.
func (n *Node) One(selector string) *Node {
	n.t.Helper()
	found := n.All(selector)
	if len(found) == 1 {
		return found[0]
	}
	n.t.Fatalf("found %d elements for %q, want one, in:\n%s", len(found), selector, n.HTML())
	return nil
}

// None reports an error for each element that the selector means.
func (n *Node) None(selector string) {
	n.t.Helper()
	for _, found := range n.All(selector) {
		n.t.Errorf("found %q, want none: %s", selector, found.HTML())
	}
}

// HasText reports an error when the text of n does not hold want. Runs of
// white space count as one space.
func (n *Node) HasText(want string) {
	n.t.Helper()
	if got := n.Text(); !strings.Contains(got, collapse(want)) {
		n.t.Errorf("text is %q, want it to hold %q", got, want)
	}
}

// LacksText reports an error when the text of n holds unwanted.
func (n *Node) LacksText(unwanted string) {
	n.t.Helper()
	if got := n.Text(); strings.Contains(got, collapse(unwanted)) {
		n.t.Errorf("text is %q, want it without %q", got, unwanted)
	}
}

// Attr returns the value of an attribute, and whether n has it.
func (n *Node) Attr(name string) (value string, ok bool) {
	return attribute(n.n, strings.ToLower(name))
}

// HasAttr reports an error when the attribute is missing or has another value.
func (n *Node) HasAttr(name, want string) {
	n.t.Helper()
	if got, ok := n.Attr(name); !ok || got != want {
		n.t.Errorf("%s is %q (present: %v), want %q in %s", name, got, ok, want, n.HTML())
	}
}

// Text returns the words of n as a reader would get them: without scripts,
// styles and templates, with runs of white space as one space.
func (n *Node) Text() string {
	var b strings.Builder
	gather(&b, n.n)
	return collapse(b.String())
}

// HTML returns n as HTML, for messages.
func (n *Node) HTML() string {
	var b strings.Builder
	if err := html.Render(&b, n.n); err != nil {
		return err.Error()
	}
	return b.String()
}

func gather(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
		return
	case n.Type == html.ElementNode && silent[n.Data]:
		return
	}
	edge := n.Type == html.ElementNode && !inline[n.Data]
	if edge {
		b.WriteByte(' ')
	}
	for c := range n.ChildNodes() {
		gather(b, c)
	}
	if edge {
		b.WriteByte(' ')
	}
}

// silent elements hold no words for a reader; inline ones do not part words.
var (
	silent = set("script", "style", "template", "noscript", "head")
	inline = set("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "del", "em", "i", "ins", "kbd",
		"mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr")
)

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, name := range names {
		m[name] = true
	}
	return m
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }
