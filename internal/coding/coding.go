// Package coding is where a study's analysts build its frame and index passages in it.
//
// A frame is a study's set of themes, with definitions that have versions (R80). A coding puts one theme
// on one passage; a passage is one or more places in the turns of one source (R81). Nothing here holds
// words: a place is kept, the words come from the gate each time, so that what is taken back is gone from
// every page, count and file of this room without anything being deleted.
package coding

import (
	"cmp"
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
)

// A Frame is the themes of a study. Its version grows with each change.
type Frame struct {
	Study   string
	Version int64
	Themes  []Theme // as they are shown: each theme, its sub-themes, and Other in the end
}

// A Theme is one theme, or a sub-theme when it has a parent.
type Theme struct {
	ID       string
	Parent   string
	Name     string
	Position int
	Hue      int   // a number of its own within the study, from which its colour comes
	Since    int64 // the frame's version at which its definition last changed
	Made     time.Time
	Retired  time.Time // since then nothing new is indexed under it; zero while it is in use
}

// Other is the id of the theme that every frame has, for passages that matter and fit no theme.
const Other = "other"

// otherHue is the number of Other, below every theme's.
const otherHue = -1

// Theme returns a theme of the frame, and false when it has none of that id.
func (f Frame) Theme(id string) (Theme, bool) {
	for _, t := range f.Themes {
		if t.ID == id {
			return t, true
		}
	}
	return Theme{}, false
}

// InUse returns the themes that passages can be indexed under, in order.
func (f Frame) InUse() []Theme {
	var list []Theme
	for _, t := range f.Themes {
		if t.Retired.IsZero() {
			list = append(list, t)
		}
	}
	return list
}

// Path returns a theme's name, led by its parent's when it has one.
func (f Frame) Path(id string) string {
	t, _ := f.Theme(id)
	if parent, ok := f.Theme(t.Parent); ok {
		return parent.Name + ": " + t.Name
	}
	return t.Name
}

// arrange puts themes into the order in which they are shown.
func arrange(themes []Theme) []Theme {
	slices.SortFunc(themes, func(a, b Theme) int { return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Hue, b.Hue)) })
	var shown []Theme
	for _, t := range themes {
		if t.Parent != "" {
			continue
		}
		shown = append(shown, t)
		for _, sub := range themes {
			if sub.Parent == t.ID {
				shown = append(shown, sub)
			}
		}
	}
	return append(shown, Theme{ID: Other, Name: "Other", Hue: otherHue, Position: len(themes)})
}

// A Coding is one theme on one passage.
type Coding struct {
	ID           string
	Theme        string
	Contribution consent.ID
	Parts        []Part // at least one, in the order of the turns
	By           person.ID
	At           time.Time
	Frame        int64     // the frame's version it was made, or last looked at again, under
	Removed      time.Time // zero while it stands
	RemovedBy    person.ID
}

// A Part is the place of a passage in one turn.
type Part struct {
	Turn consent.ID
	consent.Span
}

// Open reports whether every part of the passage is open under the ruling: one over several speakers
// obeys the strictest terms among them.
func (c Coding) Open(r consent.Ruling) bool {
	for _, p := range c.Parts {
		if !r.Span(p.Turn, p.Span) {
			return false
		}
	}
	return true
}

// Stale reports whether the theme's definition changed after the passage was indexed under it.
func (c Coding) Stale(t Theme) bool { return c.Frame < t.Since }

// A Filter narrows a list of codings. Its zero value is everything in the study that stands.
type Filter struct {
	Contributions []consent.ID // none means all
	Turns         []consent.ID // those with words in one of these turns; none means all
	Theme         string
	Removed       bool // also what was removed
}

// The faults of this room.
var (
	ErrNoName    = fault.New(fault.Invalid, "coding.no_name")
	ErrParent    = fault.New(fault.Invalid, "coding.parent_top")
	ErrNoTheme   = fault.New(fault.Invalid, "coding.no_theme")
	ErrNoPassage = fault.New(fault.Invalid, "coding.no_passage")
	ErrNothing   = fault.New(fault.Invalid, "coding.nothing_to_undo")
	ErrNoWords   = fault.New(fault.Invalid, "coding.no_words")
	ErrNoPurpose = fault.New(fault.Invalid, "coding.no_purpose")
	ErrNoFile    = fault.New(fault.Invalid, "coding.no_file")
	errNewer     = fault.New(fault.Conflict, "web.newer")
)

// find returns a theme of the frame, fault.Missing when it has none of that id.
func (f Frame) find(id string) (Theme, error) {
	t, ok := f.Theme(id)
	if !ok {
		return t, fault.Missing
	}
	return t, nil
}

func isInvalid(err error) bool { return err != nil && fault.KindOf(err) == fault.Invalid }
