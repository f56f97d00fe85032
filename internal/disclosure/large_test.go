package disclosure_test

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"footing/internal/disclosure"
	"footing/internal/testing/figures"
)

// What is too large to try every choice passes the audit all the same, and gives nothing up that could be
// shown. Nobody hands it whole tables to count, but the audit's bounds are those of TestAudit_IsWhatCountingFinds.
func TestProtect_LargeTablesPassTheAudit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(4, 6).Draw(t, "rows"), rapid.IntRange(5, 6).Draw(t, "cols")
		cells := make([][]int, rows)
		for i := range cells {
			cells[i] = rapid.SliceOfN(rapid.IntRange(0, 12), cols, cols).Draw(t, "cells")
		}
		table, k := of(cells...), rapid.IntRange(2, 5).Draw(t, "k")
		p := disclosure.Protect(table, k)
		if diff := show(disclosure.Protect(table, k)); diff != show(p) {
			t.Fatalf("one table is shown in two ways:\n%s\n%s", show(p), diff)
		}
		for _, at := range disclosure.Audit(table, k, p.Withheld()) {
			if !at.Passes(k) {
				t.Fatalf("%v lies between %d and %d with k=%d in %s", at.Place, at.Lo, at.Hi, k, show(p))
			}
		}
	})
}

// BenchmarkProtect measures the plan and the audit of six by six, with sixty people as the largest group here
// has and with three times as many, of whom less is withheld. It is to take at most 100 ms.
func BenchmarkProtect(b *testing.B) {
	for _, x := range []struct {
		name   string
		people int
	}{{"6x6_of_60", 60}, {"6x6_of_180", 180}} {
		b.Run(x.name, func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 2)) // the same tables each time
			tables := make([]disclosure.Table, 20)
			for i := range tables {
				cells := make([][]int, 6)
				for r := range cells {
					cells[r] = make([]int, 6)
				}
				for range x.people {
					cells[random.IntN(6)][random.IntN(6)]++
				}
				tables[i] = of(cells...)
			}
			b.ReportAllocs()
			n := 0
			figures.Measure(b, figures.CPU, func() {
				p := disclosure.Protect(tables[n%len(tables)], 3)
				disclosure.Audit(tables[n%len(tables)], 3, p.Withheld())
				n++
			})
		})
	}
}
