// Package facts is what the program counts of who has a say here: by group, never by person (R35), and who holds
// what (R36). Each count says who counted, of what time, and what it cannot show.
//
// Counts are of things that people did under their name, where everybody who takes part can see them: what was put
// on a list and what became of it, decisions, what was to be done, who hosted; and of how much was said, where
// whoever said it lets everybody know of it. What is counted is settled, once, on one day, and then
// stands in one count and in no other. A count is of whole months that are over. It is made on the first of a
// month, once it can be shown without telling of anybody (package disclosure), and kept as it is shown, without ids
// and without what is withheld. Until then all of it waits for the next month; at the end of a year it is made
// anyway, with what can be shown. So two counts never differ by one person, also when somebody takes back or leaves
// (ADR 20). Secret decisions are in none of it. When and where one met is counted too (Times): behind that is nobody.
package facts

import (
	"time"

	"footing/internal/disclosure"
	"footing/internal/person"
)

// A Fact is one thing that is counted.
type Fact string

// The facts, in the order in which they are shown.
const (
	Agenda     Fact = "agenda"  // what became of what somebody put on a list, by whose it was
	Said       Fact = "said"    // how much was said in talks that were written down, by who said it
	Opened     Fact = "opened"  // decisions that were opened, by who wrote them
	Decided    Fact = "decided" // what came out of decisions about anything but money, by who wrote them
	AboutMoney Fact = "money"   // what came out of those about money
	Sum        Fact = "sum"     // how much money was agreed in them
	Ladder     Fact = "ladder"  // on which step people saw decisions that were closed, by who saw it (R33)
	Todo       Fact = "todo"    // what became of what was to be done, by who took it on
	Hosted     Fact = "hosted"  // meetings that were, by who hosted
)

// Facts lists them.
func Facts() []Fact {
	return []Fact{Agenda, Said, Opened, Decided, AboutMoney, Sum, Ladder, Todo, Hosted}
}

// Sorts lists what can have become of each thing, in words of the room that hands it in. The first is the one that
// a sentence tells.
func (f Fact) Sorts() []string {
	switch f {
	case Agenda:
		return []string{"taken", "dropped", "waits"}
	case Opened:
		return []string{"new", "again"}
	case Said:
		return []string{"said"}
	case Decided, AboutMoney:
		return []string{"passed", "not", "stopped"}
	case Sum:
		return []string{"pounds"}
	case Ladder:
		return []string{"high", "middle", "low"}
	case Todo:
		return []string{"done", "not", "open"}
	case Hosted:
		return []string{"hosted"}
	}
	return nil
}

// Houses are the two groups, in the order in which they are shown.
func Houses() []person.House { return []person.House{person.Lived, person.Others} }

// Withheld stands in the place of a number that is not shown.
const Withheld = -1

// Numbers are what is shown of a fact: a row for each house and one for both, in each a column for each sort and
// one for all. A number that is not shown is Withheld.
type Numbers [][]int

// Whole reports whether nothing is withheld.
func (n Numbers) Whole() bool {
	for _, row := range n {
		for _, number := range row {
			if number == Withheld {
				return false
			}
		}
	}
	return true
}

// Some reports whether any number is shown that is not none.
func (n Numbers) Some() bool {
	for _, row := range n {
		for _, number := range row {
			if number > 0 {
				return true
			}
		}
	}
	return false
}

// A Count is one count of a fact, as it was shown first. It is of what was settled from a day on, the zero time
// being the beginning, and before another.
type Count struct {
	Fact        Fact
	From, Until time.Time
	Numbers     Numbers
}

// Did holds how often each did what.
type Did = map[person.ID]map[string]int

// Counted returns what may be shown of what people did, to those who take part. houses says in which house each is
// who takes part; what others did, such as somebody who has left, is not counted. It returns nil as long as a house
// has too few people for anything to be said of it.
func Counted(f Fact, houses map[person.ID]person.House, did Did) Numbers {
	k := disclosure.Threshold(disclosure.Participants, 0)
	of := map[person.House]int{}
	for _, h := range houses {
		of[h]++
	}
	t := disclosure.Table{Cols: f.Sorts()}
	for _, h := range Houses() {
		if of[h] <= k { // of k people, k things would be one each
			return nil
		}
		t.Rows = append(t.Rows, string(h))
		cells, behind := make([]int, len(t.Cols)), make([][]string, len(t.Cols))
		for who, times := range did {
			for j, sort := range t.Cols {
				if n := times[sort]; n > 0 && houses[who] == h {
					cells[j] += n
					behind[j] = append(behind[j], string(who))
				}
			}
		}
		t.Cells, t.Behind = append(t.Cells, cells), append(t.Behind, behind)
	}
	var numbers Numbers
	for _, row := range disclosure.Protect(t, k).Cells {
		shown := make([]int, len(row))
		for j, cell := range row {
			shown[j] = cell.Count
			if cell.Why != disclosure.Shown {
				shown[j] = Withheld
			}
		}
		numbers = append(numbers, shown)
	}
	return numbers
}

// Due reports whether a count may be made on that first of a month: when it is of something and nothing of it is
// withheld, or when the year is over and something of it can be shown.
func (n Numbers) Due(first time.Time) bool {
	return n.Some() && (n.Whole() || first.Month() == time.January)
}

// month returns the first of a month.
func month(t time.Time) time.Time {
	y, m, _ := t.UTC().Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
}
