package backup

import (
	"fmt"
	"time"

	"footing/internal/account"
	"footing/internal/consent"
	"footing/internal/ledger"
	"footing/internal/person"
)

// Restored tells what Restore did.
type Restored struct {
	Partnerships []Outcome
	NoKeys       bool // there was no key backup: the words are gone
	NoTombstones bool
}

// An Outcome tells what was put back of one partnership.
type Outcome struct {
	Partnership person.Partnership
	Log         ledger.Checkpoint // of the log as it was put back
	Last        ledger.Checkpoint // the latest that anybody holds; zero when nobody does
	Lost        int64             // log entries between the two
	Written     time.Time         // of the tombstones; zero when there were none
	Complete    bool              // the tombstones are as new as the backup and every witness
	consent.Replayed
	account.Closed
	ShutAll    int // parts shut until their owners open them, because tombstones were not complete
	WithoutKey int // turns whose key is gone
	Turns      int // turns that have sealed words
}

// Sentences says what was put back and what was not, for the person at the terminal.
func (r Restored) Sentences() []string {
	var list []string
	if r.NoKeys {
		list = append(list, "There was no key backup, so nobody's words can be read any more, not even by those who wrote them. Who is in the group, what was decided and the log are back.")
	}
	for _, o := range r.Partnerships {
		list = append(list, o.sentences(r)...)
	}
	return append(list, "Tell the group, at its next meeting: what was put back, of when, and what was lost. The log has an entry about it.")
}

func (o Outcome) sentences(r Restored) []string {
	list := []string{fmt.Sprintf("Put back as of %s.", o.Log)}
	switch {
	case o.Last.Size == 0:
		list = append(list, "Nobody named a later line of the log, so what was lost cannot be counted.")
	case o.Lost > 0:
		list = append(list, fmt.Sprintf("Lost: %d entries of the log up to %q. That line is the witness.", o.Lost, o.Last))
	default:
		list = append(list, "No entry of the log is known to be lost.")
	}
	if o.Complete {
		list = append(list, fmt.Sprintf("Taken back since the backup and closed again: %d. Erased since and erased again: %d.", o.Withdrawals, o.Destroyed),
			fmt.Sprintf("The tombstones are of %s. Whatever was taken back after that is not known here: ask.", o.Written.Format("2 January 2006, 15:04 MST")))
	} else {
		reason := "There were no tombstones"
		if !r.NoTombstones {
			reason = "The tombstones are older than the backup or than a line of the log you named"
		}
		list = append(list, fmt.Sprintf("%s, so nobody knows what was taken back since. Everything is shut until its owner opens it again: %d parts.", reason, o.ShutAll))
	}
	if n := o.Shut; n > 0 {
		list = append(list, fmt.Sprintf("Parts whose terms changed since the backup are shut until their owners open them: %d.", n))
	}
	if o.WithoutKey > 0 && !r.NoKeys {
		list = append(list, fmt.Sprintf("The key backup has no key for %d of %d turns; those words are gone.", o.WithoutKey, o.Turns))
	}
	return append(list, o.doors()...)
}

// doors says who can come in how.
func (o Outcome) doors() []string {
	list := []string{fmt.Sprintf("Nobody is signed in: %d sign-ins and %d tokens for commands of that day are ended. Invitations and rescue codes that nobody had used are void: %d; make new ones.",
		o.Sessions, o.Tokens, o.Invitations)}
	if o.Complete {
		list = append(list, fmt.Sprintf("Printed codes used or replaced since are void: %d. Passphrases changed since are void: %d; whoever had changed hers comes in with a printed code and chooses a new one. Pictures changed since are void: %d. Frozen since and frozen again: %d.",
			o.Codes, o.Passphrases, o.Pictures, o.Frozen))
	} else {
		list = append(list, fmt.Sprintf("Nobody knows which printed codes were used since, so all are void: %d, and so are all pictures: %d. Passphrases are those of that day. Everybody makes new codes, and a new passphrase if she changed hers since. Who was frozen since is not known: ask.", o.Codes, o.Pictures))
	}
	return append(list, "Second factors are those of that day. A printed code takes an old one away.",
		"Tablets are closed, rescues are stopped, nobody is a helper and nothing waits for a second person's yes: whoever wants it does it anew.",
		"Who has which part and duty is as on that day. Take away again what was taken away since.")
}
