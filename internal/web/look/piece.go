package look

import (
	"unicode"
	"unicode/utf8"
)

// A Link leads somewhere. About is added for who hears it out of its place.
type Link struct {
	Href, Text, About string
	Here              bool // the page it leads to is this one, or a part of it
}

// A Top is the head of every page: the skip link, the name, the link that leaves, and where one can go.
type Top struct {
	Skip    string // "Skip to the main part"
	Name    string // neutral: "Notes"
	Leave   string // "Leave this page"
	Away    string // where leaving leads: "/away"
	TwoMore string // said after one lone Shift: "Press Shift two more times to leave this page."
	OneMore string // said after the second
	Nav     Pages  // for who is signed in; empty for others
	Parts   Pages  // where one can go within the page that is open, such as the steps of a study
}

// A Pages is a list of pages at the head of each of them, or at the end where one list is on several.
type Pages struct {
	Label string // "Your pages"
	Links []Link
	Next  Link // where one reads on, in a list that is on several
}

// A Foot is the end of every page. Help stands in the same place on each.
type Foot struct {
	HelpText string // an offer, with a name and hours: "Asha is here Monday to Thursday, 10 to 4."
	Help     Link
	Urgent   string // one line about what to do when it cannot wait
	Links    []Link
	Leave    Link // leaving once more, for who reads by ear or by keyboard and is at the end: seen when focused
}

// A Title is the heading of a page.
type Title struct {
	Text string
	Lead string // one or two sentences under it
}

// A Note tells something. A quiet confirmation is a Note with Said, in place, in one line.
type Note struct {
	Title, Text string
	Said        bool   // it answers what was just done, and is read aloud (role=status)
	Links       []Link // "Undo"; more than three are listed when the note is opened
}

// A Newer stands in a form that changes something. From names what the form begins from. When that was changed
// meanwhile, Now says what stands there, above the boxes that hold what was typed.
type Newer struct {
	From string
	Note Note
	Now  []SummaryRow
}

// A Who says who can see what stands beside it, always in the same colour.
type Who struct {
	Title, Text string
	Change      Link
}

// A Tag is a word or two about the state of a thing.
type Tag struct {
	Text string
	Kind TagKind
}

// A TagKind gives a Tag its shape and colour. The word says the same.
type TagKind string

// The kinds of tag.
const (
	Plain  TagKind = ""       // a ring
	Only   TagKind = "only"   // a ring, in the colour of who can see: only its owner
	Shared TagKind = "shared" // a dot
	Wait   TagKind = "wait"   // half a ring: it waits for somebody
	Closed TagKind = "closed" // a bar: taken back, ended
)

// A Summary lists answers with a way to change each, as on a page that shows everything before it is sent.
type Summary struct{ Rows []SummaryRow }

// A SummaryRow is one answer.
type SummaryRow struct {
	Term   string
	Value  string
	Values []string // instead of Value when there are several
	Change Link     // About names the term for who hears only the links
}

// A Person is a line that says who somebody is here.
type Person struct {
	Name, What string // "Jo", "charity worker"
	Href       string // may be empty
}

// Letter returns the first letter of the name for the round beside it, which is decoration.
func (p Person) Letter() string {
	r, _ := utf8.DecodeRuneInString(p.Name)
	if !unicode.IsLetter(r) {
		return ""
	}
	return string(unicode.ToUpper(r))
}

// A Story is somebody's words behind a content note. The words stay closed until the reader opens them.
type Story struct {
	ID    string
	By    Person
	About string   // the content note: what it is about, in neutral words, no details
	Read  string   // "Read it"
	Paras []string // the words
	Skip  Link     // past it
}

// A Card is one thing in a list of things.
type Card struct {
	Title Link
	Text  string
	Meta  string // when, how many
	Tags  []Tag
	Links []Link
}

// A Table is rows and columns of text. Label names the part that scrolls sideways on a phone.
type Table struct {
	Caption, Label string
	Head           []string
	Rows           [][]string // the first of each row is its heading
	Numbers        bool       // all other columns are numbers, or words in the place of one
}

// An Empty says that there is nothing yet, and what could be done.
type Empty struct {
	Title, Text string
	Go          Button
}

// A Progress is how far something has come. It is never used about a person.
type Progress struct {
	ID, Label, Text string
	Value, Max      int
}

// A Status is a line that is read aloud when it changes. With Live it renews itself from the page as events come.
type Status struct{ ID, Text, Live string }

// A Sound is a recording that somebody can hear. Nothing of it is fetched, and nobody is on record as having
// heard it, before she presses play.
type Sound struct {
	Title string // what it is, above it
	Label string // what it is called for who does not see it
	Src   string
	Save  Link // gives it as a file; nothing when Href is empty
}
