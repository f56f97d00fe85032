package app_test

import (
	"slices"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/testing/engine"
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
