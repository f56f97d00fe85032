package app_test

import (
	"slices"
	"strings"
	"testing"

	"footing/internal/facts"
	"footing/internal/person"
	"footing/internal/testing/engine"
	"footing/internal/web"
)

// R36: whatever not everybody who takes part can open or do here is under a right that the page of who holds what
// lists, and is held by nobody whom the page does not count. A route that is new, or newly closed, fails this until
// the page says it.
func TestRights_EveryRouteThatNotEverybodyMayUse(t *testing.T) {
	engine.Once(t, "routes are the same on both")
	h := open(t)
	used := map[string]bool{}
	for _, route := range h.Shell().Routes() {
		if route.Allow.Anybody {
			continue
		}
		may := slices.DeleteFunc(slices.Clone(route.Allow.Standings), func(s person.Standing) bool { return !slices.Contains(rightful, s) })
		if may.Meets(everyone) && !slices.ContainsFunc(everyone, func(s person.Standing) bool { return !may.Has(s) }) {
			continue // everybody who takes part
		}
		for _, s := range may {
			if !listed(route, s, may, used) {
				t.Errorf("%s is open to %s, and the page of who holds what does not say so", route.Pattern, s)
			}
		}
	}
	for _, r := range facts.Rights() {
		for _, place := range r.Places {
			if !used[r.Name+" at /"+place] {
				t.Errorf("the page says that %s can do something at /%s, and there is nothing", r.Who, place)
			}
		}
	}
}

// everyone are those who take part as something, and rightful those and the duties.
var (
	everyone = person.Set{person.LivedExperience, person.Charity, person.Clinician, person.Researcher, person.Practice}
	rightful = append(slices.Clone(everyone), person.Administrator, person.Facilitator, person.Analyst)
)

// listed reports whether a right says that whoever is s can use a route, and says it of nobody who cannot.
func listed(route web.Route, s person.Standing, may person.Set, used map[string]bool) bool {
	_, path, _ := strings.Cut(route.Pattern, " /")
	place, _, _ := strings.Cut(path, "/")
	found := false
	for _, r := range facts.Rights() {
		if slices.Contains(r.Places, place) && r.Who.Has(s) && !slices.ContainsFunc(r.Who, func(w person.Standing) bool { return !may.Has(w) }) {
			used[r.Name+" at /"+place] = true
			found = true
		}
	}
	return found
}
