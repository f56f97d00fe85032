// Package observe is a researcher who watches a meeting, which happens only if everybody there said yes (R22).
//
// Somebody asks in the open to watch one meeting: who watches, for which study, what is written down and what is
// not. Each who takes part says yes or no, to nobody: no page, count or event shows that somebody answered, and
// saying nothing is no. It is looked once how the answers stand, as the meeting begins, and what is told to
// everybody is one of two sentences. Neither says who, how many, or whether it was a no or silence. What is over
// begins no more.
//
// A yes can become a no on any day. What she said in a record of that meeting is then taken back as she would
// herself, and what speaks of her in it is closed.
package observe

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Stage is how far it has come with watching one meeting.
type Stage string

// The stages.
const (
	Asked  Stage = ""       // somebody asks; nobody can know how answers stand
	Agreed Stage = "agreed" // as it began, everybody who said how she takes part had said yes
	Over   Stage = "over"   // it is not watched, or not any more; why is kept nowhere
	Lost   Stage = "lost"   // it was watched, and an older copy was put back since: it may be over
)

// Settled returns the stage once it was looked whether everybody said yes. That is done once: whatever came out
// before stays.
func (s Stage) Settled(all bool) Stage {
	switch {
	case s != Asked:
		return s
	case all:
		return Agreed
	}
	return Over
}

// Restored returns the stage after an older copy was put back. What nobody had looked at yet can still be
// answered anew.
func (s Stage) Restored() Stage {
	if s == Agreed {
		return Lost
	}
	return s
}

// Answers lists what somebody can say: yes while it may still happen or does, no for as long as anything of it
// may be there.
func (s Stage) Answers() []bool {
	switch s {
	case Asked, Agreed:
		return []bool{true, false}
	case Lost:
		return []bool{false}
	}
	return nil
}

// Everybody reports whether each of those who are there has said yes. Nobody there is nobody who agreed.
func Everybody(present []person.ID, yes []person.ID) bool {
	return len(present) > 0 && !slices.ContainsFunc(present, func(who person.ID) bool { return !slices.Contains(yes, who) })
}

// A Request is what somebody asks, and what came of it. There is one for a meeting, for good.
type Request struct {
	Meeting string
	By      person.ID
	Watcher person.ID
	Study   string
	Made    time.Time
	Stage   Stage
	Text    Text

	sealed
}

// Text is what is asked, in plain words. It is sealed as one text, for everybody.
type Text struct {
	Down string `json:"down"` // what is written down
	Not  string `json:"not"`  // what is not
}

// An Answer is what somebody said. It has no time, and she is its only reader.
type Answer struct {
	ID      string
	Meeting string
	Person  person.ID
	Text    AnswerText

	sealed
}

// AnswerText is sealed as one text, of one length whatever it says.
type AnswerText struct {
	Yes  bool   `json:"yes"`
	Fill string `json:"fill"`
}

// length is how long every answer is.
const length = 64

func (t AnswerText) filled() AnswerText {
	t.Fill = ""
	all, _ := json.Marshal(t) // a truth and nothing else, which never fails
	t.Fill = strings.Repeat(".", length-len(all))
	return t
}

// sealed is a text under a key of its own, as a row has it.
type sealed struct {
	key   string
	words []byte
	open  bool
}

// A Meeting is one that was made known and not called off, as this room needs to know it.
type Meeting struct {
	ID    string
	Day   string // 2027-03-02
	Start string // time of day
	Began bool   // on its page
	Over  bool   // its day has passed, or whoever hosts has closed it
}

// Takes reports whether somebody can still ask to watch it.
func (m Meeting) Takes() bool { return !m.Began && !m.Over }

// stands is what a meeting and a request to watch it come to: one that nobody looked at on the day is over with it.
func (r Request) stands(m Meeting) Stage {
	if r.Stage == Asked && m.Over {
		return Over
	}
	return r.Stage
}

// Asks reports whether somebody may ask, for one of some studies: whoever hosts, or is named in it.
func asks(v person.Viewer) bool {
	return v.Standings.Has(person.Facilitator) || v.Standings.Has(person.Analyst)
}

// Ends reports whether somebody can say that it is not watched, or not any more: whoever hosts, and those who
// asked for it.
func (r Request) Ends(v person.Viewer) bool {
	return v.Standings.Has(person.Facilitator) || v.ID == r.By || v.ID == r.Watcher
}

// The faults of this room.
var (
	ErrChoose = fault.New(fault.Invalid, "observe.err_choose")
	ErrStudy  = fault.New(fault.Invalid, "observe.err_study")
	ErrWords  = fault.New(fault.Invalid, "observe.err_words")
	ErrOver   = fault.New(fault.Conflict, "observe.err_over")
	ErrAsked  = fault.New(fault.Conflict, "observe.err_asked")
	ErrToday  = fault.New(fault.Conflict, "observe.err_today")
	ErrNewer  = fault.New(fault.Conflict, "web.newer")
)
