package sharing

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// checkPage is the last part: everything once more, each line with a way to change it that comes back
// here, and the names of those who would see it.
type checkPage struct {
	Check   look.Check
	Steps   look.Steps
	Title   look.Title
	Summary look.Summary
	seen
	As     look.Link
	Limits *limitsPart // what she is shown before she shares for the first time
	Cannot look.Note
	Action string
	Seen   string // stands for what she looks at, so that she shares that and nothing else
	Acts   []look.Button
}

// seen says by name who may do what.
type seen struct {
	SeeTitle string
	See      []doing
	SeeNone  string
}

// doing is one thing that may be done with it, and who may.
type doing struct{ What, Names string }

func (r *Room) showCheck(q *web.Request) (web.Answer, error) {
	d, a, err := r.open(q.Context(), q.Viewer, q.Path("draft"))
	if err != nil {
		return nil, err
	}
	p, err := r.newCheckPage(q, d, a)
	return q.Show("check", p), err
}

func (r *Room) newCheckPage(q *web.Request, d draftRow, a Answers) (checkPage, error) {
	at, err := r.around(q.Context(), q)
	if err != nil {
		return checkPage{}, err
	}
	a = at.still(a, q.Now())
	t := q.Words.T
	p := checkPage{
		As:      look.Link{Href: asPath(d.id), Text: t("sharing.as_link")},
		Steps:   part(q, StepCheck, a),
		Title:   look.Title{Text: t("sharing.check_heading"), Lead: t("sharing.check_lead")},
		Summary: summary(q, a, at, func(s Step) string { return path(d.id, s) + changing }), Action: "/draft/" + d.id + "/share",
		seen:   seen{SeeTitle: t("sharing.see_title"), SeeNone: t("sharing.see_nobody")},
		Cannot: look.Note{Title: t("sharing.cannot_title"), Text: t("sharing.cannot_text")},
		Acts:   []look.Button{{Text: t("sharing.share_it")}, {Text: t("sharing.stop"), Look: look.Second, Href: "/share"}},
	}
	if !a.Shared(q.Now()) {
		p.Acts[0].Text = t("sharing.keep_it")
		if a.Allowing() {
			p.SeeNone = t("sharing.see_no_end")
		}
	} else if p.See, err = r.see(q.Context(), q, a.Terms(q.Viewer.ID, q.Now()), at); err != nil {
		return p, err
	}
	if a.Shared(q.Now()) {
		if p.Limits, _, err = r.unread(q); err != nil {
			return p, err
		}
	}
	p.Seen, err = p.standsFor()
	return p, err
}

// standsFor returns a value that changes with every line of the page and with everybody named on it.
func (p checkPage) standsFor() (string, error) {
	text, err := json.Marshal([]any{p.Summary.Rows, p.See, p.Limits})
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:12]), err
}

// see lists who could do what with it, as the groups are today, those who could read it first.
func (r *Room) see(ctx context.Context, q *web.Request, terms consent.Terms, at around) ([]doing, error) {
	var would map[consent.Use][]person.ID
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		would, err = r.gate.WhoWould(ctx, tx, q.Partnership(), terms)
		return err
	})
	if err != nil {
		return nil, err
	}
	names := map[string][]string{}
	for _, y := range terms.Yes {
		if y.Audience.Kind == consent.ToPublic && q.Now().Before(y.Until) {
			names[useWords(q, y.Use)] = []string{at.names[consent.ToPublic]}
			delete(would, y.Use)
		}
	}
	for use, people := range would {
		what := useWords(q, use)
		for _, id := range people {
			names[what] = append(names[what], at.names["person:"+string(id)])
		}
	}
	whats := map[string][]string{} // the same people are named once
	for what, who := range names {
		slices.Sort(who)
		same := strings.Join(slices.Compact(who), ", ")
		whats[same] = append(whats[same], what)
	}
	first := q.Words.T("sharing.may_heard")
	var list []doing
	for who, what := range whats {
		slices.SortFunc(what, firstOf(first))
		list = append(list, doing{strings.Join(what, "; "), who})
	}
	slices.SortFunc(list, func(a, b doing) int { return firstOf(first)(a.What, b.What) })
	return list, nil
}

