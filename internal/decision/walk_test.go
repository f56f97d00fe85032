package decision_test

import (
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/testing/engine"
)

// The walk goes through millions of states. So a state is a few small numbers, can be told from another by comparing
// them, and holds no words, times or rules: those stand in tables beside it.
type (
	text   uint8 // which of the texts
	people uint8 // one bit for each person
	says   uint8 // which of the answers
	law    uint8 // which of the frames
	course uint16
)

// texts are what can be put forward. The first two ask the same.
var texts = [...]string{1: "A", 2: "a.", 3: "B"}

// asks returns the first text that asks the same.
func (t text) asks() text {
	if t == 2 {
		return 1
	}
	return t
}

// Ann, Bea and Cat are women, Cat since somebody made her one of them. Oli is one of everyone else.
const (
	ann people = 1 << iota
	bea
	cat
	oli
	lived = ann | bea | cat
)

// words are the answers.
var words = [...]decision.Answer{1: decision.Yes, 2: decision.Stop}

const (
	yes  says = 1
	stop says = 2
)

// What the agreement can become: the women take two stops, and nobody of them has to take part.
const (
	twoStops law = 1 << iota
	nobodyMust
)

var frames = func() (all [4]decision.Frame) {
	for r := range all {
		f := everyday()
		if law(r)&twoStops != 0 {
			f.Stops = 2
		}
		if law(r)&nobodyMust != 0 {
			f.Rule.Lived.Quorum = 0
		}
		all[r] = f
	}
	return all
}()

// item is one decision of the model, with what was taken down when it opened.
type item struct {
	course course
	text   text
	frame  law
	roll   people // who can answer
	said   [4]says
}

// state is a partnership as the walk finds it.
type state struct {
	items   [2]item
	copied  [2]item // an older copy of the data
	put     int8    // how many were put forward
	old     int8    // how many of them are in the copy; 0 without one
	week    int8
	people  people
	frame   law     // as the agreement has it today
	stopped [2]text // what was ever stopped, also since the copy: what the walk watches, and no program has
}

// walk is one walk: the courses that it met, each once, and how often it met which outcome.
type walk struct {
	*testing.T
	secret  bool
	courses []decision.Course
	known   map[decision.Course]course
	met     map[decision.Outcome]int
}

func newWalk(t *testing.T, secret bool) *walk {
	w := &walk{T: t, secret: secret, known: map[decision.Course]course{}, met: map[decision.Outcome]int{}}
	w.number(decision.Course{})
	return w
}

// of returns where a decision stands.
func (w *walk) of(it item) decision.Course { return w.courses[it.course] }

// number returns the number of a course.
func (w *walk) number(c decision.Course) course {
	n, met := w.known[c]
	if !met {
		n = course(len(w.courses))
		w.courses, w.known[c] = append(w.courses, c), n
	}
	return n
}

// weeks are the days of the model's clock, from a week before it begins.
var weeks = func() (all [5]time.Time) {
	for n := range all {
		all[n] = day.AddDate(0, 0, 7*(n-1))
	}
	return all
}()

func (s state) now() time.Time { return weeks[s.week+1] }

// last returns the decision that was put forward last.
func (s *state) last() *item { return &s.items[s.put-1] }

// look counts what was said to a decision, from what was taken down with it.
func (w *walk) look(it item, talking bool) decision.Result {
	var women, others agreement.Counts
	for n, a := range it.said {
		who := people(1) << n
		if it.roll&who == 0 {
			continue
		}
		c := &others
		if lived&who != 0 {
			c = &women
		}
		c.Of++
		switch a {
		case yes:
			c.Yes++
		case stop:
			c.Stop++
		}
	}
	if w.of(it).Secret && !talking {
		return frames[it.frame].Ballots(decision.Tally{Counts: women}, decision.Tally{Counts: others})
	}
	return frames[it.frame].Decide(decision.Tally{Counts: women}, decision.Tally{Counts: others}, true)
}

// A move is something that anybody, or time, or whoever holds the machine through the program, can do. It reports
// whether it is possible.
type move struct {
	name string
	do   func(*walk, *state) bool
}

// restores is the one move that may change what was over.
const restores = "the copy of it is brought back"

