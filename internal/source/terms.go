package source

import (
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Answers is what somebody said about her part, as it is written down for her.
type Answers struct {
	Analysis    string   `form:"analysis"` // "yes", "no", "later" or "", as the next two
	Quote       string   `form:"quote"`
	Publication string   `form:"publication"`
	Form        string   `form:"form"`
	Attribution string   `form:"attribution"`
	AskFirst    string   `form:"ask_first"`
	Joiners     string   `form:"joiners"` // also analysts who are named later
	Not         []string `form:"not"`     // ids of analysts who are not to see it
	Until       string   `form:"until"`   // "study", or months
	Way         string   `form:"way"`     // paper or spoken
	Sheet       string   `form:"sheet"`
	Beside      string   `form:"beside"`
	Limits      string   `form:"limits"` // of an interview: which version of the limits she was read or given before it
}

// Ways, forms, names, companions and ends that are offered. Beside is a role: a name would be somebody
// else's, in the clear.
var (
	ways         = []string{"paper", "spoken"}
	forms        = []string{"number", "theme", "paraphrase", "words"}
	attributions = []string{string(consent.ByNone), string(consent.ByGroup), string(consent.ByChosen)}
	besides      = []string{"nobody", "friend", "supporter", "interpreter", "worker"}
	ends         = []string{"study", "12", "6", "3"}
)

// Terms returns the answers as terms for somebody's part in a study. Without the version of the sheet
// they were given under they are refused (R49); without an end a yes is. No yes outlasts the study,
// except to what is printed, which ends with it too: printed words cannot be called back, further
// printing can.
func (a Answers) Terms(s study.Study, now time.Time) (consent.Terms, error) {
	t := consent.Terms{Attribution: consent.ByNone, AskFirst: a.AskFirst == "yes",
		How: consent.How{Way: a.Way, Sheet: a.Sheet}}
	if _, ok := s.Sheet(a.Sheet); !ok || !slices.Contains(ways, a.Way) {
		return t, errNoSheet
	}
	if slices.Contains(besides, a.Beside) {
		t.How.Beside = a.Beside
	}
	if slices.Contains(attributions, a.Attribution) {
		t.Attribution = consent.Attribution(a.Attribution)
	}
	for _, id := range a.Not {
		if s.Names(person.ID(id)) {
			t.Not = append(t.Not, consent.Audience{Kind: consent.ToPerson, ID: id})
		}
	}
	until, ok := a.end(s, now)
	analysts := consent.Audience{Kind: consent.ToAnalysts, ID: s.ID}
	for _, use := range []struct {
		answer string
		yes    consent.Yes
	}{
		{a.Analysis, consent.Yes{Audience: analysts, Use: consent.Use{Purpose: consent.Analysis, For: s.ID}}},
		{a.Quote, consent.Yes{Audience: analysts, Use: consent.Use{Purpose: consent.Quote, For: s.ID}}},
		{a.Publication, consent.Yes{Audience: consent.Audience{Kind: consent.ToPublic}, Use: consent.Use{Purpose: consent.Publication}}},
	} {
		if use.answer != "yes" {
			continue
		}
		if !ok {
			return t, errNoEnd
		}
		use.yes.Form, use.yes.Until, use.yes.Later = a.form(), until, a.Joiners == "yes"
		t.Yes = append(t.Yes, use.yes)
	}
	return t, nil
}

// form returns the form she chose, the least when she chose none.
func (a Answers) form() consent.Form {
	return consent.Number + consent.Form(max(0, slices.Index(forms, a.Form)))
}

// end returns the day her answers end on: the study's last, or some months from now if that is sooner.
func (a Answers) end(s study.Study, now time.Time) (time.Time, bool) {
	months, ok := map[string]int{"12": 12, "6": 6, "3": 3}[a.Until]
	switch until := now.AddDate(0, months, 0); {
	case a.Until == "study", ok && until.After(s.Ends):
		return s.Ends, true
	default:
		return until, ok
	}
}

// AnswersOf turns terms back into answers, to be shown again. The end is not among them: it is asked
// anew, like the sheet.
func AnswersOf(t consent.Terms) Answers {
	a := Answers{Attribution: string(t.Attribution), Beside: t.How.Beside}
	if slices.Contains(ways, t.How.Way) {
		a.Way = t.How.Way
	}
	if t.AskFirst {
		a.AskFirst = "yes"
	}
	for _, no := range t.Not {
		a.Not = append(a.Not, no.ID)
	}
	for _, y := range t.Yes {
		switch y.Purpose {
		case consent.Analysis:
			a.Analysis = "yes"
		case consent.Quote:
			a.Quote = "yes"
		case consent.Publication:
			a.Publication = "yes"
		}
		if i := int(y.Form - consent.Number); i >= 0 && i < len(forms) {
			a.Form = forms[i]
		}
		if y.Later {
			a.Joiners = "yes"
		}
	}
	return a
}

// termsPage is the layered questions, each with its own yes, no and ask me later, for the keeper to
// write down what somebody said on paper or aloud.
type termsPage struct {
	Check   look.Check
	Title   look.Title
	Heard   look.Note
	Action  string
	Way     look.Choice
	Sheet   look.Choice
	Beside  look.Choice
	Choices []look.Choice
	Limits  *look.Choice
	Acts    []look.Button
}

// writable returns the part whose terms the keeper may write down: not her own, which are given on the
// screen where everybody gives theirs, nor those that a member gave on the screen herself.
func (r *Room) writable(q *web.Request) (kept, Part, consent.Terms, error) {
	k, err := r.keeps(q)
	if err != nil {
		return k, Part{}, consent.Terms{}, err
	}
	part, err := k.part(consent.ID(q.Path("speaker")))
	if _, taken := k.withdrawn(part); err != nil || part.Gone || taken {
		return k, part, consent.Terms{}, fault.Missing
	}
	terms, err := r.termsOf(q, k, part)
	if err == nil && part.Person != "" && (part.Person == q.Viewer.ID || terms.How.Way == "screen") {
		err = errHers
	}
	if err == nil && terms.Severed() {
		err = fault.Missing
	}
	return k, part, terms, err
}

func (r *Room) showTerms(q *web.Request) (web.Answer, error) {
	k, part, terms, err := r.writable(q)
	if err != nil {
		return nil, err
	}
	label, err := r.labelOf(q, k, part)
	if err != nil {
		return nil, err
	}
	p := newTermsPage(q, k, part, label, AnswersOf(terms), "", "")
	p.Limits, err = r.limitsChoice(q, k, part, "")
	return q.Show("terms", p), err
}

// labelOf opens what the recording calls a speaker, so that the keeper writes down the right person's
// answers. It is opened as the rest is when a record is checked, and recorded.
func (r *Room) labelOf(q *web.Request, k kept, part Part) (string, error) {
	if part.Person != "" {
		return "", nil // she is known by her name
	}
	c, err := r.gate.OpenOne(q.Context(), q.Viewer, keeping, consent.Reading, k.ID)
	if isMissing(err) {
		return "", nil
	}
	for _, s := range c.Speakers {
		if s.ID == part.Speaker && s.Open {
			return s.Label.Reveal(), err
		}
	}
	return "", err
}
