package power

import (
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/person"
)

func TestShownOn_WithoutANameItWaitsForTheGroupsDay(t *testing.T) {
	at := func(text string) time.Time {
		when, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for _, x := range []struct {
		now    string
		signed bool
		day    time.Weekday
		want   string
	}{
		{"2027-03-03 14:20", true, time.Monday, "2027-03-03"},  // a Wednesday
		{"2027-03-03 14:20", false, time.Monday, "2027-03-08"}, // the Monday after
		{"2027-03-08 00:00", false, time.Monday, "2027-03-15"}, // on the day itself it would tell the hour
		{"2027-03-07 23:59", false, time.Monday, "2027-03-08"},
		{"2027-03-03 14:20", false, time.Thursday, "2027-03-04"},
	} {
		if got := shownOn(at(x.now), x.signed, x.day); got.Format(time.DateOnly) != x.want || got.Hour() != 0 {
			t.Errorf("said at %s, with a name: %v, it is shown on %s, want %s", x.now, x.signed, got, x.want)
		}
	}
}

func TestCheck_EachKindNeedsWhatItCannotDoWithout(t *testing.T) {
	for _, x := range []struct {
		kind Kind
		text Text
		want error
	}{
		{Seen, Text{Form: Hidden}, ErrWhat},
		{Seen, Text{What: "The list came from the office."}, ErrForm},
		{Seen, Text{What: "The list came from the office.", Form: Hidden}, nil},
		{Elsewhere, Text{What: "The room."}, ErrWhere},
		{Elsewhere, Text{What: "The room.", Who: "At the office."}, nil},
		{Pulled, Text{What: "She wanted to come, and it was late.", Who: "Two of us."}, ErrAsked},
		{Pulled, Text{What: "She wanted to come, and it was late.", Asked: "perhaps"}, ErrAsked},
		{Pulled, Text{What: "She wanted to come, and it was late.", Asked: NobodyKnows}, nil},
		{Wrong, Text{What: "The money came late."}, nil},
	} {
		if got := x.text.Check(x.kind); got != x.want { //nolint:errorlint // the very fault
			t.Errorf("%s with %+v is %v, want %v", x.kind, x.text, got, x.want)
		}
	}
}

func TestFilled_LengthsTellNothing(t *testing.T) {
	a, b := Text{What: "No."}.filled(), Text{What: "A little longer than the other one.", Who: "Me.", Asked: WasAsked}.filled()
	length := func(t Text) int { return len(t.What) + len(t.Who) + len(t.Asked) + len(t.Fill) }
	if length(a) != block || length(b) != block {
		t.Errorf("the two are %d and %d long", length(a), length(b))
	}
}

func TestAnswerers_HostsAndOtherwiseWhoeverLooksAfterTheSite(t *testing.T) {
	jo := circle.Person{Name: "Jo", Standings: person.Set{person.Charity, person.Administrator}}
	ruth := circle.Person{Name: "Ruth", Standings: person.Set{person.Researcher, person.Facilitator}}
	only := circle.Person{Name: "Ola", Standings: person.Set{person.Administrator}}
	if got := answerers([]circle.Person{jo, only}); len(got) != 1 || got[0].Name != "Jo" {
		t.Errorf("without a host %v answer", got)
	}
	if got := answerers([]circle.Person{jo, ruth}); len(got) != 1 || got[0].Name != "Ruth" {
		t.Errorf("with a host %v answer", got)
	}
	if got := answerers(nil); got != nil {
		t.Errorf("of nobody %v answer", got)
	}
}
