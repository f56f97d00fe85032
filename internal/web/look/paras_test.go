package look_test

import (
	"slices"
	"testing"

	"footing/internal/web/look"
)

func TestParas_AreItsLinesThatSaySomething(t *testing.T) {
	if got := look.Paras("\r\nIt rained.\r\n \n  We talked.\n"); !slices.Equal(got, []string{"It rained.", "We talked."}) {
		t.Errorf("the paragraphs are %q", got)
	}
	if got := look.Paras(" \n"); len(got) != 0 {
		t.Errorf("of nothing there are %q", got)
	}
}
