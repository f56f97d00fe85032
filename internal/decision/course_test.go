package decision_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/testing/engine"
)

var day = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func ask(question string) decision.Text {
	return decision.Text{Question: question, Method: decision.Majority, Matter: agreement.Everyday}
}

// everyday is what the model's decisions are counted by at first.
func everyday() decision.Frame {
	return decision.Frame{Method: decision.Majority, Stops: 1, Rule: agreement.Founding().By[agreement.Everyday]}
}

func TestText_WhatAsksTheSame(t *testing.T) {
	a := decision.Text{Title: "Tea", Question: "Do we have tea first?", Method: decision.Score, Choices: []string{"Tea", "Coffee"}}
	for name, c := range map[string]struct {
		change func(*decision.Text)
		same   bool
	}{
		"nothing":              {func(*decision.Text) {}, true},
		"spaces and marks":     {func(u *decision.Text) { u.Question = "  do we have TEA, first" }, true},
		"another title":        {func(u *decision.Text) { u.Title = "Drinks" }, true},
		"another way of count": {func(u *decision.Text) { u.Method = decision.Ranked }, true},
		"another matter":       {func(u *decision.Text) { u.Matter = agreement.Money }, true},
		"secret":               {func(u *decision.Text) { u.Secret = true }, true},
		"the order of choices": {func(u *decision.Text) { u.Choices = []string{"Coffee", "Tea"} }, true},
		"another question":     {func(u *decision.Text) { u.Question = "Do we have tea last?" }, false},
		"another choice":       {func(u *decision.Text) { u.Choices = []string{"Tea", "Water"} }, false},
	} {
		b := a
		b.Choices = slices.Clone(a.Choices)
		c.change(&b)
		if a.Same(b) != c.same {
			t.Errorf("changing %s: the same is %v", name, !c.same)
		}
		_, err := decision.Course{Stage: decision.Draft}.PutForward(b, []decision.Text{ask("x"), a})
		if errors.Is(err, decision.ErrSame) != c.same {
			t.Errorf("changing %s: put forward gives %v", name, err)
		}
	}
}

func TestCourse_WaitsAndNeverLapses(t *testing.T) {
	c, err := decision.Course{Stage: decision.Put}.Begin(7, false, false, day)
	if err != nil {
		t.Fatal(err)
	}
	short := func(bool) decision.Result { return everyday().Decide(decision.Tally{}, decision.Tally{}, true) }
	for weeks := 1; weeks <= 60; weeks++ {
		c = c.Settle(short, day.AddDate(0, 0, 7*weeks))
		if c.Stage != decision.Talking || c.Outcome != decision.Waits || c.Windows != weeks+1 {
			t.Fatalf("after %d weeks without anybody it is %s, %s, in window %d", weeks, c.Stage, c.Outcome, c.Windows)
		}
		if want := day.AddDate(0, 0, 7*weeks+7); !c.Until.Equal(want) {
			t.Fatalf("it is open until %v, want as long again: %v", c.Until, want)
		}
	}
}

func TestCourse_WordingIsQuestionedBeforeItOpens(t *testing.T) {
	if _, err := (decision.Course{Stage: decision.Put}).Begin(7, false, true, day); !errors.Is(err, decision.ErrQuestioned) {
		t.Errorf("with a question about its wording it opens: %v", err)
	}
	if _, err := (decision.Course{Stage: decision.Draft}).Begin(7, false, false, day); err == nil {
		t.Error("what nobody has seen opens")
	}
}

// item is one decision of the model, with what was taken down when it opened.
type item struct {
	course decision.Course
	text   string
	frame  decision.Frame
	roll   string // who can answer, as letters: small ones are women
	said   map[string]decision.Answer
}

// state is a partnership as the model below walks it.
type state struct {
	items   []item
	people  string
	frame   decision.Frame // as the agreement has it today
	week    int
	copied  []item // an older copy of the data
	stopped string // texts that were ever stopped, also since the copy: what the walk watches, and no program has
}

func (s state) now() time.Time { return day.AddDate(0, 0, 7*s.week) }

func (s state) last() *item {
	if len(s.items) == 0 {
		return nil
	}
	return &s.items[len(s.items)-1]
}

// changed returns the state with its last decision changed by do.
func (s state) changed(do func(*item) bool) (state, bool) {
	if len(s.items) == 0 {
		return s, false
	}
	s.items = slices.Clone(s.items)
	s.last().said = maps.Clone(s.last().said)
	return s, do(s.last())
}

