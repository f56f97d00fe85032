package coding

import (
	"context"
	"fmt"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// Codings lists what is indexed in a study, source by source. It opens nothing and hides nothing: what a
// reader may see of it, a ruling says (Coding.Open).
func (r *Room) Codings(ctx context.Context, tx *store.Tx, p person.Partnership, study string, only Filter) ([]Coding, error) {
	where, args := only.where(p, study)
	var list []Coding
	err := tx.Each(ctx, func(row store.Row) error {
		var c Coding
		var part Part
		var at, removed int64
		err := row.Scan(&c.Contribution, &c.ID, &c.Theme, &part.Turn, &part.Start, &part.End, &c.By, &at, &c.Frame, &removed, &c.RemovedBy)
		if err != nil {
			return err
		}
		if n := len(list); n > 0 && list[n-1].ID == c.ID {
			list[n-1].Parts = append(list[n-1].Parts, part)
			return nil
		}
		c.At, c.Removed, c.Parts = store.Time(at), store.Time(removed), []Part{part}
		list = append(list, c)
		return nil
	}, `SELECT contribution_id, coding_id, theme_id, turn_id, start_at, end_at, by_id, at, frame_version, removed, removed_by
		FROM coding_part WHERE `+where+` ORDER BY contribution_id, coding_id, n`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading codings: %w", err)
	}
	return list, nil
}

// where returns the condition of a filter with its arguments.
func (f Filter) where(p person.Partnership, study string) (string, []any) {
	where, args := "partnership_id = $1 AND study_id = $2", []any{p, study}
	if f.Theme != "" {
		args = append(args, f.Theme)
		where += " AND theme_id = $3"
	}
	if n := len(f.Contributions); n > 0 {
		where += " AND contribution_id IN " + store.In(len(args)+1, n)
		for _, id := range f.Contributions {
			args = append(args, id)
		}
	}
	if !f.Removed {
		where += " AND removed = 0"
	}
	return where, args
}

func insertCoding(ctx context.Context, tx *store.Tx, p person.Partnership, study string, c Coding) error {
	for n, part := range c.Parts {
		_, err := tx.Exec(ctx, `INSERT INTO coding_part (partnership_id, study_id, contribution_id, coding_id, n, theme_id,
			turn_id, start_at, end_at, by_id, at, frame_version, removed, removed_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, '')`,
			p, study, c.Contribution, c.ID, n, c.Theme, part.Turn, part.Start, part.End, c.By, store.Micros(c.At), c.Frame)
		if err != nil {
			return fmt.Errorf("writing a coding: %w", err)
		}
	}
	return nil
}

// perSource counts a theme's codings by source, without opening anything.
func perSource(ctx context.Context, tx *store.Tx, p person.Partnership, study, theme string) (map[consent.ID]int, error) {
	counts := map[consent.ID]int{}
	err := tx.Each(ctx, func(row store.Row) error {
		var id consent.ID
		var n int
		err := row.Scan(&id, &n)
		counts[id] = n
		return err
	}, `SELECT contribution_id, count(*) FROM coding_part WHERE partnership_id = $1 AND study_id = $2 AND theme_id = $3
		AND n = 0 GROUP BY contribution_id`, p, study, theme)
	if err != nil {
		return nil, fmt.Errorf("counting codings: %w", err)
	}
	return counts, nil
}

// hasStale reports whether anything was indexed under an older definition of a theme.
func hasStale(ctx context.Context, tx *store.Tx, p person.Partnership, study string, t Theme) (bool, error) {
	n, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM (SELECT 1 FROM coding_part
		WHERE partnership_id = $1 AND study_id = $2 AND theme_id = $3 AND frame_version < $4 AND removed = 0 LIMIT 1) older`, p, study, t.ID, t.Since)
	if err != nil {
		return false, fmt.Errorf("looking for older codings: %w", err)
	}
	return n > 0, nil
}

// Counts returns how many passages of each theme may be counted for a reader: those in sources that are
// offered, open to her as a number and not removed.
func (r *Room) Counts(ctx context.Context, tx *store.Tx, v person.Viewer, study string) (map[string]int, error) {
	sources, err := r.offered(ctx, tx, v, study)
	if err != nil || len(sources) == 0 {
		return nil, err
	}
	ruling, err := r.gate.RuleIn(ctx, tx, v, use(study, consent.Number), sources...)
	if err != nil {
		return nil, err
	}
	counts, last := map[string]int{}, ""
	closed := false
	var theme string
	count := func() {
		if last != "" && !closed {
			counts[theme]++
		}
	}
	where, args := Filter{Contributions: sources}.where(v.Partnership, study)
	err = tx.Each(ctx, func(row store.Row) error {
		var id, of string
		var part Part
		if err := row.Scan(&id, &of, &part.Turn, &part.Start, &part.End); err != nil {
			return err
		}
		if id != last {
			count()
			last, theme, closed = id, of, false
		}
		closed = closed || !ruling.Span(part.Turn, part.Span)
		return nil
	}, `SELECT coding_id, theme_id, turn_id, start_at, end_at FROM coding_part WHERE `+where+` ORDER BY contribution_id, coding_id, n`, args...)
	count()
	if err != nil {
		return nil, fmt.Errorf("counting codings: %w", err)
	}
	return counts, nil
}

// forget deletes the codings on turns that were destroyed, whole: a passage over several speakers ends
// with the first of them who took hers back for good. It runs in the gate's own transaction.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, turns []consent.ID) error {
	for _, turn := range turns {
		type key struct{ study, contribution, coding string }
		keys, err := store.List(ctx, tx, func(row store.Row) (key, error) {
			var k key
			err := row.Scan(&k.study, &k.contribution, &k.coding)
			return k, err
		}, `SELECT DISTINCT study_id, contribution_id, coding_id FROM coding_part WHERE partnership_id = $1 AND turn_id = $2`, p, turn)
		if err != nil {
			return fmt.Errorf("reading codings of a destroyed turn: %w", err)
		}
		for _, k := range keys {
			_, err := tx.Exec(ctx, `DELETE FROM coding_part WHERE partnership_id = $1 AND study_id = $2 AND contribution_id = $3 AND coding_id = $4`,
				p, k.study, k.contribution, k.coding)
			if err != nil {
				return fmt.Errorf("deleting codings of a destroyed turn: %w", err)
			}
		}
	}
	return nil
}
