package disclosure_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"footing/internal/disclosure"
)

// is makes traits of "role chair" pairs.
func is(pairs ...string) (traits []disclosure.Trait) {
	for i := 0; i < len(pairs); i += 2 {
		traits = append(traits, disclosure.Trait{Of: pairs[i], Is: pairs[i+1]})
	}
	return traits
}

// nine are nine interviews: a chair, four of the committee, two GPs of whom one is a woman, two workers.
func nine() disclosure.Sample {
	return disclosure.Sample{
		People: [][]disclosure.Trait{
			is("role", "chair", "sex", "woman", "age", "41"),
			is("role", "committee", "sex", "woman", "age", "33"), is("role", "committee", "sex", "woman", "age", "34"),
			is("role", "committee", "sex", "man", "age", "52"), is("role", "committee", "sex", "woman", "age", "58"),
			is("role", "GP", "sex", "woman", "age", "38"), is("role", "GP", "sex", "man", "age", "47"),
			is("role", "worker", "sex", "woman", "age", "36"), is("role", "worker", "sex", "woman", "age", "44"),
		},
		World: []disclosure.Known{{Traits: is("role", "committee"), People: 7}, {Traits: is("role", "GP"), People: 30},
			{Traits: is("role", "worker"), People: 6}, {Traits: is("age", "thirties"), People: 400}},
		Wider: map[disclosure.Trait]disclosure.Trait{
			{Of: "age", Is: "33"}: {Of: "age", Is: "thirties"}, {Of: "age", Is: "34"}: {Of: "age", Is: "thirties"},
			{Of: "age", Is: "36"}: {Of: "age", Is: "thirties"}, {Of: "age", Is: "38"}: {Of: "age", Is: "thirties"},
		},
	}
}

func TestAttribute_Worked(t *testing.T) {
	first := disclosure.Quote{ID: "q1", Voice: "P3", Traits: is("sex", "woman")}
	for _, x := range []struct {
		name    string
		quote   disclosure.Quote
		earlier []disclosure.Quote
		want    disclosure.Verdict
	}{
		{"the only chair", disclosure.Quote{Voice: "P1", Traits: is("role", "chair", "sex", "woman")}, nil,
			disclosure.Verdict{Sample: 1, World: 1, Instead: disclosure.Drop, Traits: is("sex", "woman")}},
		{"one of seven of the committee", disclosure.Quote{Voice: "P2", Traits: is("role", "committee")}, nil,
			disclosure.Verdict{Pass: true, Sample: 4, World: 7, Traits: is("role", "committee")}},
		{"what was said under the same name counts", disclosure.Quote{ID: "q2", Voice: "P3", Traits: is("role", "GP")}, []disclosure.Quote{first},
			disclosure.Verdict{Sample: 1, World: 1, With: []string{"q1"}, Instead: disclosure.Participant}},
		{"and under another name does not", disclosure.Quote{ID: "q2", Voice: "P4", Traits: is("role", "worker")}, []disclosure.Quote{first},
			disclosure.Verdict{Pass: true, Sample: 2, World: 6, Traits: is("role", "worker")}},
		{"a participant", disclosure.Quote{Voice: "P1"}, nil, disclosure.Verdict{Pass: true, Sample: 9, World: 9}},
		{"an age is said less exactly", disclosure.Quote{Voice: "P5", Traits: is("age", "33")}, nil,
			disclosure.Verdict{Sample: 1, World: 1, Instead: disclosure.Widen, Traits: is("age", "thirties")}},
		{"nothing helps but a name of its own", disclosure.Quote{ID: "q3", Voice: "P3"},
			[]disclosure.Quote{first, {ID: "q2", Voice: "P3", Traits: is("role", "GP")}},
			disclosure.Verdict{Sample: 1, World: 1, With: []string{"q1", "q2"}, Instead: disclosure.Split}},
	} {
		t.Run(x.name, func(t *testing.T) {
			x.want.AskRoom = true // nobody was asked in any of them
			if diff := cmp.Diff(x.want, disclosure.Attribute(x.quote, x.earlier, nine(), 5)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAttribute_NamesTheQuoteItCollidesWith(t *testing.T) {
	s := nine()
	s.World = append(s.World, disclosure.Known{Traits: is("sex", "woman"), People: 200})
	first := disclosure.Quote{ID: "q1", Voice: "P3", Traits: is("sex", "woman")}
	second := disclosure.Quote{ID: "q2", Voice: "P3", Traits: is("role", "GP")}
	if v := disclosure.Attribute(first, nil, s, 5); !v.Pass {
		t.Errorf("the first quote does not pass: %+v", v)
	}
	v := disclosure.Attribute(second, []disclosure.Quote{first}, s, 5)
	if v.Pass || !cmp.Equal(v.With, []string{"q1"}) || v.Instead != disclosure.Participant {
		t.Errorf("one woman is a GP, and the second quote gets %+v", v)
	}
}

// Those who were there cannot be computed: somebody has to be asked, and so has she.
func TestAttribute_AsksTheRoomAndHer(t *testing.T) {
	for _, x := range []struct {
		quote     disclosure.Quote
		room, her bool
	}{
		{disclosure.Quote{}, true, false},
		{disclosure.Quote{Room: disclosure.No}, false, false},
		{disclosure.Quote{Room: disclosure.Yes}, false, true},
		{disclosure.Quote{Room: disclosure.Yes, Agreed: true}, false, false},
		{disclosure.Quote{Room: disclosure.No, Named: true}, false, true},
	} {
		if v := disclosure.Attribute(x.quote, nil, nine(), 5); v.AskRoom != x.room || v.AskHer != x.her {
			t.Errorf("%+v: ask the room %v, ask her %v", x.quote, v.AskRoom, v.AskHer)
		}
	}
}

func TestRepeats_FindsWhatASearchWouldFind(t *testing.T) {
	minutes := "Item 3. Somebody said that the phone is never answered before nine, and that it should be. It was agreed to look."
	for _, x := range []struct {
		quote string
		want  []string
	}{
		{"I told them: the phone is never answered before nine. Never.", []string{"the phone is never answered before nine"}},
		{"The phone is never picked up before nine", nil},
		{"THE PHONE IS NEVER ANSWERED BEFORE ten; it was agreed to look – it was agreed to look again",
			[]string{"the phone is never answered before"}},
		{"", nil},
	} {
		if diff := cmp.Diff(x.want, disclosure.Repeats(x.quote, []string{"Something else.", minutes})); diff != "" {
			t.Errorf("%q (-want +got):\n%s", x.quote, diff)
		}
	}
}
