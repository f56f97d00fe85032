package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

var (
	_ Writer = (*CSV)(nil)
	_ Writer = (*XLSX)(nil)
)

// formulas are texts a spreadsheet could run, or could be brought to run.
var formulas = []string{
	"=1+1", "+44 117 496 0000", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1",
	"\x00=1", "\x01\x02-1", "'=1", "''+1", "' @a", "＝1+1", "＋1", "－1", "＠a", `=HYPERLINK("https://example.org","a")`, "- first\n- second",
}

// cellGen draws any text at all, with those that are hard to write made likely.
func cellGen() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		rapid.SampledFrom(formulas),
		rapid.StringMatching(`['=+@ \t\r\n",a-]{0,5}`),
		rapid.StringMatching(`(_|x|X|[0-9A-Fa-f]{4}|_x00[0-7][0-9A-F]_){0,8}`),
		rapid.SampledFrom([]string{"", " ", "007", "1-2", "TRUE", "<&>\"'", "]]>", "&#10;", "a\r\nb\rc", "\ufffe\uffff\ufeff", "ŵŷ 🌱", ";=1", strings.Repeat("word ", 2000)}),
	)
}

// tableGen draws a table of equally long rows.
func tableGen() *rapid.Generator[[][]string] {
	return rapid.Custom(func(t *rapid.T) [][]string {
		columns := rapid.IntRange(1, 5).Draw(t, "columns")
		return rapid.SliceOfN(rapid.SliceOfN(cellGen(), columns, columns), 0, 5).Draw(t, "rows")
	})
}

