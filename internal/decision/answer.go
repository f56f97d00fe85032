package decision

import (
	"slices"

	"footing/internal/agreement"
)

// A Method says what an answer looks like, and nothing else. Every method is counted the same way (ADR 14).
type Method string

// The methods.
const (
	NoObjection Method = "objection" // is there anything that makes it unsafe to try?
	Consensus   Method = "consensus" // everybody says yes
	Advice      Method = "advice"    // one person does it, and says whose advice she followed
	Majority    Method = "majority"
	Score       Method = "score"  // each choice has marks
	Ranked      Method = "ranked" // the choices in order, with "none of these" among them
)

// Methods lists them in the order in which they are offered.
func Methods() []Method { return []Method{NoObjection, Majority, Consensus, Advice, Score, Ranked} }

// Marks reports whether an answer says something to each of several choices.
func (m Method) Marks() bool { return m == Score || m == Ranked }

// An Answer is what somebody says in one word. Each but Yes and No can be said in every method.
type Answer string

// The answers.
const (
	Yes      Answer = "yes"
	No       Answer = "no"
	Stop     Answer = "stop"  // this must not go on
	NotReady Answer = "ready" // I am not ready
	Talk     Answer = "talk"  // I need to talk about it first
	Pass     Answer = "pass"  // I leave it to the others
)

// Words lists the answers in one word that a method has. Where somebody only has to say that nothing speaks
// against it there is no plain no: whoever sees something says stop.
func (m Method) Words() []Answer {
	switch m {
	case NoObjection:
		return []Answer{Yes, Stop, NotReady, Talk, Pass}
	case Score, Ranked:
		return []Answer{Stop, NotReady, Talk, Pass}
	}
	return []Answer{Yes, No, Stop, NotReady, Talk, Pass}
}

// Stops reports whether an answer asks that it does not go on now.
func (a Answer) Stops() bool { return a == Stop || a == NotReady || a == Talk }

// MaxMark is the best mark of a choice: 0 is not this one, 1 I could live with it, 2 good, 3 very good.
const MaxMark = 3

// Said is one person's whole answer: a word, or a mark for each choice. In a ranked answer a mark is the
// place of a choice, from 1; 0 is no place, behind all that have one, and the last mark is that of "none of
// these". Several choices can share a place.
type Said struct {
	Word  Answer `json:"word,omitempty"`
	Marks []int  `json:"marks,omitempty"`
}

// Check returns the fault of something that is no answer in a method with so many choices.
func (s Said) Check(m Method, choices int) error {
	if !m.Marks() || s.Word != "" {
		if len(s.Marks) > 0 || !slices.Contains(m.Words(), s.Word) {
			return ErrAnswer
		}
		return nil
	}
	n, best := choices, MaxMark
	if m == Ranked {
		n, best = choices+1, choices+1
	}
	if len(s.Marks) != n || slices.Min(s.Marks) < 0 || slices.Max(s.Marks) > best {
		return ErrAnswer
	}
	if m == Ranked && slices.Max(s.Marks) == 0 {
		return ErrAnswer // nothing has a place: that is no answer yet
	}
	return nil
}

// Ask returns what a house has to reach in a method. A method can ask for more than the group's rule does,
// and never for less.
func (m Method) Ask(h agreement.House) agreement.House {
	switch {
	case m == Consensus:
		h.Way, h.Share = agreement.All, 0
	case m == NoObjection && h.Way != agreement.All:
		h.Way, h.Share = agreement.Unopposed, 0
	}
	return h
}
