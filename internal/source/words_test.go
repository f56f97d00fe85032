package source_test

import (
	"testing"

	"footing/internal/lang/plain"
	"footing/internal/source"
)

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(source.New(source.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}
