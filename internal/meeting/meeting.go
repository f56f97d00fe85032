// Package meeting is when and how one meets: what a meeting is for, who will be there and as whom, how long,
// with which breaks, where, what is paid, what may be hard to hear (R16). It cannot be made known while
// anything of that is left open unsaid. Whoever hosts has told everybody what she learned for it (R14).
//
// Anybody puts something on the list of what is to be talked about, under her name, and sees what became of
// it. Nothing leaves the list without somebody's name and a reason (R17). Everybody chooses how she takes
// part and tells nobody but those who host. What comes in by text, before or after, or through somebody else,
// stands in one row with the rest (R18). Nothing here reminds anybody of anything.
//
// A day and a time of day are those on the wall where the group meets: neither is moved between zones.
package meeting

import (
	"slices"
	"strconv"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Field is one thing that a meeting says of itself before it can be made known.
type Field string

// The fields (R16), in the order in which they are read. When it is and who hosts are asked with the meeting.
const (
	Purpose Field = "purpose"
	Who     Field = "who"
	Length  Field = "length"
	Breaks  Field = "breaks"
	Place   Field = "place"
	Travel  Field = "travel"
	Pay     Field = "pay"
	Content Field = "content" // what may be hard to hear
)

// Fields lists them.
func Fields() []Field { return []Field{Purpose, Who, Length, Breaks, Place, Travel, Pay, Content} }

// A Line is what is said in a field. While By is set it is not settled: By settles it, by the day Until.
type Line struct {
	Words string    `json:"words"`
	By    person.ID `json:"by"`
	Until string    `json:"until"`
	Set   time.Time `json:"set"`
	SetBy person.ID `json:"set_by"`
}

// Check returns the fault of a line: what is not settled has a name and a day to come, and a length is a
// number of minutes.
func (l Line) Check(f Field, today string) error {
	switch {
	case l.By == "" && l.Until != "", l.By != "" && l.Until == "":
		return ErrWhoWhen
	case l.By != "" && l.Until < today:
		return ErrPast
	}
	if n, err := strconv.Atoi(l.Words); f == Length && l.Words != "" && (err != nil || n < 1 || n > 24*60) {
		return ErrLength
	}
	return nil
}

// Late reports whether somebody was to settle it by a day that has passed.
func (l Line) Late(today string) bool { return l.By != "" && l.Until < today }

// Text is what a meeting says of itself. It is sealed as one text.
type Text struct {
	Start string         `json:"start"` // time of day: 10:30
	Lines map[Field]Line `json:"lines"`
	With  []person.ID    `json:"with"`  // who will be there of everyone else, each by name
	Women bool           `json:"women"` // the women's group is asked along; who of them comes is each one's own
	At    string         `json:"at"`    // which of the places that members describe; may be empty
	Why   string         `json:"why"`   // why it is hosted by somebody with nothing on record
	WhyBy person.ID      `json:"why_by"`
	Off   string         `json:"off"` // why it was called off
	OffBy person.ID      `json:"off_by"`
}

// Filled reports whether something is said in a field, if only that it is not settled, by whom and by when.
func (t Text) Filled(f Field) bool {
	l := t.Lines[f]
	return l.Words != "" || l.By != "" || f == Who && (t.Women || len(t.With) > 0) || f == Place && t.At != ""
}

// Gaps lists the fields in which nothing is said.
func (t Text) Gaps() []Field {
	return slices.DeleteFunc(Fields(), t.Filled)
}

// Minutes returns how long the meeting is, 0 when that is not settled.
func (t Text) Minutes() int {
	n, _ := strconv.Atoi(t.Lines[Length].Words) // checked when it was said
	return n
}

// A State is what became of a meeting.
type State string

// The states.
const (
	Planned State = "planned" // seen by those who host
	Known   State = "known"
	Off     State = "off" // called off, after it was known
)

// A Meeting is one meeting.
type Meeting struct {
	ID    string
	Host  person.ID
	By    person.ID // who planned it
	Made  time.Time
	Known time.Time // when it was made known; zero before
	State State
	Day   string // 2027-03-02
	Stage Stage  // how far it has come on its day
	Text  Text

	sealed
}

// sealed is a text under a key of its own, as a row has it.
type sealed struct {
	key   string
	words []byte
	open  bool // for whoever reads it
}

// Over reports whether its day has passed, or whoever hosts has closed it.
func (m Meeting) Over(today string) bool { return m.Day < today || m.Stage == Closed }

// Sits reports whether it has begun and is not over.
func (m Meeting) Sits(today string) bool { return m.Stage != Ahead && !m.Over(today) }

// Check returns why a meeting cannot be made known: something is not said of it, or nothing is on record for
// whoever hosts and nobody has said why she hosts all the same.
func (m Meeting) Check(ready bool, today string) error {
	switch {
	case len(m.Text.Gaps()) > 0:
		return ErrGaps
	case !ready && m.Text.Why == "":
		return ErrHost
	case m.Over(today):
		return ErrPast
	}
	return nil
}

// dayOf is a day as it is kept.
func dayOf(t time.Time) string { return t.Format(time.DateOnly) }

// at returns noon of a day, which is that day in every zone a group may be in; zero for what is no day.
func at(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour)
}

// The faults of this room.
var (
	ErrGaps    = fault.New(fault.Invalid, "meeting.err_gaps")
	ErrHost    = fault.New(fault.Invalid, "meeting.err_host")
	ErrDay     = fault.New(fault.Invalid, "meeting.err_day")
	ErrStart   = fault.New(fault.Invalid, "meeting.err_start")
	ErrPast    = fault.New(fault.Invalid, "meeting.err_past")
	ErrWhoWhen = fault.New(fault.Invalid, "meeting.err_who_when")
	ErrLength  = fault.New(fault.Invalid, "meeting.err_length")
	ErrHosts   = fault.New(fault.Invalid, "meeting.err_hosts")
	ErrWords   = fault.New(fault.Invalid, "meeting.err_words")
	ErrWhy     = fault.New(fault.Invalid, "meeting.err_why")
	ErrWhere   = fault.New(fault.Invalid, "meeting.err_where")
	ErrChoose  = fault.New(fault.Invalid, "meeting.err_choose")
	ErrOwn     = fault.New(fault.Invalid, "meeting.err_own")
	ErrToday   = fault.New(fault.Invalid, "meeting.err_today")
	ErrNewer   = fault.New(fault.Conflict, "web.newer")
)
