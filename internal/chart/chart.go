// Package chart draws counts as bars, as a picture in the page itself that can be read without colour, on paper,
// at 320 pixels and by ear.
//
// What a bar is of is said by its words, its hatching and its place, and its number stands beside it. All of it is
// drawn in the colour of the text around it, so it is light on dark where the page is. It has no style, which the
// site's own rules forbid, and asks nobody for anything. Its length follows the letters of the page. Whoever hears
// the page hears a title and all that is drawn as one sentence; the table behind a chart is the page's.
package chart

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Chart is groups of bars that can be compared: all have the same measure.
type Chart struct {
	ID    string // begins the ids inside; once in a page
	Title string // what is shown, for who hears it
	Desc  string // all that is drawn, as words
	// Groups are drawn below each other, each with its bars. The bars at the same place in their groups are of
	// the same thing and have the same hatching.
	Groups []Group
}

// A Group is bars under a label.
type Group struct {
	Label string
	Bars  []Bar
}

// A Bar is one count, with its number as it is read: plain digits when that is empty. Words stand in the place of a
// number that is not shown, and then there is no bar.
type Bar struct {
	Label  string
	Count  int
	Number string
	Words  string
}

// Measures of a drawing, in its own units: 320 are as wide as the page of a small phone, where letters of 16 units
// are 14 pixels high.
const (
	wide     = 320
	letter   = 16
	line     = 22 // a line of letters
	thick    = 18 // a bar
	gap      = 10
	longest  = 260 // the bar of the greatest count; its number stands beside it, with room for five digits
	digit    = 10  // what each further one takes
	hatching = 4   // how many sorts there are
)

// Bars draws a chart.
func Bars(c Chart) template.HTML {
	d := drawing{id: html.EscapeString(c.ID), most: c.most(), longest: c.longest()}
	for i, g := range c.Groups {
		if i > 0 {
			d.y += gap
		}
		if g.Label != "" {
			d.words(0, g.Label, ` font-weight="bold"`)
			d.y += 4
		}
		for j, b := range g.Bars {
			d.bar(b, j%hatching)
		}
	}
	return template.HTML(fmt.Sprintf(`<svg role="img" aria-labelledby="%[1]s-t %[1]s-d" viewBox="0 0 %[2]d %[3]d" width="20rem" fill="currentColor" font-size="%[4]d">`+
		`<title id="%[1]s-t">%[5]s</title><desc id="%[1]s-d">%[6]s</desc>%[7]s<g aria-hidden="true">%[8]s</g></svg>`,
		d.id, wide, d.y, letter, html.EscapeString(c.Title), html.EscapeString(c.Desc), d.patterns(), d.marks.String()))
}

// most is the greatest count.
func (c Chart) most() int {
	most := 1
	for _, g := range c.Groups {
		for _, b := range g.Bars {
			most = max(most, b.Count)
		}
	}
	return most
}

// longest is how long the bar of the greatest count is, so that every number fits beside its own.
func (c Chart) longest() int {
	long := longest
	for _, g := range c.Groups {
		for _, b := range g.Bars {
			long = min(long, longest-digit*(utf8.RuneCountInString(b.number())-5))
		}
	}
	return long
}

// number is what stands beside a bar.
func (b Bar) number() string { return cmp.Or(b.Number, strconv.Itoa(b.Count)) }

// drawing is what is drawn so far, down to y.
type drawing struct {
	id      string
	most    int
	longest int
	y       int
	used    [hatching]bool
	marks   strings.Builder
}

// words writes a line and goes below it.
func (d *drawing) words(x int, text, more string) {
	fmt.Fprintf(&d.marks, `<text x="%d" y="%d"%s>%s</text>`, x, d.y+letter, more, html.EscapeString(text))
	d.y += line
}

// bar draws one count under what it is of, and goes below it.
func (d *drawing) bar(b Bar, hatch int) {
	d.words(0, b.Label, "")
	if b.Words != "" {
		d.words(0, b.Words, ` font-style="italic"`)
		d.y += gap
		return
	}
	long := b.Count * d.longest / d.most
	if b.Count > 0 {
		long = max(long, 3) // a bar is seen
		d.used[hatch] = true
		fmt.Fprintf(&d.marks, `<rect x="1" y="%d" width="%d" height="%d" fill="%s" stroke="currentColor" stroke-width="2"/>`, d.y, long, thick, d.fill(hatch))
		long += 8
	}
	fmt.Fprintf(&d.marks, `<text x="%d" y="%d">%s</text>`, long, d.y+letter-1, html.EscapeString(b.number()))
	d.y += thick + gap
}

// fill says with what a bar is filled: the first sort is full, the others are hatched.
func (d *drawing) fill(hatch int) string {
	if hatch == 0 {
		return "currentColor"
	}
	return fmt.Sprintf("url(#%s-%d)", d.id, hatch)
}

// hatchings are the lines of each sort of hatching, in a square of eight: full, slanting, dotted, crossed.
var hatchings = [hatching]string{
	1: `<path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="currentColor" stroke-width="2"/>`,
	2: `<circle cx="4" cy="4" r="1.6"/>`,
	3: `<path d="M0 4H8M4 0V8" stroke="currentColor" stroke-width="1.5"/>`,
}

// patterns are the sorts of hatching that were used.
func (d *drawing) patterns() string {
	var all strings.Builder
	for hatch, lines := range hatchings {
		if hatch > 0 && d.used[hatch] {
			fmt.Fprintf(&all, `<pattern id="%s-%d" width="8" height="8" patternUnits="userSpaceOnUse">%s</pattern>`, d.id, hatch, lines)
		}
	}
	return all.String()
}
