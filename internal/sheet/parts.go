package sheet

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf16"
)

const (
	mainNS  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packNS  = "http://schemas.openxmlformats.org/package/2006/"
	mediaNS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	prolog  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// styles lists the four looks of a cell, picked by style: plain, header, and
// the same two for texts that must never become formulas. The fonts and fills
// before them are the least Excel accepts.
const styles = prolog + `<styleSheet xmlns="` + mainNS + `">` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>` +
	`<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">` + wrapped + `</xf>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">` + wrapped + `</xf>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1">` + wrapped + `</xf>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyFont="1" applyAlignment="1">` + wrapped + `</xf></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const wrapped = `<alignment vertical="top" wrapText="1"/>`

// style gives the digit of the look in styles.
func style(header, guarded bool) byte {
	switch {
	case header && guarded:
		return '4'
	case guarded:
		return '3'
	case header:
		return '2'
	}
	return '1'
}

func sheetPath(number int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", number) }

// sheetStart is all of a sheet before its first row: the frozen header, the
// widths. One sheet, the first, is the one in view when the file opens.
func sheetStart(widths []int, selected bool) string {
	var b strings.Builder
	b.WriteString(prolog + `<worksheet xmlns="` + mainNS + `"><sheetViews><sheetView`)
	if selected {
		b.WriteString(` tabSelected="1"`)
	}
	b.WriteString(` workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
		`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`)
	var cols strings.Builder
	for i, width := range widths {
		if width > 0 && i < MaxColumns {
			// 255 is the widest column Excel takes.
			fmt.Fprintf(&cols, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, min(width, 255))
		}
	}
	if cols.Len() > 0 {
		b.WriteString(`<cols>` + cols.String() + `</cols>`)
	}
	b.WriteString(`<sheetData>`)
	return b.String()
}

const sheetEnd = `</sheetData></worksheet>`

type part struct{ name, text string }

// parts are the files that tie the sheets together into a workbook. They come
// last, when all sheets are known; programs find them by name.
func parts(names []string) []part {
	var types, sheets, rels strings.Builder
	for i, name := range names {
		fmt.Fprintf(&types, `<Override PartName="/%s" ContentType="%sworksheet+xml"/>`, sheetPath(i+1), mediaNS)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, attribute(name), i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relNS, i+1)
	}
	return []part{
		{"xl/workbook.xml", prolog + `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", prolog + `<Relationships xmlns="` + packNS + `relationships">` + rels.String() +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, len(names)+1, relNS)},
		{"xl/styles.xml", styles},
		{"_rels/.rels", prolog + `<Relationships xmlns="` + packNS + `relationships"><Relationship Id="rId1" Type="` + relNS +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"[Content_Types].xml", prolog + `<Types xmlns="` + packNS + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + mediaNS + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + mediaNS + `styles+xml"/>` + types.String() + `</Types>`},
	}
}

func attribute(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a Buffer takes everything
	return b.String()
}

// sheetName makes a name Excel takes, different from those used before: at
// most 31 UTF-16 code units, none of : \ / ? * [ ], no apostrophe at either
// end, not "History", capitals making no difference.
func sheetName(wanted string, used []string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < 0x20 {
			return ' '
		}
		return r
	}, clean(wanted))
	name = strings.Trim(strings.Join(strings.Fields(name), " "), "' ")
	if name == "" || strings.EqualFold(name, "History") {
		name = strings.TrimSpace("Sheet " + name)
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf(" (%d)", n)
		}
		candidate := cut(name, 31-len(suffix)) + suffix
		taken := false
		for _, other := range used {
			taken = taken || strings.EqualFold(candidate, other)
		}
		if !taken {
			return candidate
		}
	}
}

// cut shortens s to at most n UTF-16 code units, at a whole character.
func cut(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return strings.TrimRight(s[:i], "' ")
		}
	}
	return s
}
