package decision

// What stands on a decision's page below what it is about: a part for each kind of thing that people said to it.

import (
	"slices"
	"strconv"

	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// heedPart is whose advice was followed.
func (r *Room) heedPart(q *web.Request, d Decision, _ Text, _ around, f *fitting) (section, error) {
	if !d.heed.there() {
		return section{}, nil
	}
	t := q.Words.T
	p := section{Head: t("decision.heed_heading")}
	if _, fits := f.cut(&p, "heed", []int{len(d.heed.words) + 2*aLine}); fits == 0 {
		return p, nil
	}
	h, err := consent.ValueOf[Heed](q.Context(), r.Gate, q.Viewer, d.heeded())
	p.Lines = []look.Line{{Text: t("decision.heed_whose"), Words: written(h.Whose)}, {Text: t("decision.heed_why_not"), Words: written(h.WhyNot)}}
	return p, err
}

// changedPart is what changed because of what somebody said.
func (r *Room) changedPart(q *web.Request, d Decision, _ Text, _ around, f *fitting) (section, error) {
	if d.Course.Stage != Closed {
		return section{}, nil
	}
	p := section{Head: q.Words.T("decision.after_heading")}
	if !d.after.there() {
		p.Lead = q.Words.T("decision.after_none")
		return p, nil
	}
	if _, fits := f.cut(&p, "after", []int{len(d.after.words) + aLine}); fits == 0 {
		return p, nil
	}
	words, err := consent.ValueOf[string](q.Context(), r.Gate, q.Viewer, d.changed())
	p.Lines = []look.Line{{Words: written(words)}}
	return p, err
}

// saidPart is what was said by name, to those on the roll. What one of the women says against going on stands
// there as the house's, without its words, unless she signed it.
func (r *Room) saidPart(q *web.Request, d Decision, text Text, a around, f *fitting) (section, error) {
	t := q.Words.T
	if !a.on || len(a.said) == 0 {
		return section{}, nil
	}
	p := section{Head: t("decision.said_heading"), Lead: t("decision.said_lead")}
	shown := slices.DeleteFunc(slices.Clone(a.said), func(s said) bool { return !s.names() })
	from, to := f.cut(&p, "said", sizes(shown, func(s said) int { return len(s.words) }))
	var papers []consent.Paper
	for _, s := range shown[from:to] {
		papers = append(papers, s.reasons(d.ID))
	}
	words, err := consent.Values[string](q.Context(), r.Gate, q.Viewer, papers)
	if err != nil {
		return section{}, err
	}
	for i, s := range shown[from:to] {
		line := look.Line{Text: t("decision.said_line", "name", name(q, a.names, s.Person), "says", saidWords(q, s.Said, text)), Words: written(words[i].Value)}
		if s.By != "" {
			line.More = []string{t("decision.taken_down", "name", a.names[s.By])}
		}
		p.Lines = append(p.Lines, line)
	}
	return p, nil
}

// sizes is how long lines are, of which size says how long the words are.
func sizes[T any](list []T, size func(T) int) []int {
	all := make([]int, len(list))
	for i, one := range list {
		all[i] = aLine + size(one)
	}
	return all
}

// saidWords is an answer in words.
func saidWords(q *web.Request, s Said, text Text) string {
	if s.Word != "" {
		return q.Words.T("decision.says_" + string(s.Word))
	}
	all := ""
	for i, mark := range s.Marks {
		choice := q.Words.T("decision.none_of_these")
		if i < len(text.Choices) {
			choice = text.Choices[i]
		}
		if all != "" {
			all += "; "
		}
		all += choice + ": " + markWords(q, text.Method, mark)
	}
	return all
}

// markWords is one mark in words.
func markWords(q *web.Request, m Method, mark int) string {
	if m == Score {
		return q.Words.T("decision.mark_" + strconv.Itoa(mark))
	}
	if mark == 0 {
		return q.Words.T("decision.no_place")
	}
	return strconv.Itoa(mark)
}

// gainPart is what people, or their work, gain.
func (r *Room) gainPart(q *web.Request, d Decision, _ Text, a around, f *fitting) (section, error) {
	if len(a.interests) == 0 {
		return section{}, nil
	}
	p := section{Head: q.Words.T("decision.gain_heading")}
	from, to := f.cut(&p, "gain", sizes(a.interests, func(i interest) int { return len(i.words) }))
	var papers []consent.Paper
	for _, one := range a.interests[from:to] {
		papers = append(papers, one.paper(d.ID))
	}
	words, err := consent.Values[string](q.Context(), r.Gate, q.Viewer, papers)
	for i, w := range words {
		p.Lines = append(p.Lines, look.Line{Text: a.names[a.interests[from+i].Person], Words: written(w.Value)})
	}
	return p, err
}

// doubtPart is what somebody would have worded otherwise, with what the writer answers.
func (r *Room) doubtPart(q *web.Request, d Decision, _ Text, a around, f *fitting) (section, error) {
	if len(a.doubts) == 0 {
		return section{}, nil
	}
	t := q.Words.T
	p := section{Head: t("decision.doubts_heading")}
	from, to := f.cut(&p, "doubt", sizes(a.doubts, func(d Doubt) int { return len(d.words) + len(d.reply.words) }))
	var papers []consent.Paper
	for _, one := range a.doubts[from:to] {
		papers = append(papers, one.paper(), one.replied(d.Writer))
	}
	words, err := consent.Values[string](q.Context(), r.Gate, q.Viewer, papers)
	if err != nil {
		return section{}, err
	}
	for i, one := range a.doubts[from:to] {
		line := look.Line{When: q.Words.Date(one.Made), Text: a.names[one.Person], Words: written(words[2*i].Value)}
		switch {
		case one.Answered():
			line.More = []string{t("decision.doubt_answer", "words", words[2*i+1].Value)}
		case d.Writer == q.Viewer.ID && d.Course.Stage == Put:
			line.Link = look.Link{Href: "/decide/" + d.ID + "/reply/" + one.ID, Text: t("decision.to_reply")}
		default:
			line.More = []string{t("decision.doubt_waits")}
		}
		p.Lines = append(p.Lines, line)
	}
	return p, nil
}

// ladderPart is who sees the decision on another step of the ladder.
func ladderPart(q *web.Request, _ Decision, text Text, a around, f *fitting) (section, error) {
	others := slices.DeleteFunc(slices.Clone(a.seen), func(s seen) bool { return s.Rung == text.Rung })
	if len(others) == 0 {
		return section{}, nil
	}
	p := section{Head: q.Words.T("decision.ladder_heading")}
	from, to := f.cut(&p, "ladder", sizes(others, func(s seen) int { return len(rungWords(q, s.Rung)) }))
	for _, s := range others[from:to] {
		p.Lines = append(p.Lines, look.Line{Text: a.names[s.Person], More: []string{rungWords(q, s.Rung)}})
	}
	return p, nil
}

// written leaves out what is empty.
func written(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}
