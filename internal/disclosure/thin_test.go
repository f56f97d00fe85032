package disclosure_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"footing/internal/disclosure"
)

func seed() *rand.Rand { return rand.New(rand.NewPCG(3, 4)) } // a test's order may be known

func TestThin_LeavesOutTheOnlyRole(t *testing.T) {
	c := disclosure.Chart{Kinds: []string{"role", "sex"}, Themes: []string{"waiting", "trust", "money", "time", "place"}}
	for i, role := range []string{"chair", "member", "member", "member", "member", "worker", "worker", "worker", "worker"} {
		c.Cases = append(c.Cases, []string{role, []string{"woman", "man"}[i/7]})
		c.Filled = append(c.Filled, []bool{true, true, i == 6, i > 2, false})
	}
	got := disclosure.Thin(c, seed())
	left := map[int][]string{}
	for _, row := range got.Rows {
		left[row.Case] = row.Values
	}
	if left[0][0] != "" || left[0][1] != "woman" {
		t.Errorf("the only chair is shown as %q", left[0])
	}
	if left[1][0] != "" || left[2][0] != "member" {
		t.Errorf("the gap has no company: %v", left)
	}
	if len(got.Lone) != 1 || got.Lone[0] != (disclosure.Lone{Theme: 2, Case: 6}) {
		t.Errorf("alone under a theme are %v, want case 6 under theme 2", got.Lone)
	}
}

// Each case that shows anything could be another one as well, no gap stands alone in its column, all cases are
// there once, and nothing is shown that is not so.
func TestThin_NobodyIsTheOnlyOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kinds := rapid.IntRange(0, 3).Draw(t, "kinds")
		c := disclosure.Chart{Kinds: []string{"a", "b", "c"}[:kinds]}
		for range rapid.IntRange(0, 9).Draw(t, "cases") {
			c.Cases = append(c.Cases, rapid.SliceOfN(rapid.SampledFrom([]string{"", "1", "2", "3"}), kinds, kinds).Draw(t, "values"))
			c.Filled = append(c.Filled, nil)
		}
		got := disclosure.Thin(c, seed())
		var cases []int
		for _, row := range got.Rows {
			cases = append(cases, row.Case)
			others := 0
			for _, other := range got.Rows {
				differs := false
				for i, v := range row.Values {
					differs = differs || v != other.Values[i] && v != "" && other.Values[i] != ""
				}
				if !differs {
					others++
				}
			}
			shown := slices.ContainsFunc(row.Values, func(v string) bool { return v != "" })
			if shown && others < 2 {
				t.Fatalf("%q is shown of one case alone, among %v", row.Values, got.Rows)
			}
			for i, v := range row.Values {
				if of := slices.Index(c.Kinds, got.Kinds[i]); v != "" && v != c.Cases[row.Case][of] {
					t.Fatalf("case %d is shown as %q", row.Case, v)
				}
			}
		}
		for i := range got.Kinds {
			gaps := 0
			for _, row := range got.Rows {
				if row.Values[i] == "" {
					gaps++
				}
			}
			if gaps == 1 {
				t.Fatalf("one gap stands alone in a column: %v", got.Rows)
			}
		}
		if slices.Sort(cases); len(cases) != len(c.Cases) || len(slices.Compact(cases)) != len(c.Cases) {
			t.Fatalf("the cases are %v", cases)
		}
	})
}

func TestThin_OrderIsAnewForEachRelease(t *testing.T) {
	c := disclosure.Chart{Cases: make([][]string, 9), Filled: make([][]bool, 9)}
	random := seed()
	order := func() (list []int) {
		for _, row := range disclosure.Thin(c, random).Rows {
			list = append(list, row.Case)
		}
		return list
	}
	if a, b := order(), order(); slices.Equal(a, b) || slices.IsSorted(a) {
		t.Errorf("two releases have the cases as %v and %v", a, b)
	}
}
