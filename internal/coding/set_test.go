package coding_test

import (
	"net/url"
	"strings"
	"testing"

	"footing/internal/coding"
)

func TestSets_SayWhereTheyComeFromAndWhatIsOurs(t *testing.T) {
	ids := map[string]bool{}
	for _, s := range coding.Sets() {
		if s.ID == "" || ids[s.ID] || s.Name == "" || s.Version == "" {
			t.Errorf("set %q lacks an id of its own, a name or a version", s.ID)
		}
		ids[s.ID] = true
		if !strings.Contains(s.Note, "Footing's own") {
			t.Errorf("set %s does not say that its descriptions are ours", s.ID)
		}
		if len(s.Sources) == 0 {
			t.Errorf("set %s names no source", s.ID)
		}
		for _, address := range s.Sources {
			if u, err := url.Parse(address); err != nil || u.Host == "" {
				t.Errorf("set %s: %q is no address", s.ID, address)
			}
		}
		names := map[string]bool{}
		for _, theme := range s.Themes {
			if theme.Name == "" || theme.Definition == "" || names[theme.Name] {
				t.Errorf("set %s: the theme %q lacks a description or is there twice", s.ID, theme.Name)
			}
			names[theme.Name] = true
		}
	}
	for _, id := range []string{"samhsa", "ohid", "nihr"} {
		if !ids[id] {
			t.Errorf("the set %s is not there", id)
		}
	}
}
