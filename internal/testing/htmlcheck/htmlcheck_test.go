package htmlcheck

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

const page = `<!doctype html><title>Footing</title>
<main id="main" class="page wide">
  <h1>Share   something</h1>
  <form action="/share" method="post">
    <label for="words">Your <em>own</em> words</label>
    <textarea id="words" name="words"></textarea>
    <button class="button quiet" type="submit">Continue</button>
  </form>
  <ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>
  <a href="/people/7" data-note="it's here">Seven</a>
  <script>var hidden = "secret";</script>
</main>`

// recorder stands where a test would stand and keeps what is said to it.
type recorder struct {
	testing.TB
	errors, fatals []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.fatals = append(r.fatals, fmt.Sprintf(format, args...))
	runtime.Goexit()
}

// check runs do on the page in a goroutine of its own, as Fatalf ends it.
func check(t *testing.T, do func(*Node)) *recorder {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(Parse(r, strings.NewReader(page)))
	}()
	<-done
	return r
}

func TestAll_FindsWhatTheSelectorMeans(t *testing.T) {
	doc := Parse(t, strings.NewReader(page))
	for selector, want := range map[string]int{
		"li":                           3,
		"LI":                           3,
		"main > ul > li":               2,
		"ul ul li":                     1,
		"#main .button":                1,
		".button.quiet":                1,
		".quie":                        0,
		"main.page.wide form":          1,
		"form[method=post] textarea":   1,
		`form[method="get"]`:           0,
		"[for]":                        1,
		"a[href^='/people/']":          1,
		"a[href$='/7']":                1,
		"a[href*=eopl]":                1,
		"a[href^='']":                  0,
		`a[data-note="it's here"]`:     1,
		"main[class~=wide]":            1,
		"h1, label, li":                5,
		"form > em":                    0,
		"form em":                      1,
		"body * textarea":              1,
		"html > body > main > form":    1,
		"label[for=words] ,button , p": 2,
	} {
		if got := len(doc.All(selector)); got != want {
			t.Errorf("%q found %d, want %d", selector, got, want)
		}
	}
}

func TestAll_UnreadableSelectorEndsTheTest(t *testing.T) {
	for _, selector := range []string{"", "li:first-child", "a >", "a,", "> a", "[href", "a[=x]", ".", "#"} {
		if r := check(t, func(n *Node) { n.All(selector) }); len(r.fatals) != 1 {
			t.Errorf("%q was accepted", selector)
		}
	}
}

func TestOne_WantsExactlyOne(t *testing.T) {
	if r := check(t, func(n *Node) { n.One("h1").HasText("Share something") }); len(r.fatals)+len(r.errors) != 0 {
		t.Errorf("one h1: said %v %v", r.fatals, r.errors)
	}
	for _, selector := range []string{"li", "table"} {
		if r := check(t, func(n *Node) { n.One(selector) }); len(r.fatals) != 1 {
			t.Errorf("One(%q) did not end the test", selector)
		}
	}
}

func TestNone_NamesEachElement(t *testing.T) {
	r := check(t, func(n *Node) {
		n.None("table")
		n.None("main > ul > li")
	})
	if len(r.errors) != 2 || !strings.Contains(r.errors[0], "<li>one</li>") {
		t.Errorf("errors = %q, want two, the first with the element", r.errors)
	}
}

func TestText_ReadsAsAReaderWould(t *testing.T) {
	doc := Parse(t, strings.NewReader(page))
	if got := doc.One("label").Text(); got != "Your own words" {
		t.Errorf("label = %q", got)
	}
	if got := doc.One("main > ul").Text(); got != "one two deep" {
		t.Errorf("list = %q", got)
	}
	doc.LacksText("secret")
	doc.LacksText("Footing")
	r := check(t, func(n *Node) {
		n.HasText("not there")
		n.LacksText("own words")
	})
	if len(r.errors) != 2 {
		t.Errorf("errors = %q, want two", r.errors)
	}
}

func TestAttr_TellsMissingFromEmpty(t *testing.T) {
	doc := Parse(t, strings.NewReader(page))
	doc.One("form").HasAttr("method", "post")
	if _, ok := doc.One("h1").Attr("id"); ok {
		t.Error("h1 has an id")
	}
	r := check(t, func(n *Node) {
		n.One("form").HasAttr("method", "get")
		n.One("h1").HasAttr("id", "")
	})
	if len(r.errors) != 2 {
		t.Errorf("errors = %q, want two", r.errors)
	}
}
