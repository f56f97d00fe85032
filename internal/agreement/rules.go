package agreement

import (
	"maps"
	"slices"
	"unicode/utf8"

	"footing/internal/fault"
	"footing/internal/person"
)

// Rules is what a version of the agreement says about deciding, as data (ADR 13). What is open keeps the
// rules it was opened under.
type Rules struct {
	By     map[Matter]Rule `json:"by"`     // a matter that has none cannot be decided yet
	Closed []Closed        `json:"closed"` // what is not decided here
	Limits []Confidence    `json:"limits"` // what a profession cannot keep to itself (R55)
}

// A Matter is what a decision is about.
type Matter string

// The matters, from what is decided most often to what is decided least.
const (
	Everyday  Matter = "everyday"
	Practices Matter = "practices" // what is to change in GP practices
	Research  Matter = "research"  // what is asked in a study
	Published Matter = "published"
	Money     Matter = "money"
	Changes   Matter = "changes" // this agreement
)

// Matters lists them in the order in which they are shown.
func Matters() []Matter { return []Matter{Everyday, Practices, Research, Published, Money, Changes} }

// A Rule says how one kind of thing is decided.
type Rule struct {
	Lived  House    `json:"lived"`
	Others House    `json:"others"`
	Days   int      `json:"days"` // how long it is open
	Opens  Opener   `json:"opens"`
	Apart  Disagree `json:"apart"` // what happens when the houses do not agree
}

// House returns what the rule asks of a house.
func (r Rule) House(h person.House) House {
	if h == person.Lived {
		return r.Lived
	}
	return r.Others
}

// TooMany returns the houses of which the rule asks more people to take part than there are: nothing could be decided
// by it.
func (r Rule) TooMany(of map[person.House]int) []person.House {
	var list []person.House
	for _, h := range []person.House{person.Lived, person.Others} {
		if r.House(h).Quorum > of[h] {
			list = append(list, h)
		}
	}
	return list
}

// An Opener says who may open such a decision.
type Opener string

// The openers. Whoever only gives money opens nothing.
const (
	AnyOpens   Opener = "any"
	LivedOpens Opener = "lived"
)

// A Disagree says what happens when one house agrees and the other does not, or they choose differently. It
// never makes a decision pass.
type Disagree string

// What can happen then.
const (
	Stays   Disagree = "stays"   // everything stays as it was
	Again   Disagree = "again"   // it is talked about at the next meeting, and asked with another text
	Outside Disagree = "outside" // somebody whom both houses name helps to talk about it
)

// Closed is something that is not decided by votes here, and why.
type Closed struct {
	What string `json:"what"`
	Why  string `json:"why"`
}

// A Confidence is what people of a standing cannot keep to themselves, in their words.
type Confidence struct {
	Of   person.Standing `json:"of"`
	Text string          `json:"text"`
}

// A House is how one house agrees.
type House struct {
	Way    Way `json:"way"`
	Share  int `json:"share,omitempty"` // in hundredths, for the way of that name
	Quorum int `json:"quorum"`          // how many of it must take part
}

// A Way is how many yeses a house needs. In each of them somebody has to say yes, and whoever passes took
// part and counts as nothing else.
type Way string

// The ways.
const (
	Unopposed Way = "unopposed" // nobody says anything else than yes
	Majority  Way = "majority"  // more than half
	Share     Way = "share"     // the share that the group chose, or more
	All       Way = "all"       // everybody in the house, whoever is silent too
)

// Ways lists them.
func Ways() []Way { return []Way{Unopposed, Majority, Share, All} }

// Counts is how many people of one house gave which answer.
type Counts struct {
	Of       int // how many could answer
	Yes, No  int
	Stop     int // this must not go on
	NotReady int
	Talk     int // I need to talk about it first
	Pass     int
}

// Took returns how many took part, whatever they said.
func (c Counts) Took() int { return c.Against() + c.Yes + c.Pass }

// Stops returns how many ask that it does not go on now. Whoever needs more time is one of them.
func (c Counts) Stops() int { return c.Stop + c.NotReady + c.Talk }

// Against returns how many said something that is not yes.
func (c Counts) Against() int { return c.No + c.Stops() }

// Enough reports whether enough of the house took part.
func (h House) Enough(c Counts) bool { return c.Took() >= h.Quorum }

// Agrees reports whether the house agrees, supposing that enough of it took part. A tie is no.
func (h House) Agrees(c Counts) bool {
	if c.Yes == 0 {
		return false
	}
	switch h.Way {
	case Unopposed:
		return c.Against() == 0
	case Majority:
		return c.Yes > c.Against()
	case Share:
		return 100*c.Yes >= h.Share*(c.Yes+c.Against())
	case All:
		return c.Yes == c.Of
	}
	return false
}

