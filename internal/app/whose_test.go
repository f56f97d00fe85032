package app_test

import (
	"crypto/sha256"
	"encoding/hex"
	"html"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"footing/internal/testing/canary"
	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
)

// A form on a page of the whole program that was made for somebody.
type herForm struct {
	of, page, to string
	values       url.Values
}

// Whoever else is signed in on that phone by now: every form of every page of everybody, sent under another
// one's session, does nothing at all and shows nothing of what was typed in it.
func TestWhose_EveryFormOfEveryPage(t *testing.T) {
	engine.Once(t, "its pages and forms are read and sent on both by TestPages_EveryOneForEverybody and TestCanary_ThroughEveryForm")
	h := open(t)
	h.furnish(t)
	word := canary.New()
	var all []herForm
	people := h.everybody(t)[1:]
	for _, v := range people {
		for _, s := range v.everywhere(t, 2) {
			if s.status != http.StatusOK {
				continue
			}
			a := v.send(t, "GET", s.path, nil, asABrowser)
			all = append(all, v.formsOn(t, a, s.path, word)...)
		}
	}
	if err := h.Tidy(t.Context()); err != nil { // it would tidy by itself after a minute
		t.Fatal(err)
	}
	before := h.everything(t)
	tried := map[string]bool{}
	for i, f := range all {
		other := people[i%len(people)]
		if other.name == f.of {
			other = people[(i+1)%len(people)]
		}
		sender := visitor{name: other.name, h: h, cookies: slices.Clone(other.cookies)}
		got := sender.send(t, "POST", f.to, f.values, asABrowser)
		if got.status != http.StatusConflict || !strings.Contains(got.body, "open for somebody else, and nothing was done with it") {
			t.Errorf("%s of %s's page %s, sent as %s, answers %d", f.to, f.of, f.page, other.name, got.status)
		}
		if strings.Contains(got.body, word) {
			t.Errorf("%s of %s's page %s shows %s what was typed", f.to, f.of, f.page, other.name)
		}
		tried[h.pattern(t, "POST", f.to)] = true
	}
	if len(tried) < 80 {
		t.Errorf("only %d kinds of forms were tried: %v", len(tried), slices.Sorted(maps.Keys(tried)))
	}
	t.Logf("%d forms of %d kinds", len(all), len(tried))
	after := h.everything(t)
	for row := range after {
		if !before[row] {
			t.Errorf("something was done: %.200s", row)
		}
	}
	for row := range before {
		if !after[row] {
			t.Errorf("something is gone: %.200s", row)
		}
	}
}

// formsOn returns the forms of a page, filled with a word, one for each place they can be sent to.
func (v *visitor) formsOn(t *testing.T, a answer, page, word string) (list []herForm) {
	t.Helper()
	for _, form := range htmlcheck.Parse(t, strings.NewReader(a.body)).All("form[method=post]") {
		values := url.Values{}
		for _, field := range form.All("input[name], textarea[name], select[name]") {
			name, _ := field.Attr("name")
			value, set := field.Attr("value")
			if kind, _ := field.Attr("type"); !set || kind == "text" || kind == "" {
				value = word
			}
			values.Add(name, value)
		}
		if values.Get("once") == "" {
			t.Errorf("a form on %s does not say whose page it is", page)
		}
		to := []string{page}
		if action, ok := form.Attr("action"); ok && action != "" {
			to[0] = html.UnescapeString(action)
		}
		for _, button := range form.All("button[formaction]") {
			action, _ := button.Attr("formaction")
			to = append(to, html.UnescapeString(action))
		}
		for _, at := range to {
			list = append(list, herForm{v.name, page, at, values})
		}
	}
	return list
}

// everything is each row of both databases but what every request changes: when a session was last seen, and
// what tells open pages of a change.
func (h *house) everything(t *testing.T) map[string]bool {
	t.Helper()
	rows, err := engine.Rows(t.Context(), h.Store())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, row := range rows {
		table, _, _ := strings.Cut(row, " ")
		if table == "account_session" || table == "event" || table == "event_head" {
			continue
		}
		if len(row) > 300 {
			sum := sha256.Sum256([]byte(row))
			row = row[:200] + hex.EncodeToString(sum[:])
		}
		all[row] = true
	}
	return all
}
