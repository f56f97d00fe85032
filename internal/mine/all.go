package mine

import (
	"slices"

	"footing/internal/consent"
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
	p, err := r.all(q, consent.Reading, q.Viewer)
	p.How = q.Words.T("mine.all_how")
	return q.Show("all", p), err
}

// all gathers what every room keeps of the viewer. Her own words are opened for herself, which is not
// recorded; what others said of her is opened under the act, which they see. With somebody else who looks on,
// it is what was shared with both.
func (r *Room) all(q *web.Request, act consent.Act, looks person.Viewer) (allPage, error) {
	t := q.Words.T
	p := allPage{Title: look.Title{Text: t("mine.all_heading"), Lead: t("mine.all_lead", "name", q.Viewer.Name, "date", q.Words.When(q.Now()))}}
	for _, part := range r.Parts {
		held, err := part(q)
		if err != nil {
			return p, err
		}
		p.Parts = append(p.Parts, held...)
	}
	about, err := r.about(q, act, looks)
	if err != nil {
		return p, err
	}
	copies, err := r.heldCopies(q)
	if looks.ID != q.Viewer.ID {
		copies.Lead = "" // that she alone sees it is not so now
	}
	p.Parts = append(append(p.Parts, about...), copies)
	return p, err
}

// hearing is what for somebody reads what another shared with her.
var hearing = consent.Use{Purpose: consent.Heard, Form: consent.Words}

// about is what others said of her, as far as it was shared with her. Where else she is spoken of, the room
// aboutme says, without the words.
func (r *Room) about(q *web.Request, act consent.Act, looks person.Viewer) ([]look.Held, error) {
	ctx := q.Context()
	var places []consent.Place
	var names map[person.ID]string
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if places, err = r.Gate.PlacesAbout(ctx, tx, q.Viewer); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, q.Partnership())
		return err
	})
	if err != nil || len(places) == 0 {
		return nil, err
	}
	var turns []consent.ID // and nothing that others said beside them
	for _, p := range places {
		turns = append(turns, p.Turn)
	}
	opened, err := r.Gate.OpenTurns(ctx, q.Viewer, hearing, act, turns...)
	if err == nil && looks.ID != q.Viewer.ID && len(opened) > 0 {
		opened, err = r.Gate.OpenTurns(ctx, looks, hearing, act, open(opened)...)
	}
	if err != nil {
		return nil, err
	}
	h := look.Held{Heading: q.Words.T("mine.about_heading"), Lead: q.Words.T("mine.about_lead")}
	for _, c := range opened {
		for _, p := range places {
			if words, ok := passage(c, p.Mention); ok {
				h.Lines = append(h.Lines, look.Line{When: q.Words.Date(c.Made), Text: saidBy(q, c, p.Turn, names), Words: []string{words}})
			}
		}
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}

// open lists the turns that are open.
func open(list []consent.Contribution) []consent.ID {
	var ids []consent.ID
	for _, c := range list {
		for _, t := range c.Turns {
			if t.Open {
				ids = append(ids, t.ID)
			}
		}
	}
	return ids
}

// passage returns the words of a mark, false when they are not open, or blanked for whoever looks on.
func passage(c consent.Contribution, m consent.Mention) (string, bool) {
	i := slices.IndexFunc(c.Turns, func(t consent.Turn) bool { return t.ID == m.Turn && t.Open })
	if i < 0 || c.ID != m.Contribution || slices.ContainsFunc(c.Turns[i].Masked, func(s consent.Span) bool { return s.Start <= m.Start && m.End <= s.End }) {
		return "", false
	}
	text := []rune(c.Turns[i].Words.Reveal())
	return string(text[min(m.Start, len(text)):min(m.End, len(text))]), true
}

// saidBy says who said a turn, as she wants to be called.
func saidBy(q *web.Request, c consent.Contribution, turn consent.ID, names map[person.ID]string) string {
	for _, t := range c.Turns {
		for _, s := range c.Speakers {
			if called := s.Called(names).Reveal(); t.ID == turn && s.ID == t.Speaker && called != "" {
				return q.Words.T("mine.about_from", "name", called)
			}
		}
	}
	return q.Words.T("mine.about_somebody")
}
