package sharing

import (
	"cmp"
	"slices"
	"strings"

	"footing/internal/consent"
)

// A Step is one page on the way from a text to something shared: one decision (U25). It is the end of
// the page's path.
type Step string

// The steps.
const (
	StepText  Step = ""
	StepWho   Step = "who"
	StepNot   Step = "not"
	StepVoice Step = "sound"
	StepUse   Step = "use"
	StepHow   Step = "how"
	StepName  Step = "name"
	StepUntil Step = "until"
	StepOut   Step = "out"
	StepFront Step = "front"
	StepCheck Step = "check"
)

// Parts is how many parts the way has: say it, who, what for, until when, check. It stays the same
// however many pages a part turns out to have, so that the count never grows because she said yes.
const Parts = 5

var partOf = map[Step]int{StepText: 1, StepWho: 2, StepNot: 2, StepVoice: 2, StepUse: 3, StepHow: 3, StepName: 3, StepUntil: 4, StepOut: 4, StepFront: 4, StepCheck: 5}

// Part returns the part that a step belongs to, from 1 to Parts. Who should not see it belongs to where it
// is asked.
func (a Answers) Part(s Step) int {
	if s == StepNot && !a.groups() {
		return partOf[StepUse]
	}
	return partOf[s]
}

// key returns what the words about a step are named after.
func (s Step) key() string { return cmp.Or(string(s), "text") }

// Way lists the steps that are asked with those answers. What cannot apply is not asked: who should not
// see it only where a group could, a name only where somebody reads it or words are used, an end only where
// anything is allowed, and what becomes of it once it is out where something can be.
func (a Answers) Way() []Step {
	way := []Step{StepText, StepWho}
	if a.groups() {
		way = append(way, StepNot)
	}
	if a.Spoken.Is() {
		way = append(way, StepVoice)
	}
	way = append(way, StepUse)
	if a.studied() && !a.groups() {
		way = append(way, StepNot)
	}
	if len(a.said()) > 0 {
		way = append(way, StepHow)
	}
	if len(a.Who) > 0 || a.worded() {
		way = append(way, StepName)
	}
	if a.Allowing() {
		way = append(way, StepUntil)
	}
	if a.publishes() {
		way = append(way, StepOut)
	}
	if len(a.Who) > 0 {
		way = append(way, StepFront)
	}
	return append(way, StepCheck)
}

// After returns the step that follows one, also when that one is not asked any more.
func (a Answers) After(s Step) Step {
	way := a.Way()
	if i := slices.Index(way, s); i >= 0 && i+1 < len(way) {
		return way[i+1]
	}
	for _, next := range way {
		if a.Part(next) > a.Part(s) {
			return next
		}
	}
	return StepCheck
}

// groups reports whether more than people she chose one by one may read it.
func (a Answers) groups() bool {
	return slices.ContainsFunc(a.Who, func(who string) bool { return ParseAudience(who).Kind != consent.ToPerson })
}

// studied reports whether a study may use it, whose analysts are a group too.
func (a Answers) studied() bool {
	return slices.ContainsFunc(a.said(), func(use string) bool { return strings.Contains(use, ":") })
}

// worded reports whether words may be used, and not only what they are about.
func (a Answers) worded() bool { return len(a.said()) > 0 && a.form() >= consent.Paraphrase }
