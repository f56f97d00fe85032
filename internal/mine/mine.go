// Package mine gives somebody a copy of everything that is kept here of her, on any day: to read and print
// on a page of her own, or to take along in one file (R50).
//
// What belongs in the copy, the rooms say that keep it: each hands in its parts (Deps.Parts), as it says
// on the first page what is new. This room adds what others said of her, as far as she may read it, and
// the copies she took before.
//
// With somebody she chose she can have it printed: her yes, on a screen or on paper with somebody beside her,
// lets that person open it once, for a few minutes. That is on record for each thing of hers as an opening,
// and she sees it among her copies.
//
// The file opens in any browser without a network. It is locked with words that she alone knows: they make
// a key by PBKDF2 with SHA-256, which opens AES-256-GCM. Without them it is a neutral page with a box.
// Nothing of it is ever on the server's disk: it is made in memory and sent.
package mine

import (
	"time"
	"unicode/utf8"

	"footing/internal/account"
	"footing/internal/fault"
)

// A Copy is one file that somebody took, entered before it was made. Only she is shown it.
type Copy struct {
	ID string
	At time.Time
}

// shortest is how many characters the words of a file must have. A passphrase for signing in may be
// shorter: there the server slows whoever guesses. Whoever has the file can guess as fast as she likes.
const shortest = 12

// The faults of this room.
var (
	ErrShort  = fault.New(fault.Invalid, "mine.short")
	ErrDiffer = fault.New(fault.Invalid, "mine.differ")
)

// CheckWords reports what stands against words for a file, nil if nothing does. again is what was typed
// the second time.
func CheckWords(words, again, name string) error {
	if err := account.CheckPassphrase(words, name); err != nil {
		return err
	}
	switch {
	case utf8.RuneCountInString(tidy(words)) < shortest:
		return ErrShort
	case tidy(words) != tidy(again):
		return ErrDiffer
	}
	return nil
}
