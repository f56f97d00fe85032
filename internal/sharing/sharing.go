// Package sharing is where somebody says something, if she wants to, and stays in charge of it: what she
// shares, with whom, for what and until when; changing that; taking it back; and who has opened it.
//
// Nobody has to tell anything. An idea comes first and an experience is never the default (R40); a draft
// is hers alone; every question about use stands by itself, starts empty and can be skipped.
package sharing

import (
	"slices"
	"strings"
	"time"

	"footing/internal/consent"
)

// Answers is what somebody has written and chosen so far. It is kept sealed as one text.
type Answers struct {
	Kind        consent.Kind        `json:"kind"`
	Text        string              `json:"text"`
	About       string              `json:"about"`  // the content note
	Topics      []string            `json:"topics"` // what it is about by the group's list
	Who         []string            `json:"who"`    // audiences, as AudienceValue writes them
	Not         []string            `json:"not"`
	Uses        map[string]string   `json:"uses"` // use → "yes", "no" or "later"; absent when skipped
	Form        string              `json:"form"`
	Attribution consent.Attribution `json:"attribution"`
	AskFirst    bool                `json:"ask_first"`
	Erase       bool                `json:"erase,omitempty"`  // once all of it has ended
	Joiners     bool                `json:"joiners"`          // also people who join later
	Until       string              `json:"until"`            // months from now, a day, or what untilMoment writes
	Ask         string              `json:"ask,omitempty"`    // the request this answers
	Voice       string              `json:"voice,omitempty"`  // "yes": whoever may read it may hear her voice
	Typist      string              `json:"typist,omitempty"` // the person who may hear it to type it up, as AudienceValue writes her
	Page        string              `json:"page,omitempty"`   // which page saved the text last
	Spoken      Spoken              `json:"-"`                // what she left spoken, beside the text or in its place
	Before      Before              `json:"-"`                // what she left spoken before that, while she can bring it back
	Keep        string              `json:"keep,omitempty"`   // once it is out, for checking: years from the end, or as Until
	Checkers    []string            `json:"checkers,omitempty"`
}

// Kinds lists what can be shared, in the order in which it is offered (R40).
func Kinds() []consent.Kind {
	return []consent.Kind{consent.Idea, consent.Opinion, consent.Expertise, consent.Note, consent.Experience}
}

// The uses beside being read. Study uses carry the study's id: "analysis:…", "quote:…".
const (
	UseImprovement = "improvement"
	UseTraining    = "training"
	UseAnalysis    = "analysis:"
	UseQuote       = "quote:"
	UsePublication = "publication"
)

// Ends lists the ends offered, in months. The shortest comes first.
var Ends = []string{"1", "3", "6", "12"}

// AudienceValue writes an audience as one word, for a form's value.
func AudienceValue(a consent.Audience) string { return strings.TrimSuffix(a.Kind+":"+a.ID, ":") }

// ParseAudience reads what AudienceValue wrote.
func ParseAudience(value string) consent.Audience {
	kind, id, _ := strings.Cut(value, ":")
	return consent.Audience{Kind: kind, ID: id}
}

// said lists the uses answered yes that can happen, in a fixed order: to make care better and to teach is
// for those who may read.
func (a Answers) said() []string {
	return slices.DeleteFunc(a.answered("yes"), func(use string) bool { return len(a.Who) == 0 && forReaders(use) })
}

func forReaders(use string) bool { return use == UseImprovement || use == UseTraining }

// answered lists the uses with an answer, in a fixed order.
func (a Answers) answered(answer string) []string {
	var uses []string
	for use, said := range a.Uses {
		if said == answer {
			uses = append(uses, use)
		}
	}
	slices.Sort(uses)
	return uses
}

// Shared reports whether the answers let anybody see anything.
func (a Answers) Shared(now time.Time) bool { return len(a.Terms("", now).Yes) > 0 }

// Said reports whether there is anything to share.
func (a Answers) Said() bool { return a.Text != "" || a.Spoken.Is() }

// Allowing reports whether anything was answered yes, so that an end must be chosen.
func (a Answers) Allowing() bool { return len(a.Who) > 0 || len(a.said()) > 0 || a.Typist != "" }

// End returns the day the answers end on at the latest, and false when none was chosen.
func (a Answers) End(now time.Time) (time.Time, bool) {
	if _, latest := a.moment(); !latest.IsZero() {
		return latest, latest.After(now)
	}
	if !slices.Contains(Ends, a.Until) {
		if at, err := time.Parse(time.DateOnly, a.Until); err == nil && at.After(now) {
			return at, true
		}
		return time.Time{}, false
	}
	months := map[string]int{"1": 1, "3": 3, "6": 6, "12": 12}[a.Until]
	return now.AddDate(0, months, 0), true
}

// Paragraphs splits a text at its empty lines; each becomes a turn, so that one can be taken back and
// the others stay. No character is lost: the empty lines stay at the end of the paragraph before them.
func Paragraphs(text string) []string {
	var list []string
	for len(text) > 0 {
		i := strings.Index(text, "\n\n")
		if i < 0 {
			return append(list, text)
		}
		for i < len(text) && text[i] == '\n' {
			i++
		}
		list = append(list, text[:i])
		text = text[i:]
	}
	return list
}
