// Package power keeps what decides here and is harder to see: who sets what is talked about, what was really
// decided elsewhere, where safety and choice pulled apart, what went wrong (R34, R37, R38). Anybody who takes
// part can say it, with her name or without, and each thing that is said is owed an answer by a day.
//
// What is said without a name leaves no trace of who said it: no id, no hour, no draft, nothing in the log. It
// is kept with the day on which the group is shown all of that week, and with nothing else, and stands there in
// the order of ids that mean nothing. So it cannot be taken back, which the page says before. What is said with
// a name stands at once, and goes when she takes it back. Nothing is counted by person.
package power

import (
	"slices"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/web"
)

// A Kind is what somebody has to say.
type Kind string

// The kinds, in the order in which they are offered.
const (
	Seen      Kind = "seen"      // how power shows, or does not (R34)
	Elsewhere Kind = "elsewhere" // this was really decided elsewhere
	Pulled    Kind = "pulled"    // safety and choice pulled apart (R37)
	Wrong     Kind = "wrong"     // what went wrong (R38)
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Seen, Elsewhere, Pulled, Wrong} }

// A Form is how power shows, after Lukes and Gaventa: in what is decided in the open; in what is talked about
// at all, and who is there; in what everybody takes for granted.
type Form string

// The forms.
const (
	Visible   Form = "visible"
	Hidden    Form = "hidden"
	Invisible Form = "invisible"
)

// Forms lists them.
func Forms() []Form { return []Form{Visible, Hidden, Invisible} }

// Asked says whether the woman a dilemma was about was asked what she wants.
type Asked string

// The answers. One of them has to be given: a dilemma in which nobody says whether she was asked is half told.
const (
	WasAsked    Asked = "yes"
	WasNotAsked Asked = "no"
	NobodyKnows Asked = "unknown"
)

// Askeds lists them.
func Askeds() []Asked { return []Asked{WasAsked, WasNotAsked, NobodyKnows} }

// Text is what somebody says. It is sealed as one text.
type Text struct {
	Form  Form   `json:"form"`  // of what is seen
	What  string `json:"what"`  // what happens, or happened
	Who   string `json:"who"`   // where it was decided, or who weighed it
	Asked Asked  `json:"asked"` // of what pulled apart
	After string `json:"after"` // what came of it, or what we would do another time
	Fill  string `json:"fill"`  // so that the length tells less
}

// block is what a sealed text's length is a multiple of.
const block = 2048

func (t Text) filled() Text {
	t.Fill = ""
	t.Fill = strings.Repeat(".", block-(len(t.Form)+len(t.What)+len(t.Who)+len(t.Asked)+len(t.After))%block)
	return t
}

// Check returns the fault of a text that does not say enough.
func (t Text) Check(k Kind) error {
	switch {
	case t.What == "":
		return ErrWhat
	case k == Seen && !slices.Contains(Forms(), t.Form):
		return ErrForm
	case k == Elsewhere && t.Who == "":
		return ErrWhere
	case k == Pulled && !slices.Contains(Askeds(), t.Asked):
		return ErrAsked
	}
	return nil
}

// An Entry is one thing that was said.
type Entry struct {
	ID    string
	Kind  Kind
	By    person.ID // empty when it has no name
	Shown time.Time // the day from which everybody sees it
	Shut  bool      // after an older copy was put back: for its writer alone, until she says that it may stand
	Text  Text

	key   string
	words []byte
}

// An Answer is what was answered to an entry.
type Answer struct {
	Entry string
	By    person.ID
	On    time.Time
	Words string

	key    string
	sealed []byte
}

// answerIn is how long whoever answers has, from the day on which everybody sees it.
const answerIn = 14 * 24 * time.Hour

// Due returns the day by which it is to be answered.
func (e Entry) Due() time.Time { return e.Shown.Add(answerIn) }

// visible reports whether everybody sees it by now.
func (e Entry) visible(now time.Time) bool { return !e.Shut && !e.Shown.After(now) }

// shownOn returns the day from which something that is said now is seen: today with a name; without one, the
// next of the group's days after today, together with all else of that week.
func shownOn(now time.Time, signed bool, day time.Weekday) time.Time {
	today := dayOf(now)
	if signed {
		return today
	}
	ahead := (int(day) - int(today.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	return today.AddDate(0, 0, ahead)
}

// dayOf returns the beginning of a day.
func dayOf(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// answerers lists who answers: whoever hosts meetings and, as long as nobody does, whoever looks after the
// site. By name.
func answerers(people []circle.Person) []circle.Person {
	for _, duty := range []person.Standing{person.Facilitator, person.Administrator} {
		list := slices.DeleteFunc(slices.Clone(people), func(p circle.Person) bool {
			return !p.Standings.Has(duty) || !p.Standings.Meets(web.Taking(web.Any).Standings)
		})
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// The faults of this room.
var (
	ErrWhat  = fault.New(fault.Invalid, "power.say_what")
	ErrForm  = fault.New(fault.Invalid, "power.say_form")
	ErrWhere = fault.New(fault.Invalid, "power.say_where")
	ErrAsked = fault.New(fault.Invalid, "power.say_asked")
	ErrSign  = fault.New(fault.Invalid, "power.say_sign")
	ErrReply = fault.New(fault.Invalid, "power.say_reply")
	ErrList  = fault.New(fault.Invalid, "power.say_list")
	ErrNewer = fault.New(fault.Conflict, "web.newer")
)
