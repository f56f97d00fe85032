package notes

import (
	"slices"

	"footing/internal/person"
)

// A Todo is something that is to be done: what, by whom, by which day (R23).
type Todo struct {
	ID      string
	Meeting string    // at which it was agreed; may be empty
	Person  person.ID // who does it; empty while nobody has taken it on
	Due     string    // 2027-03-02
	State   Doing
	Ended   string    // the day on which she said so; empty before, and of what ended before days were kept
	N       int64     // how often somebody said what became of it
	By      person.ID // who wrote it down, which no page shows; empty once its words are erased
	Shut    bool      // what it is: since an older copy was put back, until she or whoever hosts says that it stands
	Text    TodoText
	Why     Reason

	sealed
}

// TodoText is sealed as one text.
type TodoText struct {
	What string `json:"what"`
	Why  string `json:"why,omitempty"` // why it is not done, from before reasons were sealed by themselves
}

// Old reports whether it was written down before it was kept by whom. Nobody can erase what stands there.
func (t Todo) Old() bool { return t.By == "" && t.key != "" }

// A Reason is why something is not done, in the words of whoever said that it is not.
type Reason struct {
	By   person.ID // empty once they are erased
	Shut bool
	Text string

	sealed
}

// A Piece is words of a thing to do that are erased, and stand again, by themselves.
type Piece string

// The pieces.
const (
	What Piece = "what"
	Why  Piece = "why"
)

// piece returns who wrote one of its pieces, whether it is shut, and what is sealed of it.
func (t Todo) piece(p Piece) (by person.ID, shut bool, s sealed) {
	if p == What {
		return t.By, t.Shut, t.sealed
	}
	return t.Why.By, t.Why.Shut, t.Why.sealed
}

// Erases lists the pieces that somebody can erase: those she wrote.
func (t Todo) Erases(v person.Viewer) []Piece {
	var list []Piece
	for _, p := range []Piece{What, Why} {
		if by, _, s := t.piece(p); s.key != "" && by == v.ID {
			list = append(list, p)
		}
	}
	return list
}

// Vouches lists the pieces of which somebody can say, after an older copy was put back, that they stand: those she
// wrote, and whoever hosts every one.
func (t Todo) Vouches(v person.Viewer) []Piece {
	var list []Piece
	for _, p := range []Piece{What, Why} {
		if by, shut, s := t.piece(p); s.key != "" && shut && (by == v.ID || v.Standings.Has(person.Facilitator)) {
			list = append(list, p)
		}
	}
	return list
}

// Doing is how far it is.
type Doing string

// How far. NotDone is said with why, and is an honest answer like the other.
const (
	ToDo    Doing = "todo"
	Done    Doing = "done"
	NotDone Doing = "not"
	Mine    Doing = "mine" // an answer: whoever gives it takes it on
)

// Late reports whether its day has passed and nobody has said what became of it.
func (t Todo) Late(today string) bool { return t.State == ToDo && t.Due < today }

// Answers lists what somebody can say to it: whoever does it what became of it. Nobody else says that for her.
// Of what nobody has taken on, anybody can say that she does it, and whoever hosts what became of it.
func (t Todo) Answers(v person.Viewer) []Doing {
	switch {
	case t.State != ToDo, t.Shut:
		return nil
	case t.Person == "" && v.Standings.Has(person.Facilitator):
		return []Doing{Mine, Done, NotDone}
	case t.Person == "":
		return []Doing{Mine}
	case t.Person == v.ID:
		return []Doing{Done, NotDone}
	}
	return nil
}

// After returns it after an answer of somebody's, or the fault of the answer.
func (t Todo) After(v person.Viewer, says Doing, why string) (Todo, error) {
	switch {
	case !slices.Contains(t.Answers(v), says):
		return t, ErrAnswer
	case says == NotDone && why == "":
		return t, ErrWhy
	case says == Mine:
		t.Person = v.ID
	case says == NotDone:
		t.State, t.Why = NotDone, Reason{By: v.ID, Text: why}
	default:
		t.State = Done
	}
	return t, nil
}

// Owns reports whether the viewer may write somebody's name beside it: her own, or that of one of everyone
// else. What one of the women takes on is hers to say.
func Owns(v person.Viewer, who person.ID, standings person.Set) bool {
	return who == "" || who == v.ID || standings.Meets(person.Standings()) && person.HouseOf(standings) == person.Others
}

// Sort puts what is to be done first, by its day and not by who does it, and then the rest, newest day first.
func Sort(list []Todo) {
	slices.SortStableFunc(list, func(a, b Todo) int {
		switch open, other := a.State == ToDo, b.State == ToDo; {
		case open && !other:
			return -1
		case other && !open:
			return 1
		case a.Due == b.Due:
			return 0
		case (a.Due < b.Due) == open:
			return -1
		}
		return 1
	})
}
