package source

import (
	"strings"
	"unicode"

	"footing/internal/consent"
	"footing/internal/intake"
	"footing/internal/person"
)

// A Voice is whose words stand under one label of a transcript.
type Voice struct {
	Role   consent.Role
	Person person.ID // empty outside the circle
}

// outside is the voice of everybody who is not mapped: the one that opens nothing to anybody until terms
// are written down.
var outside = Voice{Role: consent.Outside}

// ParseVoice reads a mapping: "outside", "interviewer" or "me" for the viewer herself, "member:NAME" and
// "interviewer:NAME" for others, where find turns a name or an id into a person. Empty is outside.
func ParseVoice(value string, viewer person.ID, find func(name string) (person.ID, bool)) (Voice, error) {
	what, name, named := strings.Cut(value, ":")
	v := Voice{Person: viewer}
	switch {
	case value == "" || value == "outside":
		return outside, nil
	case value == "me" || what == "member" && named:
		v.Role = consent.Member
	case what == "interviewer":
		v.Role = consent.Interviewer
	default:
		return v, errNobody
	}
	if !named {
		return v, nil
	}
	id, ok := find(strings.TrimSpace(name))
	if !ok {
		return v, errNobody
	}
	v.Person = id
	return v, nil
}

// A Cast is the speakers of a contribution and which of them speaks under each label of a transcript.
type Cast struct {
	Speakers []consent.NewSpeaker
	of       map[string]int // label → index into Speakers
}

// NewCast makes one speaker of each label, and of two labels that are the same person one: her words in
// a source are one part, with one set of terms. Somebody who asks and is also spoken with is a member.
// The labels are in the order in which they first speak; turns without a label have the label "".
func NewCast(labels []string, voice func(label string) Voice) Cast {
	c := Cast{of: map[string]int{}}
	known := map[person.ID]int{}
	for _, label := range labels {
		v := voice(label)
		i, again := known[v.Person]
		if v.Person == "" || !again {
			i = len(c.Speakers)
			c.Speakers = append(c.Speakers, consent.NewSpeaker{Role: v.Role, Person: v.Person, Label: label})
			if v.Person != "" {
				known[v.Person] = i
			}
		} else if v.Role == consent.Member {
			c.Speakers[i].Role = consent.Member
		}
		c.of[label] = i
	}
	return c
}

// Turn returns a turn of the transcript as it is kept, code point for code point. It returns false for a
// label that is not among those of NewCast.
func (c Cast) Turn(t intake.Turn) (consent.NewTurn, bool) {
	speaker, ok := c.of[t.Speaker]
	return consent.NewTurn{Speaker: speaker, Text: t.Text, At: t.At}, ok
}

// askers are labels that transcripts give to whoever asks.
var askers = map[string]bool{"interviewer": true, "interviewer 1": true, "int": true, "i": true, "iv": true, "q": true,
	"researcher": true, "moderator": true, "facilitator": true}

// SoundsLikeAsker reports whether a label is one that transcripts give to whoever asks. The review page
// proposes it; a person decides.
func SoundsLikeAsker(label string) bool {
	return askers[strings.ToLower(strings.TrimFunc(label, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))]
}
