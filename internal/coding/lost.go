package coding

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
)

// moved runs when the typing of a turn was mended. Codings move with their words. One whose place nobody
// can tell covers the whole turn, so that nothing is open that was shut, and is listed as lost until its
// keeper has placed it anew or an analyst has looked at it.
func (r *Room) moved(ctx context.Context, tx *store.Tx, p person.Partnership, m consent.Moving) error {
	type row struct {
		study, contribution, coding string
		n                           int64
		at                          consent.Span
	}
	rows, err := store.List(ctx, tx, func(r store.Row) (row, error) {
		var x row
		err := r.Scan(&x.study, &x.contribution, &x.coding, &x.n, &x.at.Start, &x.at.End)
		return x, err
	}, `SELECT study_id, contribution_id, coding_id, n, start_at, end_at FROM coding_part
		WHERE partnership_id = $1 AND turn_id = $2 ORDER BY study_id, contribution_id, coding_id, n`, p, m.Turn)
	if err != nil {
		return fmt.Errorf("reading codings of a mended turn: %w", err)
	}
	for _, x := range rows {
		to, ok := m.To(x.at)
		if !ok { // lost before, it stays lost from the text it was lost in
			_, err := tx.Exec(ctx, `INSERT INTO coding_lost (partnership_id, study_id, contribution_id, coding_id, n, turn_id, correction_id, start_at, end_at, frame_version)
				SELECT partnership_id, study_id, contribution_id, coding_id, n, turn_id, $6, start_at, end_at, frame_version FROM coding_part
				WHERE partnership_id = $1 AND study_id = $2 AND contribution_id = $3 AND coding_id = $4 AND n = $5 ON CONFLICT DO NOTHING`,
				p, x.study, x.contribution, x.coding, x.n, m.Correction)
			if err != nil {
				return fmt.Errorf("noting a lost coding: %w", err)
			}
		}
		_, err := tx.Exec(ctx, `UPDATE coding_part SET start_at = $6, end_at = $7, frame_version = CASE WHEN $8 = 1 THEN frame_version ELSE 0 END
			WHERE partnership_id = $1 AND study_id = $2 AND contribution_id = $3 AND coding_id = $4 AND n = $5`,
			p, x.study, x.contribution, x.coding, x.n, to.Start, to.End, store.Bool(ok))
		if err != nil {
			return fmt.Errorf("moving codings of a mended turn: %w", err)
		}
	}
	return nil
}

// forgetLost lets go of lost places that a condition names.
func forgetLost(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) error {
	_, err := tx.Exec(ctx, `DELETE FROM coding_lost WHERE partnership_id = $1`+where, append([]any{p}, args...)...)
	if err != nil {
		return fmt.Errorf("forgetting lost places: %w", err)
	}
	return nil
}

// Lost lists the passages of a source that lost their place when it was mended, for whoever keeps it. What
// she keeps the caller has made sure of.
func (r *Room) Lost(ctx context.Context, tx *store.Tx, p person.Partnership, contribution consent.ID) ([]source.Lost, error) {
	type row struct {
		source.Lost
		study, theme string
		by           person.ID
	}
	rows, err := store.List(ctx, tx, func(s store.Row) (row, error) {
		var x row
		var coding string
		var n int
		err := s.Scan(&x.study, &coding, &n, &x.Turn, &x.Correction, &x.Was.Start, &x.Was.End, &x.theme, &x.by)
		x.ID = coding + "." + strconv.Itoa(n)
		return x, err
	}, `SELECT l.study_id, l.coding_id, l.n, l.turn_id, l.correction_id, l.start_at, l.end_at, c.theme_id, c.by_id FROM coding_lost l
		JOIN coding_part c ON c.partnership_id = l.partnership_id AND c.study_id = l.study_id AND c.contribution_id = l.contribution_id
			AND c.coding_id = l.coding_id AND c.n = l.n
		WHERE l.partnership_id = $1 AND l.contribution_id = $2 AND c.removed = 0 ORDER BY l.turn_id, l.start_at, l.coding_id`, p, contribution)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	names, err := r.circle.Names(ctx, tx, p)
	if err != nil {
		return nil, err
	}
	frames := map[string]Frame{}
	list := make([]source.Lost, len(rows))
	for i, x := range rows {
		if _, read := frames[x.study]; !read {
			if frames[x.study], err = r.Frame(ctx, tx, p, x.study); err != nil {
				return nil, err
			}
		}
		list[i] = x.Lost
		list[i].Theme, list[i].By = frames[x.study].Path(x.theme), names[x.by]
	}
	return list, nil
}

// Settle puts a lost passage where it stands now, or takes it out of the index when at is empty. It is for
// whoever keeps the source, which the caller has made sure of; an analyst can put back what was taken out.
func (r *Room) Settle(ctx context.Context, keeper person.Viewer, contribution consent.ID, id string, at consent.Span) error {
	coding, number, _ := strings.Cut(id, ".")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return fault.Missing
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if at.Start >= at.End {
			changed, err := tx.Exec(ctx, `UPDATE coding_part SET removed = $4, removed_by = $5 WHERE partnership_id = $1 AND contribution_id = $2 AND coding_id = $3
				AND removed = 0 AND EXISTS (SELECT 1 FROM coding_lost l WHERE l.partnership_id = $1 AND l.contribution_id = $2 AND l.coding_id = $3 AND l.n = $6)`,
				keeper.Partnership, contribution, coding, store.Micros(r.now()), keeper.ID, n)
			if err := store.Changed(changed, err, fault.Missing); err != nil {
				return err
			}
			return r.tell(ctx, tx, keeper.Partnership, contribution, "")
		}
		frame, err := store.Get(ctx, tx, store.One[int64], `DELETE FROM coding_lost
			WHERE partnership_id = $1 AND contribution_id = $2 AND coding_id = $3 AND n = $4 RETURNING frame_version`, keeper.Partnership, contribution, coding, n)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE coding_part SET start_at = $5, end_at = $6, frame_version = $7
			WHERE partnership_id = $1 AND contribution_id = $2 AND coding_id = $3 AND n = $4`, keeper.Partnership, contribution, coding, n, at.Start, at.End, frame)
		if err != nil {
			return err
		}
		return r.tell(ctx, tx, keeper.Partnership, contribution, "")
	})
}
