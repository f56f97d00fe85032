package coding

import (
	"context"
	"maps"
	"slices"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer's own work, for her own copy: how much she indexed, the meanings
// she wrote, and the files she made. The passages are other people's words and not in it.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	var questions map[string]string
	var indexed map[string]int
	var list []Definition
	var left []Release
	ctx, p := q.Context(), q.Partnership()
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if questions, err = r.questions(ctx, tx, p); err != nil {
			return err
		}
		if indexed, err = indexedBy(ctx, tx, q.Viewer); err != nil {
			return err
		}
		if list, err = store.List(ctx, tx, scanDefinition, everyDefinition+` AND by_id = $2 ORDER BY at, id`, p, q.Viewer.ID); err != nil {
			return err
		}
		left, err = store.List(ctx, tx, scanRelease, releases+` WHERE partnership_id = $1 AND by_id = $2 ORDER BY at, id`, p, q.Viewer.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	if list, err = r.openDefinitions(ctx, q.Viewer, "", list); err != nil {
		return nil, err
	}
	if err := r.OpenPurposes(ctx, q.Viewer, analysts(""), left); err != nil {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("coding.held_heading"), Lead: t("coding.held_lead")}
	for _, id := range slices.Sorted(maps.Keys(indexed)) {
		h.Lines = append(h.Lines, look.Line{Text: t("coding.held_places", "count", indexed[id]), More: []string{t("coding.made_study", "question", questions[id])}})
	}
	for _, d := range list {
		line := look.Line{When: q.Words.Date(d.At), Text: t("coding.held_definition")}
		for _, text := range []string{d.Definition, d.UseWhen, d.NotWhen, d.Example, d.Source} {
			if text != "" {
				line.Words = append(line.Words, text)
			}
		}
		h.Lines = append(h.Lines, line)
	}
	for _, rel := range left {
		h.Lines = append(h.Lines, look.Line{When: q.Words.When(rel.At), Text: t("coding.held_file"), More: []string{t("coding.made_purpose", "purpose", rel.Purpose)}})
	}
	if len(h.Lines) == 0 {
		return nil, nil
	}
	return []look.Held{h}, nil
}

// indexedBy counts by study the passages that somebody put under a theme and that stand.
func indexedBy(ctx context.Context, tx *store.Tx, v person.Viewer) (map[string]int, error) {
	counts := map[string]int{}
	err := tx.Each(ctx, func(row store.Row) error {
		var study string
		var n int
		err := row.Scan(&study, &n)
		counts[study] = n
		return err
	}, `SELECT study_id, count(*) FROM coding_part WHERE partnership_id = $1 AND by_id = $2 AND n = 0 AND removed = 0
		GROUP BY study_id ORDER BY study_id`, v.Partnership, v.ID)
	return counts, err
}
