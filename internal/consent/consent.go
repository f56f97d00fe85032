// Package consent is the gate: the one way to anybody's words.
//
// It owns what people contributed, turn by turn and speaker by speaker, the terms each of them set, the
// groups that terms speak of, who opened what, and what rests on what. Whoever wants words asks the Gate
// as a person, for a purpose, in a form; the pure rule Allows decides, the opening is written down, and
// only then is the key read. Only this package imports unseal.
//
// Words:
//
//   - A contribution is one thing somebody gave: an idea, a reflective note, an interview. It has
//     speakers, and each speaker's turns belong to her.
//   - Terms are what a speaker allows with her part of a contribution: yeses that each stand alone, and
//     people or practices she would rather did not see it.
//   - A withdrawal shuts a part at once; when its time is over the part's key is destroyed.
//   - A blob is bytes too many for one value, such as an upload on its way in; see blob.go.
//   - A recording is a blob with somebody's voice, which goes with her part; see recording.go.
package consent

import (
	"time"

	"footing/internal/person"
)

// An ID names a contribution, a speaker in one, a turn, or terms. It is random and tells nothing.
type ID string

// A Kind says what sort of contribution it is.
type Kind string

// The kinds. Idea comes first on every page that asks (R40); the last four are kept as sources (R71).
const (
	Idea        Kind = "idea"
	Opinion     Kind = "opinion"
	Expertise   Kind = "expertise"
	Experience  Kind = "experience"
	Note        Kind = "note"
	Observation Kind = "observation"
	Interview   Kind = "interview"
	GroupTalk   Kind = "group"
)

// A Role says how a speaker is tied to a contribution.
type Role string

// The roles.
const (
	Member      Role = "member"      // somebody of the circle
	Outside     Role = "outside"     // somebody who is not; whoever took her consent records her terms
	Interviewer Role = "interviewer" // asked the questions
)

// A Purpose is what something is used for.
type Purpose string

// The purposes. Meeting, Decision and Analysis name which one; empty stands for none in particular.
const (
	Heard       Purpose = "heard"       // to be read and known, in a meeting or anywhere
	Decision    Purpose = "decision"    // to inform a decision
	Improvement Purpose = "improvement" // to make a service better
	Training    Purpose = "training"
	Analysis    Purpose = "analysis" // in a study
	Quote       Purpose = "quote"
	Publication Purpose = "publication"
	Typing      Purpose = "typing" // to hear a recording and type it up
	// Copying is what somebody does who prints her copy with a woman that asked for it. Nobody can allow it:
	// each time is hers, see Copied.
	Copying Purpose = "copy"
	// Checking is seeing afterwards that what was published is what somebody said. A yes to it sleeps until all
	// else that she allowed is over; see check.go.
	Checking Purpose = "checking"
	// Keeping is what the keeper of a recording does to it: checking that it is typed up right, marking
	// who is spoken of. Nobody grants it; it ends when the part is taken back.
	Keeping Purpose = "keeping"
)

// A Form is how much of the words is used. A yes to one form is a yes to every form below it.
type Form int

// The forms, least first.
const (
	Number Form = iota + 1
	Theme
	Paraphrase
	Words
	Voice
)

// An Audience is the name of a group of people who may be allowed something.
type Audience struct {
	Kind string
	ID   string // the person, practice or study meant; empty where the kind says it all
}

// The kinds of audience.
const (
	ToMe          = "me"
	ToPerson      = "person"
	ToSupporter   = "supporter" // of the person whose id it carries
	ToLived       = "lived-experience"
	ToPartnership = "partnership"
	ToPractice    = "practice"
	ToAnalysts    = "analysts" // of the study whose id it carries
	ToPublic      = "public"
)

// A Use is what somebody wants to do with words.
type Use struct {
	Purpose Purpose
	For     string // the meeting, decision or study, where the purpose names one
	Form    Form
}

// A Yes is one thing somebody allows. Each yes stands alone.
type Yes struct {
	Audience Audience
	Use
	From, Until time.Time // Until is always set: an end is mandatory
	Moment      ID        `json:",omitempty"` // it ends when this has happened, at latest at Until
	Later       bool      // also for people who join the audience after this was given
}

// An Attribution is how somebody wants to be named.
type Attribution string

// The attributions.
const (
	ByName   Attribution = "name"
	ByChosen Attribution = "chosen"
	ByGroup  Attribution = "group"
	ByNone   Attribution = "none"
)

// Names reports whether whoever chose it is to be named. Not having chosen is no.
func (a Attribution) Names() bool { return a == ByName || a == ByChosen }

// Terms are what a speaker allows with one version of her part of a contribution.
type Terms struct {
	ID          ID
	Owner       person.ID // empty for somebody outside the circle
	Given       time.Time
	AsOf        time.Time // groups mean who was in them on that day; zero: on the day it was given
	Yes         []Yes
	Not         []Audience // people and practices who are refused whatever a yes says
	Attribution Attribution
	AskFirst    bool // show me before it is used
	EraseAfter  bool // erase my part once all of this has ended
	How         How
}

// How records the way terms were given (R49).
type How struct {
	Way    string    // screen, paper or spoken
	By     person.ID // who wrote them down
	Beside string    // whom she chose to have beside her, sealed by nobody: a role, never a name
	Sheet  string    // version of the information sheet
}

// A Reader is who asks, with the groups she is in and since when.
type Reader struct {
	ID    person.ID
	Since map[Audience]time.Time
}

// Allows is the rule. It reports whether a reader may use words under those terms, now.
//
// The default is no; silence is no. Her own words are hers to read. A refusal beats every yes. A yes
// counts for its audience as it is today, without those who joined after it was given, or after the day it
// is meant as of, unless she said so; for its purpose and no other; for its form and those below; between its first and its last day.
// A yes to checking counts once everything else is over, so that what may be checked is closed for all else.
func Allows(t Terms, r Reader, u Use, now time.Time) bool {
	if t.Owner != "" && t.Owner == r.ID {
		return true
	}
	for _, refused := range t.Not {
		if _, in := r.in(refused); in {
			return false
		}
	}
	for _, y := range t.Yes {
		if y.allows(t, r, u, now) {
			return true
		}
	}
	return false
}

func (y Yes) allows(t Terms, r Reader, u Use, now time.Time) bool {
	since, in := r.in(y.Audience)
	switch {
	case !in, since.After(t.asOf()) && !y.Later:
		return false
	case y.Purpose != u.Purpose, y.For != "" && y.For != u.For:
		return false
	case y.Form < u.Form:
		return false
	case y.Until.IsZero(), !now.Before(y.Until), now.Before(y.From):
		return false
	case y.Purpose == Checking && !t.Locked(now):
		return false
	}
	return true
}

// asOf returns the day of which the groups in terms are meant. It is never after they were given.
func (t Terms) asOf() time.Time {
	if t.AsOf.IsZero() || t.AsOf.After(t.Given) {
		return t.Given
	}
	return t.AsOf
}

// For returns the terms as ones given anew to the same people: who joined a group since those were given is
// not let in by them.
func (t Terms) For(earlier Terms) Terms {
	t.AsOf = earlier.asOf()
	return t
}

// in reports whether the reader belongs to the audience, and since when.
func (r Reader) in(a Audience) (time.Time, bool) {
	switch a.Kind {
	case ToPublic:
		return time.Time{}, true
	case ToPerson:
		return time.Time{}, r.ID != "" && string(r.ID) == a.ID
	case ToMe:
		return time.Time{}, false // her own words pass before any yes is looked at
	}
	since, in := r.Since[a]
	return since, in
}
