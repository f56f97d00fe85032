// Package study keeps what a study is: its question and who chose it, who approved it, what its
// information sheets promised, and who by name analyses. Nothing is analysed outside a study that runs:
// approved, or with a recorded reason for needing no approval, and not past its end.
package study

import (
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// Study is one study.
type Study struct {
	ID         string
	Question   string
	ChosenBy   string // who chose the question, in the group's words
	Sponsor    string
	Committee  string
	Reference  string
	Approved   time.Time // zero while it is not
	NoApproval string    // why none is needed
	Begins     time.Time
	Ends       time.Time
	Retention  int // years that records are kept after the end
	Version    int64
	Sheets     []Sheet
	Analysts   []Analyst
	Amendments []Amendment
}

// Sheet is one version of the information sheet. Terms follow the sheet they were given under.
type Sheet struct {
	Version    string
	Since      time.Time
	Body       string
	TakingBack string // what it promised about taking back
}

// Analyst is somebody named. Practice is set when she works at a practice that members belong to, and
// Lived when she is a woman from the group: whoever is asked to share sees both.
type Analyst struct {
	Person   person.ID
	Name     string
	Practice string
	Lived    bool

	practice string // its id
}

// Amendment is a change that a committee approved.
type Amendment struct {
	ID        string
	Reference string
	Approved  time.Time
	What      string
}

// Runs reports whether the study may analyse now.
func (s Study) Runs(now time.Time) bool {
	cleared := !s.Approved.IsZero() && !now.Before(s.Approved) || s.NoApproval != ""
	return cleared && !now.Before(s.Begins) && now.Before(s.Ends)
}

// EndedAt returns the study as it is when it is ended now: over, whether or not it had begun. One that
// is over stays as it is.
func (s Study) EndedAt(now time.Time) Study {
	if !now.Before(s.Ends) {
		return s
	}
	if s.Ends = now; !s.Begins.Before(now) {
		s.Begins = now.Add(-time.Microsecond)
	}
	return s
}

// Sheet returns the version of the information sheet, and false when there is none of that name.
func (s Study) Sheet(version string) (Sheet, bool) {
	for _, sheet := range s.Sheets {
		if sheet.Version == version {
			return sheet, true
		}
	}
	return Sheet{}, false
}

// The faults of this room.
var (
	ErrNotRunning = fault.New(fault.Invalid, "study.not_running")
	ErrNotAgreed  = fault.New(fault.Invalid, "study.not_agreed")
	ErrNoQuestion = fault.New(fault.Invalid, "study.no_question")
	ErrNoEnd      = fault.New(fault.Invalid, "study.no_end")
	ErrTwoReasons = fault.New(fault.Invalid, "study.approval_or_reason")
)

// Check returns the fault of a study that cannot be kept as it is.
func (s Study) Check() error {
	switch {
	case s.Question == "":
		return ErrNoQuestion
	case s.Ends.IsZero() || !s.Ends.After(s.Begins):
		return ErrNoEnd
	case !s.Approved.IsZero() && s.NoApproval != "":
		return ErrTwoReasons
	}
	return nil
}
