package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// A Moment is something the group waits for, such as "the report is out". A yes can end with it, and at
// latest on its day: an end that somebody can picture says more to her than a date (R43).
type Moment struct {
	ID       ID        `json:"id"`
	Name     string    `json:"-"`
	Latest   time.Time `json:"latest"`
	Happened time.Time `json:"happened"` // zero while it is waited for
}

// Moments lists what a partnership waits for and what has happened, in the order in which it was added.
func Moments(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Moment, error) {
	return store.List(ctx, tx, func(r store.Row) (Moment, error) {
		var m Moment
		var latest, happened int64
		err := r.Scan(&m.ID, &m.Name, &latest, &happened)
		m.Latest, m.Happened = store.Time(latest), store.Time(happened)
		return m, err
	}, `SELECT id, name, latest, happened FROM consent_moment WHERE partnership_id = $1 ORDER BY made, id`, p)
}

// AddMoment adds something to wait for. Its name is the group's and no secret; its day is when it is over
// at the latest.
func (g *Gate) AddMoment(ctx context.Context, tx *store.Tx, p person.Partnership, m Moment) error {
	_, err := tx.Exec(ctx, `INSERT INTO consent_moment (partnership_id, id, name, made, latest, happened) VALUES ($1, $2, $3, $4, $5, 0)`,
		p, m.ID, m.Name, store.Micros(g.now()), store.Micros(m.Latest))
	return err
}

// Happened says that a moment has come: every yes until then ends now. That only ever closes, so it is not
// undone: whoever wants to go on says yes again. For a second time, and for a moment that is not there, it
// does nothing.
func (g *Gate) Happened(ctx context.Context, tx *store.Tx, p person.Partnership, id ID) error {
	ended, err := happened(ctx, tx, p, id, g.now())
	if err != nil {
		return err
	}
	for _, c := range ended {
		if err := g.events.Publish(ctx, tx, p, TopicTerms, string(c)); err != nil {
			return err
		}
	}
	return nil
}

// happened ends what was allowed until a moment, and returns the contributions that had something to end.
func happened(ctx context.Context, tx *store.Tx, p person.Partnership, id ID, at time.Time) ([]ID, error) {
	n, err := tx.Exec(ctx, `UPDATE consent_moment SET happened = $3 WHERE partnership_id = $1 AND id = $2 AND happened = 0`, p, id, store.Micros(at))
	if err != nil || n == 0 {
		return nil, err
	}
	const until = ` FROM consent_yes y WHERE y.partnership_id = $1 AND y.moment_id = $2 AND y.ends > $3`
	ended, err := store.List(ctx, tx, store.One[ID], `SELECT DISTINCT x.contribution_id FROM consent_terms x
		WHERE x.partnership_id = $1 AND x.id IN (SELECT y.terms_id`+until+`) ORDER BY 1`, p, id, store.Micros(at))
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `UPDATE consent_yes SET ends = $3 WHERE partnership_id = $1 AND moment_id = $2 AND ends > $3`, p, id, store.Micros(at))
	return ended, err
}

// waits refuses a moment that has come already or is not there. The row is written to, so that somebody who
// says just now that it has come waits, and ends this yes as well.
func waits(ctx context.Context, tx *store.Tx, p person.Partnership, id ID) error {
	n, err := tx.Exec(ctx, `UPDATE consent_moment SET made = made WHERE partnership_id = $1 AND id = $2 AND happened = 0`, p, id)
	return store.Changed(n, err, errOver)
}
