package decision_test

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/testing/engine"
)

// table reads a written table: its lines as fields, without what is only explained.
func table(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var lines [][]string
	for scan := bufio.NewScanner(file); scan.Scan(); {
		if fields := strings.Fields(scan.Text()); len(fields) > 0 && fields[0][0] != '#' {
			lines = append(lines, fields)
		}
	}
	return lines
}

// written returns the last column of the first line that fits.
func written(t *testing.T, lines [][]string, row ...string) string {
	t.Helper()
	for _, line := range lines {
		fits := true
		for i, want := range row {
			fits = fits && (line[i] == "-" || line[i] == want)
		}
		if fits {
			return line[len(row)]
		}
	}
	t.Fatalf("the table has no line for %v", row)
	return ""
}

// agrees is the written table of when a house agrees, made ready to be looked up many times: the way, how
// many gave an answer other than pass, how many of them said yes.
type agrees map[agreement.Way][9][9]bool

// writtenAgrees reads it from beside the rule of a house, which has it too.
func writtenAgrees(t *testing.T) agrees {
	all := agrees{}
	for _, line := range table(t, "../agreement/testdata/agrees.txt") {
		way := agreement.Way(line[0])
		said, err := strconv.Atoi(line[1])
		if err != nil {
			t.Fatal(err)
		}
		rows := all[way]
		for yes := range 9 {
			rows[said][yes] = yes > 0 && strings.Contains(line[2], strconv.Itoa(yes))
		}
		all[way] = rows
	}
	return all
}

// house looks up whether a house agrees.
func (a agrees) house(way agreement.Way, c agreement.Counts) bool {
	notYes := c.No + c.Stop + c.NotReady + c.Talk
	silent := c.Of - c.Yes - notYes - c.Pass
	if way == agreement.All && silent+c.Pass > 0 {
		return false
	}
	return a[way][c.Yes+notYes][c.Yes]
}

// asked is which way counts for a method, as it is promised: consensus asks everybody, and where a strong
// objection is asked for there is none.
func asked(m decision.Method, way agreement.Way) agreement.Way {
	switch {
	case m == decision.Consensus:
		return agreement.All
	case m == decision.NoObjection && way != agreement.All:
		return agreement.Unopposed
	}
	return way
}

// electorate is a house of a size, and everything it can say in one word.
func electorates(size int) [][]agreement.Counts {
	all := make([][]agreement.Counts, size+1)
	for of := range size + 1 {
		var fill func(c agreement.Counts, slot, left int)
		fill = func(c agreement.Counts, slot, left int) {
			fields := []*int{&c.Yes, &c.No, &c.Stop, &c.NotReady, &c.Talk, &c.Pass}
			if slot == len(fields) {
				all[of] = append(all[of], c) // whoever is left is silent
				return
			}
			for n := range left + 1 {
				*fields[slot] = n
				fill(c, slot+1, left-n)
			}
		}
		fill(agreement.Counts{Of: of}, 0, of)
	}
	return all
}

// answers are the single answers that a count stands for.
func answers(c agreement.Counts) []decision.Said {
	var list []decision.Said
	for word, n := range map[decision.Answer]int{decision.Yes: c.Yes, decision.No: c.No, decision.Stop: c.Stop,
		decision.NotReady: c.NotReady, decision.Talk: c.Talk, decision.Pass: c.Pass} {
		for range n {
			list = append(list, decision.Said{Word: word})
		}
	}
	return list
}

