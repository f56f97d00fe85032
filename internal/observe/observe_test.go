package observe

import (
	"encoding/json"
	"slices"
	"testing"

	"footing/internal/person"
)

// What is over begins no more, what was put back is not agreed to again, and the only way to being watched is that
// everybody had said yes when it was looked (R22).
func TestStage_WhatIsOverNeverBeginsAgain(t *testing.T) {
	steps := map[string]func(Stage) Stage{
		"everybody said yes":      func(s Stage) Stage { return s.Settled(true) },
		"not everybody did":       func(s Stage) Stage { return s.Settled(false) },
		"an older copy came back": Stage.Restored,
		"it was ended":            func(Stage) Stage { return Over },
	}
	var walk func(s Stage, path []string)
	walk = func(s Stage, path []string) {
		if len(path) == 7 {
			return
		}
		for name, step := range steps {
			next := step(s)
			if s == Over && next != Over || s == Lost && next == Agreed || next == Agreed && s != Agreed && (s != Asked || name != "everybody said yes") {
				t.Fatalf("after %q, %q leads from %q to %q", path, name, s, next)
			}
			walk(next, append(slices.Clone(path), name))
		}
	}
	walk(Asked, nil)
}

func TestEverybody_OneSilenceIsNo(t *testing.T) {
	for _, tt := range []struct {
		present, yes []person.ID
		want         bool
	}{
		{[]person.ID{"jo", "kez"}, []person.ID{"kez", "jo", "bea"}, true},
		{[]person.ID{"jo", "kez"}, []person.ID{"jo"}, false},
		{[]person.ID{"jo", "kez"}, nil, false},
		{nil, []person.ID{"jo"}, false}, // nobody there agreed to anything
	} {
		if got := Everybody(tt.present, tt.yes); got != tt.want {
			t.Errorf("%v are there and %v said yes: %v", tt.present, tt.yes, got)
		}
	}
}

func TestAnswers_ANoIsPossibleForAsLongAsAnythingIsThere(t *testing.T) {
	for s, want := range map[Stage][]bool{Asked: {true, false}, Agreed: {true, false}, Lost: {false}, Over: nil} {
		if got := s.Answers(); !slices.Equal(got, want) {
			t.Errorf("at %q one can say %v, want %v", s, got, want)
		}
	}
	if (Request{}).stands(Meeting{Over: true}) != Over || (Request{Stage: Agreed}).stands(Meeting{Over: true}) != Agreed {
		t.Error("what nobody looked at on the day is not over with it, or what was agreed is")
	}
}

func TestAnswerText_IsAsLongAsTheOther(t *testing.T) {
	for _, is := range []bool{true, false} {
		all, err := json.Marshal(AnswerText{Yes: is}.filled())
		if err != nil || len(all) != length {
			t.Errorf("%v is %d long: %v", is, len(all), err)
		}
	}
}
