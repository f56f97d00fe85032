// Package person holds the words for who somebody is to the partnership: ids, standings, duties.
//
// It is vocabulary alone, with nothing to look up, so that the gate, the shell and the rooms can speak
// of the same person without knowing each other. Who holds which standing is kept by circle.
package person

import (
	"slices"
	"strings"
	"time"
)

// A Partnership is the id of one partnership. It leads every index and every query.
type Partnership string

// An ID is a person's random id within a partnership.
type ID string

// A Standing says as whom somebody takes part (R4). One person may hold several.
type Standing string

// The standings. LivedExperience is one house of two; all others together are the other one.
const (
	LivedExperience Standing = "lived-experience"
	Charity         Standing = "charity"
	Clinician       Standing = "clinician"
	Researcher      Standing = "researcher"
	Practice        Standing = "practice"
	Funder          Standing = "funder" // reads what is meant for everybody, changes nothing
)

// A duty is held beside a standing and gives no vote.
const (
	// Administrator looks after the server: invitations, settings, backups; never anybody's words.
	Administrator Standing = "administrator"
	// Facilitator hosts meetings.
	Facilitator Standing = "facilitator"
	// Analyst is named in at least one study that is running (kept by study, added at sign-in).
	Analyst Standing = "analyst"
)

// Standings lists the six standings in the order in which they are shown.
func Standings() []Standing {
	return []Standing{LivedExperience, Charity, Clinician, Researcher, Practice, Funder}
}

// Valid reports whether s is one of the six standings.
func (s Standing) Valid() bool { return slices.Contains(Standings(), s) }

// A Set is a set of standings and duties.
type Set []Standing

// Has reports whether s is in the set.
func (set Set) Has(s Standing) bool { return slices.Contains(set, s) }

// Meets reports whether the two sets share a member.
func (set Set) Meets(other Set) bool { return slices.ContainsFunc(set, other.Has) }

// String returns the set's members, sorted and joined by commas, for keys and tests.
func (set Set) String() string {
	names := make([]string, len(set))
	for i, s := range set {
		names[i] = string(s)
	}
	slices.Sort(names)
	return strings.Join(names, ",")
}

// A House is one of the two houses that decide together.
type House string

// The two houses.
const (
	Lived  House = "lived"
	Others House = "others"
)

// HouseOf returns the house somebody with these standings belongs to when she has not chosen: two
// standings and no choice means everyone else (DESIGN, "Two houses").
func HouseOf(set Set) House {
	others := slices.ContainsFunc(set, func(s Standing) bool { return s.Valid() && s != LivedExperience })
	if set.Has(LivedExperience) && !others {
		return Lived
	}
	return Others
}

// A Viewer is somebody who asks to see or do something, as she is at that moment.
type Viewer struct {
	Partnership Partnership
	ID          ID
	Name        string // the name she chose
	Standings   Set
	Language    string
	Looks       Looks     // how she has pages shown
	Factor      bool      // the second factor was given in this session
	Sure        bool      // she gave her passphrase in this session a few minutes ago at most
	Since       time.Time // when this session signed in
	NoFiles     bool      // she wants no files to be saved from her account
	Table       string    // the tablet handed round on which she signed in; empty on a screen of her own
	Hand        Hand      // by whose hand it comes, when she is not at the screen herself
}

// Known reports whether somebody is signed in.
func (v Viewer) Known() bool { return v.ID != "" }
