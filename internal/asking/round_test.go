package asking_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"footing/internal/asking"
	"footing/internal/consent"
	"footing/internal/person"
)

var day = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func everybody(person.ID) bool { return true }

func text(what string) asking.Text { return asking.Text{What: what, Weeks: 4} }

func TestSettle_WhatARequestNeeds(t *testing.T) {
	const fine, change = asking.Fine, asking.Change
	type said = map[person.ID]asking.Says
	newcomer := func(who person.ID) bool { return who != "new" }
	for name, c := range map[string]struct {
		said    said
		refused bool
		after   int // days
		want    asking.Stage
	}{
		"two say fine, and the days are over":     {said{"a": fine, "b": fine}, false, 7, asking.Out},
		"a day too early":                         {said{"a": fine, "b": fine}, false, 6, asking.Waiting},
		"silence":                                 {nil, false, 365, asking.Waiting},
		"one is not enough, however long":         {said{"a": fine}, false, 365, asking.Waiting},
		"one wants a change":                      {said{"a": fine, "b": fine, "c": change}, false, 365, asking.Waiting},
		"one said not this":                       {said{"a": fine, "b": fine, "c": fine}, true, 7, asking.Refused},
		"not this is not told before the day":     {said{"a": fine, "b": fine}, true, 6, asking.Waiting},
		"who joined since does not make it pass":  {said{"a": fine, "new": fine}, false, 7, asking.Waiting},
		"who joined since can still want changes": {said{"a": fine, "b": fine, "new": change}, false, 7, asking.Waiting},
	} {
		r, err := asking.Put(asking.Round{}, text("x"), nil, asking.First(), day)
		if err != nil {
			t.Fatal(err)
		}
		now := day.AddDate(0, 0, c.after)
		if c.refused {
			if r, _, err = r.Hear(c.said, "z", asking.Not, day.AddDate(0, 0, 1)); err != nil {
				t.Fatal(err)
			}
		}
		if got := r.Settle(c.said, newcomer, now).Stage(now); got != c.want {
			t.Errorf("%s: it is %s, want %s", name, got, c.want)
		}
	}
}

func TestHear_NotThisKeepsNobodysName(t *testing.T) {
	r, _ := asking.Put(asking.Round{}, text("x"), nil, asking.First(), day)
	said := map[person.ID]asking.Says{"a": asking.Fine, "b": asking.Fine}
	r, after, err := r.Hear(said, "a", asking.Not, day.Add(5*time.Hour+7*time.Minute))
	if err != nil || len(after) != 1 || after["b"] != asking.Fine {
		t.Fatalf("after a's not this, %v is kept (%v)", after, err)
	}
	if !r.Refused.Equal(day.Truncate(24 * time.Hour)) {
		t.Errorf("the hour of it is kept: %v", r.Refused)
	}
	if len(said) != 2 {
		t.Error("what was said before was changed in place")
	}
}

func TestPut_OnlyANewText(t *testing.T) {
	a := asking.Text{Title: "Doors", What: "Which doors are heavy?", Known: []string{"x", "y"}, Weeks: 4}
	for name, c := range map[string]struct {
		change func(*asking.Text)
		same   bool
	}{
		"nothing":           {func(*asking.Text) {}, true},
		"spaces and marks":  {func(u *asking.Text) { u.What = "  which DOORS are heavy" }, true},
		"the order of ways": {func(u *asking.Text) { u.Known = []string{"y", "x"} }, true},
		"a word":            {func(u *asking.Text) { u.What = "Which doors are too heavy?" }, false},
		"the pay":           {func(u *asking.Text) { u.Pay, u.Pence = asking.PayAmount, 2500 }, false},
		"how to answer":     {func(u *asking.Text) { u.Ways = []consent.Kind{consent.Idea} }, false},
	} {
		b := a
		c.change(&b)
		_, err := asking.Put(asking.Round{}, b, []asking.Text{text("other"), a}, asking.First(), day)
		if same := errors.Is(err, asking.ErrSame); same != c.same {
			t.Errorf("changing %s: the same is %v", name, same)
		}
	}
}

// state is a request as the model below walks it: its rounds with their texts, what is said to the last
// one, and the time.
type state struct {
	rounds []asking.Round
	texts  []string
	said   map[person.ID]asking.Says
	now    time.Time
}

func (s state) last() asking.Round {
	if len(s.rounds) == 0 {
		return asking.Round{}
	}
	return s.rounds[len(s.rounds)-1]
}

func (s state) with(r asking.Round, said map[person.ID]asking.Says) state {
	s.rounds = slices.Clone(s.rounds)
	s.rounds[len(s.rounds)-1] = r
	s.said = said
	return s
}

