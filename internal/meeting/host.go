package meeting

import (
	"strconv"
	"time"

	"footing/internal/person"
)

// Learned says on what somebody hosts.
type Learned string

// What counts: training, or experience as the group has said what that is.
const (
	Training   Learned = "training"
	Experience Learned = "experience"
)

// A Record is what somebody who hosts told everybody that she learned for it, in her own words (R14).
type Record struct {
	Person person.ID
	Made   time.Time
	Text   RecordText

	sealed
}

// RecordText is sealed as one text.
type RecordText struct {
	Learned Learned `json:"learned"`
	Words   string  `json:"words"` // what, with whom, in which year
}

// A Counts is one version of what the group says is experience enough.
type Counts struct {
	N    int64 // from 1
	By   person.ID
	Made time.Time
	Text string

	sealed
}

// Ready reports whether somebody with that record may host without a reason being given. Experience is
// enough once the group has said what it means by it.
func (t RecordText) Ready(defined bool) bool {
	return t.Words != "" && (t.Learned == Training || t.Learned == Experience && defined)
}

// row is what a version's row is known by.
func (c Counts) row() string { return strconv.FormatInt(c.N, 10) }
