// Package jargon keeps the words that somebody here found hard, and what they mean in plain words (R24).
//
// Anyone may mark a word, and nothing remembers who: a mark is a number without a person. It is counted on the
// next Monday with all others of its week, so that the hour does not tell either, and a word that nobody marked
// before is shown from that day on. What a word means is written and mended by whoever takes part, in versions
// with a name and a day, none of which is written over.
package jargon

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Word is one that was marked as hard, or that somebody explained.
type Word struct {
	ID       string
	Text     string    // folded
	Versions []Version // what it means, oldest first; none until somebody explains it

	marks   int64     // of the weeks that were counted by then
	waits   int64     // of a week that is counted on a day
	counted time.Time // that day

	key   string
	words []byte
	also  []string // ids of other rows that say the same word
}

// A Version is what somebody wrote of a word on a day. It is never changed afterwards.
type Version struct {
	N      int64     // from 1, in order of time
	Writer person.ID // empty once she has left
	Made   time.Time
	Text   string

	key   string
	words []byte
	open  bool
}

// Now returns what the word means today, an empty version when nobody has explained it.
func (w Word) Now() Version {
	if len(w.Versions) == 0 {
		return Version{}
	}
	return w.Versions[len(w.Versions)-1]
}

// Marks returns how often the word was marked, all weeks together, the one that runs not yet.
func (w Word) Marks(now time.Time) int64 {
	if w.counted.After(now) {
		return w.marks
	}
	return w.marks + w.waits
}

// shown reports whether anybody sees the word by now.
func (w Word) shown(now time.Time) bool { return len(w.Versions) > 0 || w.Marks(now) > 0 }

// Due returns the words in the order in which they are best talked about: unexplained before explained, then
// most marked, then by alphabet. It does not change words.
func Due(words []Word, now time.Time) []Word {
	due := slices.Clone(words)
	slices.SortStableFunc(due, func(a, b Word) int {
		return cmp.Or(
			cmp.Compare(min(len(a.Versions), 1), min(len(b.Versions), 1)),
			cmp.Compare(b.Marks(now), a.Marks(now)),
			cmp.Compare(a.Text, b.Text),
		)
	})
	return due
}

// countedOn returns the day on which what is marked now is counted: the Monday after today.
func countedOn(now time.Time) time.Time {
	y, m, d := now.UTC().Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return today.AddDate(0, 0, 7-(int(today.Weekday())+6)%7)
}

// fold returns a word as it is compared: without white space around it or twice inside, in small letters.
func fold(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

// block is what the length of a sealed word is a multiple of, so that the length tells less.
const block = 128

// filled is a word as it is sealed; plain takes the filling off.
func filled(text string) string { return text + strings.Repeat(" ", block-len(text)%block) }

func plain(sealed string) string { return strings.TrimRight(sealed, " ") }

// The faults of this room.
var (
	ErrWord    = fault.New(fault.Invalid, "jargon.err_word")
	ErrMeaning = fault.New(fault.Invalid, "jargon.err_meaning")
	ErrNewer   = fault.New(fault.Conflict, "web.newer")
)
