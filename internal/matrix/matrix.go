// Package matrix is where a study's analysts chart: cases down, themes across, and in each cell a list of
// points, every one a sentence with its own links to the passages it rests on (R82).
//
// A point is kept at the source of its first passage and at one theme. Which row that is follows from
// what the study takes for a case (a source, a person, a meeting, a practice), so that choice can change
// without moving or losing a word. A point is sealed, and opens only while every passage it rests on is
// open: when one is taken back it closes everywhere at once, its writer is told why, and others see that
// it is being written again.
package matrix

import (
	"strings"
	"time"
	"unicode/utf8"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/vault"
)

// PointKind is what lineage calls a point as it stands; earlier versions are known by EarlierKind, and
// what an analyst has typed and not saved by UnsavedKind. The id of an earlier version is "point:version".
const (
	PointKind   = "point"
	EarlierKind = "point-was"
	UnsavedKind = "point-unsaved"
)

// TopicCharted is published when a point, a mark on a cell or what counts as a case changes.
const TopicCharted = "charted"

// LongestPoint is how many characters a point can have. A point is a sentence or two; a page of text in a
// cell is no summary.
const LongestPoint = 1200

// A Link leads from a point to one place it rests on.
type Link struct {
	Coding string // the coding it was chosen from
	Source consent.ID
	Turn   consent.ID
	Seq    int // the turn's number in the source, which its address on the page is made of
	consent.Span
}

// A Point is one charted sentence as somebody may see it.
type Point struct {
	ID       string
	Theme    string
	Source   consent.ID // of its first passage: the row follows from it
	Position int64
	Version  int64
	Writer   person.ID // of this version
	Made     time.Time // this version
	Links    []Link

	Words vault.Words // zero when closed, and before it is read
	Open  bool        // may be read
	// Stale says that a passage it was written from is indexed differently now, or not any more.
	Stale bool

	key    string
	sealed []byte
}

// A Saying is a point on its way in.
type Saying struct {
	Theme string
	Text  string
	Links []Link // at least one: a sentence that rests on nothing cannot be traced
}

// The faults of this room.
var (
	ErrNoText    = fault.New(fault.Invalid, "matrix.no_text")
	ErrTooLong   = fault.New(fault.Invalid, "matrix.too_long").With("max", LongestPoint)
	ErrNoLink    = fault.New(fault.Invalid, "matrix.no_link")
	ErrShutLink  = fault.New(fault.Invalid, "matrix.link_shut")
	ErrNoTheme   = fault.New(fault.Invalid, "matrix.no_theme")
	ErrNoPurpose = fault.New(fault.Invalid, "matrix.no_purpose")
	// ErrTwo is returned when somebody else changed a point since it was read. Nothing is saved: whoever
	// asked shows both texts and lets the writer choose.
	ErrTwo = fault.New(fault.Conflict, "matrix.two")
)

// Check returns the fault of a saying that cannot be kept as it is.
func (s Saying) Check() error {
	switch {
	case strings.TrimSpace(s.Text) == "":
		return ErrNoText
	case utf8.RuneCountInString(s.Text) > LongestPoint:
		return ErrTooLong
	case len(s.Links) == 0:
		return ErrNoLink
	}
	return nil
}

// rests returns what a point with these links rests on.
func rests(links []Link) []consent.Ref {
	refs := make([]consent.Ref, len(links))
	for i, l := range links {
		refs[i] = consent.SpanRef(l.Turn, l.Span)
	}
	return refs
}

// stale reports whether a link's coding is gone or lies elsewhere now.
func stale(links []Link, codings map[string]coding.Coding) bool {
	for _, l := range links {
		c, there := codings[l.Coding]
		if !there || !holds(c, l) {
			return true
		}
	}
	return false
}

func holds(c coding.Coding, l Link) bool {
	for _, p := range c.Parts {
		if p.Turn == l.Turn && p.Span == l.Span {
			return true
		}
	}
	return false
}

// use is what an analyst does here with words of a study, in a form: counting needs Number, a sentence
// about them Paraphrase, and reading them Words.
func use(study string, f consent.Form) consent.Use {
	return consent.Use{Purpose: consent.Analysis, For: study, Form: f}
}
