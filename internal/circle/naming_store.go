package circle

import (
	"context"
	"errors"
	"slices"

	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// Naming returns the naming that runs, false when there is none.
func (c *Circle) Naming(ctx context.Context, tx *store.Tx, p person.Partnership) (Naming, bool, error) {
	n, err := store.Get(ctx, tx, func(r store.Row) (Naming, error) {
		var n Naming
		var made, due int64
		err := r.Scan(&n.Person, &n.First, &n.Second, &made, &due)
		n.Made, n.Due = store.Time(made), store.Time(due)
		return n, err
	}, `SELECT person_id, first_id, second_id, made, due FROM circle_naming WHERE partnership_id = $1`, p)
	if errors.Is(err, fault.Missing) {
		return n, false, nil
	}
	return n, err == nil && !n.Over(c.now()), err
}

func saveNaming(ctx context.Context, tx *store.Tx, p person.Partnership, n Naming) error {
	_, err := tx.Exec(ctx, `INSERT INTO circle_naming (partnership_id, person_id, first_id, second_id, made, due) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (partnership_id) DO UPDATE SET person_id = excluded.person_id, first_id = excluded.first_id, second_id = excluded.second_id,
		made = excluded.made, due = excluded.due`, p, n.Person, n.First, n.Second, store.Micros(n.Made), store.Micros(n.Due))
	return err
}

func dropNaming(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `DELETE FROM circle_naming WHERE partnership_id = $1`, p)
	return err
}

// AfterRestore drops a naming that ran, since somebody may have said no since the backup, and every choice to
// decide with the women, which may have ended since.
func (c *Circle) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	if err := dropNaming(ctx, tx, p); err != nil {
		return err
	}
	return dropChoosings(ctx, tx, p)
}

// forgetNaming drops a naming that somebody is in who leaves: it needs all three of them.
func forgetNaming(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM circle_naming WHERE partnership_id = $1 AND (person_id = $2 OR first_id = $2 OR second_id = $2)`, p, who)
	return err
}

// Name names somebody who is to look after the site, as the first of two or as the second. It is refused while
// somebody looks after it, and by whoever is too new to count: nobody is let in to bring it about.
func (c *Circle) Name(ctx context.Context, tx *store.Tx, v person.Viewer, who person.ID) error {
	kept, err := c.Holders(ctx, tx, v.Partnership, person.Administrator)
	switch {
	case err != nil:
		return err
	case kept > 0:
		return ErrKept
	case who == v.ID:
		return ErrNotSelf
	}
	if err := c.mayName(ctx, tx, v); err != nil {
		return err
	}
	named, err := c.Get(ctx, tx, v.Partnership, who)
	if err != nil || !named.Gone.IsZero() || !named.Standings.Meets(Namers()) {
		return errors.Join(err, ErrNoNaming)
	}
	n, runs, err := c.Naming(ctx, tx, v.Partnership)
	switch {
	case err != nil:
		return err
	case runs && n.Person != who:
		return ErrRunning
	case !runs:
		n = Naming{Person: who, First: v.ID, Made: c.now()}
	default:
		first, err := c.Get(ctx, tx, v.Partnership, n.First)
		if err != nil {
			return err
		}
		if n, err = n.Join(v.ID, person.HouseOf(first.Standings), person.HouseOf(v.Standings), c.now()); err != nil {
			return err
		}
	}
	if err := saveNaming(ctx, tx, v.Partnership, n); err != nil {
		return err
	}
	if err := c.logNaming(ctx, tx, v.Partnership, n, ""); err != nil {
		return err
	}
	return c.Record(ctx, tx, v.Partnership, Act{By: v.ID, What: NamedKeeper, Whom: who})
}

// mayName refuses whoever does not take part, or not for long enough to count.
func (c *Circle) mayName(ctx context.Context, tx *store.Tx, v person.Viewer) error {
	if !v.Standings.Meets(Namers()) {
		return fault.Missing
	}
	if person.HouseOf(v.Standings) != person.Lived {
		return nil
	}
	counting, err := c.Counting(ctx, tx, v.Partnership, person.LivedExperience, c.now())
	if err == nil && !slices.Contains(counting, v.ID) {
		err = ErrTooNew
	}
	return err
}

// SayNo ends a naming, by the word of anybody who takes part. No reason is asked, and who said it is kept
// nowhere.
func (c *Circle) SayNo(ctx context.Context, tx *store.Tx, v person.Viewer) error {
	n, runs, err := c.Naming(ctx, tx, v.Partnership)
	if err != nil || !runs || !v.Standings.Meets(Namers()) {
		return errors.Join(err, fault.Missing)
	}
	if err := dropNaming(ctx, tx, v.Partnership); err != nil {
		return err
	}
	if err := c.logNaming(ctx, tx, v.Partnership, n, "stopped"); err != nil {
		return err
	}
	return c.Record(ctx, tx, v.Partnership, Act{What: StoppedNaming, Whom: n.Person})
}

// TakeOn makes whoever was named look after the site, by her own yes, once the two days are over.
func (c *Circle) TakeOn(ctx context.Context, tx *store.Tx, v person.Viewer) error {
	n, runs, err := c.Naming(ctx, tx, v.Partnership)
	switch {
	case err != nil:
		return err
	case !runs || n.Person != v.ID:
		return fault.Missing
	case !n.Ready(c.now()):
		return ErrEarly
	}
	if kept, err := c.Holders(ctx, tx, v.Partnership, person.Administrator); err != nil || kept > 0 {
		return errors.Join(err, ErrKept)
	}
	if err := dropNaming(ctx, tx, v.Partnership); err != nil {
		return err
	}
	if err := c.Give(ctx, tx, v.Partnership, v.ID, person.Administrator, n.Second, false); err != nil {
		return err
	}
	return c.Record(ctx, tx, v.Partnership, Act{By: v.ID, What: TookOn})
}

// logNaming writes a step of a naming to the log: by whom, until when, and whether it was stopped.
func (c *Circle) logNaming(ctx context.Context, tx *store.Tx, p person.Partnership, n Naming, ended string) error {
	facts := struct {
		Naming, First, Second, Ended string
		Due                          int64
	}{string(person.Administrator), string(n.First), string(n.Second), ended, store.Micros(n.Due)}
	return ledger.Append(ctx, tx, p, ledger.Entry{Kind: ledger.Decision, Subject: string(n.Person), Facts: facts, At: c.now()})
}
