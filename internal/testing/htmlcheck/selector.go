package htmlcheck

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A selector is a list of alternatives, each a chain of steps from the
// outermost element to the one that is meant.
type selector [][]step

// A step is one compound such as a.button[href]; child says that it must be a
// direct child of the step before it.
type step struct {
	tag   string // empty: any
	tests []attrTest
	child bool
}

// An attrTest asks one attribute. The operators are those of CSS: "" present,
// "=" equal, "~=" one of the words, "^=" begins, "$=" ends, "*=" holds.
type attrTest struct {
	name, op, value string
}

var (
	tagPattern   = regexp.MustCompile(`^(\*|[a-zA-Z][a-zA-Z0-9-]*)`)
	namePattern  = regexp.MustCompile(`^[.#]([a-zA-Z_-][a-zA-Z0-9_-]*)`)
	attrPattern  = regexp.MustCompile(`^\[([a-zA-Z_:][a-zA-Z0-9_:.-]*)(?:([~^$*]?=)(?:"([^"]*)"|'([^']*)'|([^\]"']*)))?\]`)
	joinPattern  = regexp.MustCompile(`^\s*>\s*|^\s+`)
	commaPattern = regexp.MustCompile(`^\s*,\s*`)
)

// parseSelector reads the part of CSS that tests need: tags, *, .class, #id,
// [attr], [attr=value] with ~= ^= $= *=, descendants, children and commas.
func parseSelector(text string) (selector, error) {
	rest := strings.TrimSpace(text)
	sel := selector{nil}
	child := false
	for {
		s, after := parseStep(rest)
		if after == rest {
			return nil, fmt.Errorf("selector %q cannot be read at %q", text, rest)
		}
		s.child = child
		last := len(sel) - 1
		sel[last] = append(sel[last], s)
		rest, child = after, false
		if rest == "" {
			return sel, nil
		}
		if comma := commaPattern.FindString(rest); comma != "" {
			sel = append(sel, nil)
			rest = rest[len(comma):]
			continue
		}
		join := joinPattern.FindString(rest)
		child = strings.Contains(join, ">")
		if join == "" {
			return nil, fmt.Errorf("selector %q cannot be read at %q", text, rest)
		}
		rest = rest[len(join):]
	}
}

// parseStep reads one compound from the front of text and returns what follows.
func parseStep(text string) (step, string) {
	var s step
	if tag := tagPattern.FindString(text); tag != "" {
		text = text[len(tag):]
		if tag != "*" {
			s.tag = strings.ToLower(tag)
		}
	}
	for {
		if m := namePattern.FindStringSubmatch(text); m != nil {
			test := attrTest{"class", "~=", m[1]}
			if m[0][0] == '#' {
				test = attrTest{"id", "=", m[1]}
			}
			s.tests = append(s.tests, test)
			text = text[len(m[0]):]
			continue
		}
		m := attrPattern.FindStringSubmatch(text)
		if m == nil {
			return s, text
		}
		s.tests = append(s.tests, attrTest{strings.ToLower(m[1]), m[2], m[3] + m[4] + m[5]})
		text = text[len(m[0]):]
	}
}

// matches reports whether n is what the selector means.
func (sel selector) matches(n *html.Node) bool {
	return slices.ContainsFunc(sel, func(chain []step) bool { return matchesChain(n, chain) })
}

func matchesChain(n *html.Node, chain []step) bool {
	last := chain[len(chain)-1]
	if !last.matches(n) {
		return false
	}
	before := chain[:len(chain)-1]
	if len(before) == 0 {
		return true
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if matchesChain(up, before) {
			return true
		}
		if last.child {
			return false
		}
	}
	return false
}

func (s step) matches(n *html.Node) bool {
	if n.Type != html.ElementNode || s.tag != "" && s.tag != n.Data {
		return false
	}
	return !slices.ContainsFunc(s.tests, func(test attrTest) bool { return !test.holds(n) })
}

func (a attrTest) holds(n *html.Node) bool {
	value, ok := attribute(n, a.name)
	if !ok {
		return false
	}
	switch a.op {
	case "":
		return true
	case "=":
		return value == a.value
	case "~=":
		return slices.Contains(strings.Fields(value), a.value)
	case "^=":
		return a.value != "" && strings.HasPrefix(value, a.value)
	case "$=":
		return a.value != "" && strings.HasSuffix(value, a.value)
	default: // "*=", the only other operator the pattern lets through
		return a.value != "" && strings.Contains(value, a.value)
	}
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Namespace == "" && a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}
