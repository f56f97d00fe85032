package asking_test

import (
	"testing"

	"footing/internal/asking"
	"footing/internal/consent"
)

func TestInForce_AMilderRuleNeedsTwo(t *testing.T) {
	for name, c := range map[string]struct {
		all       []asking.Rule
		days      int
		waitsDays int
	}{
		"none":                         {nil, 7, 0},
		"stricter holds at once":       {[]asking.Rule{{N: 1, Days: 14, Fine: 3}}, 14, 0},
		"fewer days wait for a second": {[]asking.Rule{{N: 1, Days: 3, Fine: 2}}, 7, 3},
		"more days but fewer women":    {[]asking.Rule{{N: 1, Days: 7, Fine: 4}, {N: 2, Days: 30, Fine: 2}}, 7, 30},
		"with a second it holds":       {[]asking.Rule{{N: 1, Days: 3, Fine: 2, Second: "b"}}, 3, 0},
		"a newer one takes its place":  {[]asking.Rule{{N: 1, Days: 3, Fine: 2}, {N: 2, Days: 9, Fine: 2}}, 9, 0},
	} {
		holds, waits := asking.InForce(c.all)
		if holds.Days != c.days || (waits == nil) != (c.waitsDays == 0) || (waits != nil && waits.Days != c.waitsDays) {
			t.Errorf("%s: %v holds and %v waits", name, holds, waits)
		}
	}
}

func TestGaps_WhatARequestCannotBePutWithout(t *testing.T) {
	whole := asking.Text{Title: "t", What: "w", More: "m", Why: "y", Gain: "g", Interest: "i", Pay: asking.PayUnset, Support: "s", Kind: "k",
		Ways: []consent.Kind{consent.Idea}, Weeks: 4}
	if gaps := whole.Gaps(); len(gaps) != 0 {
		t.Fatalf("a whole text lacks %v", gaps)
	}
	if n := len(asking.Text{}.Gaps()); n != 11 {
		t.Errorf("an empty text lacks %d things, want 11", n)
	}
	paid := whole
	paid.Pay = asking.PayAmount
	if gaps := paid.Gaps(); len(gaps) != 1 || gaps[0].Field != "amount" {
		t.Errorf("an amount without one lacks %v", gaps)
	}
}

func TestParsePence_WholePence(t *testing.T) {
	for amount, want := range map[string]int64{"12": 1200, "£12.50": 1250, " 7,05 ": 705, "£ 25": 2500, "0.50": 50} {
		if got, ok := asking.ParsePence(amount); !ok || got != want {
			t.Errorf("%q is %d (%v), want %d", amount, got, ok, want)
		}
	}
	for _, amount := range []string{"", "ten", "-5", "1.5", "12345", "1.234"} {
		if got, ok := asking.ParsePence(amount); ok {
			t.Errorf("%q is taken for %d pence", amount, got)
		}
	}
	if got := asking.Pounds(1205); got != "£12.05" {
		t.Errorf("1205 pence are %s", got)
	}
}