// firstOf orders texts by the alphabet, those that begin with one before all others.
func firstOf(first string) func(a, b string) int {
	return func(a, b string) int {
		if x, y := strings.HasPrefix(a, first), strings.HasPrefix(b, first); x != y {
			return map[bool]int{true: -1, false: 1}[x]
		}
		return strings.Compare(a, b)
	}
}

// useWords says what somebody may do with it.
func useWords(q *web.Request, u consent.Use) string {
	switch {
	case u == toHear:
		return q.Words.T("sharing.may_voice")
	case u.Purpose == consent.Typing:
		return q.Words.T("sharing.may_typing")
	case u.Purpose == consent.Heard:
		return q.Words.T("sharing.may_heard")
	case u.Purpose == consent.Checking:
		return q.Words.T("sharing.may_checking")
	}
	return q.Words.T("sharing.may_"+string(u.Purpose)) + ", " + q.Words.T("sharing.as_"+formValue(u.Form))
}

// summary shows the answer of every step that is asked, with a way to change it.
func summary(q *web.Request, a Answers, at around, change func(Step) string) look.Summary {
	t := q.Words.T
	var s look.Summary
	for _, step := range a.Way() {
		if step == StepCheck {
			continue
		}
		term, values := t("sharing.sum_"+step.key()), answered(q, step, a, at)
		if len(values) == 0 {
			values = []string{t("sharing.nothing_chosen")}
		}
		s.Rows = append(s.Rows, look.SummaryRow{Term: term, Values: values, Change: look.Link{Href: change(step), Text: t("sharing.change"), About: term}})
	}
	return s
}

// answered says what was answered at a step.
func answered(q *web.Request, s Step, a Answers, at around) []string {
	t := q.Words.T
	switch s {
	case StepText:
		list := append([]string{t("sharing.kind_" + string(a.Kind))}, filled(a.Text)...)
		if a.Spoken.Is() {
			list = append(list, t("sharing.sum_spoken"))
		}
		return list
	case StepWho:
		list := at.called(a.Who)
		if a.Joiners {
			list = append(list, t("sharing.joiners"))
		}
		return list
	case StepNot:
		return at.called(a.Not)
	case StepVoice:
		var list []string
		if a.Voice == "yes" || a.Voice == "no" {
			list = append(list, t("sharing.voice_"+a.Voice))
		}
		if a.Typist != "" {
			list = append(list, t("sharing.sum_typist", "name", at.names[a.Typist]))
		}
		return list
	case StepUse:
		var list []string
		for _, use := range a.said() {
			list = append(list, useName(q, use))
		}
		for _, use := range a.answered(later) {
			list = append(list, t("sharing.sum_later", "what", useName(q, use)))
		}
		return list
	case StepHow:
		return []string{t("sharing.form_" + formValue(a.form()))}
	case StepName:
		list := []string{t("sharing.by_" + string(a.attribution()))}
		if a.AskFirst {
			list = append(list, t("sharing.ask_first"))
		}
		return list
	case StepUntil:
		if end, ok := a.End(q.Now()); ok {
			moment, _ := a.moment()
			list := []string{at.endWords(q, moment, end)}
			if a.Erase && !a.publishes() {
				list = append(list, t("sharing.sum_erase"))
			}
			return list
		}
	case StepOut:
		return at.outWords(q, a.Erase, a.checking(q.Now()))
	case StepFront:
		return append(filled(a.About), topicNames(at.topics, a.Topics)...)
	}
	return nil
}

func useName(q *web.Request, use string) string {
	kind, _, _ := strings.Cut(use, ":")
	return q.Words.T("sharing.sum_" + kind)
}

// called returns what audiences are called.
func (at around) called(values []string) []string {
	var list []string
	for _, v := range values {
		list = append(list, at.names[v])
	}
	return list
}

// filled is a text as a list, empty when there is none.
func filled(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
