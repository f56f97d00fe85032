package decision_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
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
	last := found(lines, row...)
	if last == "" {
		t.Fatalf("the table has no line for %v", row)
	}
	return last
}

// found returns the last column of the first line that fits, and nothing where none does.
func found(lines [][]string, row ...string) string {
	for _, line := range lines {
		fits := true
		for i, want := range row {
			fits = fits && (line[i] == "-" || line[i] == want)
		}
		if fits {
			return line[len(row)]
		}
	}
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

// sayings are all that a house of at most so many people can say in one word, with how it is counted, the smallest
// houses first.
type sayings struct {
	counts  []agreement.Counts
	tallies []decision.Tally
	upTo    []int // how many are of at most so many people
}

func newSayings(size int) (e sayings) {
	for of := range size + 1 {
		var fill func(c agreement.Counts, slot, left int)
		fill = func(c agreement.Counts, slot, left int) {
			fields := []*int{&c.Yes, &c.No, &c.Stop, &c.NotReady, &c.Talk, &c.Pass}
			if slot == len(fields) {
				e.counts = append(e.counts, c) // whoever is left is silent
				return
			}
			for n := range left + 1 {
				*fields[slot] = n
				fill(c, slot+1, left-n)
			}
		}
		fill(agreement.Counts{Of: of}, 0, of)
		e.upTo = append(e.upTo, len(e.counts))
	}
	for _, c := range e.counts {
		e.tallies = append(e.tallies, decision.Count(decision.Majority, 1, c.Of, answers(c)))
	}
	return e
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

// The columns of the table of outcomes, each as a bit, so that a row of it is looked up by a number.
const (
	stops = 1 << iota
	enoughWomen
	enoughOthers
	womenAgree
	othersAgree
	sameChoice
	wordsThere
	everyRow
)

// outcomes is the table, made ready to be looked up many times.
func outcomes(t *testing.T) (ready [everyRow]decision.Outcome) {
	lines := table(t, "testdata/outcome.txt")
	for bits := range ready {
		row := make([]string, 7)
		for i := range row {
			row[i] = map[bool]string{true: "yes", false: "no"}[bits>>i&1 == 1]
		}
		ready[bits] = decision.Outcome(written(t, lines, row...))
	}
	return ready
}

// columns says of each house's answers which columns of the table are yes under a frame, were they the women's, and
// were they the others'.
func (e sayings) columns(a agrees, f decision.Frame) (women, others []int) {
	column := func(yes bool, bit int) int {
		if yes {
			return bit
		}
		return 0
	}
	for _, c := range e.counts {
		against := c.Stop + c.NotReady + c.Talk
		took := c.Yes + c.No + against + c.Pass
		women = append(women, sameChoice|wordsThere|column(against >= f.Stops, stops)|column(took >= f.Rule.Lived.Quorum, enoughWomen)|
			column(a.house(asked(f.Method, f.Rule.Lived.Way), c), womenAgree))
		others = append(others, column(took >= f.Rule.Others.Quorum, enoughOthers)|column(a.house(asked(f.Method, f.Rule.Others.Way), c), othersAgree))
	}
	return women, others
}

// P18. The same answers come to the same on screens, on folded slips, and one half of each word on each.
func TestCount_OnScreensAndOnSlips(t *testing.T) {
	engine.Once(t, "it counts, without a database")
	for _, c := range newSayings(8).counts {
		half := agreement.Counts{Yes: c.Yes / 2, No: c.No / 2, Stop: c.Stop / 2, NotReady: c.NotReady / 2, Talk: c.Talk / 2, Pass: c.Pass / 2}
		rest := agreement.Counts{Yes: c.Yes - half.Yes, No: c.No - half.No, Stop: c.Stop - half.Stop, NotReady: c.NotReady - half.NotReady, Talk: c.Talk - half.Talk, Pass: c.Pass - half.Pass}
		for _, said := range [][]decision.Said{answers(c), decision.Unfolded(decision.Totals{Counts: c}), append(answers(half), decision.Unfolded(decision.Totals{Counts: rest})...)} {
			if got := decision.Count(decision.Majority, 1, c.Of, said); got.Counts != c {
				t.Fatalf("%+v is counted as %+v", c, got.Counts)
			}
		}
	}
}

// P18. Every electorate of up to eight people in two houses, whatever each of them says, under every rule a
// house can have: what comes out is what the written tables say, and nothing passes without enough of the
// women, and of the others, and a yes of each.
func TestDecide_EveryElectorateOfEightAsWritten(t *testing.T) {
	engine.Once(t, "it counts, without a database")
	houses, agree, ready := newSayings(8), writtenAgrees(t), outcomes(t)
	// In the whole check every electorate meets every rule; before, each meets four of them in turn.
	frames, turns := everyFrame(), 1
	if !full() {
		turns = len(frames) / 4
	}
	var tried, passed atomic.Int64
	t.Run("rules", func(t *testing.T) {
		for n, f := range frames {
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				t.Parallel()
				d, p := houses.decide(t, f, agree, ready, n/4%turns, turns)
				tried.Add(int64(d))
				passed.Add(int64(p))
			})
		}
	})
	// So many ways there are to put at most eight people into seven places in each of two houses: C(22, 14).
	if want := int64(319770 * len(frames) / turns); tried.Load() != want {
		t.Errorf("%d decisions were tried, and there are %d", tried.Load(), want)
	}
	t.Logf("%d decisions, %d of them passed", tried.Load(), passed.Load())
	if passed.Load() == 0 {
		t.Error("nothing passed: this shows nothing")
	}
}

