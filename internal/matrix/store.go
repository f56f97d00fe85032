package matrix

import (
	"context"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A scope is the study that a statement is about: the first two columns of every key here.
type scope struct {
	p     person.Partnership
	study string
}

const points = `SELECT p.id, p.source_id, p.theme_id, p.position, p.version, t.writer_id, t.made, t.key_id, t.words
	FROM matrix_point p JOIN matrix_text t ON t.partnership_id = p.partnership_id AND t.study_id = p.study_id
		AND t.point_id = p.id AND t.version = p.version `

func scanPoint(r store.Row) (Point, error) {
	var p Point
	var made int64
	err := r.Scan(&p.ID, &p.Source, &p.Theme, &p.Position, &p.Version, &p.Writer, &made, &p.key, &p.sealed)
	p.Made = store.Time(made)
	return p, err
}

// loadPoints returns a study's points with their links, sealed. removed chooses those that were removed
// instead of those that stand.
func (s scope) loadPoints(ctx context.Context, tx *store.Tx, removed bool) ([]Point, error) {
	list, err := store.List(ctx, tx, scanPoint, points+
		`WHERE p.partnership_id = $1 AND p.study_id = $2 AND (p.removed <> 0) = ($3 = 1) ORDER BY p.position, p.id`,
		s.p, s.study, store.Bool(removed))
	if err != nil {
		return nil, err
	}
	links, err := s.loadLinks(ctx, tx)
	for i := range list {
		list[i].Links = links[list[i].ID]
	}
	return list, err
}

// loadPoint returns one point, sealed, also one that was removed.
func (s scope) loadPoint(ctx context.Context, tx *store.Tx, id string) (Point, error) {
	return store.Get(ctx, tx, scanPoint, points+`WHERE p.partnership_id = $1 AND p.study_id = $2 AND p.id = $3`, s.p, s.study, id)
}

// loadLinks returns the links of the newest versions, by point.
func (s scope) loadLinks(ctx context.Context, tx *store.Tx) (map[string][]Link, error) {
	links := map[string][]Link{}
	err := tx.Each(ctx, func(r store.Row) error {
		var id string
		var l Link
		err := r.Scan(&id, &l.Coding, &l.Source, &l.Turn, &l.Seq, &l.Start, &l.End)
		links[id] = append(links[id], l)
		return err
	}, `SELECT l.point_id, l.coding_id, l.source_id, l.turn_id, l.seq, l.start_at, l.end_at FROM matrix_link l
		JOIN matrix_point p ON p.partnership_id = l.partnership_id AND p.study_id = l.study_id AND p.id = l.point_id AND p.version = l.version
		WHERE l.partnership_id = $1 AND l.study_id = $2 ORDER BY l.point_id, l.n`, s.p, s.study)
	return links, err
}

// insertPoint adds a point after the others of its cell.
func (s scope) insertPoint(ctx context.Context, tx *store.Tx, p Point) error {
	_, err := tx.Exec(ctx, `INSERT INTO matrix_point (partnership_id, study_id, id, source_id, theme_id, position, version, removed, removed_by)
		SELECT $1, $2, $3, $4, $5, coalesce(max(position), 0) + 1, 1, 0, '' FROM matrix_point
		WHERE partnership_id = $1 AND study_id = $2`, s.p, s.study, p.ID, p.Source, p.Theme)
	return err
}

// nextVersion moves a point on from the version it was read at, and fails with ErrTwo when somebody else
// did so before.
func (s scope) nextVersion(ctx context.Context, tx *store.Tx, p Point) error {
	n, err := tx.Exec(ctx, `UPDATE matrix_point SET version = version + 1, source_id = $5
		WHERE partnership_id = $1 AND study_id = $2 AND id = $3 AND version = $4 AND removed = 0`, s.p, s.study, p.ID, p.Version, p.Source)
	return store.Changed(n, err, ErrTwo)
}

// insertText keeps a version's sealed text with its links.
func (s scope) insertText(ctx context.Context, tx *store.Tx, p Point) error {
	_, err := tx.Exec(ctx, `INSERT INTO matrix_text (partnership_id, study_id, point_id, version, writer_id, made, key_id, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, s.p, s.study, p.ID, p.Version, p.Writer, store.Micros(p.Made), p.key, p.sealed)
	if err != nil {
		return err
	}
	for n, l := range p.Links {
		_, err := tx.Exec(ctx, `INSERT INTO matrix_link (partnership_id, study_id, point_id, version, n, coding_id, source_id, turn_id, seq, start_at, end_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			s.p, s.study, p.ID, p.Version, n, l.Coding, l.Source, l.Turn, l.Seq, l.Start, l.End)
		if err != nil {
			return err
		}
	}
	return nil
}

// setRemoved removes a point at the version it was read at, or puts it back when at is zero.
func (s scope) setRemoved(ctx context.Context, tx *store.Tx, id string, version int64, by person.ID, at time.Time) error {
	was := store.Bool(at.IsZero())
	n, err := tx.Exec(ctx, `UPDATE matrix_point SET removed = $5, removed_by = $6
		WHERE partnership_id = $1 AND study_id = $2 AND id = $3 AND version = $4 AND (removed <> 0) = ($7 = 1)`,
		s.p, s.study, id, version, store.Micros(at), by, was)
	return store.Changed(n, err, fault.New(fault.Conflict, "web.newer"))
}

// dropTexts empties a point's versions up to one and returns their keys, which are to be destroyed.
func dropTexts(ctx context.Context, tx *store.Tx, p person.Partnership, point string, upTo int64) ([]string, error) {
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM matrix_text
		WHERE partnership_id = $1 AND point_id = $2 AND version <= $3 AND words IS NOT NULL ORDER BY version`, p, point, upTo)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `UPDATE matrix_text SET words = NULL WHERE partnership_id = $1 AND point_id = $2 AND version <= $3`, p, point, upTo)
	return keys, err
}

// versionOf returns the newest version of a point, wherever it is charted.
func versionOf(ctx context.Context, tx *store.Tx, p person.Partnership, point string) (int64, error) {
	return store.Get(ctx, tx, store.One[int64], `SELECT version FROM matrix_point WHERE partnership_id = $1 AND id = $2`, p, point)
}

// dropLinks lets go of places in turns that are no more.
func dropLinks(ctx context.Context, tx *store.Tx, p person.Partnership, turns []consent.ID) error {
	for _, t := range turns {
		if _, err := tx.Exec(ctx, `DELETE FROM matrix_link WHERE partnership_id = $1 AND turn_id = $2`, p, t); err != nil {
			return err
		}
	}
	return nil
}