// key names a state so that the walk visits it once.
func (s state) key() string {
	var b strings.Builder
	for i, r := range s.rounds {
		fmt.Fprintf(&b, "%s %v %v %v %v|", s.texts[i], r.Asked.Unix(), r.Refused.Unix(), r.Sent.Unix(), r.Stopped.Unix())
	}
	for _, who := range slices.Sorted(maps.Keys(s.said)) {
		fmt.Fprintf(&b, "%s%s ", who, s.said[who])
	}
	return fmt.Sprint(b.String(), s.now.Unix())
}

// moves lists everything that anybody, or time, can do to a request.
func moves() map[string]func(state) (state, bool) {
	all := map[string]func(state) (state, bool){}
	for _, words := range []string{"A", "B"} {
		all["put "+words] = func(s state) (state, bool) {
			var earlier []asking.Text
			for _, before := range s.texts {
				earlier = append(earlier, text(before))
			}
			r, err := asking.Put(s.last(), text(words), earlier, asking.First(), s.now)
			if err != nil {
				return s, false
			}
			s.rounds, s.texts, s.said = append(slices.Clone(s.rounds), r), append(slices.Clone(s.texts), words), nil
			return s, true
		}
	}
	for _, who := range []person.ID{"a", "b", "c"} {
		for _, says := range []asking.Says{asking.Fine, asking.Change, asking.Not} {
			all[string(who)+" says "+string(says)] = func(s state) (state, bool) {
				r, said, err := s.last().Hear(s.said, who, says, s.now)
				if err != nil || len(s.rounds) == 0 {
					return s, false
				}
				return s.with(r, said), true
			}
		}
		all[string(who)+" leaves"] = func(s state) (state, bool) {
			said := maps.Clone(s.said)
			delete(said, who)
			s.said = said
			return s, true
		}
	}
	all["the program looks"] = func(s state) (state, bool) {
		if len(s.rounds) == 0 {
			return s, false
		}
		return s.with(s.last().Settle(s.said, everybody, s.now), s.said), true
	}
	all["the asker stops"] = func(s state) (state, bool) {
		r, err := s.last().Stop(s.now)
		if err != nil || len(s.rounds) == 0 {
			return s, false
		}
		return s.with(r, s.said), true
	}
	all["days go by"] = func(s state) (state, bool) {
		s.now = s.now.AddDate(0, 0, 7)
		return s, s.now.Before(day.AddDate(0, 0, 22))
	}
	return all
}

// Every path of eight steps: nothing leads from refused to sent without a new text, nobody is asked
// without two who said so, and silence passes nothing.
func TestRound_NoPathFromRefusedToSent(t *testing.T) {
	all := moves()
	names := slices.Sorted(maps.Keys(all))
	seen, level := map[string]bool{}, []state{{now: day}}
	sent, refused := 0, 0
	for range 8 {
		var next []state
		for _, s := range level {
			for _, name := range names {
				after, ok := all[name](s)
				if !ok || seen[after.key()] {
					continue
				}
				seen[after.key()] = true
				checkStep(t, s, name, after)
				next = append(next, after)
				if r := after.last(); !r.Sent.IsZero() {
					sent++
				} else if !r.Refused.IsZero() {
					refused++
				}
			}
		}
		level = next
	}
	t.Logf("%d states, %d of them sent and %d refused", len(seen), sent, refused)
	if sent == 0 || refused == 0 {
		t.Error("the walk met nothing that was sent, or nothing that was refused: it shows nothing")
	}
}

func checkStep(t *testing.T, before state, name string, after state) {
	t.Helper()
	for i, r := range after.rounds {
		var was asking.Round
		if i < len(before.rounds) {
			was = before.rounds[i]
		}
		switch {
		case !was.Refused.IsZero() && r.Refused.IsZero():
			t.Errorf("%s: what was refused is not refused any more", name)
		case !was.Refused.IsZero() && was.Sent.IsZero() && !r.Sent.IsZero():
			t.Errorf("%s: what was refused is sent", name)
		case !r.Refused.IsZero() && r.Stage(after.now) == asking.Out:
			t.Errorf("%s: what is refused can be answered", name)
		}
		if was.Sent.IsZero() && !r.Sent.IsZero() {
			fine := 0
			for _, says := range before.said {
				if says == asking.Change {
					t.Errorf("%s: it is sent while one of the women wants a change", name)
				}
				fine++
			}
			if fine < 2 || after.now.Before(r.Due) {
				t.Errorf("%s: it is sent with %d who said so, at %v of %v", name, fine, after.now, r.Due)
			}
		}
		for j := range i {
			if after.texts[i] == after.texts[j] {
				t.Errorf("%s: one text went to the group twice", name)
			}
		}
	}
}
