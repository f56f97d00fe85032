package disclosure

import (
	"cmp"
	"slices"
)

// A Trait is one thing that can be said of somebody: of "role", "chair"; of "meeting", "3 May". Somebody can
// have several of one kind.
type Trait struct{ Of, Is string }

// A Quote is somebody's words in a report, with what stands beside them.
type Quote struct {
	ID     string // of the words, the same in each version of a report
	Voice  string // the name she has in reports: quotes with the same one can be put together
	Traits []Trait

	Named bool // her own name, or one by which people know her, stands beside it
	// Room is whether those who were there would know who said this. Nobody can compute that; somebody has to
	// be asked.
	Room Answer
	// Agreed is whether she has said yes to being recognised.
	Agreed bool
}

// An Answer to a question that has to be put to somebody.
type Answer int

// The answers. The first is that nobody was asked.
const (
	Unasked Answer = iota
	No
	Yes
)

// A Known says how many people in the population, not only in the study, have all of these traits.
type Known struct {
	Traits []Trait
	People int
}

// A Sample is who took part, and what is known of the world outside.
type Sample struct {
	People [][]Trait // one for each person, with all that could be said of her
	World  []Known
	// Wider says how a trait may be said less exactly: age 30 to 34 as age 30 to 39, that as adult.
	Wider map[Trait]Trait
}

// A Change is a way to say less beside a quote.
type Change string

// The changes, in the order in which they are tried.
const (
	Keep        Change = ""
	Drop        Change = "drop"        // leave out one trait
	Widen       Change = "widen"       // say one trait less exactly
	Participant Change = "participant" // say nothing of her: "a participant"
	Split       Change = "split"       // give the quote a name of its own, so that it joins no other
)

// A Verdict is what Attribute says of a quote.
type Verdict struct {
	Pass bool
	// Sample and World are how many people have all that is said under this name: f and F.
	Sample, World int
	// With are the quotes under the same name that say something of her which this one does not.
	With []string
	// Instead is the first change that helps where the quote does not pass, and Traits is what then stands
	// beside it.
	Instead Change
	Traits  []Trait
	// AskRoom and AskHer say which answers are missing beside all that: of those who were there, and hers to
	// being recognised.
	AskRoom, AskHer bool
}

// Attribute says whether a quote may have its traits beside it. All that is said anywhere under the same
// name counts together: earlier are the quotes before it in this report and those of all earlier releases.
//
// It passes when at least k people in the world and two in the sample have all of it. Where the world is not
// known for exactly these traits, the sample counts for it. "A participant", under a name with which nothing
// else is said, passes. The words themselves are not looked at: Repeats does, and whoever reads them.
func Attribute(q Quote, earlier []Quote, s Sample, k int) Verdict {
	together := union(q, earlier)
	v := Verdict{Pass: s.allows(together, k), Sample: s.having(together), World: s.world(together), Traits: q.Traits,
		AskRoom: q.Room == Unasked, AskHer: (q.Named || q.Room == Yes) && !q.Agreed}
	for _, other := range earlier {
		if other.Voice == q.Voice && slices.ContainsFunc(other.Traits, func(t Trait) bool { return !slices.Contains(q.Traits, t) }) {
			v.With = append(v.With, other.ID)
		}
	}
	if !v.Pass {
		v.Instead, v.Traits = s.instead(q, earlier, k)
	}
	return v
}

// union returns all that is said under a quote's name, in order, each trait once.
func union(q Quote, earlier []Quote) []Trait {
	together := slices.Clone(q.Traits)
	for _, other := range earlier {
		if other.Voice == q.Voice {
			together = append(together, other.Traits...)
		}
	}
	return ordered(together)
}

func ordered(traits []Trait) []Trait {
	list := slices.Clone(traits)
	slices.SortFunc(list, func(a, b Trait) int { return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(a.Is, b.Is)) })
	return slices.Compact(list)
}

// having returns how many people of the sample have all of these traits.
func (s Sample) having(traits []Trait) int {
	count := 0
	for _, person := range s.People {
		if !slices.ContainsFunc(traits, func(t Trait) bool { return !s.has(person, t) }) {
			count++
		}
	}
	return count
}

// has reports whether somebody has a trait, or one that is it more exactly.
func (s Sample) has(person []Trait, t Trait) bool {
	return slices.ContainsFunc(person, func(exact Trait) bool {
		for range len(s.Wider) + 1 {
			if exact == t {
				return true
			}
			exact = s.Wider[exact]
		}
		return false
	})
}

// world returns how many people in the population have all of these traits, and the sample where that is not
// known.
func (s Sample) world(traits []Trait) int {
	for _, known := range s.World {
		if slices.Equal(ordered(known.Traits), traits) {
			return known.People
		}
	}
	return s.having(traits)
}

func (s Sample) allows(traits []Trait, k int) bool {
	return len(traits) == 0 || s.having(traits) >= 2 && s.world(traits) >= k
}

// instead returns the first change that helps, and what is then said. Traits are tried in the order in which
// the quote has them.
func (s Sample) instead(q Quote, earlier []Quote, k int) (Change, []Trait) {
	passes := func(traits []Trait) bool { return s.allows(union(Quote{Voice: q.Voice, Traits: traits}, earlier), k) }
	for i := range q.Traits {
		if less := slices.Delete(slices.Clone(q.Traits), i, i+1); len(less) > 0 && passes(less) {
			return Drop, less
		}
	}
	for i, t := range q.Traits {
		for range s.Wider {
			wider, is := s.Wider[t]
			if !is {
				break
			}
			less := slices.Clone(q.Traits)
			if less[i] = wider; passes(less) {
				return Widen, less
			}
			t = wider
		}
	}
	switch {
	case passes(nil):
		return Participant, nil
	case s.allows(ordered(q.Traits), k):
		return Split, q.Traits
	}
	return Split, nil
}
