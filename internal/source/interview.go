package source

import (
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
)

// An Interview is a talk for a study that somebody prepares. Before it begins, whoever is asked is shown what people
// here cannot keep private, and which version she was shown is kept with it, on a screen or otherwise (R55).
type Interview struct {
	ID      string
	Study   string
	Asker   person.ID
	Person  person.ID // who is asked; empty outside the circle
	Made    time.Time
	Sheet   string    // version of the information sheet
	Version int64     // of the agreement, with the limits that she was shown
	Shown   time.Time // zero while she was not
	Way     string    // one of ToldWays
	Told    person.ID // who says so: she herself, or whoever took it down
	Begun   time.Time
	Source  consent.ID // what it became, and her part in it
	Speaker consent.ID
}

// toldOnScreen is that she read it on a screen.
const toldOnScreen = "screen"

// ToldWays lists how somebody can be shown the limits.
func ToldWays() []string { return []string{toldOnScreen, person.Paper, person.Spoken} }

// Show returns it with that she was shown a version, how, and who says so.
func (i Interview) Show(version int64, way string, by person.ID, now time.Time) (Interview, error) {
	if !slices.Contains(ToldWays(), way) {
		return i, errToldHow
	}
	i.Version, i.Way, i.Told, i.Shown = version, way, by, now
	return i, nil
}

// Ready reports whether it can begin: she was shown what counts now, and not what counted before.
func (i Interview) Ready(inForce int64) bool { return !i.Shown.IsZero() && i.Version == inForce }

// Begin returns it begun. It stays as it is where she was not shown what counts now.
func (i Interview) Begin(inForce int64, now time.Time) (Interview, error) {
	switch {
	case !i.Begun.IsZero():
		return i, nil
	case !i.Ready(inForce):
		return i, errNotShown
	}
	i.Begun = now
	return i, nil
}

// untold lists the parts of an interview whose speaker was shown no limits before it began, as far as is kept. Who
// asked, what is taken back for good, and what is nobody's any more wait for nothing.
func untold(kind consent.Kind, parts []Part, kept []Interview) []Part {
	if kind != consent.Interview {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(parts), func(p Part) bool {
		nobodys := p.Role == consent.Member && p.Person == ""
		return p.Role == consent.Interviewer || p.Gone || nobodys ||
			slices.ContainsFunc(kept, func(i Interview) bool { return i.Speaker == p.Speaker && !i.Shown.IsZero() })
	})
}

// The faults of an interview.
var (
	errNotShown = fault.New(fault.Invalid, "source.talk_not_shown")
	errToldHow  = fault.New(fault.Invalid, "source.told_how")
	errToldWhat = fault.New(fault.Invalid, "source.told_what")
	errWhom     = fault.New(fault.Invalid, "source.talk_whom")
	errTalkDo   = fault.New(fault.Invalid, "source.talk_choose")
	errTalkOld  = fault.New(fault.Conflict, "source.talk_newer")
)
