// Package decision is where the partnership decides, by both houses.
//
// Somebody writes what is to be decided, what is fixed already and by whom, and puts it forward; anybody can
// question the wording. When it opens, the rule it is decided by, and who can answer, are taken down with it,
// and nothing that happens afterwards reaches either. The lived-experience house can stop it, and what was
// stopped cannot be run again: no method of a Course leads out of its end, and a text can be put forward
// once. How answers are counted is one pure function for all methods (ADR 14).
package decision

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"footing/internal/agreement"
	"footing/internal/fault"
)

// Text is what is to be decided, as somebody writes it. It is kept sealed as one text.
type Text struct {
	Title    string           `json:"title"`    // in a few words
	Question string           `json:"question"` // what is to be decided
	Choices  []string         `json:"choices"`  // what can be chosen; one where it is about one thing
	Fixed    string           `json:"fixed"`    // what is not open, and who fixed it
	Why      string           `json:"why"`      // why that is not open
	Interest string           `json:"interest"` // what its writer or her work gains
	Matter   agreement.Matter `json:"matter"`
	Amount   string           `json:"amount,omitempty"` // how much money, in whole pounds, as it was typed; may be empty
	Method   Method           `json:"method"`
	Secret   bool             `json:"secret"`
	Rung     Rung             `json:"rung"`
	Again    int              `json:"again"` // after how many weeks it is looked at again
}

// A Rung is a step of the ladder of Arnstein (1969), which says how far people take part, from 1, the lowest.
type Rung int

// Rungs is how many there are.
const Rungs = 8

// MaxChoices is among how many choices one can decide.
const MaxChoices = 6

// Later lists after how many weeks one can look again.
var Later = []int{4, 13, 26, 52}

// Gaps lists what is still missing before a text can be put forward, by the names of the fields.
func (t Text) Gaps() []string {
	var gaps []string
	need := func(field string, there bool) {
		if !there {
			gaps = append(gaps, field)
		}
	}
	need("name", t.Title != "")
	need("question", t.Question != "")
	need("matter", slices.Contains(agreement.Matters(), t.Matter))
	_, whole := t.Pounds()
	need("amount", whole)
	need("method", slices.Contains(Methods(), t.Method))
	need("choices", !t.Method.Marks() || (len(t.Choices) >= 2 && len(t.Choices) <= MaxChoices))
	need("fixed", t.Fixed != "")
	need("why", t.Why != "")
	need("interest", t.Interest != "")
	need("rung", t.Rung >= 1 && t.Rung <= Rungs)
	need("again", slices.Contains(Later, t.Again))
	return gaps
}

// digits are an amount of money in whole pounds, under a thousand million.
var digits = regexp.MustCompile(`^[0-9]{1,9}$`)

// Pounds returns how much money it is about, 0 where that is not said or it is not about money, and false for what
// is no whole number of pounds. The sign and what keeps thousands apart are left out.
func (t Text) Pounds() (int, bool) {
	typed := strings.NewReplacer("£", "", ",", "", " ", "").Replace(t.Amount)
	if typed == "" || t.Matter != agreement.Money {
		return 0, true
	}
	n, err := strconv.Atoi(typed)
	return n, err == nil && digits.MatchString(typed)
}

// Same reports whether two texts ask the same. What makes a new one is the question and what can be chosen:
// neither case, spaces and marks, nor another way of counting, nor another name for the matter.
func (t Text) Same(u Text) bool { return t.folded() == u.folded() }

// folded returns what is compared of a text.
func (t Text) folded() string {
	parts := []string{t.Question}
	if t.Method.Marks() {
		parts = append(parts, t.Choices...)
		slices.Sort(parts[1:])
	}
	for i, words := range parts {
		parts[i] = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, words)
	}
	text, err := json.Marshal(parts)
	if err != nil {
		panic(err) // strings always encode
	}
	return string(text)
}

// The faults of this room.
var (
	ErrAnswer      = fault.New(fault.Invalid, "decision.answer_none")
	ErrSame        = fault.New(fault.Invalid, "decision.same")
	ErrSettled     = fault.New(fault.Conflict, "decision.settled")
	ErrQuestioned  = fault.New(fault.Conflict, "decision.questioned")
	ErrNewer       = fault.New(fault.Conflict, "web.newer")
	ErrNoRule      = fault.New(fault.Conflict, "decision.no_rule")
	ErrNotYours    = fault.New(fault.Conflict, "decision.women_open")
	ErrFew         = fault.New(fault.Conflict, "decision.too_few")
	ErrFewSecret   = fault.New(fault.Conflict, "decision.too_few_secret")
	ErrCast        = fault.New(fault.Conflict, "decision.ballot_already")
	ErrSlip        = fault.New(fault.Conflict, "decision.slip_yours")
	ErrSlipsNumber = fault.New(fault.Invalid, "decision.slips_number")
	ErrSlipsEmpty  = fault.New(fault.Invalid, "decision.slips_empty")
	ErrSlipsMany   = fault.New(fault.Invalid, "decision.slips_many")
	ErrSlipsUneven = fault.New(fault.Invalid, "decision.slips_uneven")
	ErrSlipsFew    = fault.New(fault.Invalid, "decision.slips_few")
	ErrSlipsSum    = fault.New(fault.Invalid, "decision.slips_sum")
	ErrSlipsRow    = fault.New(fault.Invalid, "decision.slips_row")
	ErrOrderLetter = fault.New(fault.Invalid, "decision.order_letter")
	ErrOrderTwice  = fault.New(fault.Invalid, "decision.order_twice")
	ErrOrderShares = fault.New(fault.Invalid, "decision.order_shares")
	ErrSlipsFirst  = fault.New(fault.Conflict, "decision.slips_first")
	ErrEmpty       = fault.New(fault.Invalid, "decision.empty")
)
