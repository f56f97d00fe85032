package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// sheetXML reads one sheet as it was written.
func sheetXML(t *testing.T, data []byte, number int) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := archive.Open(sheetPath(number))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestXLSX_SeveralSheets(t *testing.T) {
	var buf bytes.Buffer
	x := NewXLSX(&buf, "Being heard", []int{30, 0, 400})
	steps := []error{
		x.Row("case", "time", "trust"),
		x.Row("interview 1", "she waited", ""),
		x.Sheet("Being heard", []int{12}),
		x.Row("case", "room"),
		x.Sheet("money: paid/unpaid?", nil),
		x.Close(),
	}
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	file := openXLSX(t, buf.Bytes())
	defer file.Close()
	names := []string{"Being heard", "Being heard (2)", "money paid unpaid"}
	if diff := cmp.Diff(names, file.GetSheetList()); diff != "" {
		t.Fatal(diff)
	}
	if file.GetActiveSheetIndex() != 0 {
		t.Error("the first sheet is not the one in view")
	}
	rows, err := file.GetRows("Being heard (2)")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"case", "room"}}, rows); diff != "" {
		t.Error(diff)
	}
	for _, name := range names {
		panes, err := file.GetPanes(name)
		if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.XSplit != 0 {
			t.Errorf("%s: header not frozen: %+v, %v", name, panes, err)
		}
	}
	for column, want := range map[string]float64{"A": 30, "C": 255} {
		if got, err := file.GetColWidth("Being heard", column); err != nil || got != want {
			t.Errorf("column %s is %v wide, %v", column, got, err)
		}
	}
	for cell, bold := range map[string]bool{"A1": true, "A2": false} {
		id, err := file.GetCellStyle("Being heard", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := file.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if (style.Font != nil && style.Font.Bold) != bold || style.Alignment == nil || !style.Alignment.WrapText || style.Alignment.Vertical != "top" {
			t.Errorf("%s looks %+v, %+v", cell, style.Font, style.Alignment)
		}
	}
}

func TestXLSX_EveryPartIsWellFormedAndNamed(t *testing.T) {
	var buf bytes.Buffer
	x := NewXLSX(&buf, `"A" & <B>`, []int{5})
	if err := x.Sheet("C", nil); err != nil {
		t.Fatal(err)
	}
	fill(t, x, [][]string{formulas, {"a\x00\x1f\ufffe<&>]]>"}})
	archive, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var types string
	for _, entry := range archive.File {
		if !entry.Modified.IsZero() && entry.Modified.Year() > 1980 {
			t.Errorf("%s tells when it was written", entry.Name)
		}
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		dec := xml.NewDecoder(bytes.NewReader(text))
		for err == nil {
			_, err = dec.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", entry.Name, err)
		}
		if entry.Name == "[Content_Types].xml" {
			types = string(text)
		}
	}
	for _, entry := range archive.File {
		if strings.HasPrefix(entry.Name, "xl/") && !strings.HasSuffix(entry.Name, ".rels") && !strings.Contains(types, `"/`+entry.Name+`"`) {
			t.Errorf("%s has no content type", entry.Name)
		}
	}
}

func TestXLSX_SameTableSameBytes(t *testing.T) {
	var one, two bytes.Buffer
	for _, buf := range []*bytes.Buffer{&one, &two} {
		fill(t, NewXLSX(buf, "a", []int{9}), [][]string{sampleRow(), sampleRow()})
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the files differ")
	}
}

