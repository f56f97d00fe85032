package look

import (
	"html/template"
	"strconv"
	"strings"
)

// A Field is one question answered by writing: a line, or a box when Rows is more than 0.
//
// Nothing is marked as required in HTML, so no browser scolds in a language and a look of its own; Required is told to
// assistive technology alone, and Hint says why the task cannot do without the answer.
type Field struct {
	Name         string // name of the form value
	ID           string // id in the page; Name when empty
	Label        string // the question
	Heading      bool   // the question is the heading of the page
	Hint         string // how to answer, or an example
	Who          string // who will see the answer and what happens next; every box for free text has it
	WhoTitle     string // the first words of Who, set in bold
	Value        string // what was typed so far; shown again as typed after a problem
	Problem      string // one thing to check, said without blame; empty when there is none
	Rows         int    // height of the box in lines; 0 for a single line
	Max          int    // most characters that can be kept; 0 for no count. Going over is allowed while writing
	Left         string // count under the box, with {n} for the number: "Characters left: {n}"
	Over         string // the same when there are too many: "{n} over. You can shorten it later."
	Required     bool   // the task cannot do without it
	Short        bool   // the answer is a few characters: a code, an amount
	Autofocus    bool   // the keyboard starts here, unless there is a list of things to check
	Autocomplete string // as in HTML: "username", "new-password", "off"
	InputMode    string // as in HTML: "numeric"
	Type         string // "text" when empty; "password", "email", "search", "file"
	Accept       string // for a file: what a phone offers to choose from, or to record; nothing is checked by it
	Show         string // for a password: the words of the button that shows it
}

// At returns the id of the field in the page, to which a thing to check links.
func (f Field) At() string { return at(f.ID, f.Name) }

// Kind returns the type of the input, "text" unless another was chosen.
func (f Field) Kind() string { return at(f.Type, "text") }

// Describes returns the ids of the texts that belong to the input, in the order they stand in the page.
func (f Field) Describes() string {
	return describes(f.At(), f.Hint, "hint", f.Who, "who", f.Problem, "problem", f.CountNow(), "count")
}

// CountNow returns the count for the value as it stands, or "" when nothing is counted.
func (f Field) CountNow() string {
	if f.Max == 0 || f.Left == "" {
		return ""
	}
	left, text := f.Max-len([]rune(f.Value)), f.Left
	if left < 0 {
		left, text = -left, at(f.Over, f.Left)
	}
	return strings.ReplaceAll(text, "{n}", strconv.Itoa(left))
}

// A Choice is one question answered by choosing. Nothing is chosen for anyone: an Option is Chosen only when she chose it.
type Choice struct {
	Name, ID string   // as in Field; the first option has the id, so that a thing to check leads to it
	Legend   string   // the question
	Heading  bool     // the question is the heading of the page
	Hint     string   // how to answer
	Problem  string   // one thing to check, or empty
	Multiple bool     // any number may be chosen
	Row      bool     // short answers beside each other where there is room: yes, no, ask me later
	Options  []Option // in the order shown, the least sharing first
}

// An Option is one answer of a Choice or a Select.
type Option struct {
	Value, Label, Hint string
	Chosen             bool
}

// At returns the id of the first option.
func (c Choice) At() string { return at(c.ID, c.Name) }

// Describes returns the ids of the hint and the problem, as far as there are any.
func (c Choice) Describes() string { return describes(c.At(), c.Hint, "hint", c.Problem, "problem") }

// A Dated is a date asked for in three boxes, each of which may be left empty. The form values are Name-day, Name-month
// and Name-year.
type Dated struct {
	Name, ID         string
	Legend           string
	Hint, Problem    string
	Day, Month, Year string    // what was typed
	Labels           [3]string // the words for day, month and year
}

// At returns the id of the box for the day.
func (d Dated) At() string { return at(d.ID, d.Name) }

// Describes returns the ids of the hint and the problem, as far as there are any.
func (d Dated) Describes() string { return describes(d.At(), d.Hint, "hint", d.Problem, "problem") }

// Boxes returns the three boxes in the order they are written in. The first has the id of the whole.
func (d Dated) Boxes() []Field {
	return []Field{
		{Name: d.Name + "-day", ID: d.At(), Label: d.Labels[0], Value: d.Day},
		{Name: d.Name + "-month", Label: d.Labels[1], Value: d.Month},
		{Name: d.Name + "-year", Label: d.Labels[2], Value: d.Year},
	}
}

// A Select is a list to choose one answer from, for desks only: a Choice is easier on a phone.
type Select struct {
	Name, ID, Label string
	Options         []Option
}

// At returns the id of the list.
func (s Select) At() string { return at(s.ID, s.Name) }

// A Check is the list of things to look at again, first in the page after a form came back. The keyboard starts there.
type Check struct {
	Title string // "One thing to check", or how many
	Items []CheckItem
}

// A CheckItem leads to the field it speaks of.
type CheckItem struct{ Href, Text string }

// A Button sends the form, or leads somewhere when Href is set. All buttons beside each other have one size.
type Button struct {
	Text        string
	About       string // more for who hears it and does not see what stands beside it: "Change" + "who can see this"
	Look        Look
	Href        string // makes it a link
	Name, Value string // sent with the form when this button was used
	Action      string // sends the form to another address
}

// A Look is how a Button looks.
type Look string

// The looks of a button. What a page is for is Main, any other answer is Second, and Quiet looks like a link.
const (
	Main   Look = ""
	Second Look = "second"
	Quiet  Look = "quiet"
)

// Class returns the class of the button.
func (b Button) Class() string {
	switch b.Look {
	case Quiet:
		return "quiet"
	case Second:
		return "btn second"
	}
	return "btn"
}

// A Draft is the line at the foot of a form[data-draft] that says whether its words are kept.
type Draft struct {
	Now     string // said when the page opens; may be empty
	Saved   string // "Saved as a draft. Only you can see it."
	Unsaved string // "Not saved yet. We will try again."
	Newer   string // said when another tab saved other words: these are not saved over them; may be empty
}

// A Steps says where in a task of several pages this page stands.
type Steps struct {
	Text    string // "Part 2 of 4"
	Now, Of int    // 2, 4
}

// Stones returns one value for each part, true when it is done or being done.
func (s Steps) Stones() []bool {
	stones := make([]bool, max(s.Of, 0))
	for i := range stones {
		stones[i] = i < s.Now
	}
	return stones
}

// at returns the first text unless it is empty, and else the second.
func at(first, second string) string {
	if first != "" {
		return first
	}
	return second
}

// describes takes an id and pairs of a text and a suffix, and returns the suffixed ids of the texts that are not empty.
func describes(id string, pairs ...string) string {
	var ids []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] != "" {
			ids = append(ids, id+"-"+pairs[i+1])
		}
	}
	return strings.Join(ids, " ")
}

// HTML is markup made by the program itself, such as a chart. It is never made of anything a person wrote.
type HTML = template.HTML
