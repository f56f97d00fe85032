package disclosure

import (
	"slices"
	"strings"
)

// A Count is one number that a release says: of these people, so many are or did What.
type Count struct {
	What  string   // what is counted, as one word of ours; counts of the same are put together
	Of    []string // the ids of everybody who was looked at, not only of those who are counted
	Value int
	// Approved says that everybody in Of has agreed that it may be known of her.
	Approved bool
}

// A Release is one version of something that was put out.
type Release struct {
	Report string // what it is a version of
	Counts []Count
	Quotes []Quote
}

// A Ledger is everything that was put out, the oldest first. Nothing is taken out of it: when somebody takes
// her words back, what it says of them stays, which is ids and sizes, and never a word or a name.
type Ledger []Release

// A Trouble is what is wrong with a release.
type Trouble string

// The troubles. All but Removed keep a release from going out.
const (
	Person  Trouble = "person"  // it would follow what is true of each of them
	Alike   Trouble = "alike"   // it would follow that the same is true of all of them: each knows the others'
	Set     Trouble = "set"     // it would follow of how many of them it is true, and they are fewer than k
	Wrong   Trouble = "wrong"   // no answers of people lead to these counts: one is wrong, or somebody changed hers
	Unsure  Trouble = "unsure"  // there is too much to work out, so nobody knows
	Removed Trouble = "removed" // a quote is gone since the last version: whoever compares them looks at it
)

// A Finding is one trouble of a release.
type Finding struct {
	Trouble Trouble
	What    string   // what is counted, for counts
	People  []string // whom it is about, by id, in order
	Quote   string   // the id of the quote that is gone
}

// Blocks reports whether the release must not go out like that.
func (f Finding) Blocks() bool { return f.Trouble != Removed }

// Check returns what a release would tell together with all before it, in the order of what is counted.
//
// Whoever has all releases has an equation for each count, in which each person is 1 or 0. What is the same
// in every solution is known. What was known before, or follows from what was approved, is not found again.
// A count that contradicts others is Wrong: as long as there is no solution, nothing can be ruled out. Give
// what people said later a name of its own (What), and see that the change itself tells on nobody.
//
// Different things are looked at apart. Where they exclude each other (she was at site A or at site B), more
// can follow than is found here; within a table, Audit finds it.
//
// A ledger belongs to an audience, and holds what went to wider ones as well: the people it is about can read
// what the public can.
func (l Ledger) Check(next Release, k int) []Finding {
	var all []Finding
	for _, what := range next.things() {
		all = append(all, l.checkCounts(what, next, k)...)
	}
	return append(all, l.removed(next)...)
}

// things lists what a release counts, in order.
func (r Release) things() []string {
	var list []string
	for _, c := range r.Counts {
		list = append(list, c.What)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// checkCounts is Check for what is counted of one thing.
func (l Ledger) checkCounts(what string, next Release, k int) []Finding {
	before := l.counts(what)
	now := slices.Concat(before, Ledger{next}.counts(what))
	approved := slices.DeleteFunc(slices.Clone(now), func(c Count) bool { return !c.Approved })
	old := slices.Concat(solve(before).findings(k), solve(approved).findings(k))
	var found []Finding
	for _, f := range solve(now).findings(k) {
		if f = f.without(old); f.Trouble != "" {
			f.What = what
			found = append(found, f)
		}
	}
	return found
}

// without returns what is new in a finding beside old ones, and the zero Finding when nothing is. Each person
// is a finding of her own; sets and people alike are one as they are.
func (f Finding) without(old []Finding) Finding {
	for _, o := range old {
		switch {
		case f.Trouble == Person && o.Trouble == Person:
			f.People = slices.DeleteFunc(f.People, func(id string) bool { return slices.Contains(o.People, id) })
		case f.Trouble == Set && o.Trouble == Set && slices.Equal(f.People, o.People),
			f.Trouble == Alike && o.Trouble == Alike && people(o.People).holds(f.People):
			return Finding{}
		}
	}
	if f.Trouble == Person && len(f.People) == 0 {
		return Finding{}
	}
	return f
}

// counts lists what was said of one thing, in order.
func (l Ledger) counts(what string) []Count {
	var list []Count
	for _, r := range l {
		for _, c := range r.Counts {
			if c.What == what {
				list = append(list, c)
			}
		}
	}
	return list
}

// removed finds the quotes that the last version of the same report had and the next one has not.
func (l Ledger) removed(next Release) []Finding {
	for _, last := range slices.Backward(l) {
		if last.Report != next.Report {
			continue
		}
		var found []Finding
		for _, q := range last.Quotes {
			if !slices.ContainsFunc(next.Quotes, func(now Quote) bool { return now.ID == q.ID }) {
				found = append(found, Finding{Trouble: Removed, Quote: q.ID})
			}
		}
		return found
	}
	return nil
}

// Counts returns what a plan of the table says of people, as a ledger keeps it: one count for each number that
// is shown beside the labels and in the total of its column. The columns answer one question, which what names;
// people holds, for each label of a row, who is in it.
func (t Table) Counts(p Plan, what string, people map[string][]string) []Count {
	var list []Count
	for j, labels := range p.Cols {
		question := what + ": " + strings.Join(labels, ", ")
		var everybody []string
		for i, row := range p.Rows {
			var in []string
			for _, label := range row {
				in = append(in, people[label]...)
			}
			everybody = append(everybody, in...)
			if cell := p.Cells[i][j]; cell.Why == Shown {
				list = append(list, Count{What: question, Of: in, Value: cell.Count, Approved: approved(t, row)})
			}
		}
		if cell := p.Cells[len(p.Rows)][j]; cell.Why == Shown {
			list = append(list, Count{What: question, Of: everybody, Value: cell.Count})
		}
	}
	return list
}

// Quotes returns the quotes of all releases, as Attribute wants them.
func (l Ledger) Quotes() []Quote {
	var list []Quote
	for _, r := range l {
		list = append(list, r.Quotes...)
	}
	return list
}
