package agreement

import (
	"context"
	"strings"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// answered is what somebody said to a version.
type answered struct {
	version int64
	answer  Answer
	at      time.Time
}

// answersOf lists what somebody said to each version, the oldest first.
func answersOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]answered, error) {
	return store.List(ctx, tx, func(r store.Row) (answered, error) {
		var a answered
		var at int64
		err := r.Scan(&a.version, &a.answer, &at)
		a.at = store.Time(at)
		return a, err
	}, `SELECT version, answer, at FROM agreement_answer WHERE partnership_id = $1 AND person_id = $2 ORDER BY version`, v.Partnership, v.ID)
}

// Held is what is kept here of the viewer, for her own copy: her answers, the versions she wrote, her
// draft.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	var answers []answered
	var versions []Version
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if answers, err = answersOf(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		versions, err = listVersions(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	f, d, err := r.draft(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("agreement.held_heading")}
	for _, a := range answers {
		h.Lines = append(h.Lines, look.Line{When: q.Words.Date(a.at), Text: t("agreement.held_"+string(a.answer), "n", a.version)})
	}
	for _, v := range versions {
		if v.Writer == q.Viewer.ID {
			h.Lines = append(h.Lines, look.Line{When: q.Words.Date(v.Written), Text: t("agreement.held_wrote", "n", v.N), Words: strings.Split(v.Text, "\n\n")})
		}
	}
	if d.key != "" {
		h.Lines = append(h.Lines, look.Line{Text: t("agreement.held_draft"), Words: strings.Split(f.Text, "\n\n")})
	}
	if len(h.Lines) == 0 {
		h.Lead = t("agreement.held_none")
	}
	return []look.Held{h}, nil
}
