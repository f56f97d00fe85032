package sharing_test

import (
	"testing"

	"footing/internal/lang/plain"
	"footing/internal/sharing"
)

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(sharing.New(sharing.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}
