package byhand

import (
	"regexp"
	"testing"

	"footing/internal/lang/plain"
	"footing/internal/person"
)

func TestCode_IsReadOutWithoutMistakes(t *testing.T) {
	shape := regexp.MustCompile(`^[BCDFGHJKMNPQRTVWXY346789]{3}-[BCDFGHJKMNPQRTVWXY346789]{3}$`)
	seen := map[string]bool{}
	for range 1000 {
		c := newCode()
		if !shape.MatchString(c) {
			t.Fatalf("the code %q has a sign that is taken for another", c)
		}
		seen[c] = true
	}
	if len(seen) < 990 {
		t.Errorf("1000 codes were only %d different ones", len(seen))
	}
	for typed, want := range map[string]string{"k7m r4t": "K7M-R4T", "K7MR4T": "K7M-R4T", " k7m-r4t. ": "K7M-R4T", "K7M": "", "": ""} {
		if got := foldCode(typed); got != want {
			t.Errorf("the code typed as %q is read as %q, want %q", typed, got, want)
		}
	}
}

func TestCheckHand_NeedsASecondPerson(t *testing.T) {
	for _, c := range []struct {
		what string
		hand person.Hand
		ok   bool
	}{
		{"on paper, with somebody beside her", person.Hand{Way: person.Paper, By: "jo", Beside: "kez"}, true},
		{"aloud, with somebody beside her", person.Hand{Way: person.Spoken, By: "jo", Beside: "kez"}, true},
		{"nobody beside her", person.Hand{Way: person.Paper, By: "jo"}, false},
		{"the writer beside her", person.Hand{Way: person.Paper, By: "jo", Beside: "jo"}, false},
		{"she herself beside her", person.Hand{Way: person.Paper, By: "jo", Beside: "ann"}, false},
		{"in no way", person.Hand{By: "jo", Beside: "kez"}, false},
	} {
		if got := CheckHand(c.hand, "ann") == nil; got != c.ok {
			t.Errorf("%s: taken down %v, want %v", c.what, got, c.ok)
		}
	}
}

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(New(Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}
