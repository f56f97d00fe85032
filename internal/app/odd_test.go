package app_test

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
)

// odd is what somebody can type anywhere, by mistake, by pasting, or to see what happens.
var odd = []string{
	"", "\r\n\r\n", "-1", "99999999999999999999", `=1+1 <b title="x">&amp;`, "\u202eعربي 🙂",
	strings.Repeat("x", 3000), strings.Repeat("ü and so on, ", 3000),
	"a\x00b", "a\xff\xfeb", // which no page can hold
}

// unsaid are forms whose page does not show again what was typed, with the reason.
var unsaid = map[string]string{
	"POST /me/picture": "a number that lets her in is on no page",
}

// Whatever somebody types into whichever form, and whatever else comes with it, the answer is a page and no fault of
// the server's. Where it is refused, all that was typed stands there still, apart from secrets.
func TestOdd_WhatIsRefusedStandsThereStill(t *testing.T) {
	engine.Once(t, "its pages and forms are read and sent on both by TestPages_EveryOneForEverybody and TestCanary_ThroughEveryForm")
	h := open(t)
	h.furnish(t)
	o := oddity{house: h, refused: map[string]bool{}, answers: map[int]int{}}
	tried := map[string]bool{}
	for _, v := range h.everybody(t) {
		for _, at := range v.everywhere(t, 2) {
			if at.status != http.StatusOK || !strings.HasPrefix(at.header.Get("Content-Type"), "text/html") {
				continue
			}
			for _, f := range htmlcheck.Parse(t, strings.NewReader(at.body)).All("form[method=post]") {
				to, _ := f.Attr("action")
				if pattern := h.pattern(t, "POST", to); !tried[pattern] && !ends(pattern) {
					tried[pattern] = true
					o.fill(t, v, pattern, to, f)
				}
			}
		}
	}
	t.Logf("%d forms, of which %d refuse something; answers: %v", len(tried), len(o.refused), o.answers)
	if len(tried) < 150 || len(o.refused) < 50 {
		t.Errorf("only %d forms were sent, and %d refused something: %v", len(tried), len(o.refused), slices.Sorted(maps.Keys(o.refused)))
	}
}

// ends reports whether a form ends what this test goes on with: a session, or somebody's taking part.
func ends(pattern string) bool {
	return slices.ContainsFunc([]string{"/out", "/away", "/end", "/sessions", "/table"}, func(part string) bool { return strings.Contains(pattern, part) })
}

// oddity is what came of it so far.
type oddity struct {
	*house
	refused map[string]bool
	answers map[int]int
}

// fill sends a form with odd words in its boxes, and then with odd values in place of what it would send by itself.
func (o *oddity) fill(t *testing.T, v *visitor, pattern, to string, f *htmlcheck.Node) {
	t.Helper()
	var boxes []string
	values := url.Values{}
	for _, e := range slices.Concat(f.All("input"), f.All("textarea")) {
		name, _ := e.Attr("name")
		value, _ := e.Attr("value")
		switch kind, _ := e.Attr("type"); kind {
		case "radio":
			if !values.Has(name) {
				values.Set(name, value)
			}
		case "checkbox":
			values.Add(name, value)
		case "file": // of which no page can say which it was
		case "hidden":
			values.Set(name, value)
		default:
			boxes = append(boxes, name)
		}
	}
	for _, typed := range odd {
		form := maps.Clone(values)
		for _, box := range boxes {
			form[box] = []string{typed}
		}
		o.send(t, v, pattern, to, form, boxes)
	}
	for name := range values {
		for _, value := range []string{"", "99999999999999999999", "a\x00b", strings.Repeat("a", 26)} {
			form := maps.Clone(values)
			form[name] = []string{value, value}
			o.send(t, v, pattern, to, form, nil)
		}
	}
	o.send(t, v, pattern, to, nil, nil)
}

// canStand reports whether a page can hold a text.
func canStand(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }

// send sends a form, and looks at the answer.
func (o *oddity) send(t *testing.T, v *visitor, pattern, to string, form url.Values, boxes []string) {
	t.Helper()
	a := v.ask(t, http.MethodPost, to, form)
	if a.status == http.StatusUnauthorized && v.name != "" { // another form has ended her session
		v.cookies = o.visit(t, v.name).cookies
		a = v.ask(t, http.MethodPost, to, form)
	}
	o.answers[a.status]++
	if a.status >= http.StatusInternalServerError {
		t.Errorf("%s answers %s with %d to %.300q", pattern, v.name, a.status, form)
	}
	if a.status != http.StatusUnprocessableEntity {
		return
	}
	o.refused[pattern] = true
	page := html.UnescapeString(a.body)
	for _, box := range boxes {
		typed := strings.TrimSpace(form.Get(box)) // spaces around it may go
		if forms[pattern][box] != secret && unsaid[pattern] == "" && canStand(typed) && !strings.Contains(page, typed) {
			t.Errorf("%s refuses %.60q of %s, and it is gone from %s", pattern, typed, v.name, box)
		}
	}
}
