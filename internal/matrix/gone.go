package matrix

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// forget runs in the gate's own transaction when turns were destroyed. A version that rested on one of
// them loses its text and key, and so does every version before it; the point stays, closed, for whoever
// wrote it.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, turns []consent.ID) error {
	refs, err := r.Gate.UsesOfTurns(ctx, tx, p, turns...)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		var keys []string
		switch ref.Kind {
		case PointKind, EarlierKind:
			keys, err = dropVersions(ctx, tx, p, ref)
		case UnsavedKind:
			keys, err = dropUnsaved(ctx, tx, p, ref.ID)
		}
		if err == nil {
			err = r.Gate.Doom(ctx, tx, p, keys...)
		}
		if err != nil {
			return err
		}
	}
	return dropLinks(ctx, tx, p, turns)
}

// dropVersions empties the version that a ref names and those before it.
func dropVersions(ctx context.Context, tx *store.Tx, p person.Partnership, ref consent.Ref) ([]string, error) {
	point, number, earlier := strings.Cut(ref.ID, ":")
	var upTo int64
	var err error
	if earlier {
		upTo, err = strconv.ParseInt(number, 10, 64)
	} else {
		upTo, err = versionOf(ctx, tx, p, point)
	}
	if errors.Is(err, fault.Missing) {
		return nil, nil // a point of another room's making, or of none
	}
	if err != nil {
		return nil, err
	}
	return dropTexts(ctx, tx, p, point, upTo)
}

// mend runs in the gate's own transaction when the typing of a turn was put right. Links move with their
// words; one whose place nobody can tell leads to the turn and marks its point as stale.
func (r *Room) mend(ctx context.Context, tx *store.Tx, p person.Partnership, m consent.Moving) error {
	type row struct {
		point      string
		version, n int64
		consent.Span
	}
	list, err := store.List(ctx, tx, func(s store.Row) (row, error) {
		var l row
		err := s.Scan(&l.point, &l.version, &l.n, &l.Start, &l.End)
		return l, err
	}, `SELECT point_id, version, n, start_at, end_at FROM matrix_link WHERE partnership_id = $1 AND turn_id = $2 ORDER BY point_id, version, n`, p, m.Turn)
	if err != nil {
		return err
	}
	for _, l := range list {
		to, _ := m.To(l.Span)
		_, err := tx.Exec(ctx, `UPDATE matrix_link SET start_at = $5, end_at = $6
			WHERE partnership_id = $1 AND point_id = $2 AND version = $3 AND n = $4`, p, l.point, l.version, l.n, to.Start, to.End)
		if err != nil {
			return err
		}
	}
	return nil
}
