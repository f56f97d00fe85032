package sheet

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

func BenchmarkCSV_100kRows(b *testing.B) {
	benchmark(b, func(w io.Writer) Writer { return NewCSV(w) })
}

func BenchmarkXLSX_100kRows(b *testing.B) {
	benchmark(b, func(w io.Writer) Writer { return NewXLSX(w, "a", []int{10, 10, 20, 20, 60}) })
}

// benchmark writes 100,000 rows of 8 cells, no two alike, about as a table of
// coded passages has them.
func benchmark(b *testing.B, start func(io.Writer) Writer) {
	words := strings.Fields("she had time for me and did not rush which was a first so I told the GP about the letters that never came & then we laughed")
	rows := make([][]string, 100_000)
	for i := range rows {
		var text strings.Builder
		for n, seed := 0, i; n < 18; n++ {
			seed = seed*1103515245 + 12345
			text.WriteString(words[seed>>16&0xFFFF%len(words)] + " ")
		}
		rows[i] = []string{fmt.Sprint("interview ", i%9), fmt.Sprint(i), "listening", "Angharad", text.String(), fmt.Sprint("2026-03-", i%28+1), "analyst", fmt.Sprint(i * 7919)}
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		count := &counter{}
		fill(b, start(count), rows)
		b.ReportMetric(float64(count.n)/1e6, "MB")
	}
}

type counter struct{ n int }

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	return len(p), nil
}