// moves lists them all.
func moves() []move {
	all := []move{
		{"the program looks", onLast(func(w *walk, s *state, it *item) bool {
			settled := w.of(*it).Settle(func(talking bool) decision.Result { return w.look(*it, talking) }, s.now())
			it.course = w.number(settled)
			return true
		})},
		{"its writer takes it back", onLast(func(w *walk, s *state, it *item) bool {
			c, err := w.of(*it).TakeBack(s.now())
			it.course = w.number(c)
			return err == nil
		})},
		{"it opens", onLast(func(w *walk, s *state, it *item) bool {
			c, err := w.of(*it).Begin(7, w.secret, false, s.now())
			it.course, it.frame, it.roll, it.said = w.number(c), s.frame, s.people, [4]says{}
			return err == nil
		})},
		{"a week goes by", func(_ *walk, s *state) bool { s.week++; return s.week <= 3 }},
		{"somebody puts the clock back", func(_ *walk, s *state) bool { s.week--; return s.week >= -1 }},
		{"a woman leaves", func(_ *walk, s *state) bool { s.people &^= ann; return true }},
		{"somebody is made one of them", func(_ *walk, s *state) bool { s.people = lived | oli; return true }},
		{"the women take two stops", func(_ *walk, s *state) bool { s.frame |= twoStops; return true }},
		{"the agreement asks for nobody", func(_ *walk, s *state) bool { s.frame |= nobodyMust; return true }},
		{"a copy of the data is made", func(_ *walk, s *state) bool { s.copied, s.old = s.items, s.put; return s.old > 0 }},
		{restores, bringBack},
	}
	for t := text(1); int(t) < len(texts); t++ {
		all = append(all, move{"put " + texts[t], put(t)})
	}
	for _, one := range []struct {
		name string
		at   int
		says says
	}{{"a", 0, yes}, {"a", 0, stop}, {"b", 1, yes}, {"O", 3, yes}} {
		all = append(all, move{one.name + " says " + string(words[one.says]), onLast(func(w *walk, _ *state, it *item) bool {
			c := w.of(*it)
			ballots := c.Stage == decision.Balloting
			if !c.Open() || it.roll&(1<<one.at) == 0 || (ballots && it.said[one.at] != 0) {
				return false
			}
			if c.Secret && !ballots && one.says != stop {
				return false // before the ballots one can only ask that it does not go on
			}
			it.said[one.at] = one.says
			return true
		})})
	}
	return all
}

// onLast is a move with the decision that was put forward last.
func onLast(do func(*walk, *state, *item) bool) func(*walk, *state) bool {
	return func(w *walk, s *state) bool { return s.put > 0 && do(w, s, s.last()) }
}

// put puts a text forward, if it is not one that asks the same as an earlier one. That follows from the texts alone, and
// is asked once for each.
func put(t text) func(*walk, *state) bool {
	fresh := map[[2]text]course{} // by those that came before; 0 where it is not new
	return func(w *walk, s *state) bool {
		if s.put == 2 {
			return false
		}
		before := [2]text{s.items[0].text, s.items[1].text}
		if _, asked := fresh[before]; !asked {
			var earlier []decision.Text
			for _, it := range s.items[:s.put] {
				earlier = append(earlier, ask(texts[it.text]))
			}
			if c, err := (decision.Course{Stage: decision.Draft}).PutForward(ask(texts[t]), earlier); err == nil {
				fresh[before] = w.number(c)
			} else {
				fresh[before] = 0
			}
		}
		s.items[s.put] = item{course: fresh[before], text: t}
		s.put++
		return fresh[before] != 0
	}
}

// bringBack puts the older copy in the place of the data. What was put forward since is lost with it, and the
// walk does not hold that against the program: nothing that it has says so.
func bringBack(w *walk, s *state) bool {
	if s.old == 0 {
		return false
	}
	s.items, s.put = s.copied, s.old
	known, n := [2]text{}, 0
	for i := range s.items[:s.put] {
		it := &s.items[i]
		it.course = w.number(w.of(*it).AfterRestore(s.now()))
		if s.wasStopped(it.text) {
			known[n] = it.text.asks()
			n++
		}
	}
	s.stopped = known
	return true
}

// wasStopped reports whether something that asks the same was ever stopped.
func (s *state) wasStopped(t text) bool { return s.stopped[0] == t.asks() || s.stopped[1] == t.asks() }

