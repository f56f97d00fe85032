package matrix

import (
	"context"
	"fmt"
	"strings"
	"time"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Made tells somebody what was made here of her part of a contribution, one line for each use (R45): the
// sentences that rest on it, by theme, and the files with such sentences that left. It is for the owner of
// the part, which the caller has made sure of. What a sentence says stays on the desk; who may read it
// there gets a link. Words in progress that nobody saved are nobody's yet and not told of.
func (r *Room) Made(q *web.Request, part consent.Part) ([]look.Line, error) {
	var points []resting
	var files []Release
	var names map[person.ID]string
	ctx, p := q.Context(), q.Partnership()
	asks, reads := map[string]string{}, map[string]bool{} // by study: its question, and whether she reads for it
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := r.Studies.List(ctx, tx, p)
		if err != nil {
			return err
		}
		for _, s := range all {
			asks[s.ID], reads[s.ID] = s.Question, s.Names(q.Viewer.ID) && s.Runs(q.Now())
		}
		if points, files, err = r.restingOn(ctx, tx, p, part.Turns); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading what rests on a part: %w", err)
	}
	if err := r.openPurposes(ctx, q.Viewer, consent.Audience{Kind: consent.ToPerson, ID: string(q.Viewer.ID)}, files); err != nil {
		return nil, err
	}
	t := q.Words.T
	var lines []look.Line
	for _, point := range points {
		line := look.Line{When: q.Words.Date(point.made), Text: t("matrix.made_"+point.how(), "theme", point.theme), More: []string{t("matrix.made_study", "question", asks[point.study])}}
		if reads[point.study] {
			line.Link = look.Link{Href: at(point.study), Text: t("matrix.made_look")}
		}
		lines = append(lines, line)
	}
	for _, f := range files {
		key := "matrix.made_file"
		if f.What == ChartsPrint {
			key = "matrix.made_print"
		}
		lines = append(lines, look.Line{When: q.Words.When(f.At), Text: t(key, "name", names[f.By]),
			More: []string{t("matrix.made_purpose", "purpose", f.Purpose), t("matrix.made_form"), t("matrix.made_study", "question", asks[f.study])}})
	}
	return lines, nil
}

// resting is a point as far as somebody is told of it whose words it rests on: never what it says.
type resting struct {
	study, theme string
	made         time.Time
	removed      bool
	now          bool // its newest version rests on her words; otherwise an earlier one does
}

// how names the sentence that says how it rests on them.
func (p resting) how() string {
	switch {
	case p.removed:
		return "removed"
	case p.now:
		return "point"
	}
	return "earlier"
}

const restingPoints = `SELECT p.study_id, p.theme_id, t.made, p.removed FROM matrix_point p JOIN matrix_text t
	ON t.partnership_id = p.partnership_id AND t.study_id = p.study_id AND t.point_id = p.id AND t.version = p.version
	WHERE p.partnership_id = $1 AND p.id = $2`

func scanResting(r store.Row) (resting, error) {
	var p resting
	var made, removed int64
	err := r.Scan(&p.study, &p.theme, &made, &removed)
	p.made, p.removed = store.Time(made), removed != 0
	return p, err
}

// restingOn lists the points that rest or rested on some turns, and the files that do.
func (r *Room) restingOn(ctx context.Context, tx *store.Tx, p person.Partnership, turns []consent.ID) ([]resting, []Release, error) {
	refs, err := r.Gate.UsesOfTurns(ctx, tx, p, turns...)
	if err != nil {
		return nil, nil, err
	}
	var points []resting
	now := map[string]bool{} // points whose newest version rests on them
	for _, ref := range refs {
		now[ref.ID] = now[ref.ID] || ref.Kind == PointKind
	}
	var files []Release
	told := map[string]bool{}
	frames := map[string]coding.Frame{}
	for _, ref := range refs {
		id, _, _ := strings.Cut(ref.ID, ":")
		switch {
		case ref.Kind == ReleaseKind:
			f, err := store.List(ctx, tx, scanRelease, releases+` WHERE partnership_id = $1 AND id = $2`, p, ref.ID)
			if err != nil {
				return nil, nil, err
			}
			files = append(files, f...)
		case ref.Kind == PointKind, ref.Kind == EarlierKind && !now[id] && !told[id]:
			told[id] = true
			found, err := store.List(ctx, tx, scanResting, restingPoints, p, id)
			if err != nil {
				return nil, nil, err
			}
			for _, point := range found {
				if _, read := frames[point.study]; !read {
					if frames[point.study], err = r.Coding.Frame(ctx, tx, p, point.study); err != nil {
						return nil, nil, err
					}
				}
				point.theme, point.now = frames[point.study].Path(point.theme), now[id]
				points = append(points, point)
			}
		}
	}
	return points, files, nil
}

// Flags lists for an analyst what of her own she should look at again, because something it rests on is
// shut by now: sentences she wrote, and files she made (R45). It is asked of the gate each time, so that
// what is brought back raises no flag any more.
func (r *Room) Flags(q *web.Request, study string) ([]look.Line, error) {
	w, err := r.View(q.Context(), q.Viewer, study)
	if err != nil {
		return nil, err
	}
	files, err := r.chartReleases(q.Context(), q.Viewer, study)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	var lines []look.Line
	for _, p := range w.Points {
		if !p.Open && p.Writer == q.Viewer.ID {
			lines = append(lines, look.Line{When: q.Words.Date(p.Made), Text: t("matrix.flag_point", "theme", w.Frame.Path(p.Theme)), More: []string{t("matrix.flag_point_text")},
				Link: look.Link{Href: at(study, "point", p.ID), Text: t("matrix.flag_point_link")}})
		}
	}
	for _, f := range files {
		if f.By == q.Viewer.ID && f.Lost {
			lines = append(lines, look.Line{When: q.Words.When(f.At), Text: t("matrix.flag_file", "what", t("matrix.file_"+f.What)), More: []string{f.Purpose, t("matrix.flag_file_text")},
				Link: look.Link{Href: "/releases/" + study, Text: t("matrix.releases_link")}})
		}
	}
	return lines, nil
}
