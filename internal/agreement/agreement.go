// Package agreement keeps how we work together: a text that members write and the rules by which they decide,
// in versions, to which each of them says yes or not yet (R12, ADR 13).
//
// A version is agreed when both houses agree to it by the rule for changes of the version that counted when it
// was written, and counts from then on until another is agreed. Where that one has no such rule, everybody who
// was here and still takes part says yes, with somebody of each house. Waiting never becomes yes. Whoever joins
// later is asked too, and whoever takes a break or leaves keeps nobody waiting. No page says who has not
// answered.
package agreement

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
)

// Limit is how many characters a version may have: about ten pages.
const Limit = 20000

// A Version is one version of the text with its rules. Neither is ever changed afterwards.
type Version struct {
	N       int64 // from 1
	Text    string
	Rules   Rules
	Bare    bool  // written before versions had rules: it is agreed by everybody's yes
	Under   int64 // the version that counted when this one was written, whose rule for changes it is agreed by; 0 for none
	Written time.Time
	Writer  person.ID
	Agreed  time.Time // zero while it waits

	rules string // as they are kept
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
	ErrOpens   = fault.New(fault.Invalid, "agreement.only_women")
)

// Asked reports whether somebody is one of those whose yes a version waits for.
func (v Version) Asked(who circle.Person) bool {
	return who.Taking() && who.Standings.Meets(person.Standings()) && !who.Made.After(v.Written)
}

// A Tally is what those who are asked said to a version.
type Tally struct {
	Lived, Others Counts // of those whose place counted for decisions when it was written
	Asked, Yes    int    // all who are asked, and how many of them said yes
	Answered      bool   // everybody who is asked has answered
}

// Tally counts what was said to the version. counting are the women whose place counted when it was written.
func (v Version) Tally(people []circle.Person, counting []person.ID, answers map[person.ID]Answer) Tally {
	t := Tally{Answered: true}
	for _, who := range people {
		if !v.Asked(who) {
			continue
		}
		answer := answers[who.ID]
		t.Asked++
		if answer == Yes {
			t.Yes++
		}
		t.Answered = t.Answered && answer.Valid()
		counts := &t.Others
		if who.House(v.Written) == person.Lived {
			if counts = &t.Lived; !slices.Contains(counting, who.ID) {
				continue
			}
		}
		counts.Of++
		switch answer {
		case Yes:
			counts.Yes++
		case NotYet:
			counts.NotReady++
		}
	}
	return t
}

// everybody reports whether everybody who is asked has said yes. With nobody to ask it is no.
func (t Tally) everybody() bool { return t.Asked > 0 && t.Yes == t.Asked }

// Agrees reports whether the version is agreed now, by the rule for changes that it stands under: nil where there
// is none. A rule asks both houses, waits its days unless everybody has answered before, and is stopped by as
// many women who say "not yet" as their house takes stops. Where a house has become smaller than the number
// that its rule asks for, that rule can be met no more, and everybody is asked as if there were none.
func (v Version) Agrees(t Tally, rule *Rule, stops int, now time.Time) bool {
	switch {
	case v.Bare:
		return t.everybody()
	case rule == nil || rule.Lived.Quorum > t.Lived.Of || rule.Others.Quorum > t.Others.Of:
		return t.everybody() && t.Lived.Yes > 0 && t.Others.Yes > 0
	case t.Lived.Stops() >= stops, now.Before(v.Ends(*rule)) && !t.Answered:
		return false
	}
	return rule.Lived.Enough(t.Lived) && rule.Lived.Agrees(t.Lived) && rule.Others.Enough(t.Others) && rule.Others.Agrees(t.Others)
}

// Ends returns until when everybody can answer before the version can be agreed without them.
func (v Version) Ends(rule Rule) time.Time { return v.Written.AddDate(0, 0, rule.Days) }

// Hash returns what the ledger keeps of a version: the SHA-256 of its text and of its rules, in hexadecimal.
func (v Version) Hash() string {
	all := v.Text
	if !v.Bare {
		all += "\x00" + v.rules
	}
	sum := sha256.Sum256([]byte(all))
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
