package agreement_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"footing/internal/agreement"
	"footing/internal/person"
)

// everyCount calls do with all counts of a house of up to size people.
func everyCount(size int, do func(agreement.Counts)) {
	for of := range size + 1 {
		for yes := range of + 1 {
			for no := range of - yes + 1 {
				for stop := range of - yes - no + 1 {
					for ready := range of - yes - no - stop + 1 {
						for talk := range of - yes - no - stop - ready + 1 {
							for pass := range of - yes - no - stop - ready - talk + 1 {
								do(agreement.Counts{Of: of, Yes: yes, No: no, Stop: stop, NotReady: ready, Talk: talk, Pass: pass})
							}
						}
					}
				}
			}
		}
	}
}

// truth reads the written table: for each way, which yeses out of how many answers other than pass are enough.
// "-" is none. The ways that look at silence have a line for it.
func truth(t *testing.T) map[string]string {
	t.Helper()
	file, err := os.Open("testdata/agrees.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	table := map[string]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 3 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		table[fields[0]+" "+fields[1]] = fields[2]
	}
	return table
}

// TestHouse_AgreesAsWritten goes through all counts of a house of up to eight people, for each way, and looks
// each up in a table that a person can check.
func TestHouse_AgreesAsWritten(t *testing.T) {
	table := truth(t)
	tried := 0
	for _, way := range agreement.Ways() {
		house := agreement.House{Way: way}
		if way == agreement.Share {
			house.Share = 67
		}
		everyCount(8, func(c agreement.Counts) {
			said, silent := c.Yes+c.Against(), c.Of-c.Took()
			want := table[string(way)+" "+digit(said)]
			yes := strings.Contains(want, digit(c.Yes)) && c.Yes > 0
			if way == agreement.All && (silent > 0 || c.Pass > 0) {
				yes = false
			}
			if got := house.Agrees(c); got != yes {
				t.Fatalf("%s with %+v: agrees is %v, and the table says %v", way, c, got, yes)
			}
			tried++
		})
	}
	t.Logf("%d counts", tried)
}

func digit(n int) string { return string(rune('0' + n)) }

func TestHouse_WhoPassesTookPart(t *testing.T) {
	h := agreement.House{Way: agreement.Majority, Quorum: 3}
	if c := (agreement.Counts{Of: 6, Yes: 1, Pass: 2}); !h.Enough(c) || !h.Agrees(c) {
		t.Error("one yes and two who passed are three who took part, and one who said yes")
	}
	if c := (agreement.Counts{Of: 6, Yes: 2}); h.Enough(c) {
		t.Error("two of three that are needed are enough")
	}
}

func TestRules_FoundingDecideEverydayThingsAlone(t *testing.T) {
	rules := agreement.Founding()
	if err := rules.Check(); err != nil {
		t.Fatal(err)
	}
	for _, matter := range agreement.Matters() {
		if _, ok := rules.By[matter]; ok != (matter == agreement.Everyday) {
			t.Errorf("under the borrowed rules %s can be decided: %v", matter, ok)
		}
	}
}

func TestRule_NeverOneWomanAloneNorOvernight(t *testing.T) {
	good := agreement.Founding().By[agreement.Everyday]
	for name, change := range map[string]func(*agreement.Rule){
		"one woman":         func(r *agreement.Rule) { r.Lived.Quorum = 1 },
		"nobody of others":  func(r *agreement.Rule) { r.Others.Quorum = 0 },
		"a day":             func(r *agreement.Rule) { r.Days = 1 },
		"half":              func(r *agreement.Rule) { r.Lived.Way, r.Lived.Share = agreement.Share, 50 },
		"a share of no way": func(r *agreement.Rule) { r.Others.Share = 60 },
		"no way":            func(r *agreement.Rule) { r.Lived.Way = "coin" },
		"no opener":         func(r *agreement.Rule) { r.Opens = "administrator" },
		"made to pass":      func(r *agreement.Rule) { r.Apart = "passes" },
	} {
		r := good
		change(&r)
		if r.Check() == nil {
			t.Errorf("a rule with %s is taken", name)
		}
	}
	if good.House(person.Lived) != good.Lived || good.House(person.Others) != good.Others {
		t.Error("a house has the other's rule")
	}
}
