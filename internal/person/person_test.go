package person_test

import (
	"testing"

	"footing/internal/person"
)

func TestHouseOf_TwoStandingsAndNoChoiceIsEveryoneElse(t *testing.T) {
	tests := []struct {
		set  person.Set
		want person.House
	}{
		{person.Set{person.LivedExperience}, person.Lived},
		{person.Set{person.LivedExperience, person.Facilitator, person.Analyst}, person.Lived},
		{person.Set{person.LivedExperience, person.Charity}, person.Others},
		{person.Set{person.Clinician}, person.Others},
		{nil, person.Others},
	}
	for _, tt := range tests {
		if got := person.HouseOf(tt.set); got != tt.want {
			t.Errorf("house of %v is %q, want %q", tt.set, got, tt.want)
		}
	}
}
