// Package apart is about places where not everybody is: meetings among professionals alone, mailing lists, shared
// folders. That there is one, who is in it and what leaves it is said by those who run it, for every member to
// read (R19). The women have a page of their own, with notes to each other, which for everyone else is not there.
//
// Nothing is written over: what was said before stands beneath what is said now, each with a name and a day.
// What meets apart and was said once stays on the list when it ends, so that it does not vanish the day somebody
// asks. What nobody names the program cannot know: for that there is what is harder to see, in power.
package apart

import (
	"slices"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Space is something in which only some of everyone else are.
type Space struct {
	ID    string
	By    person.ID // who said so last, or said this version
	Made  time.Time // when she did
	Ended time.Time // zero while it goes on
	Text  SpaceText

	n      int64 // how often it was changed
	key    string
	sealed []byte
}

// SpaceText is what is said of one, sealed as one text.
type SpaceText struct {
	Name   string            `json:"name"`
	Who    []person.Standing `json:"who"` // who is in it, by what they are here
	For    string            `json:"for"`
	Leaves string            `json:"leaves"` // what of it reaches everybody, and how
}

// Check returns what is not said yet. Nothing is known of a space until all of it is said.
func (t SpaceText) Check() error {
	known := func(s person.Standing) bool { return slices.Contains(Others(), s) }
	switch {
	case t.Name == "":
		return ErrName
	case len(t.Who) == 0 || slices.ContainsFunc(t.Who, func(s person.Standing) bool { return !known(s) }):
		return ErrWho
	case t.For == "":
		return ErrFor
	case t.Leaves == "":
		return ErrLeaves
	}
	return nil
}

// Others are the standings of everyone else.
func Others() []person.Standing {
	return slices.DeleteFunc(person.Standings(), func(s person.Standing) bool { return s == person.LivedExperience })
}

// Hers reports whether somebody reads and writes on the women's page: she is one of them, and not of everyone
// else as well.
func Hers(v person.Viewer) bool { return person.HouseOf(v.Standings) == person.Lived }

// A Note is something that one of the women wrote to the others.
type Note struct {
	ID     string
	Person person.ID
	Made   time.Time
	Shut   bool // since an older copy was put back: hers alone until she says that it stands
	Words  string

	key    string
	sealed []byte
	open   bool
}

// The faults of this room.
var (
	ErrName   = fault.New(fault.Invalid, "apart.err_name")
	ErrWho    = fault.New(fault.Invalid, "apart.err_who")
	ErrFor    = fault.New(fault.Invalid, "apart.err_for")
	ErrLeaves = fault.New(fault.Invalid, "apart.err_leaves")
	ErrWords  = fault.New(fault.Invalid, "apart.err_words")
	ErrDo     = fault.New(fault.Invalid, "apart.err_do")
	ErrNewer  = fault.New(fault.Conflict, "web.newer")
)