// look counts what was said to a decision, from what was taken down with it.
func (it item) look(talking bool) decision.Result {
	var lived, others agreement.Counts
	for _, who := range it.roll {
		c := &others
		if who >= 'a' {
			c = &lived
		}
		c.Of++
		switch it.said[string(who)] {
		case decision.Yes:
			c.Yes++
		case decision.No:
			c.No++
		case decision.Stop:
			c.Stop++
		}
	}
	if it.course.Secret && !talking {
		return it.frame.Ballots(decision.Tally{Counts: lived}, decision.Tally{Counts: others})
	}
	return it.frame.Decide(decision.Tally{Counts: lived}, decision.Tally{Counts: others}, true)
}

func items(list []item) string {
	var b strings.Builder
	for _, it := range list {
		c := it.course
		fmt.Fprintf(&b, "%s %s %s %v %d %d %s", it.text, c.Stage, c.Outcome, c.Secret, c.Until.Unix(), it.frame.Stops, it.roll)
		for _, who := range slices.Sorted(maps.Keys(it.said)) {
			fmt.Fprintf(&b, " %s%s", who, it.said[who])
		}
		b.WriteByte('|')
	}
	return b.String()
}

// key names a state so that the walk visits it once.
func (s state) key() string {
	return fmt.Sprint(items(s.items), "/", items(s.copied), "/", s.people, s.frame.Stops, s.frame.Rule.Lived.Way, s.week, s.stopped)
}

// moves lists everything that anybody, or time, or whoever holds the machine through the program, can do.
func moves(secret bool) map[string]func(state) (state, bool) {
	all := map[string]func(state) (state, bool){
		"the program looks": func(s state) (state, bool) {
			return s.changed(func(it *item) bool { it.course = it.course.Settle(it.look, s.now()); return true })
		},
		"its writer takes it back": func(s state) (state, bool) {
			return s.changed(func(it *item) bool { c, err := it.course.TakeBack(s.now()); it.course = c; return err == nil })
		},
		"it opens": func(s state) (state, bool) {
			return s.changed(func(it *item) bool {
				c, err := it.course.Begin(7, secret, false, s.now())
				it.course, it.frame, it.roll, it.said = c, s.frame, s.people, map[string]decision.Answer{}
				return err == nil
			})
		},
		"a week goes by":                 func(s state) (state, bool) { s.week++; return s, s.week <= 3 },
		"somebody puts the clock back":   func(s state) (state, bool) { s.week--; return s, s.week >= -1 },
		"a woman leaves":                 func(s state) (state, bool) { s.people = strings.Trim(s.people, "a"); return s, true },
		"somebody is made one of them":   func(s state) (state, bool) { s.people = "abcO"; return s, true },
		"the women take two stops":       func(s state) (state, bool) { s.frame.Stops = 2; return s, true },
		"the agreement asks for nobody":  func(s state) (state, bool) { s.frame.Rule.Lived.Quorum = 0; return s, true },
		"a copy of the data is made":     func(s state) (state, bool) { s.copied = slices.Clone(s.items); return s, s.copied != nil },
		"the copy of it is brought back": bringBack,
	}
	for _, words := range []string{"A", "a.", "B"} {
		all["put "+words] = func(s state) (state, bool) {
			if len(s.items) == 2 {
				return s, false
			}
			var earlier []decision.Text
			for _, it := range s.items {
				earlier = append(earlier, ask(it.text))
			}
			c, err := decision.Course{Stage: decision.Draft}.PutForward(ask(words), earlier)
			if err != nil {
				return s, false
			}
			s.items = append(slices.Clone(s.items), item{course: c, text: words})
			return s, true
		}
	}
	for who, answers := range map[string][]decision.Answer{"a": {decision.Yes, decision.Stop}, "b": {decision.Yes}, "O": {decision.Yes}} {
		for _, says := range answers {
			all[who+" says "+string(says)] = func(s state) (state, bool) {
				return s.changed(func(it *item) bool {
					ballots := it.course.Stage == decision.Balloting
					if !it.course.Open() || !strings.Contains(it.roll, who) || (ballots && it.said[who] != "") {
						return false
					}
					if it.course.Secret && !ballots && !says.Stops() {
						return false // before the ballots one can only ask that it does not go on
					}
					it.said[who] = says
					return true
				})
			}
		}
	}
	return all
}

// bringBack puts the older copy in the place of the data. What was put forward since is lost with it, and the
// walk does not hold that against the program: nothing that it has says so.
func bringBack(s state) (state, bool) {
	if s.copied == nil {
		return s, false
	}
	s.items = slices.Clone(s.copied)
	known := ""
	for i := range s.items {
		s.items[i].course = s.items[i].course.AfterRestore(s.now())
		if folded := strings.ToUpper(s.items[i].text[:1]); strings.Contains(s.stopped, folded) {
			known += folded
		}
	}
	s.stopped = known
	return s, true
}

