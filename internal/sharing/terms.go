package sharing

import (
	"slices"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
)

// Terms returns what the answers allow, for words given now. Whoever may read, may read her own words;
// each further yes is for the same people, for a study's analysts, or for everybody when it is published.
// Without an end there is no yes at all: an end is not optional, and none is chosen for her.
func (a Answers) Terms(owner person.ID, now time.Time) consent.Terms {
	t := consent.Terms{Owner: owner, Given: now, Attribution: a.attribution(), AskFirst: a.AskFirst, EraseAfter: a.Erase, How: consent.How{Way: "screen", By: owner}}
	for _, no := range a.Not {
		t.Not = append(t.Not, ParseAudience(no))
	}
	until, ok := a.End(now)
	if !ok {
		return t
	}
	moment, _ := a.moment()
	add := func(to consent.Audience, p consent.Purpose, of string, f consent.Form) {
		t.Yes = append(t.Yes, consent.Yes{Audience: to, Use: consent.Use{Purpose: p, For: of, Form: f}, Until: until, Moment: moment, Later: a.Joiners})
	}
	for _, who := range a.Who {
		to := ParseAudience(who)
		add(to, consent.Heard, "", consent.Words)
		if a.Voice == "yes" {
			add(to, consent.Heard, "", consent.Voice)
		}
		if a.Uses[UseImprovement] == "yes" {
			add(to, consent.Improvement, "", a.form())
		}
		if a.Uses[UseTraining] == "yes" {
			add(to, consent.Training, "", a.form())
		}
	}
	if a.Typist != "" {
		add(ParseAudience(a.Typist), consent.Typing, "", consent.Voice)
	}
	for _, use := range a.said() {
		switch purpose, study, _ := strings.Cut(use, ":"); purpose + ":" {
		case UseAnalysis:
			add(consent.Audience{Kind: consent.ToAnalysts, ID: study}, consent.Analysis, study, a.form())
		case UseQuote:
			add(consent.Audience{Kind: consent.ToAnalysts, ID: study}, consent.Quote, study, a.form())
		case UsePublication + ":":
			add(consent.Audience{Kind: consent.ToPublic}, consent.Publication, "", a.form())
		}
	}
	if a.publishes() {
		t.Yes = append(t.Yes, a.checking(now)...)
	}
	return t
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

// formValue writes a form as the questions do.
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

func (a Answers) attribution() consent.Attribution {
	if a.Attribution == "" {
		return consent.ByNone
	}
	return a.Attribution
}

// AnswersOf turns terms back into answers, to be changed on the same questions. The questions know less
// than terms can say: one form, one end, and the same people for each use. Where terms that were given
// elsewhere say more, the answers say less, so that saving them unchanged never allows anything new. What
// has ended is not among them.
func AnswersOf(t consent.Terms, now time.Time) Answers {
	a := Answers{Attribution: t.Attribution, AskFirst: t.AskFirst, Erase: t.EraseAfter, Uses: map[string]string{}}
	for _, no := range t.Not {
		a.Not = append(a.Not, AudienceValue(no))
	}
	a.checkingOf(t, now)
	running := t.Yes[:0:0]
	for _, y := range t.Yes {
		if y.Purpose != consent.Checking && now.Before(y.Until) && !now.Before(y.From) {
			running = append(running, y)
		}
	}
	if len(running) == 0 {
		return a
	}
	a.Joiners = true
	least, soonest := consent.Voice, running[0]
	for _, y := range running {
		a.Joiners = a.Joiners && y.Later
		if y.Until.Before(soonest.Until) {
			soonest = y
		}
		switch to := AudienceValue(y.Audience); {
		case y.Purpose == consent.Typing:
			a.Typist = to
		case y.Purpose != consent.Heard:
			least = min(least, y.Form)
		case y.For == "" && y.Form >= consent.Words && !slices.Contains(a.Who, to):
			a.Who = append(a.Who, to)
		}
	}
	a.Form, a.Until = formValue(least), soonest.Until.UTC().Format(time.DateOnly)
	if oneMoment(running) {
		a.Until = untilMoment(soonest.Moment, soonest.Until)
	}
	if everybodyHears(a.Who, running) {
		a.Voice = "yes"
	}
	for _, y := range running {
		if use, ok := useOf(y, a.Who, running); ok {
			a.Uses[use] = "yes"
		}
	}
	return a
}

// everybodyHears reports whether all who may read may also hear her voice. For some of them alone it cannot be
// said on the page.
func everybodyHears(who []string, running []consent.Yes) bool {
	return len(who) > 0 && !slices.ContainsFunc(who, func(reader string) bool {
		return !slices.ContainsFunc(running, func(y consent.Yes) bool {
			return y.Purpose == consent.Heard && y.For == "" && y.Form == consent.Voice && AudienceValue(y.Audience) == reader
		})
	})
}

// useOf returns the use that a yes is an answer to, false where the question would say more than the yes
// did: it asks for everybody who may read, for one study's analysts, or for all.
func useOf(y consent.Yes, who []string, running []consent.Yes) (string, bool) {
	analysts := y.Audience == consent.Audience{Kind: consent.ToAnalysts, ID: y.For} && y.For != ""
	switch y.Purpose {
	case consent.Analysis:
		return UseAnalysis + y.For, analysts
	case consent.Quote:
		return UseQuote + y.For, analysts
	case consent.Publication:
		return UsePublication, y.Audience.Kind == consent.ToPublic && y.For == ""
	case consent.Improvement, consent.Training:
		return string(y.Purpose), len(who) > 0 && !slices.ContainsFunc(who, func(reader string) bool {
			return !slices.ContainsFunc(running, func(other consent.Yes) bool {
				return other.Purpose == y.Purpose && other.For == "" && AudienceValue(other.Audience) == reader
			})
		})
	}
	return "", false
}

// Within reports whether terms allow nothing that others do not: every yes of theirs is one of the
// others', and everybody the others refuse is refused.
func Within(t, others consent.Terms) bool {
	for _, no := range others.Not {
		if !slices.Contains(t.Not, no) {
			return false
		}
	}
	for _, y := range t.Yes {
		if y.From.Before(t.Given) { // nothing is allowed before it was given
			y.From = t.Given
		}
		covers := func(o consent.Yes) bool {
			return o.Audience == y.Audience && o.Purpose == y.Purpose && o.For == y.For && o.Form >= y.Form &&
				!o.From.After(y.From) && !o.Until.Before(y.Until) && (o.Moment == "" || o.Moment == y.Moment) && (o.Later || !y.Later)
		}
		if !slices.ContainsFunc(others.Yes, covers) {
			return false
		}
	}
	return true
}
