package look

import "strconv"

// Hues is how many theme colours there are. Theme number n has hue n mod Hues.
const Hues = 12

// A Turn is one speaker turn of a transcript, with a box to tick it by and its themes underneath.
type Turn struct {
	ID         string // stable, for links: "t12"
	N          int    // its number, from 1
	Speaker    string
	Time       string // place in the recording, may be empty
	Asks       bool   // the speaker is the interviewer
	Tick       string // name of the form value; "" when nothing can be added. Its value is N
	Ticked     bool
	Runs       []Run
	Closed     string // instead of Runs when its words are closed: "These words are closed."
	ChipsLabel string // "Themes of part 12"
	Chips      []Chip
	Words      Link // "Choose words": the page where part of a turn is chosen without a script
}

// A Run is a stretch of a turn's text under the same themes.
type Run struct {
	Text   string
	Themes []int // numbers of its themes, first first; none means plain text
}

// Class returns the classes of the mark: a tint, and a stripe each for a second and a third theme.
func (r Run) Class() string {
	class := ""
	for i, kind := range [...]string{"h", " u", " w"} {
		if i < len(r.Themes) {
			class += kind + hue(r.Themes[i])
		}
	}
	return class
}

// More returns "+2" when there are two themes more than can be drawn.
func (r Run) More() string {
	if len(r.Themes) <= 3 {
		return ""
	}
	return "+" + strconv.Itoa(len(r.Themes)-3)
}

// A Chip names a theme of a turn.
type Chip struct {
	Text   string
	Theme  int
	Remove Button // Text "Remove", About the theme; zero when it cannot be removed here
}

// Hue returns the class of the theme's colour.
func (c Chip) Hue() string { return "h" + hue(c.Theme) }

// A Theme is one line of the frame beside a transcript.
type Theme struct {
	Title Link
	N     int    // its number, for the colour
	Count string // how many passages, or a word
	Under string // for a part of the theme above it: both names, for who hears it alone
}

// Hue returns the class of the theme's colour.
func (t Theme) Hue() string { return "h" + hue(t.N) }

// A Bar stays at the foot of the screen and acts on what is ticked.
type Bar struct {
	Label  string // names the group
	Hint   string
	Choose Select
	Do     []Button
}

// A Tools is a form above a list that narrows it. It is sent by GET, so a narrowed list has an address.
type Tools struct {
	Action, Label string
	Search        Field // left out when it has no name
	Selects       []Select
	Do            Button
}

// A Matrix is cases by themes. On a phone each case is a card, one under another.
type Matrix struct {
	Caption, Label string // Label names the part that scrolls
	Corner         string // what the rows are: "Case"
	Heads          []Head
	Rows           []Case
	JumpLabel      string // on a phone: "Go to a case"
}

// A Head is a column.
type Head struct {
	Text  string
	Theme int
}

// Hue returns the class of the column's colour.
func (h Head) Hue() string { return "h" + hue(h.Theme) }

// A Case is a row.
type Case struct {
	ID    string
	Title Link
	Meta  string
	Cells []Cell // as many as there are heads
}

// A Cell is what one case says about one theme.
type Cell struct {
	Of     string // the column's text again, for phones
	Points []Point
	None   string // why there are no points: "Not read yet", "Read, nothing there", "Not asked"
	Add    Link
}

// A Point is one charted sentence with the way to the words it rests on.
type Point struct {
	Text, Href string
	Closed     string // instead of the text: "Closed: being rewritten"
}

// A Coverage is a table of counts, each with a shade that says how many in four steps.
type Coverage struct {
	Caption, Label, Corner string
	Heads                  []string
	Rows                   []CoverageRow
	Key                    []Shade // what the steps mean
}

// A CoverageRow is one row of counts.
type CoverageRow struct {
	Title string
	Cells []Shade
}

// A Shade is a count, or a word in the place of one: "none yet", "under 5".
type Shade struct {
	Text string
	Step int // 0 to 4
}

// Class returns the class of the step, or "" for none.
func (s Shade) Class() string {
	if s.Step < 1 {
		return ""
	}
	return "s" + strconv.Itoa(min(s.Step, 4))
}

// StepOf returns the step of n when most is the greatest count of the table: 0 for nothing, then 1 to 4 in quarters.
func StepOf(n, most int) int {
	if n <= 0 || most <= 0 {
		return 0
	}
	return min(4, (4*n+most-1)/most)
}

// A Figure is a chart: what it found as its heading, the drawing, and the numbers as a table.
type Figure struct {
	ID      string
	Finding string // a sentence
	Lead    string // one more, with number and period
	SVG     HTML   // drawn by the program, with <title> and <desc>
	Open    string // "See the numbers as a table"
	Numbers Table
	Source  string // where from, how many, when
	Links   []Link // download
}

func hue(theme int) string { return strconv.Itoa(((theme % Hues) + Hues) % Hues) }
