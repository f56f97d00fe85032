// Package place is a page for each place where one meets, as members know it: who else uses the building, the
// ways out, whether there is a quiet room, children, buses.
//
// Whoever takes part writes it, in versions with a name and a day, and nobody's version is written over: who
// knows that the side door sticks says so. It is about buildings, and asks nothing about anybody.
package place

import (
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Part is one thing to know of a place.
type Part string

// The parts, in the order in which they are read: first what somebody wants to know before she goes in.
const (
	Address  Part = "address"
	Others   Part = "others" // who else uses the building
	Out      Part = "out"    // the ways out
	Quiet    Part = "quiet"
	Children Part = "children"
	Buses    Part = "buses"
	Steps    Part = "steps" // getting about inside
	More     Part = "more"
)

// Parts lists them.
func Parts() []Part { return []Part{Address, Others, Out, Quiet, Children, Buses, Steps, More} }

// Text is what a version says. It is sealed as one text.
type Text struct {
	Name  string          `json:"name"`
	Parts map[Part]string `json:"parts"`
	Away  bool            `json:"away"` // one does not meet there any more
}

// A Place is one place as its newest version says.
type Place struct {
	ID       string
	Made     time.Time
	Versions []Version // oldest first
}

// A Version is what somebody wrote of a place on a day. It is never changed afterwards.
type Version struct {
	N      int64 // from 1
	Writer person.ID
	Made   time.Time
	Text   Text

	key   string
	words []byte
	open  bool
}

// Now returns the newest version.
func (p Place) Now() Version {
	if len(p.Versions) == 0 {
		return Version{}
	}
	return p.Versions[len(p.Versions)-1]
}

// The faults of this room.
var (
	ErrName  = fault.New(fault.Invalid, "place.err_name")
	ErrNewer = fault.New(fault.Conflict, "web.newer")
)
