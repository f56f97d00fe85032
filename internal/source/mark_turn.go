package source

import (
	"fmt"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// turnPage is one turn cut into sentences, each with a box.
type turnPage struct {
	Check     look.Check
	Title     look.Title
	Action    string
	Sentences look.Choice
	About     look.Select
	Acts      []look.Button
	Mend      look.Link
}

func (r *Room) showMarkTurn(q *web.Request) (web.Answer, error) {
	m, turn, err := r.markingTurn(q)
	if err != nil {
		return nil, err
	}
	return q.Show("mark_turn", m.turnPage(q, turn, "")), nil
}

func (r *Room) markingTurn(q *web.Request) (marking, consent.Turn, error) {
	m, err := r.marking(q)
	if err != nil {
		return m, consent.Turn{}, err
	}
	turn, err := m.turnOf(q)
	return m, turn, err
}

func (m marking) turnPage(q *web.Request, turn consent.Turn, problem string) turnPage {
	t := q.Words.T
	p := turnPage{
		Title:     look.Title{Text: t("source.mark_turn_heading", "n", turn.Seq, "name", m.speaker(q, turn.Speaker))},
		Action:    fmt.Sprintf("/source/%s/mark/%s", m.ID, turn.ID),
		Sentences: look.Choice{Name: "span", Legend: t("source.mark_sentences"), Multiple: true, Problem: problem},
		About:     m.peopleSelect(q),
		Mend:      look.Link{Href: fmt.Sprintf("/source/%s/mend/%s", m.ID, turn.ID), Text: t("source.mend_link")},
		Acts:      []look.Button{{Text: t("source.mark_add")}, {Text: t("source.mark_back_turn"), Look: look.Second, Href: m.atTurn(turn)}},
	}
	words := turn.Words.Reveal()
	for _, s := range Sentences(words) {
		p.Sentences.Options = append(p.Sentences.Options, look.Option{Value: spanValue(s), Label: cutout(words, s)})
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#span", Text: problem}}}
	}
	return p
}

func (m marking) atTurn(turn consent.Turn) string {
	return fmt.Sprintf("/source/%s/mark?from=%d#t%d", m.ID, turn.Seq, turn.Seq)
}

func spanValue(s consent.Span) string { return fmt.Sprintf("%d-%d", s.Start, s.End) }

// markTurn marks sentences of a turn as speaking of somebody. Neighbours that are ticked together become
// one place.
func (r *Room) markTurn(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[markForm](q)
	if err != nil {
		return nil, err
	}
	m, turn, err := r.markingTurn(q)
	if err != nil {
		return nil, err
	}
	var marks []consent.Mention
	for _, s := range Sentences(turn.Words.Reveal()) {
		if !slices.Contains(f.Spans, spanValue(s)) {
			continue
		}
		if n := len(marks) - 1; n >= 0 && marks[n].End == s.Start {
			marks[n].End = s.End
			continue
		}
		marks = append(marks, consent.Mention{Turn: turn.ID, Span: s})
	}
	if !m.knows(f.About) || len(marks) == 0 {
		return q.Again("mark_turn", m.turnPage(q, turn, q.Words.T("source.mark_needs"))), nil
	}
	err = r.save(q, m, person.ID(f.About), marks)
	return web.GoSaying(m.atTurn(turn), "source.marked_said"), err
}
