package disclosure_test

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/disclosure"
)

// decided counts how many of the people, a letter each, decided.
func decided(value int, people string) disclosure.Count {
	return disclosure.Count{What: "decided", Of: strings.Split(people, ""), Value: value}
}

func release(counts ...disclosure.Count) disclosure.Release {
	return disclosure.Release{Report: "yearly", Counts: counts}
}

func TestCheck_Worked(t *testing.T) {
	all := decided(6, "abcdef")
	all.Approved = true
	for _, x := range []struct {
		name   string
		before disclosure.Ledger
		next   disclosure.Release
		want   []disclosure.Finding
	}{
		{"somebody left between two numbers", disclosure.Ledger{release(decided(2, "abcdef"))}, release(decided(2, "abcde")),
			[]disclosure.Finding{{Trouble: disclosure.Person, What: "decided", People: []string{"f"}}}},
		{"the same number again", disclosure.Ledger{release(decided(2, "abcdef"))}, release(decided(2, "abcdef")), nil},
		{"all of them are at site A, so none at site B", disclosure.Ledger{release(decided(2, "abcdef"))}, release(decided(2, "abcd")),
			[]disclosure.Finding{{Trouble: disclosure.Person, What: "decided", People: []string{"e", "f"}}}},
		{"site A leaves two at site B, of whom one did", disclosure.Ledger{release(decided(3, "abcdef"))}, release(decided(2, "abcd")),
			[]disclosure.Finding{{Trouble: disclosure.Set, What: "decided", People: []string{"e", "f"}}}},
		{"all six", nil, release(decided(6, "abcdef")),
			[]disclosure.Finding{{Trouble: disclosure.Person, What: "decided", People: []string{"a", "b", "c", "d", "e", "f"}}}},
		{"all six, who agreed to that", nil, release(all), nil},
		{"two people are no number", nil, release(decided(1, "ab")),
			[]disclosure.Finding{{Trouble: disclosure.Set, What: "decided", People: []string{"a", "b"}}}},
		{"another thing is another matter", disclosure.Ledger{release(decided(2, "abcdef"))},
			release(disclosure.Count{What: "was asked", Of: strings.Split("abcde", ""), Value: 2}), nil},
		{"more than there are", disclosure.Ledger{release(decided(2, "abcdef"))}, release(decided(3, "abcdef")),
			[]disclosure.Finding{{Trouble: disclosure.Wrong, What: "decided"}}},
		{"three and three that share one", disclosure.Ledger{release(decided(2, "abc"))}, release(decided(2, "cde")), nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			got := x.before.Check(x.next, 3)
			if diff := cmp.Diff(x.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, f := range got {
				if !f.Blocks() {
					t.Errorf("%+v does not keep it from going out", f)
				}
			}
		})
	}
}

