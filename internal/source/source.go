// Package source turns a recording's transcript into a source that may be analysed.
//
// Files wait in the database, sealed; what was found in them is shown, and somebody says whose voice
// each speaker is; only then is anything kept. A source can be kept without terms. It is analysed when
// three things have come together: somebody whose voice it holds said yes for the study, its keeper said
// that every place that speaks of a member is marked, and the study runs. None of that is decided here a
// second time: what an analyst may open is the gate's to say, turn by turn.
//
// What a command sends and gets is written at [Found] and in add.go.
package source

import (
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
)

// A State says how far a source is on the way to being analysed.
type State string

// The states.
const (
	Unmarked State = "new"     // kept; the places that speak of members are not marked yet
	Marked   State = "marked"  // its keeper says every such place is marked; it waits for a yes or the study
	Offered  State = "offered" // offered for analysis; terms decide who opens what
	Closed   State = "closed"  // out of analysis: its keeper closed it, or everybody took her part back for good
)

// A Source is a contribution kept for a study.
type Source struct {
	ID     consent.ID // of the contribution
	Study  string
	Kind   consent.Kind
	State  State
	Added  time.Time
	Keeper person.ID

	key   string
	facts []byte
}

// A Part is one voice in a source, as far as it can be counted without opening a word.
type Part struct {
	Speaker consent.ID
	Role    consent.Role
	Person  person.ID // empty outside the circle
	Turns   int
	Gone    bool // taken back and destroyed

	first consent.ID
}

// Facts are what a reader of the report is told about how a source came to be: the items of COREQ that
// a record can answer (Tong, Sainsbury and Craig, 2007), and whether the limits of what can be kept
// between us were said beforehand. The title is the keeper's, and neutral.
type Facts struct {
	Title     string `json:"title"`
	Setting   string `json:"setting"`   // where it took place
	Present   string `json:"present"`   // who else was there
	Guide     string `json:"guide"`     // version of the interview guide
	Recording string `json:"recording"` // one of Recordings
	Minutes   int    `json:"minutes"`
	Returned  string `json:"returned"` // was the transcript given back to those who spoke: "yes", "no" or ""
	Limits    string `json:"limits"`   // were the limits said before it began: "yes", "no" or ""
}

// Recordings lists how a conversation can have been written down.
var Recordings = []string{"sound", "film", "notes", "none"}

// Kinds lists the four kinds of source (R71), in the order in which they are shown.
func Kinds() []consent.Kind {
	return []consent.Kind{consent.Interview, consent.Observation, consent.Note, consent.GroupTalk}
}

// The faults of this room.
var (
	errKind       = fault.New(fault.Invalid, "source.choose_kind")
	errStudy      = fault.New(fault.Invalid, "source.choose_study")
	errNobody     = fault.New(fault.Invalid, "source.nobody_of_that_name")
	errNoFiles    = fault.New(fault.Invalid, "source.no_files")
	errTooMany    = fault.New(fault.Invalid, "source.too_many_files").With("max", maxFiles)
	errTooMuch    = fault.New(fault.Invalid, "source.too_much").With("max", maxTogether>>20)
	errNothing    = fault.New(fault.Invalid, "source.nothing_readable")
	errNoSheet    = fault.New(fault.Invalid, "source.sheet_needed")
	errHers       = fault.New(fault.Invalid, "source.terms_are_hers")
	errNotMarked  = fault.New(fault.Invalid, "source.marking_needed")
	errNoEnd      = fault.New(fault.Invalid, "source.end_needed")
	errUntold     = fault.New(fault.Invalid, "source.untold_title")
	errNotAllowed = fault.New(fault.Invalid, "source.not_possible_now")
)

// moves lists where a source can go from each state. Closing is not for ever: the keeper can offer the
// source again, unless nothing of it is left.
var moves = map[State][]State{
	Unmarked: {Marked, Offered, Closed},
	Marked:   {Offered, Closed},
	Offered:  {Closed},
	Closed:   {Marked, Offered},
}

// CanMove reports whether a source may go from one state to another. Staying is no move.
func CanMove(from, to State) bool { return slices.Contains(moves[from], to) }

// Analysable returns until when a speaker's part may be analysed in a study under her terms, and false
// when it may not be, now: without a yes for that study, after its end, or before its beginning.
func Analysable(t consent.Terms, study string, now time.Time) (until time.Time, ok bool) {
	for _, y := range t.Yes {
		of := y.Purpose == consent.Analysis && (y.For == "" || y.For == study)
		if of && !now.Before(y.From) && now.Before(y.Until) && y.Until.After(until) {
			until, ok = y.Until, true
		}
	}
	return until, ok
}