// P19. Every path of so many steps, from nothing and from what was stopped, with ballots and without: none leads
// from stopped to passed, whoever does what, the clock in both directions.
func TestCourse_NoPathFromStoppedToPassed(t *testing.T) {
	engine.Once(t, "it walks values, without a database")
	for _, secret := range []bool{false, true} {
		all := moves(secret)
		names := slices.Sorted(maps.Keys(all))
		met := map[decision.Outcome]int{}
		start := state{people: "abO", frame: everyday()}
		stopped := walked(t, all, start, met, "put A", "it opens", "a says stop", "a copy of the data is made", "a week goes by", "the program looks")
		opened := walked(t, all, start, met, "put A", "it opens")
		if secret {
			opened = walked(t, all, opened, met, "a week goes by", "the program looks") // ballots begin
		}
		seen, level := map[string]bool{}, []state{start, stopped, opened}
		for range steps() {
			var next []state
			for _, s := range level {
				for _, name := range names {
					after, ok := all[name](s)
					if !ok {
						continue
					}
					after = watch(t, s, name, after, met)
					if key := after.key(); !seen[key] {
						seen[key] = true
						next = append(next, after)
					}
				}
			}
			level = next
		}
		t.Logf("secret %v: %d states, %v", secret, len(seen), met)
		if met[decision.Passed] == 0 || met[decision.Stopped] == 0 || met[decision.Waits] == 0 {
			t.Error("the walk did not meet every outcome: it shows nothing")
		}
	}
}

// walked returns the state after some steps that are possible one after the other.
func walked(t *testing.T, all map[string]func(state) (state, bool), s state, met map[decision.Outcome]int, names ...string) state {
	t.Helper()
	for _, name := range names {
		after, ok := all[name](s)
		if !ok {
			t.Fatalf("%s is not possible", name)
		}
		s = watch(t, s, name, after, met)
	}
	return s
}

// steps is how far the walk goes: from nothing, from what is open, from what was stopped while a copy has it open.
func steps() int {
	if full() {
		return 8
	}
	return 6
}

// watch checks one step, and notes what was stopped.
func watch(t *testing.T, before state, name string, after state, met map[decision.Outcome]int) state {
	t.Helper()
	for i, it := range after.items {
		var was item
		if i < len(before.items) {
			was = before.items[i]
		}
		restored := name == "the copy of it is brought back"
		if was.course.Over() && !restored && was.course != it.course {
			t.Fatalf("%s: what was over (%s, %s) is %s, %s", name, was.course.Stage, was.course.Outcome, it.course.Stage, it.course.Outcome)
		}
		if restored && it.course.Open() {
			t.Fatalf("%s: what was open goes on", name)
		}
		if was.course.Open() && it.roll != was.roll && !restored {
			t.Fatalf("%s: who can answer changed from %s to %s", name, was.roll, it.roll)
		}
		folded := strings.ToUpper(it.text[:1])
		if it.course.Stage != decision.Closed || (was.course.Stage == decision.Closed && !restored) {
			if it.course.Windows > was.course.Windows && was.course.Open() {
				met[decision.Waits]++
			}
			continue
		}
		met[it.course.Outcome]++
		switch it.course.Outcome {
		case decision.Stopped:
			if !strings.Contains(after.stopped, folded) {
				after.stopped += folded
			}
		case decision.Passed:
			if strings.Contains(after.stopped, folded) {
				t.Fatalf("%s: what was stopped has passed: %s", name, items(after.items))
			}
			stops := 0
			for _, who := range "abc" {
				if strings.Contains(it.roll, string(who)) && it.said[string(who)].Stops() {
					stops++
				}
			}
			if stops >= it.frame.Stops || it.said["O"] != decision.Yes || (it.said["a"] != decision.Yes && it.said["b"] != decision.Yes) {
				t.Fatalf("%s: it passed with %v", name, it.said)
			}
		}
		if it.course.Closed.Before(it.course.Opened.AddDate(0, 0, it.course.Days)) {
			t.Fatalf("%s: it was open for less than its days", name)
		}
	}
	return after
}

// The parts of P19 that the walk does with one letter: which house a stop stops in.
func TestCourse_StopsAreThoseOfTheWomen(t *testing.T) {
	stop := agreement.Counts{Of: 3, Yes: 2, Talk: 1}
	f := everyday()
	yes := agreement.Counts{Of: 3, Yes: 3}
	if got := f.Decide(decision.Tally{Counts: stop}, decision.Tally{Counts: yes}, true); got.Outcome != decision.Stopped {
		t.Errorf("a woman who needs to talk does not stop it: %s", got.Outcome)
	}
	if got := f.Decide(decision.Tally{Counts: yes}, decision.Tally{Counts: stop}, true); got.Outcome != decision.NotPassed || slices.Contains(got.Agreed, person.Others) {
		t.Errorf("what one of everyone else says stops it, or counts as yes: %+v", got)
	}
	f.Stops = 0
	if !f.Stopped(stop) {
		t.Error("where nothing is written about stops, one does not stop it")
	}
}
