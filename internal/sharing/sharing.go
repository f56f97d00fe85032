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
	"footing/internal/person"
)

// Answers is what somebody has written and chosen so far. It is kept sealed as one text.
type Answers struct {
	Kind        consent.Kind        `json:"kind"`
	Text        string              `json:"text"`
	About       string              `json:"about"` // the content note
	Who         []string            `json:"who"`   // audiences, as AudienceValue writes them
	Not         []string            `json:"not"`
	Uses        map[string]string   `json:"uses"` // use → "yes", "no" or "later"; absent when skipped
	Form        string              `json:"form"`
	Attribution consent.Attribution `json:"attribution"`
	AskFirst    bool                `json:"ask_first"`
	Joiners     bool                `json:"joiners"` // also people who join later
	Until       string              `json:"until"`   // months from now, or the study's end
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

// Terms returns what the answers allow, for words given now. Whoever may read, may read her own words;
// each further yes is for the same people, for a study's analysts, or for everybody when it is published.
// Without an end there is no yes at all: an end is not optional, and none is chosen for her.
func (a Answers) Terms(owner person.ID, now time.Time) consent.Terms {
	t := consent.Terms{Owner: owner, Given: now, Attribution: a.attribution(), AskFirst: a.AskFirst, How: consent.How{Way: "screen", By: owner}}
	for _, no := range a.Not {
		t.Not = append(t.Not, ParseAudience(no))
	}
	until, ok := a.End(now)
	if !ok {
		return t
	}
	add := func(to consent.Audience, p consent.Purpose, of string, f consent.Form) {
		t.Yes = append(t.Yes, consent.Yes{Audience: to, Use: consent.Use{Purpose: p, For: of, Form: f}, Until: until, Later: a.Joiners})
	}
	for _, who := range a.Who {
		to := ParseAudience(who)
		add(to, consent.Heard, "", consent.Words)
		if a.Uses[UseImprovement] == "yes" {
			add(to, consent.Improvement, "", a.form())
		}
		if a.Uses[UseTraining] == "yes" {
			add(to, consent.Training, "", a.form())
		}
	}
	for _, use := range a.said() {
		switch {
		case strings.HasPrefix(use, UseAnalysis):
			study := strings.TrimPrefix(use, UseAnalysis)
			add(consent.Audience{Kind: consent.ToAnalysts, ID: study}, consent.Analysis, study, a.form())
		case strings.HasPrefix(use, UseQuote):
			study := strings.TrimPrefix(use, UseQuote)
			add(consent.Audience{Kind: consent.ToAnalysts, ID: study}, consent.Quote, study, a.form())
		case use == UsePublication:
			add(consent.Audience{Kind: consent.ToPublic}, consent.Publication, "", a.form())
		}
	}
	return t
}

// said lists the uses answered yes, in a fixed order.
func (a Answers) said() []string {
	var uses []string
	for use, answer := range a.Uses {
		if answer == "yes" {
			uses = append(uses, use)
		}
	}
	slices.Sort(uses)
	return uses
}

// Shared reports whether the answers let anybody see anything.
func (a Answers) Shared(now time.Time) bool { return len(a.Terms("", now).Yes) > 0 }

// Allowing reports whether any use was answered yes, so that an end must be chosen.
func (a Answers) Allowing() bool { return len(a.Who) > 0 || len(a.said()) > 0 }

// End returns the day the answers end on, and false when none was chosen.
func (a Answers) End(now time.Time) (time.Time, bool) {
	if !slices.Contains(Ends, a.Until) {
		if at, err := time.Parse(time.DateOnly, a.Until); err == nil && at.After(now) {
			return at, true
		}
		return time.Time{}, false
	}
	months := map[string]int{"1": 1, "3": 3, "6": 6, "12": 12}[a.Until]
	return now.AddDate(0, months, 0), true
}

// form returns the form she chose, the least when she chose none.
func (a Answers) form() consent.Form {
	switch a.Form {
	case "words":
		return consent.Words
	case "paraphrase":
		return consent.Paraphrase
	case "theme":
		return consent.Theme
	}
	return consent.Number
}

func (a Answers) attribution() consent.Attribution {
	if a.Attribution == "" {
		return consent.ByNone
	}
	return a.Attribution
}

// AnswersOf turns terms back into answers, to be changed on the same questions.
func AnswersOf(t consent.Terms) Answers {
	a := Answers{Attribution: t.Attribution, AskFirst: t.AskFirst, Uses: map[string]string{}}
	for _, no := range t.Not {
		a.Not = append(a.Not, AudienceValue(no))
	}
	for _, y := range t.Yes {
		a.Joiners = a.Joiners || y.Later
		a.Until = y.Until.Format(time.DateOnly)
		switch y.Purpose {
		case consent.Heard:
			a.Who = append(a.Who, AudienceValue(y.Audience))
			continue
		case consent.Analysis:
			a.Uses[UseAnalysis+y.For] = "yes"
		case consent.Quote:
			a.Uses[UseQuote+y.For] = "yes"
		default:
			a.Uses[string(y.Purpose)] = "yes"
		}
		a.Form = formValue(y.Form)
	}
	return a
}

func formValue(f consent.Form) string {
	switch f {
	case consent.Words, consent.Voice:
		return "words"
	case consent.Paraphrase:
		return "paraphrase"
	case consent.Theme:
		return "theme"
	}
	return "number"
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