// P18. Every electorate of up to eight people in two houses, whatever each of them says, under every rule a
// house can have: what comes out is what the written tables say, and nothing passes without enough of the
// women, and of the others, and a yes of each.
func TestDecide_EveryElectorateOfEightAsWritten(t *testing.T) {
	engine.Once(t, "it counts, without a database")
	rules, outcomes, all := writtenAgrees(t), table(t, "testdata/outcome.txt"), electorates(8)
	// the written outcomes, made ready to be looked up: one bit for each column
	var ready [128]decision.Outcome
	for bits := range ready {
		row := make([]string, 7)
		for i := range row {
			row[i] = map[bool]string{true: "yes", false: "no"}[bits>>i&1 == 1]
		}
		ready[bits] = decision.Outcome(written(t, outcomes, row...))
	}
	bit := func(yes bool, at int) int {
		if yes {
			return 1 << at
		}
		return 0
	}
	tried, passed := 0, 0
	// In the whole check every electorate meets every rule; before, each meets a few of them in turn.
	frames, many := everyFrame(), 4
	if full() {
		many = len(frames)
	}
	for of, lived := range all {
		for _, l := range lived {
			// on screens, on folded slips, or one half of each word on each: it is the same count
			lt := decision.Count(decision.Majority, 1, l.Of, answers(l))
			half := agreement.Counts{Yes: l.Yes / 2, No: l.No / 2, Stop: l.Stop / 2, NotReady: l.NotReady / 2, Talk: l.Talk / 2, Pass: l.Pass / 2}
			rest := agreement.Counts{Yes: l.Yes - half.Yes, No: l.No - half.No, Stop: l.Stop - half.Stop, NotReady: l.NotReady - half.NotReady, Talk: l.Talk - half.Talk, Pass: l.Pass - half.Pass}
			for _, said := range [][]decision.Said{answers(l), decision.Unfolded(l), append(answers(half), decision.Unfolded(rest)...)} {
				if got := decision.Count(decision.Majority, 1, l.Of, said); got.Counts != l {
					t.Fatalf("%+v is counted as %+v", l, got.Counts)
				}
			}
			for _, others := range all[:9-of] {
				for _, o := range others {
					ot := decision.Tally{Counts: o}
					for range many {
						f := frames[tried%len(frames)]
						stops := l.Stop + l.NotReady + l.Talk
						took := func(c agreement.Counts) int { return c.Yes + c.No + c.Stop + c.NotReady + c.Talk + c.Pass }
						lAgrees, oAgrees := rules.house(asked(f.Method, f.Rule.Lived.Way), l), rules.house(asked(f.Method, f.Rule.Others.Way), o)
						want := ready[bit(stops >= f.Stops, 0)|bit(took(l) >= f.Rule.Lived.Quorum, 1)|bit(took(o) >= f.Rule.Others.Quorum, 2)|
							bit(lAgrees, 3)|bit(oAgrees, 4)|bit(true, 5)|bit(true, 6)]
						got := f.Decide(lt, ot, true)
						if got.Outcome != want {
							t.Fatalf("%+v: women %+v, others %+v: %s, and the tables say %s", f, l, o, got.Outcome, want)
						}
						tried++
						if got.Outcome == decision.Passed {
							passed++
							if l.Yes == 0 || o.Yes == 0 || stops >= f.Stops {
								t.Fatalf("%+v passed with women %+v and others %+v", f, l, o)
							}
						}
					}
				}
			}
		}
	}
	t.Logf("%d decisions, %d of them passed", tried, passed)
	if passed == 0 {
		t.Error("nothing passed: this shows nothing")
	}
}

// everyFrame lists everything one word can be counted by: methods, ways of both houses, numbers that must take
// part, and stops.
func everyFrame() []decision.Frame {
	var all []decision.Frame
	for _, m := range []decision.Method{decision.NoObjection, decision.Majority, decision.Consensus, decision.Advice} {
		for _, lived := range agreement.Ways() {
			for _, others := range agreement.Ways() {
				for _, quorum := range [][2]int{{2, 1}, {3, 2}, {4, 4}} {
					for stops := 1; stops <= 3; stops++ {
						house := func(w agreement.Way, q int) agreement.House {
							h := agreement.House{Way: w, Quorum: q}
							if w == agreement.Share {
								h.Share = 67
							}
							return h
						}
						all = append(all, decision.Frame{Method: m, Stops: stops,
							Rule: agreement.Rule{Lived: house(lived, quorum[0]), Others: house(others, quorum[1])}})
					}
				}
			}
		}
	}
	return all
}

// The rest of the table: advice without the words that go with it, and houses that choose differently.
func TestDecide_AdviceWithoutWordsWaitsAndDifferentChoicesDoNotPass(t *testing.T) {
	outcomes := table(t, "testdata/outcome.txt")
	frame := decision.Frame{Method: decision.Advice, Stops: 1, Rule: agreement.Founding().By[agreement.Everyday]}
	women, others := agreement.Counts{Of: 3, Yes: 2}, agreement.Counts{Of: 2, Yes: 1}
	for _, words := range []bool{true, false} {
		for _, same := range []bool{true, false} {
			other := decision.Tally{Counts: others}
			if !same {
				other.Choice = 1
			}
			yes := map[bool]string{true: "yes", false: "no"}
			want := written(t, outcomes, "no", "yes", "yes", "yes", "yes", yes[same], yes[words])
			if got := frame.Decide(decision.Tally{Counts: women}, other, words); string(got.Outcome) != want || len(got.Short) > 0 {
				t.Errorf("same choice %v, words %v: %s, want %s", same, words, got.Outcome, want)
			}
		}
	}
}

