package coding

import (
	"context"
	"fmt"
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Made tells somebody what was made here of her part of a contribution, one line for each use (R45): under
// which themes it was put, and which files with her words left. It is for the owner of the part, which the
// caller has made sure of. Nobody else's words are in it, and of the analysts' none but a theme's name and
// what a file was for.
func (r *Room) Made(q *web.Request, part consent.Part) ([]look.Line, error) {
	var under []filed
	var left []Release
	var questions map[string]string
	var names map[person.ID]string
	ctx, p := q.Context(), q.Partnership()
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if under, err = r.under(ctx, tx, p, part.Turns); err != nil {
			return err
		}
		if left, err = leftWith(ctx, tx, p, part); err != nil {
			return err
		}
		if questions, err = r.questions(ctx, tx, p); err != nil {
			return err
		}
		names, err = r.circle.Names(ctx, tx, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading what was made of a part: %w", err)
	}
	if err := r.OpenPurposes(ctx, q.Viewer, consent.Audience{Kind: consent.ToPerson, ID: string(q.Viewer.ID)}, left); err != nil {
		return nil, err
	}
	t := q.Words.T
	var lines []look.Line
	for _, f := range under {
		lines = append(lines, look.Line{When: q.Words.Date(f.last), Text: t("coding.made_theme", "count", f.places, "theme", f.name),
			More: []string{t("coding.made_study", "question", questions[f.study])}})
	}
	for _, rel := range left {
		lines = append(lines, look.Line{When: q.Words.When(rel.At), Text: t("coding.made_file", "name", names[rel.By]),
			More: []string{t("coding.made_purpose", "purpose", rel.Purpose), t("coding.made_form"), t("coding.made_study", "question", questions[rel.study])}})
	}
	return lines, nil
}

// filed says that places of somebody's part are under a theme.
type filed struct {
	study, theme string
	name         string // of the theme
	places       int
	last         time.Time // when the last of them was put there
}

// under lists the themes that some turns have something under, study by study.
func (r *Room) under(ctx context.Context, tx *store.Tx, p person.Partnership, turns []consent.ID) ([]filed, error) {
	var list []filed
	seen := map[string]bool{} // a passage over several of her turns is one
	for some := range slices.Chunk(turns, turnsAtOnce) {
		args := []any{p}
		for _, id := range some {
			args = append(args, id)
		}
		err := tx.Each(ctx, func(row store.Row) error {
			var f filed
			var coding string
			var at int64
			if err := row.Scan(&f.study, &f.theme, &coding, &at); err != nil || seen[coding] {
				return err
			}
			seen[coding] = true
			i := slices.IndexFunc(list, func(o filed) bool { return o.study == f.study && o.theme == f.theme })
			if i < 0 {
				i, list = len(list), append(list, f)
			}
			list[i].places, list[i].last = list[i].places+1, store.Time(at)
			return nil
		}, `SELECT study_id, theme_id, coding_id, at FROM coding_part WHERE partnership_id = $1 AND removed = 0
			AND turn_id IN `+store.In(2, len(some))+` ORDER BY study_id, at, coding_id, n`, args...)
		if err != nil {
			return nil, err
		}
	}
	frames := map[string]Frame{}
	for i, f := range list {
		if _, read := frames[f.study]; !read {
			var err error
			if frames[f.study], err = r.Frame(ctx, tx, p, f.study); err != nil {
				return nil, err
			}
		}
		list[i].name = frames[f.study].Path(f.theme)
	}
	return list, nil
}

// leftWith lists the files that left with words of a part, sealed, the oldest first.
func leftWith(ctx context.Context, tx *store.Tx, p person.Partnership, part consent.Part) ([]Release, error) {
	return store.List(ctx, tx, scanRelease, releases+` r WHERE partnership_id = $1 AND EXISTS (SELECT 1 FROM coding_release_part x
			WHERE x.partnership_id = r.partnership_id AND x.release_id = r.id AND x.contribution_id = $2 AND x.speaker_id = $3)
		ORDER BY at, id`, p, part.Contribution, part.Speaker)
}

// questions returns what each study asks.
func (r *Room) questions(ctx context.Context, tx *store.Tx, p person.Partnership) (map[string]string, error) {
	all, err := r.studies.List(ctx, tx, p)
	asks := make(map[string]string, len(all))
	for _, s := range all {
		asks[s.ID] = s.Question
	}
	return asks, err
}

// Flags lists for an analyst what of her own she should look at again, because words it was made from are
// shut by now: passages she indexed, and files she made (R45). It is asked of the gate each time, so that
// what is brought back raises no flag any more.
func (r *Room) Flags(q *web.Request, study string) ([]look.Line, error) {
	var shut []Coding
	var frame Frame
	ctx := q.Context()
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		sources, err := r.offered(ctx, tx, q.Viewer, study)
		if err != nil || len(sources) == 0 {
			return err
		}
		if frame, err = r.Frame(ctx, tx, q.Partnership(), study); err != nil {
			return err
		}
		all, err := r.Codings(ctx, tx, q.Partnership(), study, Filter{Contributions: sources})
		if err != nil {
			return err
		}
		ruling, err := r.gate.RuleIn(ctx, tx, q.Viewer, use(study, consent.Number), sources...)
		for _, c := range all {
			if c.By == q.Viewer.ID && !c.Open(ruling) {
				shut = append(shut, c)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for what is shut: %w", err)
	}
	list, err := r.Releases(ctx, q.Viewer, study)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	var lines []look.Line
	for _, c := range shut {
		lines = append(lines, look.Line{When: q.Words.Date(c.At), Text: t("coding.flag_passage", "theme", frame.Path(c.Theme)), More: []string{t("coding.flag_passage_text")}})
	}
	for _, rel := range list {
		if rel.By == q.Viewer.ID && !rel.Since.IsZero() {
			lines = append(lines, look.Line{When: q.Words.When(rel.At), Text: t("coding.flag_file", "what", t("coding.file_"+rel.What)),
				More: []string{rel.Purpose, t("coding.flag_file_text")}, Link: look.Link{Href: "/releases/" + study, Text: t("coding.releases")}})
		}
	}
	return lines, nil
}
