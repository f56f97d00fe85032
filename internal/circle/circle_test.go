package circle_test

import (
	"errors"
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/person"
)

func TestMayGive_LivedExperienceOnlyByWhoHoldsIt(t *testing.T) {
	all := person.Set{person.Charity, person.Researcher, person.Clinician, person.Administrator, person.Facilitator}
	if err := circle.MayGive(person.LivedExperience, all); !errors.Is(err, circle.ErrNotHers) {
		t.Errorf("everyone else together may give lived experience: %v", err)
	}
	if err := circle.MayGive(person.LivedExperience, person.Set{person.LivedExperience}); err != nil {
		t.Errorf("a member who holds it may not give it: %v", err)
	}
	if err := circle.MayGive(person.Charity, person.Set{person.Charity}); err == nil {
		t.Error("anybody may give other standings")
	}
}

func TestCountsFrom_SevenDaysLaterUnlessFounding(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	if got := circle.CountsFrom(person.LivedExperience, now, false).Sub(now); got != 7*24*time.Hour {
		t.Errorf("it counts after %v, want seven days", got)
	}
	if got := circle.CountsFrom(person.LivedExperience, now, true); !got.Equal(now) {
		t.Errorf("a founder's counts from %v, want at once", got)
	}
}

func TestFold_SameNameTypedDifferently(t *testing.T) {
	for _, name := range []string{"Zoë  Bell", " zoë bell", "ZOE\u0308 BELL"} {
		if circle.Fold(name) != circle.Fold("Zoë Bell") {
			t.Errorf("%q is taken for somebody else", name)
		}
	}
}
