package facts_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/facts"
	"footing/internal/person"
)

// four women w0 to w3, and four others o0 to o3.
func eight() map[person.ID]person.House {
	houses := map[person.ID]person.House{}
	for i := range 4 {
		houses[person.ID(fmt.Sprint("w", i))], houses[person.ID(fmt.Sprint("o", i))] = person.Lived, person.Others
	}
	return houses
}

// each says that so many people each did something once: "w" three times is w0, w1 and w2.
func each(times map[string]map[string]int) facts.Did {
	did := facts.Did{}
	for house, sorts := range times {
		for sort, n := range sorts {
			for i := range n {
				who := person.ID(fmt.Sprint(house, i%4))
				if did[who] == nil {
					did[who] = map[string]int{}
				}
				did[who][sort]++
			}
		}
	}
	return did
}

// R35: the numbers are what somebody counts by hand, and what fewer than three people are behind is not shown.
func TestCounted_AsByHand(t *testing.T) {
	one := each(map[string]map[string]int{"o": {"taken": 3}})
	one["w0"] = map[string]int{"taken": 9}
	gone := each(map[string]map[string]int{"w": {"taken": 4}, "o": {"taken": 3}})
	gone["somebody who left"] = map[string]int{"taken": 5}
	for _, x := range []struct {
		name string
		did  facts.Did
		want facts.Numbers
	}{
		{"all of it", each(map[string]map[string]int{"w": {"taken": 6, "waits": 3}, "o": {"taken": 4, "dropped": 5}}), facts.Numbers{{6, 0, 3, 9}, {4, 5, 0, 9}, {10, 5, 3, 18}}},
		{"nothing", facts.Did{}, facts.Numbers{{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}}},
		{"nine things of one woman", one, facts.Numbers{{-1, 0, 0, -1}, {-1, 0, 0, -1}, {12, 0, 0, 12}}},
		{"whoever has left is not counted", gone, facts.Numbers{{4, 0, 0, 4}, {3, 0, 0, 3}, {7, 0, 0, 7}}},
	} {
		if diff := cmp.Diff(x.want, facts.Counted(facts.Agenda, eight(), x.did)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", x.name, diff)
		}
	}
	few := eight()
	delete(few, "w3")
	if got := facts.Counted(facts.Agenda, few, each(map[string]map[string]int{"w": {"taken": 3}})); got != nil {
		t.Errorf("of a group of three people %v is shown", got)
	}
}

func TestDue_WholeOrTheYearIsOver(t *testing.T) {
	whole, some, none := facts.Numbers{{3, 3}, {0, 0}, {3, 3}}, facts.Numbers{{-1, -1}, {-1, -1}, {-1, 5}}, facts.Numbers{{-1}, {-1}, {-1}}
	june, january := time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, x := range []struct {
		n    facts.Numbers
		on   time.Time
		want bool
	}{{whole, june, true}, {whole, january, true}, {some, june, false}, {some, january, true}, {none, january, false}, {nil, january, false}, {facts.Numbers{{0}, {0}, {0}}, january, false}} {
		if got := x.n.Due(x.on); got != x.want {
			t.Errorf("%v on %s: due is %v", x.n, x.on.Format(time.DateOnly), got)
		}
	}
}

// Counts that follow each other tell no more than each alone: of all that two months could have been for four women,
// whoever has seen both counts knows of nobody what she did in either month, unless it is nothing, and no number
// that fewer than three are behind.
func TestCounts_TwoTogetherTellOnNobody(t *testing.T) {
	const months, most = 2, 5 // in each
	type left struct {
		hers   [months]map[int]bool // how often each can have done it, in each month
		number [months]map[int]bool
		few    [months]bool
		sum    int // of both
	}
	all := map[string]*left{}
	everyMonth(most, func(times []int) {
		shown := history(times)
		l := all[shown]
		if l == nil {
			l = &left{sum: most + 1}
			for m := range months {
				l.hers[m], l.number[m] = map[int]bool{}, map[int]bool{}
			}
			all[shown] = l
		}
		together := 0
		for _, n := range times {
			together += n
		}
		l.sum = min(l.sum, together)
		for m := range months {
			month, sum, behind := times[m*4:m*4+4], 0, 0
			for _, n := range month {
				l.hers[m][n] = true // who is who makes no other count
				sum += n
				if n > 0 {
					behind++
				}
			}
			l.number[m][sum] = true
			l.few[m] = l.few[m] || 0 < behind && behind < 3
		}
	})
	if len(all) < 5 {
		t.Fatalf("only %d different things are shown", len(all))
	}
	for shown, l := range all {
		if l.sum > most {
			continue // more could be behind it than was tried
		}
		for m := range months {
			if len(l.hers[m]) == 1 && !l.hers[m][0] {
				t.Errorf("after %q it is known what each did in month %d", shown, m)
			}
			if l.few[m] && len(l.number[m]) == 1 {
				t.Errorf("after %q the number of month %d is known, and could be of fewer than three", shown, m)
			}
		}
	}
}

