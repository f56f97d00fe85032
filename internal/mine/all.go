package mine

import (
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// allPage is everything, on one page.
type allPage struct {
	Title look.Title
	How   string
	Parts []look.Held
}

func (r *Room) showAll(q *web.Request) (web.Answer, error) {
	p, err := r.all(q, consent.Reading)
	p.How = q.Words.T("mine.all_how")
	return q.Show("all", p), err
}

// all gathers what every room keeps of the viewer. Her own words are opened for herself, which is not
// recorded; what others said of her is opened under the act, which they see.
func (r *Room) all(q *web.Request, act consent.Act) (allPage, error) {
	t := q.Words.T
	p := allPage{Title: look.Title{Text: t("mine.all_heading"), Lead: t("mine.all_lead", "name", q.Viewer.Name, "date", q.Words.When(q.Now()))}}
	for _, part := range r.Parts {
		held, err := part(q)
		if err != nil {
			return p, err
		}
		p.Parts = append(p.Parts, held...)
	}
	about, err := r.about(q, act)
	if err != nil {
		return p, err
	}
	var copies []Copy
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		copies, err = listCopies(q.Context(), tx, q.Viewer)
		return err
	})
	p.Parts = append(p.Parts, about, heldCopies(q, copies))
	return p, err
}

// hearing is what for somebody reads what another shared with her.
var hearing = consent.Use{Purpose: consent.Heard, Form: consent.Words}

// about is what others said of her: her standing answer to it, the passages she may read, and how many
// more are marked. Whose those are, and in what, stays theirs.
func (r *Room) about(q *web.Request, act consent.Act) (look.Held, error) {
	t, ctx := q.Words.T, q.Context()
	h := look.Held{Heading: t("mine.about_heading"), Lead: t("mine.about_lead")}
	var marks []consent.Mention
	var names map[person.ID]string
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		answer, given, err := r.Gate.AnswerGiven(ctx, tx, q.Viewer)
		if err != nil {
			return err
		}
		line := look.Line{Text: t("mine.answer_none")}
		if given {
			line = look.Line{When: q.Words.Date(answer.Given), Text: t("mine.answer_" + answerKey(answer.Answer))}
		}
		h.Lines = append(h.Lines, line)
		if marks, err = r.Gate.MentionsOf(ctx, tx, q.Viewer); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, q.Partnership())
		return err
	})
	if err != nil || len(marks) == 0 {
		return h, err
	}
	opened, err := r.Gate.Open(ctx, q.Viewer, hearing, act, contributionsOf(marks)...)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return h, err
	}
	left := len(marks)
	for _, c := range opened {
		for _, m := range marks {
			if words, ok := passage(c, m); ok {
				h.Lines = append(h.Lines, look.Line{When: q.Words.Date(c.Made), Text: t("mine.about_from", "name", names[speakerOf(c, m.Turn)]), Words: []string{words}})
				left--
			}
		}
	}
	if left > 0 {
		h.Lines = append(h.Lines, look.Line{Text: t("mine.about_left", "count", left)})
	}
	return h, nil
}

// answerKey names a standing answer in the catalogue.
func answerKey(a consent.Answer) string {
	switch a {
	case consent.AnswerYes:
		return "yes"
	case consent.AnswerVeiled:
		return "veiled"
	case consent.AnswerAsk:
		return "ask"
	}
	return "no"
}

func contributionsOf(marks []consent.Mention) []consent.ID {
	var ids []consent.ID
	for _, m := range marks {
		ids = append(ids, m.Contribution)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// passage returns the words of a mark, false when they are not open.
func passage(c consent.Contribution, m consent.Mention) (string, bool) {
	i := slices.IndexFunc(c.Turns, func(t consent.Turn) bool { return t.ID == m.Turn && t.Open })
	if i < 0 || c.ID != m.Contribution {
		return "", false
	}
	text := []rune(c.Turns[i].Words.Reveal())
	return string(text[min(m.Start, len(text)):min(m.End, len(text))]), true
}

// speakerOf returns who said a turn, "" for somebody outside the circle.
func speakerOf(c consent.Contribution, turn consent.ID) person.ID {
	for _, t := range c.Turns {
		for _, s := range c.Speakers {
			if t.ID == turn && s.ID == t.Speaker {
				return s.Person
			}
		}
	}
	return ""
}