func TestCheck_ARemovedQuoteIsPointedAt(t *testing.T) {
	first := disclosure.Release{Report: "yearly", Quotes: []disclosure.Quote{{ID: "q1"}, {ID: "q2"}}}
	other := disclosure.Release{Report: "leaflet", Quotes: []disclosure.Quote{{ID: "q9"}}}
	got := disclosure.Ledger{first, other}.Check(disclosure.Release{Report: "yearly", Quotes: first.Quotes[1:]}, 3)
	if diff := cmp.Diff([]disclosure.Finding{{Trouble: disclosure.Removed, Quote: "q1"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got[0].Blocks() {
		t.Error("a warning keeps the release from going out")
	}
	if ids := (disclosure.Ledger{first, other}).Quotes(); len(ids) != 3 {
		t.Errorf("the ledger has the quotes %v", ids)
	}
}

// A plan of a table, put out, is what the ledger holds of it; and a second table of the same people without one
// of them is found.
func TestCheck_TwoTablesThatDifferByOneWoman(t *testing.T) {
	people := map[string][]string{"women": {"a", "b", "c", "d", "e", "f", "g", "h"}, "others": {"m", "n", "o", "p", "q", "r", "s"}}
	table := disclosure.Table{Rows: []string{"women", "others"}, Cols: []string{"yes", "no"}, Cells: [][]int{{5, 3}, {3, 4}}}
	first := disclosure.Release{Report: "one", Counts: table.Counts(disclosure.Protect(table, 3), "asked", people)}
	if found := (disclosure.Ledger{}).Check(first, 3); found != nil || len(first.Counts) != 6 {
		t.Fatalf("the first table, of %d numbers, has %+v", len(first.Counts), found)
	}
	people["women"], table.Cells = people["women"][:7], [][]int{{4, 3}, {3, 4}}
	second := disclosure.Release{Report: "two", Counts: table.Counts(disclosure.Protect(table, 3), "asked", people)}
	found := disclosure.Ledger{first}.Check(second, 3)
	if len(found) != 2 || found[0].People[0] != "h" || found[1].People[0] != "h" {
		t.Errorf("the woman who left is not found: %+v", found)
	}
}

// told goes through all answers of n people and says whether the counts tell of somebody, of fewer than k
// people, or of people whom no count tells apart that they are alike. A count is a set of bits and a number.
func told(n, k int, counts [][2]int) bool {
	var answers []int
	for x := range 1 << n {
		if !slices.ContainsFunc(counts, func(c [2]int) bool { return bits.OnesCount(uint(x&c[0])) != c[1] }) {
			answers = append(answers, x)
		}
	}
	constant := func(value func(x int) int) bool {
		return !slices.ContainsFunc(answers, func(x int) bool { return value(x) != value(answers[0]) })
	}
	counted := 0
	for _, c := range counts {
		counted |= c[0]
	}
	for set := 1; set < 1<<n; set++ {
		size := bits.OnesCount(uint(set))
		if set&^counted == 0 && (size < k || size == 1) && constant(func(x int) int { return bits.OnesCount(uint(x & set)) }) {
			return true
		}
	}
	for p := range n {
		for q := range p {
			apart := slices.ContainsFunc(counts, func(c [2]int) bool { return c[0]>>p&1 != c[0]>>q&1 })
			if counted>>p&1 == 1 && !apart && constant(func(x int) int { return x>>p&1 - x>>q&1 }) {
				return true
			}
		}
	}
	return false
}

// compare makes people and releases of a drawn answer and compares Check with all answers there could be.
func compare(t interface{ Fatalf(string, ...any) }, n, k, answer int, sets []int) {
	var ledger disclosure.Ledger
	var counts [][2]int
	for i, set := range sets {
		set &= 1<<n - 1
		value := bits.OnesCount(uint(answer & set))
		var of []string
		for p := range n {
			if set>>p&1 == 1 {
				of = append(of, fmt.Sprint(p))
			}
		}
		next := release(disclosure.Count{What: "x", Of: of, Value: value})
		before := told(n, k, counts)
		counts = append(counts, [2]int{set, value})
		found := ledger.Check(next, k)
		if now := told(n, k, counts); !before && now != (len(found) > 0) {
			t.Fatalf("of %d people, k=%d: all answers say that %v after %d counts %v; found is %+v", n, k, now, i+1, counts, found)
		}
		if slices.ContainsFunc(found, func(f disclosure.Finding) bool {
			return f.Trouble == disclosure.Wrong || f.Trouble == disclosure.Unsure
		}) {
			t.Fatalf("counts of true answers are %+v", found)
		}
		ledger = append(ledger, next)
	}
}

func TestCheck_AgreesWithAllAnswersThereCouldBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "people")
		sets := rapid.SliceOfN(rapid.IntRange(0, 1<<n-1), 1, 4).Draw(t, "counts")
		compare(t, n, rapid.IntRange(1, 5).Draw(t, "k"), rapid.IntRange(0, 1<<n-1).Draw(t, "answer"), sets)
	})
}

func FuzzCheck(f *testing.F) {
	f.Add(uint8(6), uint8(3), uint16(3), uint16(63), uint16(31), uint16(15))
	f.Fuzz(func(t *testing.T, n, k uint8, answer, a, b, c uint16) {
		compare(t, int(n%10)+1, int(k%5)+1, int(answer), []int{int(a), int(b), int(c)})
	})
}

// Sixty people and three reports are worked out at once; what would take for ever is said to be unsure.
func TestCheck_LargeGroupsAreWorkedOutOrSaidNotToBe(t *testing.T) {
	var everybody []string
	for i := range 60 {
		everybody = append(everybody, fmt.Sprintf("%02d", i))
	}
	count := func(from, to, value int) disclosure.Count {
		return disclosure.Count{What: "x", Of: everybody[from:to], Value: value}
	}
	ledger := disclosure.Ledger{release(count(0, 60, 31), count(0, 25, 11)), release(count(10, 50, 22))}
	if found := ledger.Check(release(count(20, 45, 14), count(5, 60, 28)), 5); len(found) != 0 {
		t.Errorf("classes of five and more tell %+v", found)
	}
	if found := ledger.Check(release(count(0, 58, 30)), 5); len(found) != 1 || !slices.Equal(found[0].People, []string{"58", "59"}) {
		t.Errorf("the two who are missing are not found: %+v", found)
	}
	var hard []disclosure.Count
	for i := range 40 { // each pair of neighbours is told apart by a count of its own
		hard = append(hard, count(i, i+20, 10))
	}
	if found := (disclosure.Ledger{}).Check(release(hard...), 9); len(found) == 0 || !found[0].Blocks() {
		t.Errorf("what was not worked out may go out: %+v", found)
	}
}
