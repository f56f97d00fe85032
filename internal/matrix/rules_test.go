package matrix_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/matrix"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/testing/fixture"
)

// made is a source as the rules see it: who speaks in it beside whoever asks.
func made(id string, kind consent.Kind, day int, who ...person.ID) matrix.Material {
	m := matrix.Material{Source: source.Source{ID: consent.ID(id), Kind: kind, Added: fixture.Start.AddDate(0, 0, day)},
		Parts: []source.Part{{Speaker: consent.ID(id + "-asks"), Role: consent.Interviewer, Person: "dan"}}}
	for i, p := range who {
		role := consent.Member
		if p == "" {
			role = consent.Outside
		}
		m.Parts = append(m.Parts, source.Part{Speaker: consent.ID(fmt.Sprint(id, "-", i)), Role: role, Person: p})
	}
	return m
}

// rows says which sources each case holds.
func rows(cases []matrix.Case) map[string][]consent.ID {
	list := map[string][]consent.ID{}
	for _, c := range cases {
		list[c.ID] = c.Sources
	}
	return list
}

func TestCases_EachSourceByDefault(t *testing.T) {
	got := matrix.Cases([]matrix.Material{made("b", consent.Interview, 2, "ann"), made("a", consent.Interview, 1, "ann")}, matrix.Grouping{})
	if diff := cmp.Diff(map[string][]consent.ID{"a": {"a"}, "b": {"b"}}, rows(got)); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
	if got[0].ID != "a" || got[0].N != 1 || got[1].N != 2 {
		t.Errorf("the order is %v, want that in which they were added", got)
	}
}

func TestCases_APersonOnlyWithHerYesAndAlone(t *testing.T) {
	list := []matrix.Material{made("1", consent.Interview, 1, "ann"), made("2", consent.Note, 2, "ann"), made("3", consent.Interview, 3, "bea"),
		made("4", consent.Note, 4, "bea"), made("5", consent.GroupTalk, 5, "ann", "bea"), made("6", consent.Interview, 6, ""), made("7", consent.Observation, 7, "ann")}
	g := matrix.Grouping{Joined: map[person.ID]bool{"ann": true},
		Choice: map[consent.Kind]matrix.CaseKind{consent.Interview: matrix.ByPerson, consent.Note: matrix.ByPerson, consent.GroupTalk: matrix.ByPerson}}
	want := map[string][]consent.ID{"ann": {"1", "2"}, "3": {"3"}, "4": {"4"}, "5": {"5"}, "6": {"6"}, "7": {"7"}}
	if diff := cmp.Diff(want, rows(matrix.Cases(list, g))); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
	g.Joined = nil
	for id := range rows(matrix.Cases(list, g)) {
		if id == "ann" {
			t.Error("she took her yes back and is a row still")
		}
	}
}

func TestCases_AMeetingWithItsNotes(t *testing.T) {
	list := []matrix.Material{made("note", consent.Note, 1, "ann"), made("met", consent.Observation, 2, "bea", "cat")}
	g := matrix.Grouping{Lived: map[person.ID]bool{"ann": true, "bea": true},
		Choice: map[consent.Kind]matrix.CaseKind{consent.Note: matrix.ByMeeting}, Groups: map[matrix.CaseKind]map[consent.ID]string{matrix.ByMeeting: {"note": "met"}}}
	got := matrix.Cases(list, g)
	if diff := cmp.Diff(map[string][]consent.ID{"met": {"note", "met"}}, rows(got)); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
	if got[0].Of != consent.Observation || got[0].Side != matrix.Both {
		t.Errorf("the meeting is a %s of side %s", got[0].Of, got[0].Side)
	}
}