// history is what is shown over the months, when everybody else does one thing each in every month: each count as
// it is made, with all that waited.
func history(times []int) string {
	var shown []string
	did := facts.Did{}
	for m := range len(times) / 4 {
		for i := range 4 {
			for who, n := range map[string]int{fmt.Sprint("w", i): times[m*4+i], fmt.Sprint("o", i): 1} {
				if did[person.ID(who)] == nil {
					did[person.ID(who)] = map[string]int{}
				}
				did[person.ID(who)]["hosted"] += n
			}
		}
		n := facts.Counted(facts.Hosted, eight(), did)
		if !n.Due(time.Date(2027, time.Month(m+2), 1, 0, 0, 0, 0, time.UTC)) {
			shown = append(shown, "waits")
			continue
		}
		shown = append(shown, fmt.Sprint(n))
		did = facts.Did{}
	}
	return fmt.Sprint(shown)
}

// everyMonth calls do with all ways in which four women can do at most so many things in each of two months.
func everyMonth(most int, do func([]int)) {
	times := make([]int, 8)
	var fill func(at, left int)
	fill = func(at, left int) {
		switch at {
		case len(times):
			do(times)
			return
		case len(times) / 2:
			left = most
		}
		for n := range left + 1 {
			times[at] = n
			fill(at+1, left-n)
		}
		times[at] = 0
	}
	fill(0, most)
}

// Two facts of the same things tell no more than each alone: of all that four women could have agreed about money in
// a month, whoever has seen how many of their decisions were agreed, and about how much, knows of nobody how many
// were hers or about how much, unless it is none, and no number that fewer than three are behind.
func TestCounts_OfMoneyAndItsSumTellOnNobody(t *testing.T) {
	const most = 4 // decisions, and pounds
	type left struct {
		wrote, pounds map[int]bool // how many each can have written, and about how much
		number        [2]map[int]bool
		few           [2]bool
	}
	all := map[string]*left{}
	ways(4, most, func(wrote []int) {
		ways(4, most, func(pounds []int) {
			for i, n := range pounds {
				if n > 0 && wrote[i] == 0 {
					return // there is no money without a decision
				}
			}
			shown := shownOf(facts.AboutMoney, "passed", wrote) + shownOf(facts.Sum, "pounds", pounds)
			l := all[shown]
			if l == nil {
				l = &left{wrote: map[int]bool{}, pounds: map[int]bool{}, number: [2]map[int]bool{{}, {}}}
				all[shown] = l
			}
			for k, did := range [][]int{wrote, pounds} {
				sum, behind := 0, 0
				for _, n := range did {
					[]map[int]bool{l.wrote, l.pounds}[k][n] = true // who is who makes no other count
					sum += n
					if n > 0 {
						behind++
					}
				}
				l.number[k][sum] = true
				l.few[k] = l.few[k] || 0 < behind && behind < 3
			}
		})
	})
	if len(all) < 5 {
		t.Fatalf("only %d different things are shown", len(all))
	}
	for shown, l := range all {
		for k, could := range []map[int]bool{l.wrote, l.pounds} {
			if len(could) == 1 && !could[0] {
				t.Errorf("after %q it is known what each did: %v", shown, could)
			}
			if l.few[k] && len(l.number[k]) == 1 {
				t.Errorf("after %q a number is known, and could be of fewer than three", shown)
			}
		}
	}
}

// shownOf is what is shown in June of what four women did, when everybody else did one thing each.
func shownOf(f facts.Fact, sort string, women []int) string {
	did := facts.Did{}
	for i, n := range women {
		did[person.ID(fmt.Sprint("w", i))] = map[string]int{sort: n}
		did[person.ID(fmt.Sprint("o", i))] = map[string]int{sort: 1}
	}
	n := facts.Counted(f, eight(), did)
	if !n.Due(time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)) {
		return "waits "
	}
	return fmt.Sprint(n, " ")
}

// ways calls do with all ways in which so many people can do at most so many things.
func ways(people, most int, do func([]int)) {
	times := make([]int, people)
	var fill func(at, left int)
	fill = func(at, left int) {
		if at == people {
			do(times)
			return
		}
		for n := range left + 1 {
			times[at] = n
			fill(at+1, left-n)
		}
		times[at] = 0
	}
	fill(0, most)
}
