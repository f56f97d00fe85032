package meeting

import (
	"encoding/json"
	"strings"
	"time"

	"footing/internal/person"
)

// A Way is how somebody takes part in a meeting (R18).
type Way string

// The ways, and Not for who does not take part this time. None is better than another.
const (
	Here    Way = "here"
	Phone   Way = "phone"
	Video   Way = "video"
	Before  Way = "before"  // by text, before it
	After   Way = "after"   // by text, after it
	Through Way = "through" // through somebody who says it for her
	Not     Way = "not"
)

// Ways lists them.
func Ways() []Way { return []Way{Here, Phone, Video, Before, After, Through, Not} }

// A Taking is how somebody told those who host that she takes part.
type Taking struct {
	ID      string
	Meeting string
	Person  person.ID
	Made    time.Time
	Text    TakingText

	sealed
}

// TakingText is sealed as one text.
type TakingText struct {
	Ways  []Way     `json:"ways"`
	By    person.ID `json:"by"`    // a buddy who says it for her, if she chose one
	Words string    `json:"words"` // what those who host should know for it, such as a number to ring
	Fill  string    `json:"fill"`  // so that the length does not tell which ways
}

// block is what a sealed text's length is a multiple of.
const block = 1024

// filled returns the text as long as most others.
func (t TakingText) filled() TakingText {
	t.Fill = ""
	all, _ := json.Marshal(t) // words alone, which never fail
	t.Fill = strings.Repeat(".", block-len(all)%block)
	return t
}

// Kept is how long after a meeting it stays known how somebody took part in it.
const Kept = 14 * 24 * time.Hour

// May says who may read what somebody says to a meeting.
type May string

// Who may. Hosts is what no answer means: they say it in the meeting, and nobody else reads it.
const (
	Hosts     May = "hosts"
	Everybody May = "everybody"
)

// A Said is something that somebody said to a meeting or to one thing on its list, on the day, before or
// after: all of them count the same, and nothing marks those that came late.
type Said struct {
	ID      string
	Meeting string
	Item    string // empty for the meeting as a whole
	Person  person.ID
	May     May
	Made    time.Time
	Shut    bool // as of an item
	Text    SaidText

	sealed
}

// SaidText is sealed as one text.
type SaidText struct {
	Words string `json:"words"`
	For   bool   `json:"for"` // she says it for somebody who asked her to
}
