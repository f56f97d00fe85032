package observe_test

import (
	"os"
	"testing"

	"footing/internal/lang/plain"
)

func TestWords_ArePlainForMembers(t *testing.T) {
	found, err := plain.CheckCatalogue(os.DirFS("words"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}
