// Package asking is how somebody asks the women for what they know, and never one of them directly.
//
// What is known already comes first, on a shelf that everybody writes. Whoever still wants to ask says
// what for, what is not known yet, who gains and what is paid, under her own name. It goes to the women's
// group, any of whom can say "not this" for all. What they let through reaches those who chose to be
// asked about that kind of thing, and nobody else. Whether one of them looked, answered or did nothing
// shows nowhere (R39, R40, R51): no row says who was asked, so there is nothing that could be shown.
package asking

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"footing/internal/consent"
	"footing/internal/fault"
)

// Few is how many people must have answered before an answer is listed, or even counted: with fewer, who
// did not answer could be guessed.
const Few = 3

// TellWithin is how long the asker has to tell what came of it, after the asking is over.
const TellWithin = 30 * 24 * time.Hour

// Text is what somebody asks, as she writes it. It is kept sealed as one text.
type Text struct {
	Title    string         `json:"title"`
	What     string         `json:"what"` // what she would like to know, and what for
	Study    string         `json:"study"`
	Known    []string       `json:"known"` // entries of the shelf
	More     string         `json:"more"`  // what else is known
	Why      string         `json:"why"`   // why that is not enough
	Gain     string         `json:"gain"`  // who gains, and what
	Interest string         `json:"interest"`
	Pay      Pay            `json:"pay"`
	Pence    int64          `json:"pence"`
	Support  string         `json:"support"` // what there is beside the pay
	Kind     string         `json:"kind"`    // the kind of thing it is about: who chose to be asked about that
	Ways     []consent.Kind `json:"ways"`
	Weeks    int            `json:"weeks"` // how long it can be answered
}

// Pay says whether an answer is paid.
type Pay string

// The answers about pay. That no rate is set yet is an honest one.
const (
	PayNone   Pay = "none"
	PayAmount Pay = "amount"
	PayUnset  Pay = "unset"
)

// Pays lists them in the order in which they are offered.
func Pays() []Pay { return []Pay{PayUnset, PayNone, PayAmount} }

// Ways lists in which ways one can answer, an idea first and an experience last (R40).
func Ways() []consent.Kind {
	return []consent.Kind{consent.Idea, consent.Opinion, consent.Expertise, consent.Experience}
}

// Weeks lists how long an asking can be open.
var Weeks = []int{2, 4, 8}

// A Gap is something that a request cannot be put without: the part of the form and the field it is in.
type Gap struct {
	Part  int
	Field string
}

// Gaps lists what is still missing, in the order of the form.
func (t Text) Gaps() []Gap {
	var gaps []Gap
	need := func(part int, field string, there bool) {
		if !there {
			gaps = append(gaps, Gap{part, field})
		}
	}
	need(1, "entry_title", t.Title != "")
	need(1, "what", t.What != "")
	need(2, "more", len(t.Known) > 0 || t.More != "")
	need(2, "why", t.Why != "")
	need(3, "gain", t.Gain != "")
	need(3, "interest", t.Interest != "")
	need(4, "pay", slices.Contains(Pays(), t.Pay))
	need(4, "amount", t.Pay != PayAmount || t.Pence > 0)
	need(4, "support", t.Support != "")
	need(5, "kind", t.Kind != "")
	need(5, "ways", len(t.Ways) > 0)
	need(5, "weeks", slices.Contains(Weeks, t.Weeks))
	return gaps
}

// Same reports whether two texts say the same. Case, spaces and marks between the words make no new text.
func (t Text) Same(u Text) bool { return t.folded() == u.folded() }

// folded returns the text as it is compared.
func (t Text) folded() string {
	for _, words := range []*string{&t.Title, &t.What, &t.More, &t.Why, &t.Gain, &t.Interest, &t.Support} {
		*words = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, *words)
	}
	t.Known, t.Ways = slices.Sorted(slices.Values(t.Known)), slices.Sorted(slices.Values(t.Ways))
	text, err := json.Marshal(t)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return string(text)
}

// ForExperience reports whether the text asks, among other things, for what happened to somebody.
func (t Text) ForExperience() bool { return slices.Contains(t.Ways, consent.Experience) }

// money is how an amount is written: "12", "12.50", "£12.50".
var money = regexp.MustCompile(`^£?\s*(\d{1,4})(?:[.,](\d\d))?$`)

// ParsePence reads an amount in pounds and returns whole pence, and false when it is none.
func ParsePence(amount string) (int64, bool) {
	m := money.FindStringSubmatch(strings.TrimSpace(amount))
	if m == nil {
		return 0, false
	}
	pounds, _ := strconv.ParseInt(m[1], 10, 64) // at most four figures
	pence, _ := strconv.ParseInt(m[2], 10, 64)  // two, or none
	return 100*pounds + pence, true
}

// Pounds writes whole pence as an amount: "£12.50".
func Pounds(pence int64) string { return fmt.Sprintf("£%d.%02d", pence/100, pence%100) }

// The faults of this room.
var (
	ErrSame     = fault.New(fault.Invalid, "asking.same")
	ErrSettled  = fault.New(fault.Conflict, "asking.settled")
	ErrNoChange = fault.New(fault.Invalid, "asking.change_empty")
	ErrNothing  = fault.New(fault.Invalid, "asking.say_nothing")
	ErrEmpty    = fault.New(fault.Invalid, "asking.entry_empty")
	ErrNewer    = fault.New(fault.Conflict, "web.newer")
	ErrRule     = fault.New(fault.Invalid, "asking.rule_bounds")
	ErrNoName   = fault.New(fault.Invalid, "asking.kind_empty")
)
