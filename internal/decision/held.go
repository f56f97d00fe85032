package decision

import (
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/unsaved"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy: what she wrote, what she said by name, what she
// would have worded otherwise, what she gains, where she sees it on the ladder, and what she has not saved. A
// ballot is nobody's and is not in it.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	ctx, t, v := q.Context(), q.Words.T, q.Viewer
	part := look.Held{Heading: t("decision.held_heading")}
	add := func(papers []consent.Paper, key string, more []string) error {
		words, err := consent.Values[any](ctx, r.Gate, v, papers)
		for i, w := range words {
			line := look.Line{Text: t(key), Words: unsaved.Texts(w.Value)}
			if i < len(more) {
				line.More = []string{more[i]}
			}
			part.Lines = append(part.Lines, line)
		}
		return err
	}
	h, err := r.hers(q)
	if err != nil {
		return nil, err
	}
	for _, one := range []struct {
		papers []consent.Paper
		key    string
		more   []string
	}{{h.wrote, "decision.held_wrote", nil}, {h.said, "decision.held_said", h.says}, {h.doubts, "decision.held_doubt", nil}, {h.gains, "decision.held_gain", nil}} {
		if err := add(one.papers, one.key, one.more); err != nil {
			return nil, err
		}
	}
	left, err := r.unsaved().Words(ctx, v)
	if err != nil {
		return nil, err
	}
	for _, words := range left {
		part.Lines = append(part.Lines, look.Line{Text: t("decision.held_unsaved"), Words: words})
	}
	for _, s := range h.seen {
		part.Lines = append(part.Lines, look.Line{Text: t("decision.held_rung"), More: []string{rungWords(q, s)}})
	}
	for range h.rolls {
		part.Lines = append(part.Lines, look.Line{Text: t("decision.held_roll")})
	}
	for range h.counts {
		part.Lines = append(part.Lines, look.Line{Text: t("decision.held_counter")})
	}
	if len(part.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{part}, nil
}

// hersHere is what of the viewer is kept here, still sealed where it is words.
type hersHere struct {
	wrote, said, doubts, gains []consent.Paper
	says                       []string
	seen                       []Rung
	rolls, counts              []string
}

func (r *Room) hers(q *web.Request) (h hersHere, err error) {
	ctx, v := q.Context(), q.Viewer
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		wrote, err := store.List(ctx, tx, scanDecision, decisions+` AND d.writer_id = $2 ORDER BY d.made, d.id`, v.Partnership, v.ID)
		if err != nil {
			return err
		}
		for _, d := range wrote {
			h.wrote = append(h.wrote, d.text())
			if d.heed.there() {
				h.wrote = append(h.wrote, d.heeded())
			}
			if d.after.there() {
				h.wrote = append(h.wrote, d.changed())
			}
		}
		if err := r.hersSaid(q, tx, &h); err != nil {
			return err
		}
		if h.seen, err = store.List(ctx, tx, store.One[Rung], `SELECT rung FROM decision_rung WHERE partnership_id = $1 AND person_id = $2 ORDER BY decision_id`, v.Partnership, v.ID); err != nil {
			return err
		}
		h.rolls, err = store.List(ctx, tx, store.One[string], `SELECT id FROM decision_roll WHERE partnership_id = $1 AND person_id = $2 ORDER BY id`, v.Partnership, v.ID)
		if err != nil {
			return err
		}
		h.counts, err = store.List(ctx, tx, store.One[string], `SELECT decision_id FROM decision_counter WHERE partnership_id = $1 AND person_id = $2 ORDER BY decision_id`, v.Partnership, v.ID)
		return err
	})
	return h, err
}

// hersSaid adds what she said to decisions, questioned of them and gains by them.
func (r *Room) hersSaid(q *web.Request, tx *store.Tx, h *hersHere) error {
	ctx, v := q.Context(), q.Viewer
	err := tx.Each(ctx, func(row store.Row) error {
		s, decision := said{Person: v.ID}, ""
		var marks string
		err := row.Scan(&decision, &s.Place, &s.Said.Word, &marks, &s.key, &s.words)
		h.said = append(h.said, s.reasons(decision))
		h.says = append(h.says, worded(q, "decision.says_", string(s.Said.Word))+marks)
		return err
	}, `SELECT decision_id, roll_id, word, marks, key_id, words FROM decision_said WHERE partnership_id = $1 AND person_id = $2 ORDER BY decision_id`, v.Partnership, v.ID)
	if err != nil {
		return err
	}
	list, err := store.List(ctx, tx, scanDoubt, everyDoubt+` AND b.person_id = $2 ORDER BY b.made, b.id`, v.Partnership, v.ID)
	if err != nil {
		return err
	}
	for _, d := range list {
		h.doubts = append(h.doubts, d.paper())
	}
	return tx.Each(ctx, func(row store.Row) error {
		i, decision := interest{Person: v.ID}, ""
		err := row.Scan(&decision, &i.key, &i.words)
		h.gains = append(h.gains, i.paper(decision))
		return err
	}, `SELECT decision_id, key_id, words FROM decision_interest WHERE partnership_id = $1 AND person_id = $2 ORDER BY decision_id`, v.Partnership, v.ID)
}
