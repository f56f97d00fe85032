package matrix

import (
	"cmp"
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/source"
)

// A CaseKind says what a row of the matrix is.
type CaseKind string

// The kinds of case. A study chooses one for each kind of source; a source is the simplest.
const (
	BySource   CaseKind = "source"
	ByPerson   CaseKind = "person"   // her sources as one row, if she said that they may be read side by side
	ByMeeting  CaseKind = "meeting"  // an observation with the notes about the same meeting
	ByPractice CaseKind = "practice" // what was put with a practice
)

// CaseKinds lists them in the order in which they are shown.
func CaseKinds() []CaseKind { return []CaseKind{BySource, ByPerson, ByMeeting, ByPractice} }

// Grouping is what a study takes for a case.
type Grouping struct {
	Choice map[consent.Kind]CaseKind
	Joined map[person.ID]bool                 // who said that her sources may be read side by side
	Groups map[CaseKind]map[consent.ID]string // source → the meeting (its observation) or the practice it is put with
	Lived  map[person.ID]bool                 // who is in the house of lived experience
}

// A Material is a source with its voices.
type Material struct {
	source.Source
	Parts []source.Part
	Title string // the keeper's, neutral; may be empty
	N     int    // its number among the study's sources of its kind, by when they were added
}

// A Side says whose voices are in a case. Both houses can be in one.
type Side string

// The sides.
const (
	Lived  Side = "lived"
	Others Side = "others"
	Both   Side = "both"
)

// A Case is one row.
type Case struct {
	ID      string
	Kind    CaseKind
	Of      consent.Kind // the kind of its first source
	N       int          // number of that source among its kind
	Title   string
	Side    Side
	Added   time.Time // its first source
	Sources []consent.ID
	people  map[string]bool // whose voices, for small numbers; people outside the circle count one a voice
}

// Has reports whether the case holds a source.
func (c Case) Has(id consent.ID) bool { return slices.Contains(c.Sources, id) }

// number gives each source its number among its kind.
func number(list []Material) {
	slices.SortFunc(list, func(a, b Material) int { return cmp.Or(a.Added.Compare(b.Added), cmp.Compare(a.ID, b.ID)) })
	count := map[consent.Kind]int{}
	for i := range list {
		count[list[i].Kind]++
		list[i].N = count[list[i].Kind]
	}
}

// Cases makes the rows of a study's sources, in the order in which their first source was added. Each
// source is in exactly one case.
func Cases(list []Material, g Grouping) []Case {
	number(list)
	var cases []Case
	at := map[string]int{}
	for _, m := range list {
		kind, id := g.caseOf(m)
		i, there := at[id]
		if !there {
			i = len(cases)
			at[id] = i
			cases = append(cases, Case{ID: id, Kind: kind, Of: m.Kind, N: m.N, Title: m.Title, Added: m.Added, people: map[string]bool{}})
		}
		c := &cases[i]
		if id == string(m.ID) { // a meeting is called what its observation is, whichever came first
			c.Of, c.N, c.Title = m.Kind, m.N, m.Title
		}
		c.Sources = append(c.Sources, m.ID)
		for _, p := range m.Parts {
			c.hear(p, g)
		}
	}
	return cases
}

// caseOf returns which case a source belongs to. Whatever a wider case lacks, a source is its own.
func (g Grouping) caseOf(m Material) (CaseKind, string) {
	switch kind := g.Choice[m.Kind]; kind {
	case ByPerson:
		if who := m.only(); who != "" && g.Joined[who] {
			return kind, string(who)
		}
	case ByMeeting, ByPractice:
		if id := g.Groups[kind][m.ID]; id != "" {
			return kind, id
		}
	}
	return BySource, string(m.ID)
}

// only returns the one member whose words a source is, nobody when there are several or none.
func (m Material) only() person.ID {
	var who person.ID
	for _, p := range m.Parts {
		switch {
		case p.Role == consent.Interviewer:
		case p.Person == "" || (who != "" && who != p.Person):
			return ""
		default:
			who = p.Person
		}
	}
	return who
}

// hear adds a voice to a case. Whoever asks the questions is not one.
func (c *Case) hear(p source.Part, g Grouping) {
	if p.Role == consent.Interviewer {
		return
	}
	side, who := Others, string(p.Person)
	if p.Person != "" && g.Lived[p.Person] {
		side = Lived
	}
	if who == "" {
		who = string(p.Speaker)
	}
	c.people[who] = true
	switch c.Side {
	case "":
		c.Side = side
	case side:
	default:
		c.Side = Both
	}
}
