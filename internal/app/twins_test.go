package app_test

import (
	"slices"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
	"footing/internal/web"
)

// Whatever a woman can do on a screen she can do on paper, or it says why it has no sheet: every route that she may
// post to names its twin, and the twin is there, or one of the reasons there are.
func TestTwins_EveryTaskOfAMember(t *testing.T) {
	engine.Once(t, "routes and sheets are the same on both")
	beside(t)
	h := open(t)
	var names []string
	for _, twin := range h.Shell().Twins() {
		if slices.Contains(names, twin.Name) {
			t.Errorf("two tasks have the twin %q", twin.Name)
		}
		names = append(names, twin.Name)
	}
	tasks, without := 0, map[string]int{}
	for _, route := range h.Shell().Routes() {
		hers := route.Allow.Anybody || slices.Contains(route.Allow.Standings, person.LivedExperience)
		if !hers || !strings.HasPrefix(route.Pattern, "POST ") {
			continue
		}
		tasks++
		switch {
		case route.Twin == "" || route.Twin == web.Reading:
			t.Errorf("%s is something a member does, and names no twin on paper", route.Pattern)
		case slices.Contains(web.Reasons(), route.Twin):
			without[route.Twin]++
		case !slices.Contains(names, route.Twin):
			t.Errorf("%s names the twin %q, which no room hands in", route.Pattern, route.Twin)
		}
	}
	t.Logf("%d tasks, %d twins: %s; without a sheet: %v", tasks, len(names), strings.Join(names, ", "), without)
}

// The page of paper is short: each task stands once, folded under what its pages are called. Few are among others.
func TestTwins_StandUnderWhatTheirPagesAreCalled(t *testing.T) {
	engine.Once(t, "pages are made alike on both")
	beside(t)
	h := open(t)
	jo := h.visit(t, "Jo", person.Administrator)
	page := htmlcheck.Parse(t, strings.NewReader(jo.ask(t, "GET", "/paper", nil).body))
	under := map[string]string{}
	for _, group := range page.All("main details") {
		for _, link := range group.All("a") {
			at, _ := link.Attr("href")
			if under[at] != "" {
				t.Errorf("%s stands twice", at)
			}
			under[at] = group.One("summary").Text()
		}
	}
	others := 0
	for _, twin := range h.Shell().Twins() {
		group := under["/paper/for/"+twin.Name]
		if twin.Admits(person.Viewer{}) && group == "" {
			t.Errorf("%s is not on the page", twin.Name)
		}
		if group == "Other things" {
			others++
		}
	}
	if under["/paper/for/way"] != "Meetings" {
		t.Errorf("how she takes part stands under %q, want Meetings", under["/paper/for/way"])
	}
	if others > len(under)/3 {
		t.Errorf("%d of %d tasks are among others", others, len(under))
	}
}
