package matrix

import (
	"testing"

	"footing/internal/coding"
)

func TestEmpty_SaysOneThing(t *testing.T) {
	for name, c := range map[string]struct {
		open      bool
		seen, hid int
		marks     []Mark
		want      Why
	}{
		"nobody read it":             {true, 0, 0, []Mark{NotRead}, WhyNotRead},
		"no sources to mark":         {true, 0, 0, nil, WhyNotRead},
		"read":                       {true, 0, 0, []Mark{Nothing}, WhyNothing},
		"one of two read":            {true, 0, 0, []Mark{Nothing, NotRead}, WhyNotRead},
		"read and not asked":         {true, 0, 0, []Mark{NotAsked, Nothing}, WhyNothing},
		"not asked":                  {true, 0, 0, []Mark{NotAsked, NotAsked}, WhyNotAsked},
		"passages wait":              {true, 2, 1, []Mark{Nothing}, WhyUnwritten},
		"all passages are shut":      {true, 0, 1, []Mark{Nothing}, WhyShut},
		"the whole case is shut":     {false, 0, 0, nil, WhyShut},
		"shut, whatever it was once": {false, 3, 0, []Mark{NotAsked}, WhyShut},
	} {
		if got := empty(c.open, c.seen, c.hid, c.marks); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestMarkOf_ComesFromAboveAndBelow(t *testing.T) {
	top := Column{Theme: coding.Theme{ID: "top"}, Under: []string{"top", "a", "b"}}
	sub := Column{Theme: coding.Theme{ID: "a", Parent: "top"}, Under: []string{"a"}}
	of := func(marks map[string]Mark) map[Place]Mark {
		m := map[Place]Mark{}
		for theme, mark := range marks {
			m[Place{"s", theme}] = mark
		}
		return m
	}
	for name, c := range map[string]struct {
		marks  map[string]Mark
		column Column
		want   Mark
	}{
		"its own":                {map[string]Mark{"a": NotAsked, "top": Nothing}, sub, NotAsked},
		"its parent's":           {map[string]Mark{"top": Nothing}, sub, Nothing},
		"all its sub-themes'":    {map[string]Mark{"a": NotAsked, "b": NotAsked}, top, NotAsked},
		"one sub-theme was read": {map[string]Mark{"a": NotAsked, "b": Nothing}, top, Nothing},
		"one was not":            {map[string]Mark{"a": NotAsked}, top, NotRead},
		"another source's":       {nil, sub, NotRead},
	} {
		if got := markOf(of(c.marks), "s", c.column); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