func TestXLSX_OuterSpaceIsKept(t *testing.T) {
	var buf bytes.Buffer
	fill(t, NewXLSX(&buf, "a", nil), [][]string{{" a", "b\n", "c d"}})
	got := sheetXML(t, buf.Bytes(), 1)
	for _, want := range []string{`<t xml:space="preserve"> a</t>`, "<t xml:space=\"preserve\">b\n</t>", `<t>c d</t>`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

func TestXLSX_LongCells(t *testing.T) {
	for name, c := range map[string]struct {
		cell string
		want error
	}{
		"as long as can be":             {strings.Repeat("a", MaxCell), nil},
		"as long, in letters of two":    {strings.Repeat("ŵ", MaxCell), nil},
		"longer before cleaning":        {strings.Repeat("\r\n", MaxCell), nil},
		"one too long":                  {strings.Repeat("a", MaxCell+1), ErrCellTooLong},
		"pairs that count double":       {strings.Repeat("🌱", MaxCell/2+1), ErrCellTooLong},
		"pairs that just fit":           {strings.Repeat("🌱", MaxCell/2), nil},
		"escapes that count once":       {strings.Repeat("&", MaxCell), nil},
		"longer by what is left out":    {strings.Repeat("\x00", 10) + strings.Repeat("a", MaxCell), nil},
		"one too long, not only in one": {strings.Repeat("a\n", MaxCell), ErrCellTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			var buf bytes.Buffer
			x := NewXLSX(&buf, "a", nil)
			if err := x.Row("header"); err != nil {
				t.Fatal(err)
			}
			err := x.Row("before", c.cell)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v", err)
			}
			if err != nil && (!strings.Contains(err.Error(), "row 2, column 2") || len(err.Error()) > 200) {
				t.Errorf("got %v", err)
			}
			fill(t, x, [][]string{{"after"}})
			want := [][]string{{"header"}, {"before", expected(c.cell)}, {"after"}}
			if c.want != nil {
				want = [][]string{{"header"}, {"after"}}
			}
			file := openXLSX(t, buf.Bytes())
			defer file.Close()
			got, err := file.GetRows("a")
			if err != nil {
				t.Fatal(err)
			}
			if !cmp.Equal(want, got) {
				t.Errorf("%d rows came back, or other cells", len(got))
			}
		})
	}
}

func TestXLSX_SheetLimits(t *testing.T) {
	var buf bytes.Buffer
	x := NewXLSX(&buf, "a", nil)
	if err := x.Row(make([]string, MaxColumns+1)...); !errors.Is(err, ErrTooManyColumns) {
		t.Errorf("got %v", err)
	}
	widest := make([]string, MaxColumns)
	widest[26], widest[701], widest[702], widest[MaxColumns-1] = "AA", "ZZ", "AAA", "XFD"
	if err := x.Row(widest...); err != nil {
		t.Fatal(err)
	}
	for range MaxRows - 1 {
		if err := x.Row(); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Row("one more"); !errors.Is(err, ErrTooManyRows) {
		t.Errorf("got %v", err)
	}
	if err := x.Sheet("b", nil); err != nil {
		t.Fatal(err)
	}
	fill(t, x, [][]string{{"goes on"}})
	for _, name := range []string{"AA", "ZZ", "AAA", "XFD"} {
		if !strings.Contains(sheetXML(t, buf.Bytes(), 1), `<c r="`+name+`1"`) {
			t.Errorf("no cell %s1", name)
		}
	}
}

func TestSheetName_IsOneExcelTakes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wanted := rapid.SliceOfN(rapid.OneOf(
			rapid.String(),
			rapid.StringMatching(`[' :\\/?*\[\]a🌱]{0,40}`),
			rapid.SampledFrom([]string{"", "history", "HISTORY", "'", "a", "A", strings.Repeat("long ", 9), strings.Repeat("🌱", 20)}),
		), 1, 30).Draw(t, "names")
		var used []string
		for _, name := range wanted {
			got := sheetName(name, used)
			if n := len(utf16.Encode([]rune(got))); n == 0 || n > 31 || strings.ContainsAny(got, `:\/?*[]`) ||
				strings.HasPrefix(got, "'") || strings.HasSuffix(got, "'") || strings.EqualFold(got, "history") {
				t.Fatalf("%q became %q", name, got)
			}
			for _, other := range used {
				if strings.EqualFold(got, other) {
					t.Fatalf("%q is used twice", got)
				}
			}
			used = append(used, got)
		}
		if err := excelize.NewFile().SetSheetName("Sheet1", used[0]); err != nil {
			t.Fatal(err)
		}
	})
}

func TestSheetName_GoodNamesAreKept(t *testing.T) {
	var used []string
	for _, name := range []string{"Being heard", "What's changed", "Ymddiriedaeth ŵ", fmt.Sprint(1)} {
		used = append(used, sheetName(name, used))
	}
	if diff := cmp.Diff([]string{"Being heard", "What's changed", "Ymddiriedaeth ŵ", "1"}, used); diff != "" {
		t.Error(diff)
	}
}
