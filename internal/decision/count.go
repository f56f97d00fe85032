package decision

import (
	"footing/internal/agreement"
	"footing/internal/person"
)

// A Tally is what one house said. It is counted without looking at the other.
type Tally struct {
	Counts agreement.Counts
	Choice int // which choice the house's yes is to; NoChoice when none won
}

// NoChoice says that no choice won in a house.
const NoChoice = -1

// Count counts the answers of one house of so many people. Where answers have marks, they become yes or no to
// the choice that won in this house; without a winner they are all no. folded is what orders on slips add up to.
func Count(m Method, choices, of int, answers []Said, folded ...Pairs) Tally {
	if m == Ranked {
		return countOrders(choices, of, answers, folded)
	}
	t := Tally{Counts: agreement.Counts{Of: of}, Choice: NoChoice}
	if !m.Marks() {
		t.Choice = 0
	} else if won, ok := highest(choices, answers); ok {
		t.Choice = won
	}
	for _, s := range answers {
		switch {
		case s.Word != "":
			add(&t.Counts, s.Word)
		case t.Choice != NoChoice && s.Marks[t.Choice] > 0:
			t.Counts.Yes++
		default:
			t.Counts.No++
		}
	}
	return t
}

// Add adds answers in one word that were counted elsewhere, such as folded slips.
func (t Tally) Add(more agreement.Counts) Tally {
	c := &t.Counts
	c.Yes, c.No, c.Pass = c.Yes+more.Yes, c.No+more.No, c.Pass+more.Pass
	c.Stop, c.NotReady, c.Talk = c.Stop+more.Stop, c.NotReady+more.NotReady, c.Talk+more.Talk
	return t
}

func add(c *agreement.Counts, word Answer) {
	switch word {
	case Yes:
		c.Yes++
	case No:
		c.No++
	case Stop:
		c.Stop++
	case NotReady:
		c.NotReady++
	case Talk:
		c.Talk++
	case Pass:
		c.Pass++
	}
}

// Frame is what a decision is counted by. It is taken down when the decision opens, and nothing changes it.
type Frame struct {
	Method Method         `json:"method"`
	Rule   agreement.Rule `json:"rule"`
	Stops  int            `json:"stops"` // how many stops the women's house takes
}

// House returns what a house has to reach.
func (f Frame) House(h person.House) agreement.House { return f.Method.Ask(f.Rule.House(h)) }

// An Outcome is what came out.
type Outcome string

// The outcomes. Waits is not the end of anything.
const (
	Passed    Outcome = "passed"
	NotPassed Outcome = "not"
	Stopped   Outcome = "stopped"
	Waits     Outcome = "waits"
)

// A Result is what came out, and what a house said in one word. It holds no number.
type Result struct {
	Outcome Outcome
	Short   []person.House // of which too few took part, when it waits; none: the words of an advice are missing
	Choice  int            // what was agreed, when it passed
	Slips   bool           `json:",omitempty"` // folded slips are out that were not counted, when it waits
	Agreed  []person.House // which houses said yes, once there were enough
}

// Heard is what the answers of one house come to, by what a frame asks of it.
type Heard struct {
	Stops  bool // only the women's house can
	Enough bool // of it took part
	Agrees bool // supposing that enough took part
	Choice int
}

// Hear says what the answers of one house come to. It does not look at the other.
func (f Frame) Hear(h person.House, t Tally) Heard {
	asked := f.House(h)
	return Heard{Stops: h == person.Lived && f.Stopped(t.Counts), Enough: asked.Enough(t.Counts), Agrees: t.Choice != NoChoice && asked.Agrees(t.Counts), Choice: t.Choice}
}

// Decide says what came out of what the two houses said. followed says that whoever decides after advice has
// written whose she followed; in every other method it means nothing.
func (f Frame) Decide(lived, others Tally, followed bool) Result {
	return f.Method.Both(f.Hear(person.Lived, lived), f.Hear(person.Others, others), followed)
}

// Both says what came out of what the two houses come to.
//
// Stopped comes before waiting, waiting before passed, passed before not passed.
func (m Method) Both(lived, others Heard, followed bool) Result {
	if lived.Stops {
		return Result{Outcome: Stopped, Choice: NoChoice}
	}
	if short := these(!lived.Enough, !others.Enough); short != nil {
		return Result{Outcome: Waits, Choice: NoChoice, Short: short} // nobody is told what a house said before there are enough
	}
	r := Result{Outcome: Waits, Choice: NoChoice, Agreed: these(lived.Agrees, others.Agrees)}
	switch {
	case len(r.Agreed) < 2 || lived.Choice != others.Choice:
		r.Outcome = NotPassed
	case m != Advice || followed:
		r.Outcome, r.Choice = Passed, lived.Choice
	}
	return r
}

// Ballots says what came out of ballots: that it passed, that it did not, or of which house too few took part. A
// stop makes it not pass. Nothing else is told of a secret decision, nor kept beside it: which house said what,
// or that somebody stopped it, could tell those who know most of the ballots what is in the others.
func (f Frame) Ballots(lived, others Tally) Result {
	if short := these(!f.Hear(person.Lived, lived).Enough, !f.Hear(person.Others, others).Enough); short != nil {
		return Result{Outcome: Waits, Choice: NoChoice, Short: short}
	}
	if out := f.Decide(lived, others, true); out.Outcome == Passed {
		return Result{Outcome: Passed, Choice: out.Choice}
	}
	return Result{Outcome: NotPassed, Choice: NoChoice}
}

// Stopped reports whether the women's house stops it. It takes at least one stop, whatever is written.
func (f Frame) Stopped(lived agreement.Counts) bool { return lived.Stops() >= max(f.Stops, 1) }

// Houses lists the two houses.
func Houses() []person.House { return []person.House{person.Lived, person.Others} }

// both are the two houses. They are never changed, so that what came out can point to them.
var both = [...]person.House{person.Lived, person.Others}

// these lists those houses of which something is so, or nil.
func these(lived, others bool) []person.House {
	switch {
	case lived && others:
		return both[:]
	case lived:
		return both[:1:1]
	case others:
		return both[1:]
	}
	return nil
}
