package meeting

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/person"
)

func TestSitting_WhatComesNext(t *testing.T) {
	abc := []string{"a", "b", "c"}
	for _, tt := range []struct {
		item  string
		waits []string
		want  string
	}{
		{"", abc, "a"},
		{"a", abc, "b"},
		{"c", abc, "a"},          // from the top again
		{"gone", abc, "a"},       // somebody took it off the list meanwhile
		{"a", []string{"a"}, ""}, // nothing else waits
		{"", nil, ""},
	} {
		if got := (Sitting{Item: tt.item}).next(tt.waits); got != tt.want {
			t.Errorf("after %q of %v comes %q, want %q", tt.item, tt.waits, got, tt.want)
		}
	}
}

// All paths of seven steps: nothing leaves what waits but what was talked about and said to be so, a break keeps
// what is talked about, and a closed meeting does nothing but go on.
func TestSitting_NothingIsLostOnAnyPath(t *testing.T) {
	steps := []Step{Begin, Done, Later, Take, Rest, GoOn, Close, Again}
	paths := 0
	var walk func(s Sitting, waits, talked []string, left int)
	walk = func(s Sitting, waits, talked []string, left int) {
		if left == 0 {
			paths++
			return
		}
		for _, step := range steps {
			next, err := s.After(step, "b", waits, time.Unix(1, 0))
			may := slices.Contains(s.Steps(s.now(waits)), step) && (step != Take || slices.Contains(waits, "b"))
			if may != (err == nil) {
				t.Fatalf("%s of %+v, with %v waiting: %v", step, s, waits, err)
			}
			if err != nil {
				if !errors.Is(err, ErrChoose) || next != s {
					t.Fatalf("what cannot be done changes %+v to %+v: %v", s, next, err)
				}
				continue
			}
			if rest := slices.Contains([]Step{Rest, GoOn, Close, Again}, step); rest && next.Item != s.Item {
				t.Fatalf("%s changes what is talked about, from %q to %q", step, s.Item, next.Item)
			}
			if s.Stage == Closed && step != Again || s.Stage == Break && step != GoOn && step != Close {
				t.Fatalf("%s is done in a meeting that is %s", step, s.Stage)
			}
			w, done := waits, talked
			if step == Done {
				done = append(slices.Clone(talked), s.Item)
				w = slices.DeleteFunc(slices.Clone(waits), func(one string) bool { return one == s.Item })
			}
			if all := slices.Sorted(slices.Values(slices.Concat(w, done))); !cmp.Equal(all, []string{"a", "b", "c"}) {
				t.Fatalf("after %s there are %v", step, all)
			}
			if next.Item != "" && !slices.Contains(w, next.Item) && step != Rest && step != GoOn && step != Close && step != Again {
				t.Fatalf("%s takes up %q, and %v wait", step, next.Item, w)
			}
			walk(next, w, done, left-1)
		}
	}
	walk(Sitting{}, []string{"a", "b", "c"}, nil, 7)
	if paths < 100 {
		t.Errorf("%d paths were walked", paths)
	}
}

func TestMeeting_IsOverWithItsDayOrOnceItIsClosed(t *testing.T) {
	for _, tt := range []struct {
		day        string
		stage      Stage
		over, sits bool
	}{
		{"2027-03-02", Ahead, false, false},
		{"2027-03-01", Ahead, false, false},
		{"2027-03-01", Going, false, true},
		{"2027-03-01", Break, false, true},
		{"2027-03-01", Closed, true, false},
		{"2027-02-28", Break, true, false}, // nobody closed it
	} {
		m := Meeting{Day: tt.day, Stage: tt.stage}
		if over, sits := m.Over(today), m.Sits(today); over != tt.over || sits != tt.sits {
			t.Errorf("on %s, %q: over %v, sits %v", tt.day, tt.stage, over, sits)
		}
	}
}

// Those who host read the same, whoever gave no name and however many.
func TestPause_HostsReadNoNumber(t *testing.T) {
	seen := time.Unix(1, 0)
	for _, tt := range []struct {
		what string
		list []Pause
		want asked
	}{
		{"nobody", nil, asked{}},
		{"one without a name", []Pause{{Person: "kez"}}, asked{Somebody: true, New: true}},
		{"three without a name", []Pause{{Person: "kez"}, {Person: "bea"}, {Person: "mo"}}, asked{Somebody: true, New: true}},
		{"two without a name, one seen", []Pause{{Person: "kez", Seen: seen}, {Person: "bea"}}, asked{Somebody: true, New: true}},
		{"one with her name", []Pause{{Person: "kez", Named: true, Seen: seen}}, asked{Names: []person.ID{"kez"}}},
		{"one with and one without", []Pause{{Person: "kez", Named: true}, {Person: "bea"}}, asked{Names: []person.ID{"kez"}, Somebody: true, New: true}},
	} {
		if diff := cmp.Diff(tt.want, askedOf(tt.list)); diff != "" {
			t.Errorf("%s: %s", tt.what, diff)
		}
	}
}