// P18, marks. Every house of up to four people who give marks to two choices, or put them in order, or say one
// word instead: who wins is what the written tables say, and what is counted is whether each likes what won.
func TestCount_EveryHouseWithMarksAsWritten(t *testing.T) {
	for _, m := range []decision.Method{decision.Score, decision.Ranked} {
		possible := everyAnswer(m)
		lines := table(t, "testdata/"+map[decision.Method]string{decision.Score: "score.txt", decision.Ranked: "ranked.txt"}[m])
		tried, won := 0, 0
		var walk func(said []decision.Said, from int)
		walk = func(said []decision.Said, from int) {
			checkMarks(t, m, lines, said, &won)
			tried++
			if len(said) == 4 {
				return
			}
			for i := from; i < len(possible); i++ {
				walk(append(said[:len(said):len(said)], possible[i]), i)
			}
		}
		walk(nil, 0)
		t.Logf("%s: %d houses, %d with a winner", m, tried, won)
		if won == 0 {
			t.Error("nothing won: this shows nothing")
		}
	}
}

// everyAnswer lists all that one person can say to two choices.
func everyAnswer(m decision.Method) []decision.Said {
	var all []decision.Said
	for _, word := range m.Words() {
		all = append(all, decision.Said{Word: word})
	}
	for a := range 4 {
		for b := range 4 {
			if m == decision.Score {
				all = append(all, decision.Said{Marks: []int{a, b}})
				continue
			}
			for none := range 4 {
				if s := (decision.Said{Marks: []int{a, b, none}}); s.Check(m, 2) == nil {
					all = append(all, s)
				}
			}
		}
	}
	return all
}

// checkMarks compares one house with the table.
func checkMarks(t *testing.T, m decision.Method, lines [][]string, said []decision.Said, won *int) {
	t.Helper()
	compare := func(n int) string { return [...]string{"less", "tie", "more"}[n+1] }
	sign := func(n int) int { return max(min(n, 1), -1) }
	yes := map[bool]string{true: "yes", false: "no"}
	place := func(n int) int { // without a place one is last
		if n == 0 {
			return 99
		}
		return n
	}
	var row []string
	likes := func(s decision.Said, choice int) bool { return s.Marks[choice] >= 1 }
	if m == decision.Score {
		a, b := 0, 0
		for _, s := range said {
			if s.Word == "" {
				a, b = a+s.Marks[0], b+s.Marks[1]
			}
		}
		row = []string{compare(sign(a - b)), yes[a > 0], yes[b > 0]}
	} else {
		likes = func(s decision.Said, choice int) bool { return place(s.Marks[choice]) < place(s.Marks[2]) }
		for _, pair := range [][2]int{{0, 1}, {0, 2}, {1, 2}} {
			lead := 0
			for _, s := range said {
				if s.Word == "" {
					lead += sign(place(s.Marks[pair[1]]) - place(s.Marks[pair[0]]))
				}
			}
			row = append(row, compare(sign(lead)))
		}
	}
	want := map[string]int{"A": 0, "B": 1, "-": decision.NoChoice}[written(t, lines, row...)]
	got := decision.Count(m, 2, 4, said)
	if got.Choice != want {
		t.Fatalf("%s %v: %d wins, and the table says %d", m, said, got.Choice, want)
	}
	counted := agreement.Counts{Of: 4}
	for _, s := range said {
		switch {
		case s.Word == decision.Stop:
			counted.Stop++
		case s.Word == decision.NotReady:
			counted.NotReady++
		case s.Word == decision.Talk:
			counted.Talk++
		case s.Word == decision.Pass:
			counted.Pass++
		case want != decision.NoChoice && likes(s, want):
			counted.Yes++
		default:
			counted.No++
		}
	}
	if got.Counts != counted {
		t.Fatalf("%s %v: counted as %+v, want %+v", m, said, got.Counts, counted)
	}
	if want != decision.NoChoice {
		*won++
	}
}

// The order in which people answered changes nothing (P18), with up to six choices.
func TestCount_OrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(decision.Methods()).Draw(t, "method")
		choices := 1
		if m.Marks() {
			choices = rapid.IntRange(2, decision.MaxChoices).Draw(t, "choices")
		}
		one := rapid.Custom(func(t *rapid.T) decision.Said {
			if !m.Marks() || rapid.IntRange(0, 3).Draw(t, "word") == 0 {
				return decision.Said{Word: rapid.SampledFrom(m.Words()).Draw(t, "answer")}
			}
			n, best := choices, decision.MaxMark
			if m == decision.Ranked {
				n, best = choices+1, choices+1
			}
			return decision.Said{Marks: rapid.SliceOfN(rapid.IntRange(0, best), n, n).Draw(t, "marks")}
		})
		said := rapid.SliceOfN(one, 0, 12).Draw(t, "said")
		mixed := rapid.Permutation(said).Draw(t, "mixed")
		if a, b := decision.Count(m, choices, 12, said), decision.Count(m, choices, 12, mixed); a != b {
			t.Fatalf("%v counts as %+v, and in another order as %+v", said, a, b)
		}
	})
}

