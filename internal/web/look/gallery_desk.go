package look

import "strconv"

func deskPieces() []Piece {
	remove := func(theme string) Button { return Button{Text: "Remove", About: theme, Name: "remove", Value: theme} }
	themes := []Option{{Value: "1", Label: "Being listened to"}, {Value: "2", Label: "Choice"}, {Value: "3", Label: "Waiting and access"}}
	turns := []Turn{
		{ID: "t11", N: 11, Speaker: "Interviewer", Time: "00:04:12", Asks: true, Tick: "turn", Runs: []Run{{Text: "What would a good appointment look like to you?"}}, Words: Link{Href: "#w11", Text: "Choose words", About: "of part 11"}},
		{ID: "t12", N: 12, Speaker: "Bluebell", Time: "00:04:19", Tick: "turn", Ticked: true, ChipsLabel: "Themes of part 12",
			Runs:  []Run{{Text: "She asks me first. "}, {Text: "Where would you like to sit, ", Themes: []int{1}}, {Text: "is the door all right like that. ", Themes: []int{1, 0}}, {Text: "Then I can think. ", Themes: []int{1, 0, 3}}, {Text: "It takes", Themes: []int{4, 2, 5, 7, 9}}, {Text: " half a minute and I can say what I came for."}},
			Chips: []Chip{{"Choice", 1, remove("Choice")}, {"Being listened to", 0, remove("Being listened to")}, {"Safety in the room", 3, remove("Safety in the room")}},
			Words: Link{Href: "#w12", Text: "Choose words", About: "of part 12"}},
		{ID: "t13", N: 13, Speaker: "Interviewer", Asks: true, Tick: "turn", Runs: []Run{{Text: "And when it is somebody you have not met before?"}}},
		{ID: "t14", N: 14, Speaker: "Bluebell", Time: "00:05:02", Tick: "turn", Closed: "These words are closed. Their owner took them back."},
		{ID: "t15", N: 15, Speaker: "Bluebell", Time: "00:05:30", Runs: []Run{{Text: "A card I could hand over would help. ", Themes: []int{6}}, {Text: "Three lines, my own words.", Themes: []int{6, 8}}}, Chips: []Chip{{"Not telling it again", 6, Button{}}, {"Written by us", 8, Button{}}}},
	}
	frame := []Theme{{Link{Href: "#th0", Text: "Being listened to"}, 0, "41", ""}, {Link{Href: "#th1", Text: "By name"}, 1, "23", "Being listened to: By name"}, {Link{Href: "#th3", Text: "Safety in the room"}, 3, "35", ""}, {Link{Href: "#th6", Text: "Not telling it again"}, 6, "none yet", ""}}
	var all []Run
	var chips []Chip
	for n := range Hues {
		all = append(all, Run{"one theme", []int{n}}, Run{" and ", nil}, Run{"two of them", []int{n, n + 4}}, Run{", ", nil})
		chips = append(chips, Chip{"Theme " + string(rune('A'+n)), n, Button{}})
	}
	cells := func(cells ...Cell) []Cell {
		for i, name := range []string{"Being listened to", "Choice", "Waiting and access"} {
			cells[i].Of = name
		}
		return cells
	}
	matrix := Matrix{Caption: "Cases by themes", Label: "Matrix of cases and themes", Corner: "Case", JumpLabel: "Go to a case",
		Heads: []Head{{"Being listened to", 0}, {"Choice", 1}, {"Waiting and access", 2}},
		Rows: []Case{
			{ID: "c1", Title: Link{Href: "#c1", Text: "Bluebell"}, Meta: "Interview, lived experience", Cells: cells(
				Cell{Points: []Point{{Text: "Being asked first lets her think, and takes half a minute.", Href: "#t12"}, {Closed: "Closed: being rewritten"}}, Add: Link{Href: "#add", Text: "Add a point", About: "on being listened to for Bluebell"}},
				Cell{Points: []Point{{Text: "Would hand over a card with three lines of her own.", Href: "#t15"}}}, Cell{None: "Not read yet"})},
			{ID: "c2", Title: Link{Href: "#c2", Text: "Meeting, 4 March"}, Meta: "Observed meeting", Cells: cells(
				Cell{Points: []Point{{Text: "The chair waited for the last speaker before summing up.", Href: "#t3"}}}, Cell{None: "Read, nothing there"}, Cell{Points: []Point{{Text: "Two members could not join because the link was sent an hour before.", Href: "#t9"}}})},
			{ID: "c3", Title: Link{Href: "#c3", Text: "Juniper"}, Meta: "Interview, GP", Cells: cells(Cell{None: "Nothing to show"}, Cell{None: "Not asked"}, Cell{Points: []Point{{Text: "Wants ten quiet slots a week that are not given out at eight.", Href: "#t21"}}})},
		}}
	coverage := Coverage{Caption: "Passages by kind of source", Label: "Passages by kind of source", Corner: "Source",
		Heads: []string{"Listened to", "Choice", "Waiting", "Trust"},
		Rows:  []CoverageRow{{"Interviews", shades(41, 23, 35, 12)}, {"Notes", shades(9, 30, 4, 17)}, {"Meetings", shades(2, 0, 11, 6)}},
		Key:   []Shade{{"none yet", 0}, {"1 to 10", 1}, {"11 to 20", 2}, {"21 to 30", 3}, {"31 to 41", 4}}}
	figure := Figure{ID: "half", Finding: "Members decided less than half of the money", Lead: "22 in every 100 pounds, July to September.", Open: "See the numbers as a table", SVG: galleryChart,
		Numbers: Table{Label: "Who decided", Head: []string{"What", "Women", "Staff and GPs"}, Rows: [][]string{{"Agenda items", "58", "42"}, {"Money", "22", "78"}}, Numbers: true}, Source: "From the notes of 6 meetings, July to September.", Links: []Link{{Href: "#csv", Text: "Download as csv"}}}
	return []Piece{
		{Template: "title", State: "Heading of a desk page", Desk: true, Value: Title{Text: "Interview with Bluebell", Lead: "4 March, read on her terms: themes and her words, for the study only."}},
		{Template: "note", State: "Told before reading", Desk: true, Value: Note{Text: "Bluebell will see that you opened this."}},
		{Template: "tools", State: "Filters", Desk: true, Value: Tools{Action: "#", Label: "Narrow the list", Search: Field{Name: "q", Label: "Words", Type: "search"}, Selects: []Select{{Name: "kind", Label: "Kind", Options: []Option{{Label: "All kinds"}, {Value: "i", Label: "Interviews"}}}, {Name: "theme", Label: "Theme", Options: themes}}, Do: Button{Text: "Show", Look: Second}}},
		{Template: "gallery-side", State: "Transcript beside its frame", Desk: true, Form: true, Value: struct {
			Turns  []Turn
			Themes []Theme
		}{turns, frame}},
		{Template: "turns", State: "All twelve hues", Desk: true, Value: []Turn{{ID: "hues", N: 1, Speaker: "Hues", Runs: all, Chips: chips}}},
		{Template: "matrix", State: "Matrix", Desk: true, Value: matrix},
		{Template: "coverage", State: "Coverage", Desk: true, Value: coverage},
		{Template: "figure", State: "Chart", Desk: true, Value: figure},
		{Template: "progress", State: "Progress", Desk: true, Value: Progress{ID: "in", Label: "Reading 12 files", Text: "5 of 12", Value: 5, Max: 12}},
		{Template: "bar", State: "Bar at the foot of the screen", Desk: true, Form: true, Value: Bar{Label: "Add a theme", Choose: Select{Name: "add", Label: "Theme", Options: themes}, Do: []Button{{Text: "Add to ticked parts"}, {Text: "Undo", Look: Second}}}},
	}
}

