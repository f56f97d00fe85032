package mine

import (
	"context"
	"errors"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Paper is somebody's yes to print her copy with one person.
type Paper struct {
	ID     string
	Person person.ID // whose copy it is
	With   person.ID // whom she chose
	Made   time.Time
	Until  time.Time // it can be begun until then
	Begun  time.Time // zero as long as it was not
}

// How long a yes to a printed copy holds: it is begun within a day, and once. The page can be shown again
// for as long as a printer may take.
const (
	PaperLasts = 24 * time.Hour
	PaperShows = 10 * time.Minute
)

// ErrWith means that nobody was chosen to print it with.
var ErrWith = fault.New(fault.Invalid, "mine.with_choose")

// Open reports whether it can be opened now.
func (p Paper) Open(now time.Time) bool {
	if p.Begun.IsZero() {
		return now.Before(p.Until)
	}
	return now.Before(p.Begun.Add(PaperShows))
}

const papers = `SELECT id, person_id, with_id, made, until, begun FROM mine_paper WHERE partnership_id = $1`

func scanPaper(r store.Row) (Paper, error) {
	var p Paper
	var made, until, begun int64
	err := r.Scan(&p.ID, &p.Person, &p.With, &made, &until, &begun)
	p.Made, p.Until, p.Begun = store.Time(made), store.Time(until), store.Time(begun)
	return p, err
}

// papersOf lists the copies that somebody prints with others, newest first.
func papersOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Paper, error) {
	return store.List(ctx, tx, scanPaper, papers+` AND person_id = $2 ORDER BY made DESC, id`, v.Partnership, v.ID)
}

// papersWith lists the copies that others print with somebody and that are open now, the oldest first.
func papersWith(ctx context.Context, tx *store.Tx, v person.Viewer, now time.Time) ([]Paper, error) {
	all, err := store.List(ctx, tx, scanPaper, papers+` AND with_id = $2 ORDER BY made, id`, v.Partnership, v.ID)
	open := all[:0]
	for _, p := range all {
		if p.Open(now) {
			open = append(open, p)
		}
	}
	return open, err
}

// allowPaper keeps her yes in the place of any earlier one that was not begun, and drops what nobody began in
// time.
func allowPaper(ctx context.Context, tx *store.Tx, v person.Viewer, with person.ID, now time.Time) error {
	if err := stopPapers(ctx, tx, v, now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM mine_paper WHERE partnership_id = $1 AND begun = 0 AND until <= $2`, v.Partnership, store.Micros(now))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO mine_paper (partnership_id, id, person_id, with_id, made, until, begun) VALUES ($1, $2, $3, $4, $5, $6, 0)`,
		v.Partnership, store.RandomID(), v.ID, with, store.Micros(now), store.Micros(now.Add(PaperLasts)))
	return err
}

// stopPapers takes back every yes of hers that was not begun, and shuts what was.
func stopPapers(ctx context.Context, tx *store.Tx, v person.Viewer, now time.Time) error {
	if _, err := tx.Exec(ctx, `DELETE FROM mine_paper WHERE partnership_id = $1 AND person_id = $2 AND begun = 0`, v.Partnership, v.ID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE mine_paper SET begun = $3 WHERE partnership_id = $1 AND person_id = $2 AND begun > $3`,
		v.Partnership, v.ID, store.Micros(now.Add(-PaperShows)))
	return err
}

// paperWith returns a copy that is printed with the viewer, fault.Missing when there is none that is open.
func paperWith(ctx context.Context, tx *store.Tx, v person.Viewer, id string, now time.Time) (Paper, error) {
	p, err := store.Get(ctx, tx, scanPaper, papers+` AND id = $2 AND with_id = $3`, v.Partnership, id, v.ID)
	if err == nil && !p.Open(now) {
		err = fault.Missing
	}
	return p, err
}

// beginPaper marks a copy as begun. It returns fault.Missing when she has taken it back meanwhile.
func beginPaper(ctx context.Context, tx *store.Tx, v person.Viewer, p Paper, now time.Time) error {
	n, err := tx.Exec(ctx, `UPDATE mine_paper SET begun = CASE WHEN begun = 0 THEN $4 ELSE begun END
		WHERE partnership_id = $1 AND id = $2 AND with_id = $3 AND (begun = 0 OR begun > $5)`,
		v.Partnership, p.ID, v.ID, store.Micros(now), store.Micros(now.Add(-PaperShows)))
	return store.Changed(n, err, fault.Missing)
}

// AfterRestore drops every yes that was not begun: it may have been used or taken back since.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `DELETE FROM mine_paper WHERE partnership_id = $1 AND begun = 0`, p)
	return err
}

// forgetPapers deletes what is kept of somebody who leaves, and what she was to print with others.
func forgetPapers(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, first := tx.Exec(ctx, `DELETE FROM mine_paper WHERE partnership_id = $1 AND person_id = $2`, p, who)
	_, second := tx.Exec(ctx, `DELETE FROM mine_paper WHERE partnership_id = $1 AND with_id = $2 AND begun = 0`, p, who)
	return errors.Join(first, second)
}
