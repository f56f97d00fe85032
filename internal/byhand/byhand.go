// Package byhand makes whoever never signs in a full member: each of a member's tasks prints as one page
// of paper with a short code, and what she wrote on it or said aloud is entered by somebody, with a second
// person of her choice beside her.
//
// The tasks belong to their rooms, which hand them in as twins (web.Twin): the same questions and the same
// action as on the screen. This room prints them, takes the answers down, reads them back, and has them
// carried out as her. Two rules keep her in charge:
//
//   - What opens or commits something waits for the yes of the person she chose beside her. What only
//     closes (taking back, a no, stepping back) is done at once.
//   - For somebody who signs in herself nothing is entered unless she printed the sheet herself or said
//     that others may write things down for her.
//
// Whatever was entered is shown to her should she ever sign in, and stays correctable on its own page.
package byhand

import (
	"crypto/rand"
	"math/big"
	"strings"
	"time"
	"unicode"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
)

// A Sheet is one printed page: a task, for somebody, about something of hers.
type Sheet struct {
	Code   string // printed on it; empty for what is brought to her
	Bring  string // names what is brought to her, see Broughts; in no row
	Twin   string
	Thing  string    // what of hers it is about; empty for nothing in particular
	Person person.ID // whom it is for; empty for somebody who is not here yet
	By     person.ID // who printed it
	Made   time.Time
}

// Lasts is how long a sheet can be entered after it was printed.
const Lasts = 60 * 24 * time.Hour

// An Entry is what was taken down from a sheet.
type Entry struct {
	ID     string
	Person person.ID
	Twin   string
	Thing  string // what it was about; once done, what it made or changed
	Hand   person.Hand
	Made   time.Time
	State  State
	Done   time.Time // when it was carried out or dropped

	key    string
	sealed []byte // the answers, while they wait
}

// A State is how far an entry has come.
type State string

// The states. A dropped entry was never carried out.
const (
	Waiting State = "waiting"
	Doing   State = "doing" // for a moment, so that it is done once
	Done    State = "done"
	Dropped State = "dropped"
)

// The faults of this room.
var (
	ErrCode   = fault.New(fault.Invalid, "byhand.no_code")
	ErrBeside = fault.New(fault.Invalid, "byhand.choose_beside")
	ErrHow    = fault.New(fault.Invalid, "byhand.choose_how")
)

// MayWrite reports whether somebody may print sheets for others and enter them.
func MayWrite(v person.Viewer) bool { return v.Standings.Meets(circle.Writers()) }

// CheckHand refuses an entry without a way, or without a second person who is neither she nor the writer.
func CheckHand(h person.Hand, her person.ID) error {
	switch {
	case h.Way != person.Paper && h.Way != person.Spoken:
		return ErrHow
	case h.Beside == "" || h.Beside == her || h.Beside == h.By:
		return ErrBeside
	}
	return nil
}

// alphabet has no letter or digit that is taken for another when it is read out or written by hand.
const alphabet = "BCDFGHJKMNPQRTVWXY346789"

// newCode returns a code for a sheet, such as "K7M-R4T". It is a name and no secret: entering asks who
// enters.
func newCode() string {
	var b strings.Builder
	for i := range 6 {
		if i == 3 {
			b.WriteByte('-')
		}
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
		if err != nil {
			panic("byhand: no randomness: " + err.Error()) // crypto/rand never fails on systems Go supports
		}
		b.WriteByte(alphabet[n.Int64()])
	}
	return b.String()
}

// foldCode returns a code as it is stored, however it was typed.
func foldCode(typed string) string {
	var letters []rune
	for _, r := range strings.ToUpper(typed) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = append(letters, r)
		}
	}
	if len(letters) != 6 {
		return ""
	}
	return string(letters[:3]) + "-" + string(letters[3:])
}
