package checkin

import (
	"errors"
	"testing"

	"footing/internal/person"
)

func TestCall_IsOwedUntilSheSaysItWasMadeOrIsNotNeeded(t *testing.T) {
	for _, tt := range []struct {
		state State
		who   person.ID
		says  Answer
		next  State
		over  bool
		err   error
	}{
		{Owed, "jo", Called, Said, false, nil},
		{Owed, "jo", NotMe, Cannot, false, nil},
		{Owed, "jo", Right, Owed, false, ErrChoose}, // whoever is to call does not end it
		{Owed, "kez", NotNow, Owed, true, nil},
		{Owed, "kez", Called, Owed, false, ErrChoose},
		{Said, "kez", Right, Said, true, nil},
		{Said, "kez", NotYet, Owed, false, nil},
		{Said, "jo", Called, Said, false, ErrChoose},
		{Cannot, "kez", NotNow, Cannot, true, nil},
		{Held, "kez", Wanting, Owed, false, nil},
		{Held, "kez", NotNow, Held, true, nil},
		{Held, "jo", Called, Held, false, ErrChoose},
		{Owed, "bea", NotNow, Owed, false, ErrChoose},
	} {
		next, over, err := Call{Person: "kez", Whom: "jo", State: tt.state}.After(tt.who, tt.says)
		if next != tt.next || over != tt.over || !errors.Is(err, tt.err) {
			t.Errorf("%s says %s to one that is %s: %s, over %v, %v", tt.who, tt.says, tt.state, next, over, err)
		}
	}
}
