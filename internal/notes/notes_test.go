package notes

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"footing/internal/person"
)

func TestNext_WhoMovesNotesOn(t *testing.T) {
	kez, jo := person.Viewer{ID: "kez"}, person.Viewer{ID: "jo", Standings: person.Set{person.Facilitator}}
	for _, tt := range []struct {
		step  Step
		who   person.Viewer
		lines int
		today string
		want  []Step
	}{
		{Drafting, kez, 0, "2027-03-02", nil},
		{Drafting, kez, 1, "2027-03-02", []Step{Preparing}},
		{Preparing, kez, 1, "2027-03-02", []Step{Open, Drafting}}, // she goes through them
		{Preparing, person.Viewer{ID: "bea"}, 1, "2027-03-02", nil},
		{Preparing, jo, 1, "2027-03-02", []Step{Drafting}}, // when she cannot
		{Open, kez, 1, "2027-03-08", nil},                  // a week is a week
		{Open, kez, 1, "2027-03-09", []Step{Final}},
		{Open, jo, 1, "2027-03-09", []Step{Final}},
		{Open, person.Viewer{ID: "bea"}, 1, "2027-03-09", nil},
		{Final, jo, 1, "2027-04-09", nil},
	} {
		n := Notes{Step: tt.step, Keeper: "kez", Opened: "2027-03-02"}
		if got := n.Next(tt.who, tt.lines, tt.today); !slices.Equal(got, tt.want) {
			t.Errorf("%s moves notes that are %s with %d lines on %s to %v, want %v", tt.who.ID, tt.step, tt.lines, tt.today, got, tt.want)
		}
		if n.Shut = true; n.Next(tt.who, tt.lines, tt.today) != nil {
			t.Errorf("%s moves notes that are shut", tt.who.ID)
		}
	}
}

func TestWrites_EverybodyThenOneThenNobody(t *testing.T) {
	for _, tt := range []struct {
		step             Step
		bea, kez, rights bool
	}{{Drafting, true, true, false}, {Preparing, false, true, false}, {Open, false, false, true}, {Final, false, false, true}} {
		n := Notes{Step: tt.step, Keeper: "kez"}
		if got := n.Writes(person.Viewer{ID: "bea"}); got != tt.bea {
			t.Errorf("%s: anybody writes: %v", tt.step, got)
		}
		if got := n.Writes(person.Viewer{ID: "kez"}); got != tt.kez {
			t.Errorf("%s: whoever goes through them writes: %v", tt.step, got)
		}
		if n.Corrects() != tt.rights {
			t.Errorf("%s: lines can be put right: %v", tt.step, n.Corrects())
		}
	}
}

func TestShownFrom_WithoutANameItIsADayFixedBeforeAnybodyWrote(t *testing.T) {
	n := Notes{Opened: "2027-03-02"}
	for today, want := range map[string]string{"2027-03-02": "2027-03-09", "2027-03-08": "2027-03-09", "2027-03-09": "2027-03-16", "2027-05-01": "2027-05-04"} {
		if got := n.ShownFrom(today, false); got != want {
			t.Errorf("what one of us writes on %s is shown from %s, want %s", today, got, want)
		}
		if got := n.ShownFrom(today, true); got != today {
			t.Errorf("what has a name waits until %s", got)
		}
	}
	if n.FinalFrom() != n.ShownFrom("2027-03-08", false) {
		t.Error("what is written in the first week is not shown by the time the notes are final")
	}
}

func TestLeaves_OfFinalNotesNothingGoesUnseen(t *testing.T) {
	for _, step := range []Step{Drafting, Preparing, Open} {
		if (Notes{Step: step}).Leaves(false) {
			t.Errorf("%s: something is left although she asks for nothing", step)
		}
	}
	if !(Notes{Step: Final}).Leaves(false) {
		t.Error("a line of final notes goes without a trace")
	}
}

