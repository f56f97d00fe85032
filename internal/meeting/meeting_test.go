package meeting

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"footing/internal/person"
)

const today = "2027-03-01"

// full is a text in which something is said in every field.
func full() Text {
	t := Text{Start: "10:30", Women: true, Lines: map[Field]Line{}}
	for _, f := range Fields() {
		t.Lines[f] = Line{Words: "Said."}
	}
	t.Lines[Length] = Line{Words: "90"}
	return t
}

func TestText_NoFieldMayBeEmpty(t *testing.T) {
	for _, f := range Fields() {
		text := full()
		text.Women = false
		delete(text.Lines, f)
		if got := text.Gaps(); !slices.Equal(got, []Field{f}) {
			t.Errorf("without %s the gaps are %v", f, got)
		}
		text.Lines[f] = Line{By: "jo", Until: "2027-03-05"}
		if got := text.Gaps(); len(got) > 0 {
			t.Errorf("%s is not settled, by a name and a day, and the gaps are %v", f, got)
		}
	}
	for why, text := range map[string]Text{"the women": {Women: true}, "one by name": {With: []person.ID{"ruth"}}} {
		if !text.Filled(Who) {
			t.Errorf("%s will be there, and nobody is said to be", why)
		}
	}
}

func TestLine_NotSettledHasANameAndADayToCome(t *testing.T) {
	for _, tt := range []struct {
		line  Line
		field Field
		want  error
	}{
		{Line{}, Place, nil},
		{Line{By: "jo", Until: today}, Place, nil},
		{Line{By: "jo"}, Place, ErrWhoWhen},
		{Line{Until: "2027-03-05"}, Place, ErrWhoWhen},
		{Line{By: "jo", Until: "2027-02-28"}, Place, ErrPast},
		{Line{Words: "90"}, Length, nil},
		{Line{Words: "an hour"}, Length, ErrLength},
		{Line{Words: "0"}, Length, ErrLength},
	} {
		if got := tt.line.Check(tt.field, today); !errors.Is(got, tt.want) {
			t.Errorf("%s %+v: got %v, want %v", tt.field, tt.line, got, tt.want)
		}
	}
	if late := (Line{By: "jo", Until: "2027-02-28"}); !late.Late(today) || (Line{By: "jo", Until: today}).Late(today) {
		t.Error("a day that has passed is late, and today is not")
	}
}

func TestMeeting_HostedWithoutAnythingOnRecordNeedsAReason(t *testing.T) {
	gap := full()
	delete(gap.Lines, Pay)
	why := full()
	why.Why = "Jo fell ill."
	for _, tt := range []struct {
		why   string
		text  Text
		day   string
		ready bool
		want  error
	}{
		{"all is there", full(), "2027-03-02", true, nil},
		{"a gap", gap, "2027-03-02", true, ErrGaps},
		{"nothing on record", full(), "2027-03-02", false, ErrHost},
		{"nothing on record, and a reason", why, "2027-03-02", false, nil},
		{"yesterday", full(), "2027-02-28", true, ErrPast},
	} {
		if got := (Meeting{Day: tt.day, Text: tt.text}).Check(tt.ready, today); !errors.Is(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.why, got, tt.want)
		}
	}
}

func TestRecord_ExperienceCountsOnceTheGroupSaysWhatItIs(t *testing.T) {
	for _, tt := range []struct {
		text    RecordText
		defined bool
		want    bool
	}{
		{RecordText{}, true, false},
		{RecordText{Training, "Two days."}, false, true},
		{RecordText{Experience, "Ten meetings."}, false, false},
		{RecordText{Experience, "Ten meetings."}, true, true},
		{RecordText{Training, ""}, true, false},
	} {
		if got := tt.text.Ready(tt.defined); got != tt.want {
			t.Errorf("%+v, defined %v: ready is %v", tt.text, tt.defined, got)
		}
	}
}

func TestItem_WhoMaySayWhatBecomesOfIt(t *testing.T) {
	host, kez, bea := person.Viewer{ID: "jo", Standings: person.Set{person.Facilitator}}, person.Viewer{ID: "kez"}, person.Viewer{ID: "bea"}
	of := func(fates ...What) Item {
		i := Item{Person: "kez"}
		for _, f := range fates {
			i.Fates = append(i.Fates, Fate{What: f})
		}
		return i
	}
	for _, tt := range []struct {
		why  string
		item Item
		who  person.Viewer
		want []What
	}{
		{"it waits", of(), host, []What{Taken, Moved, Dropped}},
		{"it waits, and is hers", of(), kez, []What{Moved}},
		{"it waits, and is another's", of(), bea, nil},
		{"it was moved, and waits again", of(Moved), host, []What{Taken, Moved, Dropped}},
		{"it was dropped, and anybody brings it back", of(Dropped), bea, []What{Moved}},
		{"it was dropped, brought back, and waits", of(Dropped, Moved), bea, nil},
		{"it was talked about, and is to go on", of(Taken), bea, []What{Moved}},
	} {
		if got := tt.item.Next(tt.who); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s may %v, want %v", tt.why, tt.who.ID, got, tt.want)
		}
	}
}

func TestFate_NothingIsDroppedWithoutAReason(t *testing.T) {
	for _, tt := range []struct {
		fate Fate
		want error
	}{
		{Fate{What: Taken}, nil},
		{Fate{What: Dropped}, ErrWhy},
		{Fate{What: Dropped, Why: "It was settled by letter."}, nil},
		{Fate{What: Moved}, ErrWhere},
		{Fate{What: Moved, From: "a", To: "a"}, ErrWhere},
		{Fate{What: Moved, From: "a", To: "b"}, nil},
	} {
		if got := tt.fate.Check(); !errors.Is(got, tt.want) {
			t.Errorf("%+v: got %v, want %v", tt.fate, got, tt.want)
		}
	}
}

func TestTaking_ItsLengthDoesNotTellTheWay(t *testing.T) {
	length := func(text TakingText) int {
		all, err := json.Marshal(text.filled())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	want := length(TakingText{Ways: []Way{Here}})
	for _, w := range Ways() {
		if got := length(TakingText{Ways: []Way{w, Phone}, Words: "Ring \"Mo\"\nfirst."}); got != want {
			t.Errorf("%s is %d bytes long, and another is %d", w, got, want)
		}
	}
}
