package sharing

import (
	"slices"

	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// ask is one question. With a fold it is behind a line that opens it.
type ask struct {
	look.Ask
	Fold string
	Open bool // behind its fold something is chosen already, which must not be out of sight
}

func choose(c look.Choice) ask { return ask{Ask: look.Choose(c)} }

// asks returns the questions of a step, with what is answered so far. They are the same on the way to
// sharing and when answers are changed later. The least sharing is first and nothing is chosen for her.
func asks(q *web.Request, s Step, a Answers, at around) []ask {
	switch s {
	case StepWho:
		return askWho(q, a, at)
	case StepNot:
		return askNot(q, a, at)
	case StepVoice:
		return askVoice(q, a, at)
	case StepUse:
		return []ask{askUse(q, a, at)}
	case StepHow:
		return []ask{pick(q, "form", []string{"number", "theme", "paraphrase", "words"}, a.Form)}
	case StepName:
		return askName(q, a, at)
	case StepUntil:
		until := choose(look.Choice{Name: "until", Legend: q.Words.T("sharing.until_legend"), Options: ends(q, a, at)})
		if at.asksOut(a) && !at.paper { // what happens after it is asked by itself
			return []ask{until}
		}
		return []ask{until, choose(look.Choice{Name: "erase", Legend: q.Words.T("sharing.after_legend"), Multiple: true,
			Options: []look.Option{{Value: "1", Label: q.Words.T("sharing.after_erase"), Hint: q.Words.T("sharing.after_hint"), Chosen: a.Erase}}})}
	case StepOut:
		return askOut(q, a, at)
	case StepFront:
		return askFront(q, a, at)
	}
	return nil
}

// pick is a question whose words are named after it and its answers: form_legend, form_number.
func pick(q *web.Request, name string, values []string, now string) ask {
	c := look.Choice{Name: name, Legend: q.Words.T("sharing." + name + "_legend")}
	for _, v := range values {
		c.Options = append(c.Options, look.Option{Value: v, Label: q.Words.T("sharing." + name + "_" + v), Chosen: v == now})
	}
	return choose(c)
}

// joiners is the answer beside the groups that lets people in who join one of them later.
const joiners = "joiners"

func askWho(q *web.Request, a Answers, at around) []ask {
	t := q.Words.T
	groups := []look.Option{{Value: consent.ToLived, Label: at.names[consent.ToLived], Hint: t("sharing.to_lived_hint")}}
	groups = append(groups, at.practices...)
	groups = append(groups, look.Option{Value: consent.ToPartnership, Label: at.names[consent.ToPartnership], Hint: t("sharing.to_partnership_hint")})
	for _, v := range a.Who { // allowed before by another way than this page, such as to her supporter
		if len(at.offered([]string{v}, consent.ToLived, consent.ToPartnership)) == 0 {
			groups = append(groups, look.Option{Value: v, Label: at.names[v]})
		}
	}
	options := append(chosen(groups, a.Who...), look.Option{Value: joiners, Label: t("sharing.joiners"), Hint: t("sharing.joiners_hint"), Chosen: a.Joiners})
	people := chosen(at.people, a.Who...)
	single := at.folded(t("sharing.person_fold"), look.Choice{Name: "who", ID: "person", Legend: t("sharing.person_legend"), Multiple: true, Options: people})
	return []ask{single, choose(look.Choice{Name: "who", Legend: t("sharing.who_legend"), Hint: t("sharing.who_hint"), Multiple: true, Options: options})}
}

// folded puts a question behind a line, open when something in it is chosen. Where all questions are behind
// lines already, the line stands above it.
func (at around) folded(line string, c look.Choice) ask {
	if at.all {
		c.Legend = line
		return choose(c)
	}
	return ask{look.Choose(c), line, slices.ContainsFunc(c.Options, func(o look.Option) bool { return o.Chosen })}
}

// askNot asks who should not see it: those in the groups she chose at once, everybody else behind a line,
// since a study or a practice may come to it another way.
func askNot(q *web.Request, a Answers, at around) []ask {
	t := q.Words.T
	var inside, outside []look.Option
	for _, o := range chosen(append(slices.Clone(at.people), at.practices...), a.Not...) {
		if at.inside(o.Value, a.Who) {
			inside = append(inside, o)
		} else {
			outside = append(outside, o)
		}
	}
	first := look.Choice{Name: "not", Legend: t("sharing.not_legend"), Multiple: true, Options: inside}
	rest := look.Choice{Name: "not", ID: "not-else", Legend: t("sharing.not_legend"), Multiple: true, Options: outside}
	switch {
	case len(inside) == 0:
		rest.ID = ""
		return []ask{choose(rest)}
	case len(outside) == 0:
		return []ask{choose(first)}
	}
	return []ask{choose(first), at.folded(t("sharing.not_fold"), rest)}
}

// askVoice asks whether her voice may be heard, or only typed words used, and who may hear it to type it up.
func askVoice(q *web.Request, a Answers, at around) []ask {
	t := q.Words.T
	var list []ask
	if len(a.Who) > 0 || at.all {
		list = append(list, pick(q, "voice", []string{"no", "yes"}, a.Voice))
	}
	options := append([]look.Option{{Value: nobody, Label: t("sharing.typist_none"), Hint: t("sharing.typist_none_hint")}}, chosen(at.people, a.Typist)...)
	return append(list, choose(look.Choice{Name: "typist", Legend: t("sharing.typist_legend"), Hint: t("sharing.typist_hint"), Options: options}))
}

// nobody is the answer that lets nobody type up what she said.
const nobody = "none"

// askName asks under which name, and where words may be used whether she wants to see that first.
func askName(q *web.Request, a Answers, at around) []ask {
	list := []ask{pick(q, "by", []string{string(consent.ByNone), string(consent.ByGroup), string(consent.ByChosen)}, string(a.Attribution))}
	if !a.worded() && !at.all {
		return list
	}
	return append(list, choose(look.Choice{Name: "ask_first", Legend: q.Words.T("sharing.ask_first_legend"), Multiple: true,
		Options: []look.Option{{Value: "1", Label: q.Words.T("sharing.ask_first"), Chosen: a.AskFirst}}}))
}

// later is the answer that puts off what she has not said yes to.
const later = "later"

// askUse asks what it may be used for. Each yes is a tick of its own; what is left empty is a no, or is
// put off.
func askUse(q *web.Request, a Answers, at around) ask {
	t := q.Words.T
	var options []look.Option
	if len(a.Who) > 0 || at.all {
		options = []look.Option{{Value: UseImprovement, Label: t("sharing.use_improvement"), Hint: t("sharing.use_improvement_hint")},
			{Value: UseTraining, Label: t("sharing.use_training")}}
	}
	for _, s := range at.studies {
		names := at.names[AudienceValue(consent.Audience{Kind: consent.ToAnalysts, ID: s.ID})]
		options = append(options,
			look.Option{Value: UseAnalysis + s.ID, Label: t("sharing.use_analysis", "question", s.Question), Hint: t("sharing.use_analysis_hint", "names", names)},
			look.Option{Value: UseQuote + s.ID, Label: t("sharing.use_quote"), Hint: t("sharing.use_quote_hint")})
	}
	options = append(options,
		look.Option{Value: UsePublication, Label: t("sharing.use_publication"), Hint: t("sharing.use_publication_hint")},
		look.Option{Value: later, Label: t("sharing.use_later"), Hint: t("sharing.use_later_hint"), Chosen: len(a.answered(later)) > 0})
	return choose(look.Choice{Name: "use", Legend: t("sharing.use_legend"), Multiple: true, Options: chosen(options, a.said()...)})
}

// ends lists what an answer can end with: what the group waits for, and the usual days. One that was chosen
// before and is none of them stays.
func ends(q *web.Request, a Answers, at around) []look.Option {
	a = at.still(a, q.Now())
	var options []look.Option
	for _, m := range at.waiting(q.Now()) {
		options = append(options, look.Option{Value: untilMoment(m.ID, m.Latest), Label: momentName(q, m), Hint: atLatest(q, m.Latest)})
	}
	for _, months := range Ends {
		end, _ := Answers{Until: months}.End(q.Now())
		options = append(options, look.Option{Value: months, Label: q.Words.T("sharing.until_" + months), Hint: q.Words.Date(end)})
	}
	options = chosen(options, a.Until)
	known := slices.ContainsFunc(options, func(o look.Option) bool { return o.Chosen })
	if end, ok := a.End(q.Now()); ok && !known {
		options = append([]look.Option{{Value: a.Until, Label: q.Words.Date(end), Hint: q.Words.T("sharing.until_as_before"), Chosen: true}}, options...)
	}
	return options
}

// askFront asks what stands before her words: a few words, and topics by which others can leave it aside.
func askFront(q *web.Request, a Answers, at around) []ask {
	t := q.Words.T
	topics := look.Choice{Name: "topic", Legend: t("sharing.topic_legend"), Hint: t("sharing.topic_hint"), Multiple: true}
	for _, topic := range at.topics {
		if on := slices.Contains(a.Topics, topic.ID); on || !topic.Off {
			topics.Options = append(topics.Options, look.Option{Value: topic.ID, Label: topic.Name, Chosen: on})
		}
	}
	return []ask{{Ask: look.Write(look.Field{Name: "about", Label: t("sharing.about_label"), Hint: t("sharing.about_hint"),
		WhoTitle: t("sharing.about_who_title"), Who: t("sharing.about_who"), Value: a.About, Autocomplete: "off"})}, choose(topics)}
}

// chosen marks the options that are among the values.
func chosen(options []look.Option, values ...string) []look.Option {
	list := slices.Clone(options)
	for i := range list {
		list[i].Chosen = list[i].Chosen || slices.Contains(values, list[i].Value)
	}
	return list
}

// given is what comes back from the page of any step.
type given struct {
	Who         []string `form:"who"`
	Not         []string `form:"not"`
	Use         []string `form:"use"`
	Form        string   `form:"form"`
	Attribution string   `form:"by"`
	AskFirst    bool     `form:"ask_first"`
	Voice       string   `form:"voice"`
	Typist      string   `form:"typist"`
	Until       string   `form:"until"`
	Erase       bool     `form:"erase"`
	Out         string   `form:"out"`
	Checkers    []string `form:"checker"`
	About       string   `form:"about" max:"300"`
	Topics      []string `form:"topic"`
	Skip        bool     `form:"skip"`
	Stop        bool     `form:"stop"`
}

// into puts what was given on the page of a step in the place of what was answered there before. Only
// what the page offers counts.
func (g given) into(s Step, a Answers, at around) Answers {
	if g.Skip {
		g = given{Skip: true}
	}
	switch s {
	case StepWho:
		a.Joiners = slices.Contains(g.Who, joiners)
		a.Who = at.offered(g.Who, append(slices.Clone(a.Who), consent.ToLived, consent.ToPartnership)...)
	case StepNot:
		a.Not = at.offered(g.Not)
	case StepVoice:
		a.Voice, a.Typist = g.Voice, ""
		if person := at.offered([]string{g.Typist}); len(person) == 1 && ParseAudience(g.Typist).Kind == consent.ToPerson {
			a.Typist = g.Typist
		}
	case StepUse:
		a.Uses = g.uses(at)
	case StepHow:
		a.Form = g.Form
	case StepName:
		a.Attribution, a.AskFirst = consent.Attribution(g.Attribution), g.AskFirst
	case StepUntil:
		a.Until = at.end(g.Until, a.Until)
		if !at.asksOut(a) {
			a.Erase = g.Erase
		}
	case StepOut:
		if at.asksOut(a) {
			a = g.out(a, at)
		}
	case StepFront:
		a.About = g.About
		a.Topics = slices.DeleteFunc(slices.Clone(g.Topics), func(id string) bool {
			return !slices.ContainsFunc(at.topics, func(t Topic) bool { return t.ID == id })
		})
	}
	return a
}

// uses reads the ticks: yes to those ticked, and for all others no, or later if she asked to be asked.
// Skipped, nothing is answered.
func (g given) uses(at around) map[string]string {
	uses := map[string]string{}
	if g.Skip {
		return uses
	}
	rest := "no"
	if slices.Contains(g.Use, later) {
		rest = later
	}
	for _, use := range usesAsked(at) {
		uses[use] = rest
		if slices.Contains(g.Use, use) {
			uses[use] = "yes"
		}
	}
	return uses
}

// offered keeps the values of people and practices that there are, and some others.
func (at around) offered(values []string, others ...string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool {
		is := func(o look.Option) bool { return o.Value == v }
		return !slices.Contains(others, v) && !slices.ContainsFunc(at.people, is) && !slices.ContainsFunc(at.practices, is)
	})
}

func usesAsked(at around) []string {
	uses := []string{UseImprovement, UseTraining}
	for _, s := range at.studies {
		uses = append(uses, UseAnalysis+s.ID, UseQuote+s.ID)
	}
	return append(uses, UsePublication)
}