func TestRightText_IsAsLongAsOthers(t *testing.T) {
	size := func(words string) int {
		all, err := json.Marshal(RightText{Words: words}.filled())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if a, b := size("No."), size(strings.Repeat("It was warm. ", 40)); a != b || a%block != 0 {
		t.Errorf("a short text is %d long and a longer one %d", a, b)
	}
}

func TestTodo_WhoSaysWhatBecameOfIt(t *testing.T) {
	kez, jo, bea := person.Viewer{ID: "kez"}, person.Viewer{ID: "jo", Standings: person.Set{person.Facilitator}}, person.Viewer{ID: "bea"}
	for _, tt := range []struct {
		one  Todo
		who  person.Viewer
		want []Doing
	}{
		{Todo{State: ToDo, Person: "kez"}, kez, []Doing{Done, NotDone}},
		{Todo{State: ToDo, Person: "kez"}, bea, nil},
		{Todo{State: ToDo, Person: "kez"}, jo, nil}, // nobody says it for her
		{Todo{State: ToDo}, bea, []Doing{Mine}},
		{Todo{State: ToDo}, jo, []Doing{Mine, Done, NotDone}},
		{Todo{State: Done, Person: "kez"}, kez, nil},
		{Todo{State: NotDone, Person: "kez"}, kez, nil},
	} {
		if got := tt.one.Answers(tt.who); !slices.Equal(got, tt.want) {
			t.Errorf("%s says %v to what %q does and is %s, want %v", tt.who.ID, got, tt.one.Person, tt.one.State, tt.want)
		}
	}
	one := Todo{State: ToDo, Person: "kez"}
	if _, err := one.After(kez, NotDone, ""); err == nil {
		t.Error("it is not done, and nobody says why")
	}
	if after, err := one.After(kez, NotDone, "The shop had shut."); err != nil || after.State != NotDone || after.Why.Text != "The shop had shut." {
		t.Errorf("after a no it is %v (%v)", after, err)
	}
	if _, err := one.After(bea, Mine, ""); err == nil {
		t.Error("somebody takes on what somebody else does")
	}
	if after, err := (Todo{State: ToDo}).After(bea, Mine, ""); err != nil || after.Person != "bea" || after.State != ToDo {
		t.Errorf("after she takes it on it is %v (%v)", after, err)
	}
}

func TestOwns_AWomanWritesHerOwnNameAlone(t *testing.T) {
	bea := person.Viewer{ID: "bea"}
	for _, tt := range []struct {
		who  person.ID
		as   person.Set
		want bool
	}{
		{"bea", person.Set{person.LivedExperience}, true},
		{"kez", person.Set{person.LivedExperience}, false},
		{"kez", person.Set{person.LivedExperience, person.Facilitator}, false},
		{"jo", person.Set{person.Charity, person.Facilitator}, true},
		{"", nil, true},
		{"who has left", nil, false},
	} {
		if got := Owns(bea, tt.who, tt.as); got != tt.want {
			t.Errorf("Bea writes the name of %q, %v: %v", tt.who, tt.as, got)
		}
	}
}

func TestSort_ByTheDayAndNeverByPerson(t *testing.T) {
	list := []Todo{{ID: "was, older", State: Done, Due: "2027-02-01"}, {ID: "to come", State: ToDo, Due: "2027-03-09", Person: "ann"}, {ID: "was", State: NotDone, Due: "2027-02-20"},
		{ID: "late", State: ToDo, Due: "2027-02-27", Person: "zoe"}}
	Sort(list)
	var got []string
	for _, one := range list {
		got = append(got, one.ID)
	}
	if want := []string{"late", "to come", "was", "was, older"}; !slices.Equal(got, want) {
		t.Errorf("the list is %v, want %v", got, want)
	}
	for day, late := range map[string]bool{"2027-02-27": false, "2027-02-28": true} {
		if list[0].Late(day) != late {
			t.Errorf("on %s it is late: %v", day, !late)
		}
	}
}