func shades(counts ...int) []Shade {
	cells := make([]Shade, len(counts))
	for i, n := range counts {
		text := "none yet"
		if n > 0 {
			text = strconv.Itoa(n)
		}
		cells[i] = Shade{text, StepOf(n, 41)}
	}
	return cells
}

const galleryChart HTML = `<svg viewBox="0 0 360 150" role="img" aria-labelledby="ct cd"><title id="ct">Who decided</title><desc id="cd">Women decided 58 of 100 agenda items and 22 of 100 pounds.</desc>
<g aria-hidden="true"><defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="line" d="M0 0V7"/></pattern></defs>
<text x="0" y="16">Women</text><text x="360" y="16" text-anchor="end">Staff and GPs</text>
<text x="0" y="46">Items on the agenda</text><rect class="fill" x="0" y="53" width="209" height="24"/><rect x="209" y="53" width="151" height="24" fill="url(#hatch)" stroke="currentColor"/><text class="on" x="8" y="70">58</text>
<text x="0" y="106">Money</text><rect class="fill" x="0" y="113" width="79" height="24"/><rect x="79" y="113" width="281" height="24" fill="url(#hatch)" stroke="currentColor"/><text class="on" x="8" y="130">22</text>
<path class="mid" d="M180 26V145"/></g></svg>`
