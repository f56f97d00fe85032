package apart

import (
	"errors"
	"testing"

	"footing/internal/person"
)

func TestSpace_IsKnownOnceAllOfItIsSaid(t *testing.T) {
	whole := SpaceText{Name: "The GPs' list", Who: []person.Standing{person.Clinician}, For: "Dates", Leaves: "The dates"}
	for _, tt := range []struct {
		what   string
		change func(*SpaceText)
		want   error
	}{
		{"all of it", func(*SpaceText) {}, nil},
		{"no name", func(s *SpaceText) { s.Name = "" }, ErrName},
		{"nobody in it", func(s *SpaceText) { s.Who = nil }, ErrWho},
		{"the women in it", func(s *SpaceText) { s.Who = []person.Standing{person.LivedExperience} }, ErrWho},
		{"hosts as who they are", func(s *SpaceText) { s.Who = []person.Standing{person.Facilitator} }, ErrWho},
		{"no purpose", func(s *SpaceText) { s.For = "" }, ErrFor},
		{"nothing of what leaves it", func(s *SpaceText) { s.Leaves = "" }, ErrLeaves},
	} {
		text := whole
		tt.change(&text)
		if err := text.Check(); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.what, err, tt.want)
		}
	}
}

func TestHers_IsForTheWomenAlone(t *testing.T) {
	for _, tt := range []struct {
		who  person.Set
		want bool
	}{
		{person.Set{person.LivedExperience}, true},
		{person.Set{person.LivedExperience, person.Facilitator}, true}, // a duty is no standing
		{person.Set{person.LivedExperience, person.Clinician}, false},
		{person.Set{person.Clinician}, false},
		{person.Set{person.Facilitator}, false},
		{nil, false},
	} {
		if got := Hers(person.Viewer{Standings: tt.who}); got != tt.want {
			t.Errorf("%v: %v", tt.who, got)
		}
	}
}
