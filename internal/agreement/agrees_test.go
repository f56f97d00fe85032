package agreement_test

import (
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/circle"
	"footing/internal/person"
)

// group is three women and two others who were here when a version was written.
func group() []circle.Person {
	var people []circle.Person
	for id, s := range map[person.ID]person.Standing{"a": person.LivedExperience, "b": person.LivedExperience, "c": person.LivedExperience,
		"x": person.Charity, "y": person.Clinician} {
		people = append(people, circle.Person{ID: id, Made: day, Standings: person.Set{s}})
	}
	return people
}

type answers = map[person.ID]agreement.Answer

const yes, notYet = agreement.Yes, agreement.NotYet

// Without a rule for changes everybody who is asked says yes, and somebody of each house.
func TestAgrees_WithoutARuleByEverybody(t *testing.T) {
	v := agreement.Version{N: 1, Written: day}
	women := []person.ID{"a", "b", "c"}
	all := answers{"a": yes, "b": yes, "c": yes, "x": yes, "y": yes}
	change := func(do func([]circle.Person)) []circle.Person {
		people := group()
		for i := range people {
			if people[i].ID == "y" {
				do(people[i:])
			}
		}
		return people
	}
	without := answers{"a": yes, "b": yes, "c": yes, "x": yes}
	for name, c := range map[string]struct {
		people []circle.Person
		said   answers
		want   bool
	}{
		"nobody to ask":              {nil, nil, false},
		"everybody":                  {group(), all, true},
		"one has not answered":       {group(), without, false},
		"one says not yet":           {group(), answers{"a": yes, "b": yes, "c": yes, "x": yes, "y": notYet}, false},
		"a break keeps nobody":       {change(func(p []circle.Person) { p[0].Back = day }), without, true},
		"who left keeps nobody":      {change(func(p []circle.Person) { p[0].Gone = day }), without, true},
		"who joined later is no bar": {change(func(p []circle.Person) { p[0].Made = day.Add(time.Hour) }), without, true},
		"a duty alone is not asked":  {change(func(p []circle.Person) { p[0].Standings = person.Set{person.Administrator} }), without, true},
	} {
		if got := v.Agrees(v.Tally(c.people, women, c.said), nil, 1, day); got != c.want {
			t.Errorf("%s: agreed is %v, want %v", name, got, c.want)
		}
	}
	var women3 []circle.Person
	for _, who := range group() {
		if who.Standings.Has(person.LivedExperience) {
			women3 = append(women3, who)
		}
	}
	if v.Agrees(v.Tally(women3, women, all), nil, 1, day) {
		t.Error("one group alone agrees for both")
	}
	before := agreement.Version{N: 1, Written: day, Bare: true}
	if !before.Agrees(before.Tally(women3, women, all), nil, 1, day) {
		t.Error("what everybody agreed to before there were rules is agreed no more")
	}
}

// With a rule, each house agrees by its own part of it, within its days.
func TestAgrees_ByTheRuleBefore(t *testing.T) {
	rule := agreement.Rule{Lived: agreement.House{Way: agreement.Majority, Quorum: 2}, Others: agreement.House{Way: agreement.Majority, Quorum: 1},
		Days: 7, Opens: agreement.AnyOpens, Apart: agreement.Stays}
	v, over := agreement.Version{N: 2, Written: day}, day.AddDate(0, 0, 7)
	women := []person.ID{"a", "b", "c"}
	for name, c := range map[string]struct {
		said  answers
		women []person.ID
		now   time.Time
		stops int
		want  bool
	}{
		"enough of both, once the days are over":  {answers{"a": yes, "b": yes, "x": yes}, women, over, 1, true},
		"enough of both, before":                  {answers{"a": yes, "b": yes, "x": yes}, women, over.Add(-time.Second), 1, false},
		"everybody, on the first day":             {answers{"a": yes, "b": yes, "c": yes, "x": yes, "y": yes}, women, day, 1, true},
		"everybody else without the women":        {answers{"x": yes, "y": yes}, women, over, 1, false},
		"one woman where two take part":           {answers{"a": yes, "x": yes, "y": yes}, women, over, 1, false},
		"the women without everybody else":        {answers{"a": yes, "b": yes, "c": yes}, women, over, 1, false},
		"a tie of everybody else":                 {answers{"a": yes, "b": yes, "x": yes, "y": notYet}, women, over, 1, false},
		"not yet by one woman, and one is enough": {answers{"a": yes, "b": yes, "c": notYet, "x": yes, "y": yes}, women, over, 1, false},
		"not yet by one woman of two it takes":    {answers{"a": yes, "b": yes, "c": notYet, "x": yes, "y": yes}, women, over, 2, true},
		"a yes that does not count yet":           {answers{"a": yes, "b": yes, "x": yes}, women[:1], over, 1, false},
	} {
		if got := v.Agrees(v.Tally(group(), c.women, c.said), &rule, c.stops, c.now); got != c.want {
			t.Errorf("%s: agreed is %v, want %v", name, got, c.want)
		}
	}
	rule.Lived.Quorum = 4
	most := answers{"a": yes, "b": yes, "c": yes, "x": yes}
	if v.Agrees(v.Tally(group(), women, most), &rule, 1, over) {
		t.Error("three women agree where four take part, and not everybody was asked instead")
	}
	most["y"] = yes
	if !v.Agrees(v.Tally(group(), women, most), &rule, 1, over) {
		t.Error("a rule that can be met no more cannot be changed by everybody either")
	}
}

// What was agreed and what somebody would change in it.
func TestChange_LeavesTheRestAlone(t *testing.T) {
	money := agreement.Rule{Lived: agreement.House{Way: agreement.All, Quorum: 2}, Others: agreement.House{Way: agreement.All, Quorum: 1}, Days: 14,
		Opens: agreement.LivedOpens, Apart: agreement.Outside}
	first := agreement.Change{By: map[agreement.Matter]agreement.Rule{agreement.Money: money}}.To(agreement.Rules{})
	if first.Rule(agreement.Everyday) == nil || *first.Rule(agreement.Money) != money || !first.Own() || first.Check() != nil {
		t.Errorf("the first rule of one's own takes away how everyday things are decided: %+v", first)
	}
	limits := []agreement.Confidence{{Of: person.Clinician, Text: "If a child is not safe."}}
	second := agreement.Change{Limits: &limits}.To(first)
	if !second.Equal(agreement.Rules{By: first.By, Limits: limits}) || second.Equal(first) {
		t.Errorf("limits change more than limits: %+v", second)
	}
	if alone := (agreement.Change{Limits: &limits}).To(agreement.Rules{}); alone.Own() || alone.InForce().Rule(agreement.Everyday) == nil {
		t.Error("limits alone are taken for rules of one's own")
	}
	for name, c := range map[string]agreement.Change{
		"a thing without a reason": {Closed: &[]agreement.Closed{{What: "The law"}}},
		"limits of a giver":        {Limits: &[]agreement.Confidence{{Of: person.Funder, Text: "All."}}},
	} {
		if c.To(first).Check() == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