// Founding returns the rules under which every partnership begins. They are borrowed, and the page says so:
// everyday things can be decided and nothing else, until both houses have agreed on rules of their own.
func Founding() Rules {
	return Rules{By: map[Matter]Rule{Everyday: {
		Lived:  House{Way: Unopposed, Quorum: 2},
		Others: House{Way: Unopposed, Quorum: 1},
		Days:   7,
		Opens:  AnyOpens,
		Apart:  Again,
	}}}
}

// Own reports whether a group has rules of its own for deciding. Without, those of Founding count.
func (r Rules) Own() bool { return len(r.By) > 0 }

// InForce returns the rules that count where these were agreed: these, or the borrowed ones beside what else was
// agreed.
func (r Rules) InForce() Rules {
	if !r.Own() {
		r.By = Founding().By
	}
	return r
}

// Rule returns the rule for a matter, nil where there is none.
func (r Rules) Rule(m Matter) *Rule {
	if rule, ok := r.By[m]; ok {
		return &rule
	}
	return nil
}

// A Change is what somebody would change in rules: the matters that she says something else about, and the lists
// that she wrote anew. What she leaves alone stays as it is.
type Change struct {
	By     map[Matter]Rule `json:"by,omitempty"`
	Closed *[]Closed       `json:"closed,omitempty"`
	Limits *[]Confidence   `json:"limits,omitempty"`
}

// To returns rules with the change made to them. The first rule of one's own keeps the borrowed one for everyday
// things beside it, so that those go on.
func (c Change) To(r Rules) Rules {
	if len(c.By) > 0 {
		r.By = maps.Clone(r.InForce().By)
		maps.Copy(r.By, c.By)
	}
	if c.Closed != nil {
		r.Closed = *c.Closed
	}
	if c.Limits != nil {
		r.Limits = *c.Limits
	}
	return r
}

// Equal reports whether two rules say the same.
func (r Rules) Equal(o Rules) bool {
	return maps.Equal(r.By, o.By) && slices.Equal(r.Closed, o.Closed) && slices.Equal(r.Limits, o.Limits)
}

// What a rule can be at all. Never one woman alone, and never from one day to the next.
const (
	minDays, maxDays     = 3, 60
	minLived, minOthers  = 2, 1
	maxQuorum            = 200
	minShare, maxShare   = 51, 99
	maxLimits, maxClosed = 20, 20
	maxLine              = 600 // characters, of what is not decided here and of limits
)

// The faults of rules.
var (
	ErrDays   = fault.New(fault.Invalid, "agreement.rule_days_number")
	ErrQuorum = fault.New(fault.Invalid, "agreement.rule_enough")
	ErrShare  = fault.New(fault.Invalid, "agreement.rule_share")
	ErrRule   = fault.New(fault.Invalid, "agreement.rule_unknown")
	ErrWhy    = fault.New(fault.Invalid, "agreement.closed_both")
	errLong   = fault.New(fault.Invalid, "web.too_long").With("max", maxLine)
)

// Check returns the fault of a rule that cannot be.
func (r Rule) Check() error {
	switch {
	case r.Days < minDays || r.Days > maxDays:
		return ErrDays
	case !slices.Contains([]Opener{AnyOpens, LivedOpens}, r.Opens), !slices.Contains([]Disagree{Stays, Again, Outside}, r.Apart):
		return ErrRule
	}
	if err := r.Lived.check(minLived); err != nil {
		return err
	}
	return r.Others.check(minOthers)
}

func (h House) check(least int) error {
	switch {
	case !slices.Contains(Ways(), h.Way):
		return ErrRule
	case h.Quorum < least || h.Quorum > maxQuorum:
		return ErrQuorum
	case h.Way == Share && (h.Share < minShare || h.Share > maxShare), h.Way != Share && h.Share != 0:
		return ErrShare
	}
	return nil
}

// Check returns the fault of rules that cannot be.
func (r Rules) Check() error {
	for matter, rule := range r.By {
		if !slices.Contains(Matters(), matter) {
			return ErrRule
		}
		if err := rule.Check(); err != nil {
			return err
		}
	}
	if len(r.Closed) > maxClosed || len(r.Limits) > maxLimits {
		return ErrRule
	}
	for _, c := range r.Closed {
		if c.What == "" || c.Why == "" {
			return ErrWhy
		}
		if utf8.RuneCountInString(c.What) > maxLine || utf8.RuneCountInString(c.Why) > maxLine {
			return errLong
		}
	}
	for _, l := range r.Limits {
		if !slices.Contains(Professions(), l.Of) {
			return ErrRule
		}
		if utf8.RuneCountInString(l.Text) > maxLine {
			return errLong
		}
	}
	return nil
}

// Professions lists the standings that have limits to what they can keep to themselves.
func Professions() []person.Standing {
	return []person.Standing{person.Charity, person.Clinician, person.Practice, person.Researcher}
}
