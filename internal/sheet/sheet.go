// Package sheet writes tables as CSV files and as Excel workbooks (.xlsx).
//
// Both are written straight to the given writer as the rows come: nothing is
// kept but the row at hand, and no temporary file is made, because a table can
// hold words that may not lie on a disk in clear. The first row of a table is
// its header.
//
// Every cell is text. "007" keeps its noughts, "1-2" does not become a date,
// and nothing a person typed is ever run as a formula.
//
// A cell comes back as it went in, but for what no XML 1.0 document can hold
// (control characters other than tab and line ends, U+FFFE, U+FFFF), which is
// left out; bytes that are not UTF-8, which become U+FFFD; and line ends, which
// become LF, what a spreadsheet calls a new line within a cell. The same is
// done in CSV so that the two exports of one table say the same.
package sheet

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Writer takes a table row by row.
type Writer interface {
	// Row writes one row; the first is the header. After an error the row has
	// not been written; one that comes from the underlying writer stays and is
	// returned by every later call.
	Row(cells ...string) error
	// Close finishes the file, without closing the underlying writer. A file
	// that was not closed is not whole.
	Close() error
}

// The limits of a spreadsheet, from "Excel specifications and limits"
// (Microsoft). CSV files have none of them.
const (
	MaxCell    = 32_767 // UTF-16 code units in a cell
	MaxRows    = 1_048_576
	MaxColumns = 16_384
)

// The errors a caller may want to answer in its own words; they come wrapped,
// with the row and column.
var (
	// ErrCellTooLong says a cell holds more than MaxCell. Cutting it would lose
	// words without a sign, so the caller splits it, or writes CSV.
	ErrCellTooLong = errors.New("the text is longer than a spreadsheet cell can hold")
	// ErrTooManyRows says a sheet has MaxRows rows already.
	ErrTooManyRows = errors.New("there are more rows than a spreadsheet can hold")
	// ErrTooManyColumns says a row has more than MaxColumns cells.
	ErrTooManyColumns = errors.New("there are more columns than a spreadsheet can hold")
	// ErrClosed says the table was closed already.
	ErrClosed = errors.New("the table is closed")
)

// clean applies the rules of the package comment to one cell. Nearly every
// cell needs no change and is returned as it is.
func clean(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if b := s[i]; b >= utf8.RuneSelf {
			ascii = false
		} else if b < ' ' && b != '\n' && b != '\t' {
			return scrub(s)
		}
	}
	if ascii || utf8.ValidString(s) && !strings.Contains(s, "\ufffe") && !strings.Contains(s, "\uffff") {
		return s
	}
	return scrub(s)
}

func scrub(s string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, s)
}

// risky reports whether a spreadsheet could take a cell for a formula: it
// starts with = + - @ or their full-width forms, a tab or a line end (OWASP,
// "CSV Injection"; ASVS 5.0, 1.2.10). White space, invisible characters and
// apostrophes before the first sign are looked past, as some programs drop
// them.
func risky(s string) bool {
	for _, r := range s {
		switch r {
		case '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\n', '\r':
			return true
		case '\'':
			continue
		}
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			return false
		}
	}
	return false
}
