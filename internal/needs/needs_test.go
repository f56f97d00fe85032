package needs

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
)

func TestBooked_WhoListensHasAgreedFirst(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	whole := Booked{What: "Somali", When: "Tuesday at ten", Who: "Amina", Agreed: "2027-02-26"}
	tests := []struct {
		why    string
		kind   Kind
		change func(*Booked)
		want   error
	}{
		{"all is there", Interpreter, func(*Booked) {}, nil},
		{"no name", Interpreter, func(b *Booked) { b.Who = "" }, ErrWho},
		{"no tick", Sign, func(b *Booked) { b.Agreed = "" }, ErrAgreed},
		{"a tick without a day", Captions, func(b *Booked) { b.Agreed = "0000-00-00" }, ErrAgreed},
		{"a day that is no day", Interpreter, func(b *Booked) { b.Agreed = "2027-02-30" }, ErrAgreed},
		{"a day to come", Interpreter, func(b *Booked) { b.Agreed = "2027-03-02" }, ErrAgreed},
		{"no when", Getting, func(b *Booked) { b.When = "" }, ErrWhatWhen},
		{"a taxi needs neither name nor agreement", Getting, func(b *Booked) { b.Who, b.Agreed = "", "" }, nil},
	}
	for _, tt := range tests {
		b := whole
		tt.change(&b)
		if got := b.Check(tt.kind, now); !errors.Is(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.why, got, tt.want)
		}
	}
}

func TestText_NothingIsAskedThatIsNotNeeded(t *testing.T) {
	for _, tt := range []struct {
		text Text
		want error
	}{
		{Text{}, ErrKind},
		{Text{Kind: Interpreter}, ErrLanguage},
		{Text{Kind: Interpreter, Language: "Somali"}, nil},
		{Text{Kind: Children}, nil},
		{Text{Kind: Sign}, nil},
		{Text{Kind: Ease}, ErrWords},
		{Text{Kind: Other, Words: "A chair with arms."}, nil},
	} {
		if got := tt.text.Check(); !errors.Is(got, tt.want) {
			t.Errorf("%+v: got %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestText_ItsLengthDoesNotTellTheKind(t *testing.T) {
	length := func(text Text) int {
		all, err := json.Marshal(text.filled())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	want := length(Text{Kind: Sign})
	for _, k := range Kinds() {
		if got := length(Text{Kind: k, Language: "Somali", Words: "Two of them.", Like: "A woman."}); got != want {
			t.Errorf("%s is %d bytes long, and another is %d", k, got, want)
		}
	}
}
