package facts

import (
	"slices"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Line is something that somebody holds outside of the program, such as money or a contract, as somebody here
// wrote it (R36). She stands beside it, and so does who said last that it is true, and when.
type Line struct {
	ID     string
	Person person.ID // who wrote it
	Kind   Kind
	True   time.Time // on which day somebody last said that it is
	TrueBy person.ID // who that was
	Shut   bool      // after an older copy was put back: for its writer alone, until she says that it may stand
	Text   LineText

	key   string
	words []byte
}

// LineText is sealed as one text.
type LineText struct {
	What string `json:"what"` // what is held
	Who  string `json:"who"`  // by whom
}

// A Kind is what a line is about.
type Kind string

// The kinds, in the order in which they are shown.
const (
	Money    Kind = "money"
	Contract Kind = "contract"
	Server   Kind = "server" // the machine, and the keys and passwords for it
	Place    Kind = "place"  // rooms, doors, other keys
	Other    Kind = "other"
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Money, Contract, Server, Place, Other} }

// Check returns the fault of a line that does not say enough.
func (l Line) Check() error {
	switch {
	case !slices.Contains(Kinds(), l.Kind):
		return ErrKind
	case l.Text.What == "" || l.Text.Who == "":
		return ErrLine
	}
	return nil
}

// openTo reports whether somebody may see it.
func (l Line) openTo(v person.Viewer) bool { return !l.Shut || l.Person == v.ID }

// The faults of this room.
var (
	ErrKind = fault.New(fault.Invalid, "facts.say_kind")
	ErrLine = fault.New(fault.Invalid, "facts.say_line")
)
