package account

import (
	"testing"
)

func TestCheckPIN_RefusesWhatEverybodyTriesFirst(t *testing.T) {
	for pin, ok := range map[string]bool{
		"2741": true, "90317264": true, "1213": true,
		"": false, "274": false, "123456789": false, "27a1": false, "1111": false, "1234": false, "9876": false, "٣٣١٢": false,
	} {
		if got := CheckPIN(pin) == nil; got != ok {
			t.Errorf("the number %q is taken: %v, want %v", pin, got, ok)
		}
	}
}
