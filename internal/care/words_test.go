package care_test

import (
	"os"
	"strings"
	"testing"

	"footing/internal/care"
	"footing/internal/lang/plain"
)

func TestWords_ArePlainForMembers(t *testing.T) {
	found, err := plain.CheckCatalogue(os.DirFS("words"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := care.Promises()
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	for _, p := range list {
		page.WriteString(p.Sentence + "\n")
	}
	found = append(found, plain.Check(page.String())...)
	for _, f := range found {
		t.Error(f)
	}
}
