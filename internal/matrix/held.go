package matrix

import (
	"context"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// byStudy counts rows of a query by study.
func byStudy(ctx context.Context, tx *store.Tx, v person.Viewer, query string) (map[string]int, error) {
	counts := map[string]int{}
	err := tx.Each(ctx, func(r store.Row) error {
		var study string
		var n int
		err := r.Scan(&study, &n)
		counts[study] = n
		return err
	}, query, v.Partnership, v.ID)
	return counts, err
}

// own is what the matrix keeps of the viewer's own work.
type own struct {
	asks            map[string]string // study → its question
	studies         []string
	points, unsaved map[string]int
	joined          map[string]time.Time
	files           []Release
}

func (r *Room) own(q *web.Request) (own, error) {
	o := own{asks: map[string]string{}, joined: map[string]time.Time{}}
	ctx, v := q.Context(), q.Viewer
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := r.Studies.List(ctx, tx, v.Partnership)
		if err != nil {
			return err
		}
		for _, s := range all {
			o.asks[s.ID], o.studies = s.Question, append(o.studies, s.ID)
		}
		o.points, err = byStudy(ctx, tx, v, `SELECT study_id, count(DISTINCT point_id) FROM matrix_text
			WHERE partnership_id = $1 AND writer_id = $2 AND words IS NOT NULL GROUP BY study_id`)
		if err != nil {
			return err
		}
		o.unsaved, err = byStudy(ctx, tx, v, `SELECT study_id, count(*) FROM matrix_unsaved WHERE partnership_id = $1 AND person_id = $2 GROUP BY study_id`)
		if err != nil {
			return err
		}
		err = tx.Each(ctx, func(r store.Row) error {
			var study string
			var given int64
			err := r.Scan(&study, &given)
			o.joined[study] = store.Time(given)
			return err
		}, `SELECT study_id, given FROM matrix_join WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID)
		if err != nil {
			return err
		}
		o.files, err = store.List(ctx, tx, scanRelease, releases+` WHERE partnership_id = $1 AND by_id = $2 ORDER BY at, id`, v.Partnership, v.ID)
		return err
	})
	return o, err
}

// Held is what is kept here of the viewer, for her own copy: how much she wrote, the files she made, and
// whether what she gave may be read side by side. What she wrote rests on other people's words and is not
// in it.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	o, err := r.own(q)
	if err != nil {
		return nil, err
	}
	if err := r.openPurposes(q.Context(), q.Viewer, consent.Audience{Kind: consent.ToPerson, ID: string(q.Viewer.ID)}, o.files); err != nil {
		return nil, err
	}
	t := q.Words.T
	wrote := look.Held{Heading: t("matrix.held_heading"), Lead: t("matrix.held_lead")}
	side := look.Held{Heading: t("matrix.held_join_heading")}
	for _, id := range o.studies {
		in := []string{t("matrix.made_study", "question", o.asks[id])}
		if n := o.points[id]; n > 0 {
			wrote.Lines = append(wrote.Lines, look.Line{Text: t("matrix.held_points", "count", n), More: in})
		}
		if n := o.unsaved[id]; n > 0 {
			wrote.Lines = append(wrote.Lines, look.Line{Text: t("matrix.held_unsaved", "count", n), More: in})
		}
		if given, yes := o.joined[id]; yes {
			side.Lines = append(side.Lines, look.Line{When: q.Words.Date(given), Text: t("matrix.held_join", "question", o.asks[id])})
		}
	}
	for _, f := range o.files {
		wrote.Lines = append(wrote.Lines, look.Line{When: q.Words.When(f.At), Text: t("matrix.held_file"), More: []string{t("matrix.made_purpose", "purpose", f.Purpose)}})
	}
	var parts []look.Held
	for _, h := range []look.Held{wrote, side} {
		if len(h.Lines) > 0 {
			parts = append(parts, h)
		}
	}
	return parts, nil
}
