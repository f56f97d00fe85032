package matrix

import (
	"context"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// loadGrouping returns what the study takes for a case. Who is in which house the caller adds.
func (s scope) loadGrouping(ctx context.Context, tx *store.Tx) (Grouping, error) {
	g := Grouping{Choice: map[consent.Kind]CaseKind{}, Joined: map[person.ID]bool{}, Groups: map[CaseKind]map[consent.ID]string{}}
	err := tx.Each(ctx, func(r store.Row) error {
		var of consent.Kind
		var kind CaseKind
		err := r.Scan(&of, &kind)
		g.Choice[of] = kind
		return err
	}, `SELECT source_kind, case_kind FROM matrix_choice WHERE partnership_id = $1 AND study_id = $2`, s.p, s.study)
	if err != nil {
		return g, err
	}
	err = tx.Each(ctx, func(r store.Row) error {
		var kind CaseKind
		var of consent.ID
		var id string
		err := r.Scan(&kind, &of, &id)
		if g.Groups[kind] == nil {
			g.Groups[kind] = map[consent.ID]string{}
		}
		g.Groups[kind][of] = id
		return err
	}, `SELECT case_kind, source_id, group_id FROM matrix_group WHERE partnership_id = $1 AND study_id = $2`, s.p, s.study)
	if err != nil {
		return g, err
	}
	return g, tx.Each(ctx, func(r store.Row) error {
		who, err := store.One[person.ID](r)
		g.Joined[who] = true
		return err
	}, `SELECT person_id FROM matrix_join WHERE partnership_id = $1 AND study_id = $2`, s.p, s.study)
}

func (s scope) saveChoice(ctx context.Context, tx *store.Tx, of consent.Kind, kind CaseKind) error {
	_, err := tx.Exec(ctx, `INSERT INTO matrix_choice (partnership_id, study_id, source_kind, case_kind) VALUES ($1, $2, $3, $4)
		ON CONFLICT (partnership_id, study_id, source_kind) DO UPDATE SET case_kind = excluded.case_kind`, s.p, s.study, of, kind)
	return err
}

// saveGroup puts a source with a meeting or practice, or with none when group is empty.
func (s scope) saveGroup(ctx context.Context, tx *store.Tx, kind CaseKind, of consent.ID, group string) error {
	_, err := tx.Exec(ctx, `DELETE FROM matrix_group WHERE partnership_id = $1 AND study_id = $2 AND case_kind = $3 AND source_id = $4`,
		s.p, s.study, kind, of)
	if err != nil || group == "" {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO matrix_group (partnership_id, study_id, case_kind, source_id, group_id) VALUES ($1, $2, $3, $4, $5)`,
		s.p, s.study, kind, of, group)
	return err
}

func (s scope) joined(ctx context.Context, tx *store.Tx, who person.ID) (bool, error) {
	n, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM matrix_join
		WHERE partnership_id = $1 AND study_id = $2 AND person_id = $3`, s.p, s.study, who)
	return n > 0, err
}

func (s scope) saveJoin(ctx context.Context, tx *store.Tx, who person.ID, yes bool, at time.Time) error {
	if !yes {
		_, err := tx.Exec(ctx, `DELETE FROM matrix_join WHERE partnership_id = $1 AND study_id = $2 AND person_id = $3`, s.p, s.study, who)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO matrix_join (partnership_id, study_id, person_id, given) VALUES ($1, $2, $3, $4)
		ON CONFLICT DO NOTHING`, s.p, s.study, who, store.Micros(at))
	return err
}

func (s scope) loadMarks(ctx context.Context, tx *store.Tx) (map[Place]Mark, error) {
	marks := map[Place]Mark{}
	err := tx.Each(ctx, func(r store.Row) error {
		var at Place
		var m Mark
		err := r.Scan(&at.Source, &at.Theme, &m)
		marks[at] = m
		return err
	}, `SELECT source_id, theme_id, mark FROM matrix_mark WHERE partnership_id = $1 AND study_id = $2`, s.p, s.study)
	return marks, err
}

func (s scope) saveMark(ctx context.Context, tx *store.Tx, at Place, m Mark, by person.ID, when time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO matrix_mark (partnership_id, study_id, source_id, theme_id, mark, by_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (partnership_id, study_id, source_id, theme_id)
		DO UPDATE SET mark = excluded.mark, by_id = excluded.by_id, at = excluded.at`,
		s.p, s.study, at.Source, at.Theme, m, by, store.Micros(when))
	return err
}
