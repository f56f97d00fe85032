// Package between keeps what two people agreed between them, with a day on which they look at it again: a worker
// who is also her support here, a GP who is her own GP (R13).
//
// It holds once both have said yes. Either can suggest other words, which wait for the other's yes while the words
// before go on holding, and either can end it, at once and without a reason. Nobody but the two sees it or that it
// is there, and once its day is past both are told on their first page, and nobody else.
package between

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"footing/internal/fault"
	"footing/internal/person"
)

// Limit is how many characters an agreement may have.
const Limit = 2000

// Terms are the words that two people agree on, and the day on which they look at them again.
type Terms struct {
	Words string
	Again time.Time

	sealed []byte
}

// An Agreed is what two people agreed between them, or what one of them asks the other.
type Agreed struct {
	ID     string
	Asker  person.ID // who asked first
	Other  person.ID
	Made   time.Time
	Yes    [2]bool // of the asker and of the other, to Now
	Now    Terms
	Before *Terms    // what holds while other words wait
	Ended  person.ID // who ended it, until the one who did not has seen so

	key string
}

// Of reports whether somebody is one of the two.
func (a Agreed) Of(who person.ID) bool { return who != "" && (who == a.Asker || who == a.Other) }

// With returns the other one of the two.
func (a Agreed) With(who person.ID) person.ID {
	if who == a.Asker {
		return a.Other
	}
	return a.Asker
}

// place is where somebody's yes stands.
func (a Agreed) place(who person.ID) int {
	if who == a.Asker {
		return 0
	}
	return 1
}

// Holds reports whether both said yes to the newest words.
func (a Agreed) Holds() bool { return a.Ended == "" && a.Yes[0] && a.Yes[1] }

// Waits reports whether the newest words wait for somebody's yes.
func (a Agreed) Waits(who person.ID) bool { return a.Ended == "" && !a.Yes[a.place(who)] }

// Holding returns the words that hold now, nil while none do.
func (a Agreed) Holding() *Terms {
	switch {
	case a.Ended != "":
		return nil
	case a.Holds():
		return &a.Now
	}
	return a.Before
}

// Due reports whether the day has come to look at it again. Nothing ends by that.
func (a Agreed) Due(now time.Time) bool {
	t := a.Holding()
	return t != nil && !now.Before(t.Again)
}

// Say returns it with somebody's yes to the newest words.
func (a Agreed) Say(who person.ID) Agreed {
	a.Yes[a.place(who)] = true
	if a.Holds() {
		a.Before = nil
	}
	return a
}

// Change returns it with other words, by one of the two. What holds goes on until the other has said yes.
func (a Agreed) Change(who person.ID, t Terms) Agreed {
	if a.Holds() {
		before := a.Now
		a.Before = &before
	}
	a.Now, a.Yes = t, [2]bool{}
	return a.Say(who)
}

// Back returns it without the words that wait, so that those before hold alone.
func (a Agreed) Back() Agreed {
	if a.Before != nil && !a.Holds() {
		a.Now, a.Before, a.Yes = *a.Before, nil, [2]bool{true, true}
	}
	return a
}

// Months lists after how many months it can be looked at again.
func Months() []int { return []int{1, 3, 6, 12} }

// NewTerms returns words as one of the two writes them today, to be looked at again after so many months.
func NewTerms(words string, months int, now time.Time) (Terms, error) {
	words = strings.TrimSpace(words)
	switch {
	case words == "":
		return Terms{}, ErrWords
	case utf8.RuneCountInString(words) > Limit:
		return Terms{}, fault.New(fault.Invalid, "web.too_long").With("max", Limit)
	case !slices.Contains(Months(), months):
		return Terms{}, ErrAgain
	}
	return Terms{Words: words, Again: now.AddDate(0, months, 0)}, nil
}

// The faults of this room.
var (
	ErrWords = fault.New(fault.Invalid, "between.say_words")
	ErrAgain = fault.New(fault.Invalid, "between.choose_again")
	ErrWhom  = fault.New(fault.Invalid, "between.choose_whom")
	ErrNone  = fault.New(fault.Invalid, "between.none_with")
	ErrDo    = fault.New(fault.Invalid, "between.choose_do")
	ErrNewer = fault.New(fault.Conflict, "web.newer")
)