// expected is written again here in plain steps, as the rule cells follow.
func expected(cell string) string {
	cell = strings.ToValidUTF8(cell, "\ufffd")
	cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
	var b strings.Builder
	for _, r := range cell {
		if r == '\t' || r == '\n' || r >= 0x20 && r != 0xFFFE && r != 0xFFFF {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fill writes rows and closes.
func fill(t interface{ Fatal(...any) }, w Writer, rows [][]string) {
	for _, row := range rows {
		if err := w.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func readCSV(t interface{ Fatal(...any) }, data []byte) [][]string {
	data, found := bytes.CutPrefix(data, []byte("\xEF\xBB\xBF"))
	if !found {
		t.Fatal("no byte order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func openXLSX(t interface{ Fatal(...any) }, data []byte) *excelize.File {
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func cellName(t interface{ Fatal(...any) }, column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func TestCSV_RoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := tableGen().Draw(t, "rows")
		var buf bytes.Buffer
		fill(t, NewCSV(&buf), rows)
		got := readCSV(t, buf.Bytes())
		if len(got) != len(rows) {
			t.Fatalf("%d rows came back of %d", len(got), len(rows))
		}
		for i, row := range rows {
			for j, cell := range row {
				if back := Unguard(got[i][j]); back != expected(cell) {
					t.Fatalf("%q came back as %q", cell, back)
				}
			}
		}
	})
}

func TestXLSX_RoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tables := rapid.SliceOfN(tableGen(), 1, 3).Draw(t, "tables")
		var buf bytes.Buffer
		x := NewXLSX(&buf, "1", nil)
		for i, rows := range tables {
			if i > 0 {
				if err := x.Sheet(fmt.Sprint(i+1), []int{20, 0, 9999}); err != nil {
					t.Fatal(err)
				}
			}
			for _, row := range rows {
				if err := x.Row(row...); err != nil {
					t.Fatal(err)
				}
			}
		}
		fill(t, x, nil)
		file := openXLSX(t, buf.Bytes())
		defer file.Close()
		for i, rows := range tables {
			for j, row := range rows {
				for k, cell := range row {
					back, err := file.GetCellValue(fmt.Sprint(i+1), cellName(t, k, j))
					if err != nil {
						t.Fatal(err)
					}
					if back != expected(cell) {
						t.Fatalf("%q came back as %q", cell, back)
					}
				}
			}
		}
	})
}

func TestCSV_IsPlainRFC4180(t *testing.T) {
	var buf bytes.Buffer
	fill(t, NewCSV(&buf), [][]string{{"a", "b c", ""}, {`say "yes"`, "x,y", "1\n2"}, {""}, {" in ", ";", "ŵ"}})
	want := "\ufeffa,b c,\r\n\"say \"\"yes\"\"\",\"x,y\",\"1\n2\"\r\n\"\"\r\n\" in \",;,ŵ\r\n"
	if diff := cmp.Diff(want, buf.String()); diff != "" {
		t.Error(diff)
	}
}

func TestCSV_FormulasAreGuarded(t *testing.T) {
	var buf bytes.Buffer
	fill(t, NewCSV(&buf), [][]string{formulas, formulas})
	for _, row := range readCSV(t, buf.Bytes()) {
		for i, cell := range row {
			if cell != "'"+expected(formulas[i]) {
				t.Errorf("%q is written as %q", formulas[i], cell)
			}
		}
	}
}

func TestCSV_OtherCellsAreNotGuarded(t *testing.T) {
	cells := []string{"it's", "'so she said", "a=b", "07700 900000", "1-2", "", "  two", "«=»", "(-1)", "'"}
	var buf bytes.Buffer
	fill(t, NewCSV(&buf), [][]string{cells})
	if diff := cmp.Diff([][]string{cells}, readCSV(t, buf.Bytes())); diff != "" {
		t.Error(diff)
	}
}

func TestXLSX_FormulasStayText(t *testing.T) {
	var buf bytes.Buffer
	fill(t, NewXLSX(&buf, "a", nil), [][]string{formulas, formulas, {"plain"}})
	if strings.Contains(sheetXML(t, buf.Bytes(), 1), "<f>") {
		t.Error("there is a formula in the sheet")
	}
	file := openXLSX(t, buf.Bytes())
	defer file.Close()
	for row := range 2 {
		for i := range formulas {
			name := cellName(t, i, row)
			if formula, err := file.GetCellFormula("a", name); err != nil || formula != "" {
				t.Errorf("%q is the formula %q, %v", formulas[i], formula, err)
			}
			if kind, err := file.GetCellType("a", name); err != nil || kind != excelize.CellTypeInlineString {
				t.Errorf("%q is of type %v, %v", formulas[i], kind, err)
			}
			if !quotePrefix(t, file, name) {
				t.Errorf("%q would become a formula when edited", formulas[i])
			}
		}
	}
	if quotePrefix(t, file, "A3") {
		t.Error("a harmless cell is marked")
	}
}

func quotePrefix(t *testing.T, file *excelize.File, cell string) bool {
	t.Helper()
	id, err := file.GetCellStyle("a", cell)
	if err != nil {
		t.Fatal(err)
	}
	prefix := file.Styles.CellXfs.Xf[id].QuotePrefix
	return prefix != nil && *prefix
}

// TestWriters_NoFileOnDisk writes more than the 16 MB from which other
// libraries turn to a temporary file, and looks on the way.
func TestWriters_NoFileOnDisk(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	if os.TempDir() != dir {
		t.Skip("needs a system whose temporary files follow TMPDIR, as on Linux")
	}
	look := func() {
		t.Helper()
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) > 0 {
			t.Fatalf("%s lies in the temporary folder", entries[0].Name())
		}
		for _, path := range openFiles(t) {
			if strings.HasPrefix(path, dir) {
				t.Fatalf("%s is open in the temporary folder", path)
			}
		}
	}
	row := sampleRow()
	for _, w := range []Writer{NewCSV(io.Discard), NewXLSX(io.Discard, "a", nil)} {
		for i := range 60_000 {
			if err := w.Row(row...); err != nil {
				t.Fatal(err)
			}
			if i%10_000 == 0 {
				look()
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		look()
	}
}

// openFiles lists what this process holds open, deleted files with it, where
// the system tells.
func openFiles(t *testing.T) []string {
	t.Helper()
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, link := range links {
		if path, err := os.Readlink(link); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// sampleRow is a row of 8 cells and about 450 bytes.
func sampleRow() []string {
	return []string{"interview 4", "12", "listening", "Angharad", strings.Repeat("she had time for me & did not rush, ", 6), "2026-03-14", "analyst", "the second visit – “go on”, the GP said, and waited until I could"}
}

func TestWriters_MemoryStaysFlat(t *testing.T) {
	row := sampleRow()
	for name, w := range map[string]Writer{"csv": NewCSV(io.Discard), "xlsx": NewXLSX(io.Discard, "a", nil)} {
		t.Run(name, func(t *testing.T) {
			write := func(rows int) uint64 {
				for range rows {
					if err := w.Row(row...); err != nil {
						t.Fatal(err)
					}
				}
				runtime.GC()
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				return stats.HeapAlloc
			}
			first := write(5_000)
			last := write(50_000) // another 22 MB
			if last > first+1<<20 {
				t.Errorf("memory grew from %d to %d bytes", first, last)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// failing is a writer that takes some bytes and then no more.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestWriters_ErrorsStay(t *testing.T) {
	for name, start := range map[string]func(io.Writer) Writer{
		"csv":  func(w io.Writer) Writer { return NewCSV(w) },
		"xlsx": func(w io.Writer) Writer { return NewXLSX(w, "a", nil) },
	} {
		for _, left := range []int{0, 10, 1000, 100_000} {
			t.Run(fmt.Sprint(name, " after ", left), func(t *testing.T) {
				w := start(&failing{left: left})
				var err error
				for i := 0; i < 100_000 && err == nil; i++ {
					err = w.Row(fmt.Sprint(i), fmt.Sprint(i*i), fmt.Sprint(i*7919))
				}
				if !errors.Is(err, io.ErrClosedPipe) {
					t.Errorf("row: %v", err)
				}
				if err := w.Row("a"); !errors.Is(err, io.ErrClosedPipe) {
					t.Errorf("row after an error: %v", err)
				}
				if err := w.Close(); !errors.Is(err, io.ErrClosedPipe) {
					t.Errorf("close: %v", err)
				}
			})
		}
		t.Run(name+" at the end", func(t *testing.T) {
			w := start(&failing{})
			if err := w.Row("a"); err != nil && !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("row: %v", err)
			}
			if err := w.Close(); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("close: %v", err)
			}
		})
		t.Run(name+" closed", func(t *testing.T) {
			w := start(io.Discard)
			fill(t, w, nil)
			if err := w.Row("a"); !errors.Is(err, ErrClosed) {
				t.Errorf("row: %v", err)
			}
			if err := w.Close(); !errors.Is(err, ErrClosed) {
				t.Errorf("close: %v", err)
			}
		})
	}
}
