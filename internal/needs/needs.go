// Package needs is where a member says what she needs to take part, and where whoever hosts meetings books it:
// an interpreter, captions, sign language, somebody for the children, getting there, what helps her feel at
// ease (R8).
//
// Each line has its own answer to who may know, and begins with nobody. Whoever hosts sees the lines that
// were shared with those who host, by need: there is no list of people, so nobody stands out who said
// nothing. What is booked she sees, with the name of whoever comes, and she says whether that is right. An
// interpreter who hears what is said keeps the group's agreement like everybody else: she is booked by name
// once she has said so on paper. Nothing here reminds anybody of anything.
package needs

import (
	"slices"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Kind is what somebody needs.
type Kind string

// The kinds, in the order in which they are offered.
const (
	Interpreter Kind = "interpreter"
	Sign        Kind = "sign"
	Captions    Kind = "captions"
	Children    Kind = "children"
	Getting     Kind = "getting"
	Ease        Kind = "ease" // what helps her feel at ease
	Other       Kind = "other"
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Interpreter, Sign, Captions, Children, Getting, Ease, Other} }

// Listens reports whether whoever is booked for it hears what is said in a meeting, and so keeps the agreement.
func (k Kind) Listens() bool { return k == Interpreter || k == Sign || k == Captions }

// May says who may know a line.
type May string

// Who may know. Nobody is where every line begins.
const (
	Nobody    May = ""
	Hosts     May = "hosts"     // whoever hosts meetings, and so arranges
	Everybody May = "everybody" // everybody here, since all of them can be in a meeting
)

// Mays lists them, the least first.
func Mays() []May { return []May{Nobody, Hosts, Everybody} }

// Text is what somebody needs, as she says it. It is sealed as one text.
type Text struct {
	Kind     Kind   `json:"kind"`
	Language string `json:"language"`
	Words    string `json:"words"`
	Like     string `json:"like"` // whom she would like
	Not      string `json:"not"`  // whom she would rather not
	Fill     string `json:"fill"` // so that the length does not tell the kind
}

// block is what a sealed text's length is a multiple of.
const block = 1024

// filled returns the text as long as most others.
func (t Text) filled() Text {
	t.Fill = ""
	n := len(t.Kind) + len(t.Language) + len(t.Words) + len(t.Like) + len(t.Not)
	t.Fill = strings.Repeat(".", block-n%block)
	return t
}

// Check returns the fault of a text that says nothing.
func (t Text) Check() error {
	switch {
	case !slices.Contains(Kinds(), t.Kind):
		return ErrKind
	case t.Kind == Interpreter && t.Language == "":
		return ErrLanguage
	case (t.Kind == Ease || t.Kind == Other) && t.Words == "":
		return ErrWords
	}
	return nil
}

// A Line is one thing that somebody needs.
type Line struct {
	ID     string
	Person person.ID
	May    May
	Made   time.Time
	Text   Text

	key   string
	words []byte
}

// A Booking is what was booked for a line.
type Booking struct {
	ID     string
	Line   string    // empty once she has taken the line back
	Person person.ID // empty once she has taken the line back
	By     person.ID // who booked it
	Made   time.Time
	State  State
	Booked Booked

	key   string
	words []byte
}

// A State is what became of a booking.
type State string

// The states. What is Cancelled waits until whoever hosts has called it off; what is Off she can take off her
// page.
const (
	Made      State = "made"
	Right     State = "right"     // she said that it is
	Another   State = "another"   // she said: not this person
	Cancelled State = "cancelled" // by her
	Off       State = "off"       // by whoever hosts
)

// Answers lists what she can say to a booking.
func (b Booking) Answers() []State {
	switch b.State {
	case Made:
		return []State{Right, Another, Cancelled}
	case Right:
		return []State{Another, Cancelled}
	case Another:
		return []State{Right, Cancelled}
	}
	return nil
}

// Booked is what was booked, as whoever hosts writes it. It is sealed as one text.
type Booked struct {
	What   string `json:"what"`
	When   string `json:"when"`
	Who    string `json:"who"`
	For    string `json:"for"`    // for which meeting, or for what
	Agreed string `json:"agreed"` // the day on which whoever comes agreed on paper, as 2027-03-01
}

// Check returns the fault of a booking for a kind. Whoever will hear what is said is named, and has agreed to
// how the group works together, before she is booked.
func (b Booked) Check(k Kind, now time.Time) error {
	switch {
	case b.What == "" || b.When == "":
		return ErrWhatWhen
	case k.Listens() && b.Who == "":
		return ErrWho
	case !k.Listens() && b.Agreed == "":
		return nil
	}
	day, err := time.Parse(time.DateOnly, b.Agreed)
	if err != nil || day.After(now) {
		return ErrAgreed
	}
	return nil
}

// The faults of this room.
var (
	ErrKind     = fault.New(fault.Invalid, "needs.choose_kind")
	ErrLanguage = fault.New(fault.Invalid, "needs.say_language")
	ErrWords    = fault.New(fault.Invalid, "needs.say_words")
	ErrWhatWhen = fault.New(fault.Invalid, "needs.say_what_when")
	ErrWho      = fault.New(fault.Invalid, "needs.say_who")
	ErrAgreed   = fault.New(fault.Invalid, "needs.say_agreed")
	ErrNewer    = fault.New(fault.Conflict, "web.newer")
	ErrChoose   = fault.New(fault.Invalid, "needs.choose_one")
)
