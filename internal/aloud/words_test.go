package aloud_test

import (
	"testing"

	"footing/internal/aloud"
	"footing/internal/lang/plain"
)

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(aloud.New(aloud.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}
