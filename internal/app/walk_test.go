package app_test

import (
	"html"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"footing/internal/web"
)

// A stop is one page that somebody came by.
type stop struct {
	route web.Route
	path  string
	answer
}

var linked = regexp.MustCompile(`\bhref="(/[^"#]*)`)

// walk follows every link from the first page on, as a person could, and returns the pages it came by:
// of each route the first few, since two themes look alike. It follows no link that ends the session.
func (v *visitor) walk(t *testing.T, each int, starts ...string) []stop {
	t.Helper()
	routes := http.NewServeMux()
	known := map[string]web.Route{}
	for _, r := range v.h.Shell().Routes() {
		if strings.HasPrefix(r.Pattern, "GET ") {
			routes.HandleFunc(r.Pattern, func(http.ResponseWriter, *http.Request) {})
			known[r.Pattern] = r
		}
	}
	var stops []stop
	came, seen := map[string]int{}, map[string]bool{}
	for todo := append([]string{"/"}, starts...); len(todo) > 0; todo = todo[1:] {
		path := html.UnescapeString(todo[0])
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		if err != nil {
			t.Fatalf("a link to %q: %v", path, err)
		}
		_, pattern := routes.Handler(r)
		if seen[path] || came[pattern] == each || known[pattern].Pattern == "" {
			continue
		}
		seen[path] = true
		came[pattern]++
		a := v.ask(t, http.MethodGet, path, nil)
		if a.status == http.StatusSeeOther {
			todo = append(todo, a.location)
			continue
		}
		stops = append(stops, stop{known[pattern], path, a})
		for _, m := range linked.FindAllStringSubmatch(a.body, -1) {
			todo = append(todo, m[1])
		}
	}
	return stops
}

func TestWalk(t *testing.T) {
	h := open(t)
	came := map[string]bool{}
	for _, v := range h.everybody(t) {
		var starts []string
		if v.name != "" {
			starts = append(starts, "/draft/"+v.draft(t))
		}
		stops := v.walk(t, 1, starts...)
		t.Logf("%s: %d pages", v.name, len(stops))
		for _, s := range stops {
			came[s.route.Pattern] = true
			t.Logf("   %d %s  %s", s.status, s.route.Pattern, s.path)
		}
	}
	for _, r := range h.Shell().Routes() {
		if strings.HasPrefix(r.Pattern, "GET ") && !came[r.Pattern] {
			t.Logf("nobody comes by %s", r.Pattern)
		}
	}
	_ = slices.Sorted(maps.Keys(came))
}