// Whatever a study takes for a case, no source is lost and none stands twice.
func TestCases_HoldEachSourceOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := matrix.Grouping{Choice: map[consent.Kind]matrix.CaseKind{}, Joined: map[person.ID]bool{}, Groups: map[matrix.CaseKind]map[consent.ID]string{}}
		who := rapid.SampledFrom([]person.ID{"ann", "bea", "cat", ""})
		var list []matrix.Material
		for i := range rapid.IntRange(0, 8).Draw(t, "sources") {
			id := fmt.Sprint("s", i)
			list = append(list, made(id, rapid.SampledFrom(source.Kinds()).Draw(t, "kind"), rapid.IntRange(0, 3).Draw(t, "day"), rapid.SliceOfN(who, 0, 3).Draw(t, "who")...))
			for _, kind := range []matrix.CaseKind{matrix.ByMeeting, matrix.ByPractice} {
				if rapid.Bool().Draw(t, "put") {
					if g.Groups[kind] == nil {
						g.Groups[kind] = map[consent.ID]string{}
					}
					g.Groups[kind][consent.ID(id)] = rapid.SampledFrom([]string{"s0", "s1", "practice"}).Draw(t, "with")
				}
			}
		}
		for _, k := range source.Kinds() {
			g.Choice[k] = rapid.SampledFrom(matrix.CaseKinds()).Draw(t, "choice")
		}
		g.Joined[who.Draw(t, "joined")] = true
		held := map[consent.ID]int{}
		for _, c := range matrix.Cases(list, g) {
			for _, id := range c.Sources {
				held[id]++
			}
		}
		for _, m := range list {
			if held[m.ID] != 1 {
				t.Fatalf("%s is in %d cases", m.ID, held[m.ID])
			}
		}
		if len(held) != len(list) {
			t.Fatalf("%d sources in cases, want %d", len(held), len(list))
		}
	})
}

func TestCover_CountsPassagesAndSplitsByHouseOnlyAmongEnough(t *testing.T) {
	lived := map[person.ID]bool{"a": true, "b": true, "c": true}
	many := []matrix.Material{made("1", consent.Interview, 1, "a"), made("2", consent.Interview, 2, "b"), made("3", consent.Interview, 3, "c"),
		made("4", consent.Interview, 4, "x"), made("5", consent.Interview, 5, "y"), made("6", consent.Interview, 6, "")}
	found := func(cases []matrix.Case) []matrix.Found {
		var list []matrix.Found
		for i := range cases {
			list = append(list, matrix.Found{Top: "trust", Case: i}, matrix.Found{Top: "trust", Case: i})
		}
		return list
	}
	for name, c := range map[string]struct {
		of   []matrix.Material
		want []matrix.CoverRow
	}{
		"three in each": {many, []matrix.CoverRow{
			{Kind: consent.Interview, Side: matrix.Lived, Count: map[string]int{"trust": 6}},
			{Kind: consent.Interview, Side: matrix.Others, Count: map[string]int{"trust": 6}}}},
		"two in one": {many[:5], []matrix.CoverRow{{Kind: consent.Interview, Count: map[string]int{"trust": 10}}}},
		"one person often": {[]matrix.Material{made("1", consent.Note, 1, "a"), made("2", consent.Note, 2, "a"), made("3", consent.Note, 3, "a")},
			[]matrix.CoverRow{{Kind: consent.Note, Count: map[string]int{"trust": 6}}}},
		"nothing": {nil, nil},
	} {
		cases := matrix.Cases(c.of, matrix.Grouping{Lived: lived})
		if diff := cmp.Diff(c.want, matrix.Cover(cases, found(cases))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestColumns_OfTheWholeAndOfAChart(t *testing.T) {
	retired := time.Now()
	f := coding.Frame{Themes: []coding.Theme{{ID: "trust"}, {ID: "word", Parent: "trust"}, {ID: "old", Parent: "trust", Retired: retired},
		{ID: "gone", Retired: retired}, {ID: coding.Other}}}
	under := func(columns []matrix.Column) (list [][]string) {
		for _, c := range columns {
			list = append(list, c.Under)
		}
		return list
	}
	if diff := cmp.Diff([][]string{{"trust", "word", "old"}, {coding.Other}}, under(matrix.Tops(f, nil))); diff != "" {
		t.Errorf("the whole (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([][]string{{"trust"}, {"word"}}, under(matrix.Subs(f, "trust", nil))); diff != "" {
		t.Errorf("a chart (-want +got):\n%s", diff)
	}
	charted := map[string]bool{"old": true, "gone": true}
	if n := len(matrix.Tops(f, charted)); n != 3 {
		t.Errorf("%d columns, want the theme out of use for what is charted under it", n)
	}
	if n := len(matrix.Subs(f, "trust", charted)); n != 3 {
		t.Errorf("%d columns in the chart, want the sub-theme out of use too", n)
	}
	if c := matrix.Subs(f, "word", nil); c != nil {
		t.Errorf("a sub-theme has a chart: %v", c)
	}
}
