// Package agreement keeps how we work together: a text that members write, in versions, to which each of
// them says yes or not yet (R12).
//
// A version holds once everybody who was here when it was written, and still takes part, has said yes.
// Waiting never becomes yes: until then the one before holds. Whoever joins later is asked too, and
// whoever takes a break or leaves keeps nobody waiting. No page says who has not answered.
package agreement

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
)

// Limit is how many characters a version may have: about ten pages.
const Limit = 20000

// A Version is one version of the text. It is never changed afterwards.
type Version struct {
	N       int64 // from 1
	Text    string
	Written time.Time
	Writer  person.ID
}

// An Answer is what somebody says to a version.
type Answer string

// The answers. Not having answered is neither.
const (
	Yes    Answer = "yes"
	NotYet Answer = "not-yet"
)

// Valid reports whether a is one of the answers.
func (a Answer) Valid() bool { return a == Yes || a == NotYet }

// The faults of this room.
var (
	ErrEmpty   = fault.New(fault.Invalid, "agreement.empty")
	ErrSame    = fault.New(fault.Invalid, "agreement.same")
	ErrNewer   = fault.New(fault.Conflict, "agreement.newer")
	ErrUnasked = fault.New(fault.Conflict, "agreement.unasked")
)

// Asked reports whether somebody is one of those whose yes a version waits for.
func (v Version) Asked(who circle.Person) bool {
	return who.Taking() && who.Standings.Meets(person.Standings()) && !who.Made.After(v.Written)
}

// Holds reports whether everybody who is asked has said yes. With nobody to ask it does not.
func (v Version) Holds(people []circle.Person, answers map[person.ID]Answer) bool {
	asked := 0
	for _, who := range people {
		if !v.Asked(who) {
			continue
		}
		if answers[who.ID] != Yes {
			return false
		}
		asked++
	}
	return asked > 0
}

// Hash returns what the ledger keeps of a version: the SHA-256 of its text, in hexadecimal.
func (v Version) Hash() string {
	sum := sha256.Sum256([]byte(v.Text))
	return hex.EncodeToString(sum[:])
}

// A Para is one paragraph as it is shown. Lead is set in bold before the rest; Head is a heading.
type Para struct {
	Head, Lead, Text string
}

// Paras splits a text at its empty lines. A line that begins with "#" is a heading, and a paragraph may
// begin with a few words between double stars, which stand out. Nothing else in it is markup.
func Paras(text string) []Para {
	var list []Para
	for block := range strings.SplitSeq(text, "\n\n") {
		block = strings.TrimSpace(block)
		switch {
		case block == "":
		case strings.HasPrefix(block, "#"):
			list = append(list, Para{Head: strings.TrimSpace(strings.TrimLeft(block, "#"))})
		default:
			var p Para
			p.Text = block
			if rest, ok := strings.CutPrefix(block, "**"); ok {
				if lead, after, ok := strings.Cut(rest, "**"); ok {
					p.Lead, p.Text = lead, strings.TrimSpace(after)
				}
			}
			list = append(list, p)
		}
	}
	return list
}
