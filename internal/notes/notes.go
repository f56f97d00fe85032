// Package notes is what was said and agreed at a meeting, in four steps (R21): written together by whoever is
// here; gone through by one person, by name; open for putting right by whoever took part, for a week at least;
// and final.
//
// Notes are the group's: no line of them says who wrote it, so nobody is counted by her words. Nothing is
// written over once they are open. What puts a line right stands beside it, with her name or without. Whoever
// took part can have a line taken out as not written down: its words are erased at once, for everybody. No list
// is kept of who was there. Who told a meeting that she takes part, or said something to it, is known to have;
// anybody else says so as she does it, and nothing of that is kept.
//
// What is to be done has somebody who does it and a day, and an end: done, or not done, because. The list of it
// is open to everybody and by the day, never by person (R23). Whoever wrote words of it can erase them.
package notes

import (
	"encoding/json"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Step is how far the notes of a meeting are.
type Step string

// The steps. A meeting with nothing written of it is at the first.
const (
	Drafting  Step = "drafting"
	Preparing Step = "preparing" // one person goes through them, the others read
	Open      Step = "open"      // for putting right
	Final     Step = "final"
)

// Week is how long notes are open before they can be final, and from one day to the next on which what has no
// name is shown.
const Week = 7 * 24 * time.Hour

// A Meeting is one that notes can be of: it was made known, and its day has come.
type Meeting struct {
	ID    string
	Day   string // 2027-03-02
	Start string // 10:30
	Took  bool   // the viewer told that she takes part, or said something to it
	Said  []Said
}

// Said is what somebody said to a meeting in writing, for everybody, before or after. It is of the same worth
// as what was said in the room, and stands in the notes.
type Said struct {
	By    person.ID
	For   bool   // for somebody who asked her to
	About string // a thing on the list; may be empty
	Words string
}

// Notes are how far the notes of a meeting are.
type Notes struct {
	Meeting    string
	Step       Step
	Keeper     person.ID // who goes through them
	Opened     string    // the day on which they were opened for putting right
	Finished   time.Time
	Checkpoint string // the line of the log that they close with
	Shut       bool   // since an older copy was put back: closed until whoever keeps them has looked
	N          int64  // how often they moved on
}

// Keeps reports whether somebody looks after these notes: whoever goes through them, and whoever hosts.
func (n Notes) Keeps(v person.Viewer) bool {
	return n.Keeper != "" && n.Keeper == v.ID || v.Standings.Has(person.Facilitator)
}

// Writes reports whether somebody may write and change lines.
func (n Notes) Writes(v person.Viewer) bool {
	return !n.Shut && (n.Step == Drafting || n.Step == Preparing && n.Keeper == v.ID)
}

// Corrects reports whether lines can be put right now, by whoever took part.
func (n Notes) Corrects() bool { return !n.Shut && (n.Step == Open || n.Step == Final) }

// TakesOut reports whether somebody may take out what puts a line right: what has a name its writer alone, and
// whoever looks through the notes after a restore, since its writer may have taken it back before.
func (n Notes) TakesOut(v person.Viewer, one Right) bool {
	return one.By == "" || one.By == v.ID || n.Shut && n.Keeps(v)
}

// Next lists the steps to which somebody can move the notes. Whoever takes it on goes through them. Nobody
// makes them final in the first week in which they are open.
func (n Notes) Next(v person.Viewer, lines int, today string) []Step {
	switch {
	case n.Shut || lines == 0:
		return nil
	case n.Step == Drafting:
		return []Step{Preparing}
	case n.Step == Preparing && n.Keeper == v.ID:
		return []Step{Open, Drafting}
	case n.Step == Preparing && n.Keeps(v):
		return []Step{Drafting}
	case n.Step == Open && n.Keeps(v) && today >= n.FinalFrom():
		return []Step{Final}
	}
	return nil
}

// FinalFrom returns the first day on which the notes can be final.
func (n Notes) FinalFrom() string { return dayOf(at(n.Opened).Add(Week)) }

// ShownFrom returns the day from which something is shown that somebody puts beside the notes. With a name it
// is today. Without, it is the next of the days a week apart since they were opened, so that neither an hour
// nor an order tells whose it is; all that was written by the time they are final is shown by then.
func (n Notes) ShownFrom(today string, signed bool) string {
	if signed {
		return today
	}
	day := at(n.Opened).Add(Week)
	for dayOf(day) <= today {
		day = day.Add(Week)
	}
	return dayOf(day)
}

// A Line is one thing that was said or agreed.
type Line struct {
	ID      string
	Meeting string
	Place   int64
	N       int64 // how often it was changed
	Gone    bool  // it was taken out: something was said, and is not written down
	Text    string

	sealed
}

// A Right is what puts a line right. It stands beside it and changes nothing of it.
type Right struct {
	ID      string
	Meeting string
	Line    string    // empty for something that is missing
	By      person.ID // empty: one of us
	Shown   string    // the day from which it is shown
	Gone    bool
	Text    RightText

	sealed
}

// RightText is sealed as one text.
type RightText struct {
	Words string `json:"words"`
	Fill  string `json:"fill"` // so that a length does not tell whose it is
}

// block is what a sealed text's length is a multiple of.
const block = 1024

// filled returns the text as long as most others.
func (t RightText) filled() RightText {
	t.Fill = ""
	all, _ := json.Marshal(t) // words alone, which never fail
	t.Fill = strings.Repeat(".", block-len(all)%block)
	return t
}

// sealed is a text under a key of its own, as a row has it.
type sealed struct {
	key   string
	words []byte
	open  bool // for whoever reads it
}

// Leaves reports whether something is left to see where a line is taken out: as she chooses, and of final
// notes always, since people may have them on paper already.
func (n Notes) Leaves(trace bool) bool { return trace || n.Step == Final }

// Lines takes a text apart: each line of it is one of the notes.
func Lines(text string) []string {
	var list []string
	for one := range strings.SplitSeq(text, "\n") {
		if one = strings.TrimSpace(one); one != "" {
			list = append(list, one)
		}
	}
	return list
}

// Most is how many lines are added at once. Each has a key of its own.
const Most = 60

// dayOf is a day as it is kept.
func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// at returns noon of a day, which is that day in every zone a group may be in; zero for what is no day.
func at(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour)
}

// The faults of this room.
var (
	ErrWords  = fault.New(fault.Invalid, "notes.err_words")
	ErrMany   = fault.New(fault.Invalid, "notes.err_many")
	ErrThere  = fault.New(fault.Invalid, "notes.err_there")
	ErrSign   = fault.New(fault.Invalid, "notes.err_sign")
	ErrChoose = fault.New(fault.Invalid, "notes.err_choose")
	ErrAbout  = fault.New(fault.Invalid, "notes.err_about")
	ErrAnswer = fault.New(fault.Invalid, "notes.err_answer")
	ErrWhy    = fault.New(fault.Invalid, "notes.err_why")
	ErrWhat   = fault.New(fault.Invalid, "notes.err_what")
	ErrOwner  = fault.New(fault.Invalid, "notes.err_owner")
	ErrDay    = fault.New(fault.Invalid, "notes.err_day")
	ErrNewer  = fault.New(fault.Conflict, "web.newer")
)