// Nothing that anybody says to a choice makes it win by saying less for it: a choice all would rather not have
// does not pass, and a tie has no winner.
func TestCount_TiesNeverPass(t *testing.T) {
	a, b := decision.Said{Marks: []int{1, 2, 3}}, decision.Said{Marks: []int{2, 1, 3}}
	if got := decision.Count(decision.Ranked, 2, 2, []decision.Said{a, b}); got.Choice != decision.NoChoice || got.Counts.Yes > 0 {
		t.Errorf("one against one has a winner: %+v", got)
	}
	none := decision.Said{Marks: []int{2, 3, 1}}
	if got := decision.Count(decision.Ranked, 2, 2, []decision.Said{none, none}); got.Choice != decision.NoChoice {
		t.Errorf("when both would have none of these, %d wins", got.Choice)
	}
	round := []decision.Said{{Marks: []int{1, 2, 3, 4}}, {Marks: []int{2, 3, 1, 4}}, {Marks: []int{3, 1, 2, 4}}}
	if got := decision.Count(decision.Ranked, 3, 3, round); got.Choice != decision.NoChoice {
		t.Errorf("where each is beaten by another, %d wins", got.Choice)
	}
}

func TestSaid_WhatIsNoAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		said   decision.Said
		method decision.Method
		ok     bool
	}{
		"a yes":                             {decision.Said{Word: decision.Yes}, decision.Majority, true},
		"a plain no to an objection":        {decision.Said{Word: decision.No}, decision.NoObjection, false},
		"nothing":                           {decision.Said{}, decision.Majority, false},
		"a word of nobody's":                {decision.Said{Word: "maybe"}, decision.Majority, false},
		"marks where a word is asked":       {decision.Said{Marks: []int{1, 2}}, decision.Majority, false},
		"a yes where marks are asked":       {decision.Said{Word: decision.Yes}, decision.Score, false},
		"pass where marks are asked":        {decision.Said{Word: decision.Pass}, decision.Score, true},
		"marks":                             {decision.Said{Marks: []int{0, 3}}, decision.Score, true},
		"a mark too good":                   {decision.Said{Marks: []int{0, 4}}, decision.Score, false},
		"a mark below nothing":              {decision.Said{Marks: []int{0, -1}}, decision.Score, false},
		"a mark too few":                    {decision.Said{Marks: []int{3}}, decision.Score, false},
		"an order":                          {decision.Said{Marks: []int{1, 0, 2}}, decision.Ranked, true},
		"an order without a place":          {decision.Said{Marks: []int{0, 0, 0}}, decision.Ranked, false},
		"an order without none of these":    {decision.Said{Marks: []int{1, 2}}, decision.Ranked, false},
		"marks and a word at the same time": {decision.Said{Word: decision.Stop, Marks: []int{1, 2}}, decision.Score, false},
	} {
		if err := c.said.Check(c.method, 2); (err == nil) != c.ok {
			t.Errorf("%s: taken is %v", name, err == nil)
		}
	}
}

// Who comes later, or leaves, changes nothing: what is counted is who was on the roll (P18).
func TestDecide_TheNumberIsThatOfTheOpening(t *testing.T) {
	f := decision.Frame{Method: decision.Consensus, Stops: 1, Rule: agreement.Founding().By[agreement.Everyday]}
	yes := []decision.Said{{Word: decision.Yes}, {Word: decision.Yes}}
	others := decision.Count(f.Method, 1, 1, yes[:1])
	if got := f.Decide(decision.Count(f.Method, 1, 3, yes), others, true); got.Outcome != decision.NotPassed || slices.Contains(got.Agreed, person.Lived) {
		t.Errorf("two of three who could answer are everybody: %+v", got)
	}
	if got := f.Decide(decision.Count(f.Method, 1, 2, yes), others, true); got.Outcome != decision.Passed {
		t.Errorf("two of two are not everybody: %+v", got)
	}
}

// full reports whether this is the whole check.
func full() bool { return os.Getenv("FOOTING_FULL") != "" }