// P19. Every path of so many steps, from nothing and from what was stopped, with ballots and without: none leads
// from stopped to passed, whoever does what, the clock in both directions.
func TestCourse_NoPathFromStoppedToPassed(t *testing.T) {
	engine.Once(t, "it walks values, without a database")
	for name, secret := range map[string]bool{"by name": false, "in secret": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWalk(t, secret)
			start := state{people: ann | bea | oli}
			stopped := w.after(start, "put A", "it opens", "a says stop", "a copy of the data is made", "a week goes by", "the program looks")
			opened := w.after(start, "put A", "it opens")
			if secret {
				opened = w.after(opened, "a week goes by", "the program looks") // ballots begin
			}
			want := map[string]int{"by name": 81604, "in secret": 60452}[name]
			if full() {
				want = map[string]int{"by name": 1159133, "in secret": 629864}[name]
			}
			if n := w.everywhere(steps(), start, stopped, opened); n != want {
				t.Errorf("the walk came by %d states, and not by %d", n, want)
			}
			t.Logf("%d courses, %v", len(w.courses), w.met)
			if w.met[decision.Passed] == 0 || w.met[decision.Stopped] == 0 || w.met[decision.Waits] == 0 {
				t.Error("the walk did not meet every outcome: it shows nothing")
			}
		})
	}
}

// everywhere takes so many steps from where it begins, in every way, each state once, and returns how many it came by.
func (w *walk) everywhere(steps int, from ...state) int {
	all, seen := moves(), map[state]struct{}{}
	for level := from; steps > 0; steps-- {
		var next []state
		for _, s := range level {
			for _, m := range all {
				after := s
				if !m.do(w, &after) {
					continue
				}
				w.watch(&s, m.name, &after)
				if _, before := seen[after]; !before {
					seen[after] = struct{}{}
					next = append(next, after)
				}
			}
		}
		level = next
	}
	return len(seen)
}

// after returns the state after some steps that are possible one after the other.
func (w *walk) after(s state, names ...string) state {
	w.Helper()
	for _, name := range names {
		for _, m := range moves() {
			if before := s; m.name == name {
				if !m.do(w, &s) {
					w.Fatalf("%s is not possible", name)
				}
				w.watch(&before, name, &s)
			}
		}
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
func (w *walk) watch(before *state, name string, after *state) {
	restored := name == restores
	for i := range after.items[:after.put] {
		was, is := before.items[i], after.items[i]
		if was == is && !restored {
			continue
		}
		old, now := w.of(was), w.of(is)
		if old.Over() && !restored && old != now {
			w.Fatalf("%s: what was over (%s, %s) is %s, %s", name, old.Stage, old.Outcome, now.Stage, now.Outcome)
		}
		if restored && now.Open() {
			w.Fatalf("%s: what was open goes on", name)
		}
		if old.Open() && is.roll != was.roll && !restored {
			w.Fatalf("%s: who can answer changed from %b to %b", name, was.roll, is.roll)
		}
		if now.Stage != decision.Closed || (old.Stage == decision.Closed && !restored) {
			if now.Windows > old.Windows && old.Open() {
				w.met[decision.Waits]++
			}
			continue
		}
		w.met[now.Outcome]++
		w.ended(name, is, after)
		if now.Closed.Before(now.Opened.AddDate(0, 0, now.Days)) {
			w.Fatalf("%s: it was open for less than its days", name)
		}
	}
}

// ended checks what came out of a decision.
func (w *walk) ended(name string, it item, after *state) {
	switch w.of(it).Outcome {
	case decision.Stopped:
		if !after.wasStopped(it.text) {
			at := 0
			if after.stopped[0] != 0 {
				at = 1
			}
			after.stopped[at] = it.text.asks()
		}
	case decision.Passed:
		if after.wasStopped(it.text) {
			w.Fatalf("%s: what was stopped has passed: %+v", name, *after)
		}
		stops := 0
		for n, a := range it.said[:3] {
			if it.roll&(1<<n) != 0 && a == stop {
				stops++
			}
		}
		if stops >= frames[it.frame].Stops || it.said[3] != yes || (it.said[0] != yes && it.said[1] != yes) {
			w.Fatalf("%s: it passed with %v", name, it.said)
		}
	}
}
