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
	order := "contribution_id"
	if only.Theme != "" {
		// Sorting by an expression keeps SQLite from reading all of a source only because it lies in this order.
		order = "contribution_id || ''"
	}
	var list []Coding
	err := tx.Each(ctx, func(row store.Row) error {
		var c Coding
		var part Part
		var start, end, at, removed int64
		// There can be a hundred thousand rows: plain strings and numbers are read without reflection.
		err := row.Scan((*string)(&c.Contribution), &c.ID, &c.Theme, (*string)(&part.Turn), &start, &end, (*string)(&c.By), &at, &c.Frame,
			&removed, (*string)(&c.RemovedBy))
		if err != nil {
			return err
		}
		part.Start, part.End = int(start), int(end)
		if n := len(list); n > 0 && list[n-1].ID == c.ID {
			list[n-1].Parts = append(list[n-1].Parts, part)
			return nil
		}
		c.At, c.Removed, c.Parts = store.Time(at), store.Time(removed), []Part{part}
		list = append(list, c)
		return nil
	}, `SELECT contribution_id, coding_id, theme_id, turn_id, start_at, end_at, by_id, at, frame_version, removed, removed_by
		FROM coding_part WHERE `+where+` ORDER BY `+order+`, coding_id, n`, args...)
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
	in := func(ids []consent.ID) string {
		list := store.In(len(args)+1, len(ids))
		for _, id := range ids {
			args = append(args, id)
		}
		return list
	}
	if len(f.Contributions) > 0 {
		where += " AND contribution_id IN " + in(f.Contributions)
	}
	if len(f.Turns) > 0 {
		where += " AND coding_id IN (SELECT coding_id FROM coding_part WHERE partnership_id = $1 AND turn_id IN " + in(f.Turns) + ")"
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

// perSource counts a theme's codings by source, without opening anything, and reports whether any of them
// was made under an older definition.
func perSource(ctx context.Context, tx *store.Tx, p person.Partnership, study string, t Theme) (counts map[consent.ID]int, stale bool, err error) {
	counts = map[consent.ID]int{}
	err = tx.Each(ctx, func(row store.Row) error {
		var id consent.ID
		var n int
		var oldest int64
		err := row.Scan(&id, &n, &oldest)
		counts[id], stale = n, stale || oldest < t.Since
		return err
	}, `SELECT contribution_id, count(*), min(frame_version) FROM coding_part
		WHERE partnership_id = $1 AND study_id = $2 AND theme_id = $3 AND n = 0 AND removed = 0 GROUP BY contribution_id`, p, study, t.ID)
	if err != nil {
		return nil, false, fmt.Errorf("counting codings: %w", err)
	}
	return counts, stale, nil
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
		if err := forgetLost(ctx, tx, p, ` AND turn_id = $2`, turn); err != nil {
			return err
		}
	}
	return nil
}

// sever empties the id of somebody who leaves where she indexed something of a recording with words of hers:
// that she did would tell whose they are, and so would a gap at her own turns alone. It runs in the gate's own
// transaction.
func (r *Room) sever(ctx context.Context, tx *store.Tx, v person.Viewer, part consent.Part) error {
	for _, column := range []string{"by_id", "removed_by"} {
		_, err := tx.Exec(ctx, `UPDATE coding_part SET `+column+` = '' WHERE partnership_id = $1 AND contribution_id = $2 AND `+column+` = $3`,
			v.Partnership, part.Contribution, v.ID)
		if err != nil {
			return fmt.Errorf("emptying who indexed her own words: %w", err)
		}
	}
	return nil
}