// decide has every turns-th electorate of eight people decide by a frame, from that turn on, and returns how many there
// were, and how many passed. What a house comes to is worked out once, since it does not depend on the other; a few
// electorates decide without that.
func (e sayings) decide(t *testing.T, f decision.Frame, a agrees, ready [everyRow]decision.Outcome, turn, turns int) (tried, passed int) {
	women, others := e.columns(a, f)
	var lived, rest []decision.Heard
	for _, tally := range e.tallies {
		lived, rest = append(lived, f.Hear(person.Lived, tally)), append(rest, f.Hear(person.Others, tally))
	}
	most := len(e.upTo) - 1
	for i, l := range e.counts {
		with, heard, row := e.upTo[most-l.Of], lived[i], women[i]
		for ; turn < with; turn += turns {
			got := f.Method.Both(heard, rest[turn], true).Outcome
			if want := ready[row|others[turn]]; got != want {
				t.Fatalf("%+v: women %+v, others %+v: %s, and the tables say %s", f, l, e.counts[turn], got, want)
			}
			if tried%100 == 0 && f.Decide(e.tallies[i], e.tallies[turn], true).Outcome != got {
				t.Fatalf("%+v: women %+v, others %+v: they decide otherwise than was worked out", f, l, e.counts[turn])
			}
			if tried++; got == decision.Passed {
				passed++
				if l.Yes == 0 || e.counts[turn].Yes == 0 || row&stops != 0 {
					t.Fatalf("%+v passed with women %+v and others %+v", f, l, e.counts[turn])
				}
			}
		}
		turn -= with
	}
	return tried, passed
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
	engine.Once(t, "it counts, without a database")
	for _, m := range []decision.Method{decision.Score, decision.Ranked} {
		t.Run(string(m), func(t *testing.T) {
			t.Parallel()
			possible, wins := everyAnswer(m), winners(t, m)
			tried, won := 0, 0
			var walk func(said []decision.Said, from int)
			walk = func(said []decision.Said, from int) {
				checkMarks(t, m, wins, said, &won)
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
			if want := map[decision.Method]int{decision.Score: 10626, decision.Ranked: 971635}[m]; tried != want {
				t.Errorf("%d houses were tried, and there are %d", tried, want)
			}
			if won == 0 {
				t.Error("nothing won: this shows nothing")
			}
		})
	}
}

// unwritten stands where the table of winners has no line, since no answers can come to that.
const unwritten = -2

// winners is the table of which choice wins, made ready to be looked up many times: by the three columns, each a number
// from 0 for the first of its values.
func winners(t *testing.T, m decision.Method) (ready [3][3][3]int) {
	file, values := "testdata/ranked.txt", [3][]string{{"less", "tie", "more"}, {"less", "tie", "more"}, {"less", "tie", "more"}}
	if m == decision.Score {
		file, values = "testdata/score.txt", [3][]string{{"less", "tie", "more"}, {"no", "yes"}, {"no", "yes"}}
	}
	lines := table(t, file)
	for i, a := range values[0] {
		for j, b := range values[1] {
			for k, c := range values[2] {
				ready[i][j][k] = map[string]int{"A": 0, "B": 1, "-": decision.NoChoice, "": unwritten}[found(lines, a, b, c)]
			}
		}
	}
	return ready
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

// place is where somebody puts a choice: without a place it is last.
func place(n int) int {
	if n == 0 {
		return 99
	}
	return n
}

// likes reports whether somebody who gave marks would have a choice.
func likes(m decision.Method, s decision.Said, choice int) bool {
	if m == decision.Score {
		return s.Marks[choice] >= 1
	}
	return place(s.Marks[choice]) < place(s.Marks[2])
}

// columns is what the columns of the table say of a house.
func columns(m decision.Method, said []decision.Said) (a, b, c int) {
	sign := func(n int) int { return max(min(n, 1), -1) }
	lead := func(one, other int) (n int) {
		for _, s := range said {
			if s.Word == "" {
				n += sign(place(s.Marks[other]) - place(s.Marks[one]))
			}
		}
		return sign(n) + 1
	}
	if m == decision.Ranked {
		return lead(0, 1), lead(0, 2), lead(1, 2)
	}
	for _, s := range said {
		if s.Word == "" {
			b, c = b+s.Marks[0], c+s.Marks[1]
		}
	}
	return sign(b-c) + 1, sign(b), sign(c)
}

// checkMarks compares one house with the table.
func checkMarks(t *testing.T, m decision.Method, wins [3][3][3]int, said []decision.Said, won *int) {
	t.Helper()
	a, b, c := columns(m, said)
	want := wins[a][b][c]
	if want == unwritten {
		t.Fatalf("%s %v: the table has no line", m, said)
	}
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
		case want != decision.NoChoice && likes(m, s, want):
			counted.Yes++
		default:
			counted.No++
		}
	}
	if got.Counts != counted {
		t.Fatalf("%s %v: counted as %+v, want %+v", m, said, got.Counts, counted)
	}
	// On folded slips all of them, and half of them, it is the same.
	for _, half := range []int{0, len(said) / 2} {
		slips := folded(m, said[half:])
		if mixed := decision.Count(m, 2, 4, append(said[:half:half], decision.Unfolded(slips)...), slips.Pairs); mixed != got {
			t.Fatalf("%s %v: counted as %+v, and the last %d on slips as %+v", m, said, got, len(said)-half, mixed)
		}
	}
	if want != decision.NoChoice {
		*won++
	}
}

// folded is what two people count on the slips of some.
func folded(m decision.Method, said []decision.Said) (t decision.Totals) {
	if m == decision.Score {
		t.Marks = [][]int{make([]int, 4), make([]int, 4)}
	}
	for _, s := range said {
		switch s.Word {
		case "":
			if m == decision.Ranked {
				t.Pairs = t.Pairs.Plus(s, 1)
				continue
			}
			for c, mark := range s.Marks {
				t.Marks[c][mark]++
			}
		case decision.Stop:
			t.Stop++
		case decision.NotReady:
			t.NotReady++
		case decision.Talk:
			t.Talk++
		case decision.Pass:
			t.Pass++
		}
	}
	return t
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
		if m == decision.Ranked { // nor does it in which order they were read from slips, and how many were on slips
			on := rapid.IntRange(0, len(mixed)).Draw(t, "on slips")
			slips := folded(m, mixed[:on])
			if a, b := decision.Count(m, choices, 12, said), decision.Count(m, choices, 12, append(decision.Unfolded(slips), mixed[on:]...), slips.Pairs); a != b {
				t.Fatalf("%v counts as %+v, and with %d on slips as %+v", said, a, on, b)
			}
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
