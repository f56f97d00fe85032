package sheet

import (
	"archive/zip"
	"fmt"
	"io"
	"strconv"

	"github.com/klauspost/compress/flate"
)

// XLSX writes a workbook of one or more sheets (Office Open XML, ECMA-376).
// The header row of each sheet is bold and stays in view; text wraps. Cells are
// strings, never formulas, and one that would become a formula once somebody
// edits it carries the mark Excel itself sets for a leading apostrophe
// (quotePrefix), so its text stays as it was written.
//
// The same tables always give the same bytes: the file holds no time and no
// name of a person.
type XLSX struct {
	zip   *zip.Writer
	part  io.Writer // the sheet being written
	names []string  // of the sheets so far
	row   int       // rows of the current sheet so far
	buf   []byte    // the row being written
	err   error     // from the underlying writer, or ErrClosed
}

// level trades size for time: 1 is the fastest the compressor has.
const level = flate.BestSpeed

// NewXLSX starts a workbook on w with one sheet. Widths are those of its
// columns, in characters; 0, or a column past the last width, means the usual.
// For the name see Sheet. An error from w comes with the first Row or Close.
func NewXLSX(w io.Writer, sheetName string, widths []int) *XLSX {
	x := &XLSX{zip: zip.NewWriter(w)}
	x.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, level)
	})
	x.begin(sheetName, widths)
	return x
}

// Sheet ends the current sheet and starts another. Excel is particular about
// names: signs it does not take become spaces, long names are cut at 31
// characters, and a name used before gets a number.
func (x *XLSX) Sheet(name string, widths []int) error {
	if x.err == nil {
		x.end()
	}
	if x.err == nil {
		x.begin(name, widths)
	}
	return x.err
}

// Row writes one row. The error wraps ErrCellTooLong, ErrTooManyRows or
// ErrTooManyColumns, after which the workbook can go on without that row, or
// comes from the underlying writer.
func (x *XLSX) Row(cells ...string) error {
	if x.err != nil {
		return x.err
	}
	row := x.row + 1
	if row > MaxRows {
		return fmt.Errorf("writing xlsx row %d: %w", row, ErrTooManyRows)
	}
	if len(cells) > MaxColumns {
		return fmt.Errorf("writing xlsx row %d: %w", row, ErrTooManyColumns)
	}
	x.buf = append(x.buf[:0], `<row r="`...)
	x.buf = strconv.AppendInt(x.buf, int64(row), 10)
	x.buf = append(x.buf, `">`...)
	for i, cell := range cells {
		cell = clean(cell)
		if len(cell) > MaxCell && utf16Length(cell) > MaxCell {
			return fmt.Errorf("writing xlsx row %d, column %d: %w", row, i+1, ErrCellTooLong)
		}
		x.buf = appendCell(x.buf, cell, i, row)
	}
	x.buf = append(x.buf, `</row>`...)
	x.row = row
	x.write(x.buf)
	return x.err
}

// Close ends the last sheet and writes the rest of the workbook.
func (x *XLSX) Close() error {
	if x.err != nil {
		return x.err
	}
	x.end()
	for _, p := range parts(x.names) {
		x.open(p.name)
		x.write([]byte(p.text))
	}
	if x.err == nil {
		x.keep(x.zip.Close())
	}
	if x.err != nil {
		return x.err
	}
	x.err = ErrClosed
	return nil
}

func (x *XLSX) begin(name string, widths []int) {
	x.names = append(x.names, sheetName(name, x.names))
	x.row = 0
	x.open(sheetPath(len(x.names)))
	x.write([]byte(sheetStart(widths, len(x.names) == 1)))
}

func (x *XLSX) end() { x.write([]byte(sheetEnd)) }

// open starts the next part of the archive. It is given no time, so that the
// file does not tell when it was written.
func (x *XLSX) open(name string) {
	if x.err != nil {
		return
	}
	part, err := x.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	x.part = part
	x.keep(err)
}

func (x *XLSX) write(p []byte) {
	if x.err == nil {
		_, err := x.part.Write(p)
		x.keep(err)
	}
}

func (x *XLSX) keep(err error) {
	if err != nil {
		x.err = fmt.Errorf("writing xlsx: %w", err)
	}
}

// utf16Length counts as Excel does: a character beyond the basic plane is two.
func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

// appendCell appends a cell with its text inside it, not in a shared table at
// the end of the file, which would have to be kept until then. Empty cells are
// left out.
func appendCell(buf []byte, cell string, column, row int) []byte {
	if cell == "" {
		return buf
	}
	buf = append(buf, `<c r="`...)
	buf = appendColumn(buf, column)
	buf = strconv.AppendInt(buf, int64(row), 10)
	buf = append(buf, `" s="`...)
	buf = append(buf, style(row == 1, risky(cell)))
	buf = append(buf, `" t="inlineStr"><is><t`...)
	if space(cell[0]) || space(cell[len(cell)-1]) {
		buf = append(buf, ` xml:space="preserve"`...)
	}
	buf = append(buf, '>')
	buf = appendText(buf, cell)
	return append(buf, `</t></is></c>`...)
}

// appendColumn appends the letters of a column: 0 is A, 26 is AA.
func appendColumn(buf []byte, column int) []byte {
	if column >= 26 {
		buf = appendColumn(buf, column/26-1)
	}
	return append(buf, byte('A'+column%26))
}

// appendText escapes what XML reserves, and an underscore that would read as
// the start of "_xHHHH_", the notation of ECMA-376 (22.9.2.19) for characters.
func appendText(buf []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); i++ {
		var with string
		switch s[i] {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '_':
			if !isNotation(s[i:]) {
				continue
			}
			with = "_x005F_"
		default:
			continue
		}
		buf = append(buf, s[start:i]...)
		buf = append(buf, with...)
		start = i + 1
	}
	return append(buf, s[start:]...)
}

func isNotation(s string) bool {
	if len(s) < 7 || s[1] != 'x' && s[1] != 'X' || s[6] != '_' {
		return false
	}
	for _, b := range []byte(s[2:6]) {
		if !('0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'f') {
			return false
		}
	}
	return true
}
