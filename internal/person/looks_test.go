package person_test

import (
	"testing"

	"footing/internal/person"
)

func TestLooks_AreReadAsTheyWereWritten(t *testing.T) {
	for _, clear := range []bool{false, true} {
		for _, size := range []person.Size{person.Usual, person.Larger, person.Largest} {
			for _, less := range []bool{false, true} {
				l := person.Looks{Chosen: true, Clear: clear, Size: size, Less: less}
				if got := person.ParseLooks(l.String()); got != l {
					t.Errorf("%+v is stored as %q and read as %+v", l, l.String(), got)
				}
			}
		}
	}
	if got := (person.Looks{}).String(); got != "" {
		t.Errorf("no choice is stored as %q", got)
	}
	if got := person.ParseLooks("larger <b> huge"); got != (person.Looks{Chosen: true, Size: person.Larger}) {
		t.Errorf("unknown words give %+v", got)
	}
}
