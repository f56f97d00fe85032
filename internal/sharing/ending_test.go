package sharing_test

import (
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/sharing"
)

func TestEndingOf_WhatEndedAndWhatEndsSoon(t *testing.T) {
	days := func(n int) time.Time { return now.AddDate(0, 0, n) }
	for name, c := range map[string]struct {
		untils []int
		letGo  time.Time
		want   sharing.Ending
		ok     bool
	}{
		"nothing allowed":        {},
		"far away":               {untils: []int{60}},
		"soon":                   {untils: []int{20}, want: sharing.Ending{On: days(20)}, ok: true},
		"soon, the soonest":      {untils: []int{25, 20}, want: sharing.Ending{On: days(20)}, ok: true},
		"a part soon":            {untils: []int{20, 90}, want: sharing.Ending{On: days(20), Part: true}, ok: true},
		"ended":                  {untils: []int{-3, -3}, want: sharing.Ending{On: days(-3), Ended: true}, ok: true},
		"ended today":            {untils: []int{0}, want: sharing.Ending{On: days(0), Ended: true}, ok: true},
		"a part ended":           {untils: []int{-3, 90}, want: sharing.Ending{On: days(-3), Ended: true, Part: true}, ok: true},
		"ended, the last":        {untils: []int{-9, -3, 20}, want: sharing.Ending{On: days(-3), Ended: true, Part: true}, ok: true},
		"let go":                 {untils: []int{-3}, letGo: days(-3)},
		"let go before it ended": {untils: []int{20}, letGo: days(20)},
		"let go, and another":    {untils: []int{-30, 20}, letGo: days(-30), want: sharing.Ending{On: days(20)}, ok: true},
	} {
		var terms consent.Terms
		for _, n := range c.untils {
			terms.Yes = append(terms.Yes, consent.Yes{Until: days(n)})
		}
		got, ok := sharing.EndingOf(terms, c.letGo, now)
		if ok != c.ok || ok && (!got.On.Equal(c.want.On) || got.Ended != c.want.Ended || got.Part != c.want.Part) {
			t.Errorf("%s: %+v %v, want %+v %v", name, got, ok, c.want, c.ok)
		}
	}
}

func TestPace_TellsOnlyWhatWasAskedFor(t *testing.T) {
	soon, ended := sharing.Ending{}, sharing.Ending{Ended: true}
	for pace, want := range map[sharing.Pace][2]bool{sharing.PaceNever: {}, sharing.PaceEnded: {false, true}, sharing.PaceMonth: {true, true}} {
		if got := [2]bool{pace.Told(soon), pace.Told(ended)}; got != want {
			t.Errorf("%q is told of soon and ended %v, want %v", pace, got, want)
		}
	}
	if (sharing.Wishes{}).Pace != sharing.PaceNever {
		t.Error("who chose nothing is told")
	}
}

// Saying yes again reaches what ends and leaves everything else as it was, for the people it was given to.
func TestLonger_TheSameForLonger(t *testing.T) {
	terms := consent.Terms{Given: now.AddDate(0, -2, 0), Yes: []consent.Yes{
		{Audience: consent.Audience{Kind: consent.ToLived}, Until: now.AddDate(0, 0, -1)},
		{Audience: consent.Audience{Kind: consent.ToPartnership}, Until: now.AddDate(0, 6, 0)},
		{Audience: consent.Audience{Kind: consent.ToPublic}, Until: now.AddDate(0, -1, 0)}}}
	e, _ := sharing.EndingOf(terms, now.AddDate(0, -1, 0), now) // the third was let go
	until := now.AddDate(0, 3, 0)
	got := e.Longer(terms, until, now)
	if !got.Yes[0].Until.Equal(until) || !got.Yes[1].Until.Equal(terms.Yes[1].Until) || !got.Yes[2].Until.Equal(terms.Yes[2].Until) || !got.Given.Equal(now) || !got.AsOf.Equal(terms.Given) {
		t.Errorf("for longer: %+v", got)
	}
	if terms.Yes[0].Until.Equal(until) {
		t.Error("the old terms changed too")
	}
}

func TestWishes_HideUntilAndNoLonger(t *testing.T) {
	for long, want := range map[string]struct{ day, week, year bool }{
		sharing.HideToday: {false, false, false}, sharing.HideWeek: {true, false, false}, sharing.HideAlways: {true, true, true}, "": {true, true, true},
	} {
		w := sharing.Wishes{}.Hide([]string{"loss"}, long, now)
		if !w.Hides([]string{"family", "loss"}, now) || w.Hides([]string{"family"}, now) || w.Hides(nil, now) {
			t.Errorf("%q: hides the wrong ones", long)
		}
		about := []string{"loss"}
		got := struct{ day, week, year bool }{w.Hides(about, now.AddDate(0, 0, 1)), w.Hides(about, now.AddDate(0, 0, 7)), w.Hides(about, now.AddDate(1, 0, 0))}
		if got != want {
			t.Errorf("%q: hides after a day, a week and a year %v, want %v", long, got, want)
		}
	}
	if w := (sharing.Wishes{}).Hide([]string{"loss"}, "", now).Hide(nil, "", now); w.Hides([]string{"loss"}, now) {
		t.Error("undone, and still hidden")
	}
}
