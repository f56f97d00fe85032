package asking

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// hersHere is what of the viewer is kept here, still sealed where it is words.
type hersHere struct {
	asked   []Request
	put     []consent.Paper // each text of them that went to the women's group
	said    []consent.Paper
	says    []Says
	written []entryRow
	rules   []Rule
}

func (r *Room) hersHere(ctx context.Context, v person.Viewer) (hersHere, error) {
	var h hersHere
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if h.asked, err = store.List(ctx, tx, scanRequest, requests+` AND a.asker_id = $2 ORDER BY a.made, a.id`, v.Partnership, v.ID); err != nil {
			return err
		}
		if h.put, err = everPut(ctx, tx, v); err != nil {
			return err
		}
		err = tx.Each(ctx, func(row store.Row) error {
			q, s := Request{}, said{who: v.ID}
			err := row.Scan(&q.ID, &s.says, &s.key, &s.words)
			h.said, h.says = append(h.said, s.paper(q)), append(h.says, s.says)
			return err
		}, `SELECT ask_id, says, key_id, words FROM asking_said WHERE partnership_id = $1 AND person_id = $2 ORDER BY ask_id`, v.Partnership, v.ID)
		if err != nil {
			return err
		}
		if h.written, err = store.List(ctx, tx, scanEntry, versions+` AND t.writer_id = $2 ORDER BY t.made, s.id`, v.Partnership, v.ID); err != nil {
			return err
		}
		h.rules, err = store.List(ctx, tx, scanRule, everyRule+` AND (by_id = $2 OR second_id = $2) ORDER BY n`, v.Partnership, v.ID)
		return err
	})
	return h, err
}

// Held is what is kept here of the viewer, for her own copy: what she asked, what she said to others'
// requests that still wait, what she chose to be asked about, what she wrote on the shelf and has not
// saved. A "not this" was kept without her name and is not in it.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	ctx, t := q.Context(), q.Words.T
	h, err := r.hersHere(ctx, q.Viewer)
	if err != nil {
		return nil, err
	}
	part := look.Held{Heading: t("asking.held_heading")}
	add := func(l look.Line) { part.Lines = append(part.Lines, l) }
	if err := r.heldChoice(q, add); err != nil {
		return nil, err
	}
	for _, req := range h.asked {
		text, err := consent.ValueOf[Text](ctx, r.Gate, q.Viewer, req.draft())
		if err != nil {
			return nil, err
		}
		line := look.Line{When: q.Words.Date(req.Made), Text: t("asking.held_asked"), More: []string{t("asking.tag_" + string(req.Round.Stage(q.Now())))},
			Words: text.words()}
		if !req.Thrown.IsZero() {
			line.More = append(line.More, r.thrownRow(q, req).When)
		}
		add(line)
	}
	put, err := consent.Values[Text](ctx, r.Gate, q.Viewer, h.put)
	if err != nil {
		return nil, err
	}
	for _, text := range put {
		add(look.Line{Text: t("asking.held_put"), Words: text.Value.words()})
	}
	changes, err := consent.Values[string](ctx, r.Gate, q.Viewer, h.said)
	if err != nil {
		return nil, err
	}
	for i, says := range h.says {
		add(look.Line{Text: t("asking.held_said"), Words: written(changes[i].Value), More: []string{t("asking.says_" + string(says))}})
	}
	typed, err := r.unsaved().Words(ctx, q.Viewer)
	if err != nil {
		return nil, err
	}
	for _, words := range typed {
		add(look.Line{Text: t("asking.held_unsaved"), Words: words})
	}
	entries, err := r.openEntries(ctx, q.Viewer, h.written)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		add(look.Line{When: q.Words.Date(e.Made), Text: t("asking.held_shelf"), Words: written(e.Title, e.Known.Known, e.Source, e.Link)})
	}
	for _, rule := range h.rules {
		add(look.Line{When: q.Words.Date(rule.Made), Text: t("asking.held_rule")})
	}
	if len(part.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{part}, nil
}

// heldChoice tells what she chose to be asked about, if she ever chose.
func (r *Room) heldChoice(q *web.Request, add func(look.Line)) error {
	mine, c, err := r.choice(q.Context(), q.Viewer)
	if err != nil || c.key == "" {
		return err
	}
	all, err := r.kinds(q)
	if err != nil {
		return err
	}
	line := look.Line{Text: q.Words.T("asking.held_choice")}
	for _, k := range all {
		if slices.Contains(mine.Kinds, k.ID) {
			line.More = append(line.More, k.Name)
		}
	}
	if len(line.More) == 0 {
		line.Text = q.Words.T("asking.held_choice_nothing")
	}
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		bearer, err := bearerOf(q.Context(), tx, q.Viewer)
		if err != nil || bearer == "" {
			return err
		}
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		line.More = append(line.More, q.Words.T("asking.held_bearer", "name", names[bearer]))
		return err
	})
	add(line)
	return err
}

// words returns what somebody wrote in a request.
func (t Text) words() []string {
	return written(t.Title, t.What, t.More, t.Why, t.Gain, t.Interest, t.Support)
}

// written leaves out what is empty.
func written(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}
