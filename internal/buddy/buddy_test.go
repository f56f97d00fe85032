package buddy_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"footing/internal/buddy"
	"footing/internal/person"
)

var day = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// TestLink_IsThereOnceBothSaidYes walks all paths of six steps and remembers beside them, in a way of its own,
// who said yes since it was last nothing (R15).
func TestLink_IsThereOnceBothSaidYes(t *testing.T) {
	const one, other person.ID = "a", "b"
	who := []person.ID{one, other}
	paths := 0
	var walk func(l buddy.Link, yes map[person.ID]bool, step int)
	walk = func(l buddy.Link, yes map[person.ID]bool, step int) {
		if l.Holds() != (yes[one] && yes[other]) {
			t.Fatalf("%v said yes, and whether it is there is %v: %+v", yes, l.Holds(), l)
		}
		if l.Holds() && (l.Waits(one) || l.Waits(other)) {
			t.Fatalf("it is there and waits: %+v", l)
		}
		if step == 6 {
			paths++
			return
		}
		said := func(by person.ID) map[person.ID]bool {
			next := map[person.ID]bool{by: true}
			for w := range yes {
				next[w] = true
			}
			return next
		}
		for _, by := range who {
			if l.Waits(by) {
				walk(l.Say(by), said(by), step+1)
			}
			fresh := strconv.Itoa(step)
			if next, err := l.Ask(fresh, by, day); err == nil {
				if next.ID == fresh {
					walk(next, map[person.ID]bool{by: true}, step+1)
				} else {
					walk(next, said(by), step+1)
				}
			}
			if l.Sees(by) {
				if next, gone := l.LetGo(by, day); !gone {
					walk(next, nil, step+1)
				}
			}
		}
	}
	walk(buddy.Question("x", one, other, day), map[person.ID]bool{one: true}, 0)
	restored := buddy.Question("x", one, other, day)
	restored.Yes, restored.Stood = [2]bool{}, true
	walk(restored, nil, 0)
	t.Logf("%d paths", paths)
}

func TestLink_NotNowRestsForNinetyDaysUnlessSheTurnsToHer(t *testing.T) {
	l, gone := buddy.Question("x", "b", "a", day).LetGo("a", day)
	if gone || !l.Sees("b") || l.Sees("a") {
		t.Fatalf("whoever asked sees nothing of it, or whoever said it does: %+v", l)
	}
	l, _ = l.LetGo("b", day)
	if l.Sees("b") {
		t.Error("it is taken off her page and there")
	}
	if _, err := l.Ask("y", "b", day.Add(buddy.Rest-time.Second)); !errors.Is(err, buddy.ErrRests) {
		t.Errorf("asked again too soon: %v", err)
	}
	if next, err := l.Ask("y", "b", day.Add(buddy.Rest)); err != nil || !next.Waits("a") {
		t.Errorf("after ninety days: %+v, %v", next, err)
	}
	if next, err := l.Ask("y", "a", day); err != nil || !next.Waits("b") || next.Waits("a") {
		t.Errorf("she turns to her: %+v, %v", next, err)
	}
}

func TestLink_TwoWhoAskEachOtherHaveOne(t *testing.T) {
	l, err := buddy.Question("x", "a", "b", day).Ask("y", "b", day)
	if err != nil || l.ID != "x" || !l.Holds() {
		t.Errorf("%+v, %v", l, err)
	}
	if _, err := l.Ask("y", "a", day); !errors.Is(err, buddy.ErrThere) {
		t.Errorf("asking a buddy once more: %v", err)
	}
}

func TestLink_TakingBackLeavesNothing(t *testing.T) {
	if _, gone := buddy.Question("x", "a", "b", day).LetGo("a", day); !gone {
		t.Error("she took back what she asked, and something is left")
	}
	l := buddy.Question("x", "a", "b", day).Say("b")
	l, gone := l.LetGo("b", day)
	if gone || l.Sees("b") || !l.Sees("a") {
		t.Errorf("it has ended for the other once: %+v", l)
	}
	if _, gone := l.LetGo("a", day); !gone {
		t.Error("she has seen that it ended, and something is left")
	}
}

// What an older copy brings back is not there, and shows words to nobody, until both say that it stands.
func TestLink_AfterAnOlderCopy(t *testing.T) {
	was := buddy.Question("x", "a", "b", day).Say("b")
	was.Yes, was.Stood = [2]bool{}, true
	if was.Holds() || was.Open() || !was.Waits("a") || !was.Waits("b") {
		t.Errorf("%+v", was)
	}
	if half := was.Say("b"); half.Holds() || half.Open() || half.Waits("b") || !half.Waits("a") {
		t.Errorf("one says it stands: %+v", half)
	}
	if both := was.Say("b").Say("a"); !both.Holds() || !both.Open() {
		t.Errorf("both say it stands: %+v", both)
	}
	asked := buddy.Question("x", "a", "b", day)
	asked.Yes = [2]bool{}
	if !asked.Waits("a") || asked.Sees("b") || asked.Open() {
		t.Errorf("a question that may have been taken back since: %+v", asked)
	}
}
