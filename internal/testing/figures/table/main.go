// Command table reads what go test -bench prints and writes it as the tables of docs/figures.md: a line
// for each figure, a column for each number of codings.
//
//	go test -bench . ./... | go run ./internal/testing/figures/table
package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// line is a benchmark's result: its name, with the number of processors at its end, how often it ran, and
// its figures.
var line = regexp.MustCompile(`^(Benchmark\S+?)(?:-\d+)?\s+\d+\s+(.+)$`)

// size is the part of a name that says how many codings there were.
var size = regexp.MustCompile(`/K=(\d+)`)

// row is one figure of one benchmark.
type row struct{ name, unit string }

func main() {
	values, sizes, order := map[row]map[int]string{}, map[int]bool{}, []row{}
	for scan := bufio.NewScanner(os.Stdin); scan.Scan(); {
		m := line.FindStringSubmatch(scan.Text())
		if m == nil {
			fmt.Fprintln(os.Stderr, scan.Text())
			continue
		}
		k := 0
		if at := size.FindStringSubmatch(m[1]); at != nil {
			k, _ = strconv.Atoi(at[1])
		}
		sizes[k] = true
		fields := strings.Fields(m[2])
		for i := 0; i+1 < len(fields); i += 2 {
			r := row{size.ReplaceAllString(strings.TrimPrefix(m[1], "Benchmark"), ""), fields[i+1]}
			if values[r] == nil {
				values[r] = map[int]string{}
				order = append(order, r)
			}
			values[r][k] = fields[i]
		}
	}
	write(order, values, slices.Sorted(maps.Keys(sizes)))
}

func write(order []row, values map[row]map[int]string, sizes []int) {
	fmt.Print("| what | unit |")
	for _, k := range sizes {
		fmt.Printf(" %s |", heading(k))
	}
	fmt.Print("\n| --- | --- |", strings.Repeat(" ---: |", len(sizes)), "\n")
	for _, r := range order {
		fmt.Printf("| %s | %s |", r.name, r.unit)
		for _, k := range sizes {
			fmt.Printf(" %s |", values[r][k])
		}
		fmt.Println()
	}
}

// heading names a column; what is measured once, whatever the corpus, has one of its own.
func heading(k int) string {
	if k == 0 {
		return "-"
	}
	return "K = " + strconv.Itoa(k)
}
