package sheet

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// CSV writes a table as comma-separated values after RFC 4180: UTF-8, records
// ending in CR LF, cells with a comma, quote, line end or outer space in
// quotes.
//
// It starts with a byte order mark. Excel takes a file without one for the
// local code page and garbles every letter outside it; other programs skip the
// mark.
//
// A cell that a spreadsheet could take for a formula gets an apostrophe in
// front (OWASP, "CSV Injection"), which Excel shows when it opens the file.
// Unguard takes it off again. No CSV is wholly safe in a program told to split
// it at another sign than the comma; a workbook is the better file to open in
// a spreadsheet.
type CSV struct {
	out *bufio.Writer
	err error
}

// NewCSV starts a CSV file on w.
func NewCSV(w io.Writer) *CSV {
	c := &CSV{out: bufio.NewWriterSize(w, 32<<10)}
	c.out.WriteString("\ufeff")
	return c
}

// Row writes one record.
func (c *CSV) Row(cells ...string) error {
	if c.err != nil {
		return c.err
	}
	for i, cell := range cells {
		if i > 0 {
			c.out.WriteByte(',')
		}
		cell = clean(cell)
		if risky(cell) {
			cell = "'" + cell
		}
		c.cell(cell, len(cells) == 1)
	}
	if _, err := c.out.WriteString("\r\n"); err != nil {
		c.err = fmt.Errorf("writing csv: %w", err)
	}
	return c.err
}

// cell writes a cell, in quotes where it needs them. A record of one empty
// cell needs them too, or it would read as an empty line.
func (c *CSV) cell(s string, alone bool) {
	if s == "" && !alone {
		return
	}
	if s != "" && !strings.ContainsAny(s, "\",\n") && !space(s[0]) && !space(s[len(s)-1]) {
		c.out.WriteString(s)
		return
	}
	c.out.WriteByte('"')
	for {
		before, after, found := strings.Cut(s, `"`)
		c.out.WriteString(before)
		if !found {
			break
		}
		c.out.WriteString(`""`)
		s = after
	}
	c.out.WriteByte('"')
}

func space(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

// Close writes out what is still held back.
func (c *CSV) Close() error {
	if c.err != nil {
		return c.err
	}
	if err := c.out.Flush(); err != nil {
		c.err = fmt.Errorf("writing csv: %w", err)
		return c.err
	}
	c.err = ErrClosed
	return nil
}

// Unguard returns a cell read from a CSV of ours as it was before it got its
// apostrophe. Every other cell is returned unchanged.
func Unguard(cell string) string {
	if rest, found := strings.CutPrefix(cell, "'"); found && risky(rest) {
		return rest
	}
	return cell
}
