package meeting

import (
	"time"

	"footing/internal/person"
)

// An Item is something that somebody wants to be talked about.
type Item struct {
	ID      string
	Meeting string // on whose list it is; empty while it is on none
	Person  person.ID
	Made    time.Time
	Shut    bool // since an older copy was put back: closed until she says that it still stands
	Text    ItemText
	Fates   []Fate // what became of it, oldest first

	n int64 // how often somebody said what became of it
	sealed
}

// ItemText is what she wants to be talked about, sealed as one text.
type ItemText struct {
	Title string `json:"title"`
	More  string `json:"more"`
}

// What says what became of an item.
type What string

// What can become of one. An item that nobody has said anything of is Waiting.
const (
	Waiting What = ""
	Taken   What = "taken" // it was talked about
	Moved   What = "moved" // to another meeting's list
	Dropped What = "dropped"
)

// A Fate is one thing that became of an item, by whom and why.
type Fate struct {
	ID   string
	Item string
	From string // the meeting on whose list it was; may be empty
	To   string // the meeting it was moved to
	What What
	By   person.ID
	Made time.Time
	Why  string

	n int64 // from 1, of its item
	sealed
}

// Stands returns what became of an item last. One that was moved waits again.
func (i Item) Stands() What {
	if n := len(i.Fates); n > 0 && i.Fates[n-1].What != Moved {
		return i.Fates[n-1].What
	}
	return Waiting
}

// Next lists what somebody may do with an item. Those who host say what becomes of what waits; whoever put
// it on the list can move it. What was dropped or talked about anybody can put on a list again.
func (i Item) Next(v person.Viewer) []What {
	switch {
	case i.Stands() != Waiting:
		return []What{Moved}
	case v.Standings.Has(person.Facilitator):
		return []What{Taken, Moved, Dropped}
	case i.Person == v.ID:
		return []What{Moved}
	}
	return nil
}

// Check returns the fault of a fate: what is dropped has a reason, and what is moved a meeting to go to.
func (f Fate) Check() error {
	switch {
	case f.What == Dropped && f.Why == "":
		return ErrWhy
	case f.What == Moved && (f.To == "" || f.To == f.From):
		return ErrWhere
	}
	return nil
}
