package decision

import (
	"context"

	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// Tidy does what time does: it settles what is due, and scrubs what was rewritten. Doing it twice does nothing the
// second time.
func (r *Room) Tidy(ctx context.Context, p person.Partnership) error {
	if err := r.settleDue(ctx, p); err != nil {
		return err
	}
	return r.scrub(ctx, p)
}

// settleDue settles what is due, for whoever looks.
func (r *Room) settleDue(ctx context.Context, p person.Partnership) error {
	var due []string
	err := r.DB.Read(ctx, func(tx *store.Tx) (err error) {
		due, err = store.List(ctx, tx, store.One[string], `SELECT id FROM decision_decision WHERE partnership_id = $1 AND stage IN ('talking', 'ballots')
			AND until <= $2 ORDER BY id`, p, store.Micros(r.Now()))
		return err
	})
	for _, id := range due {
		if err == nil {
			err = r.settle(ctx, p, id)
		}
	}
	return err
}

// settle moves a decision on as time leaves it.
func (r *Room) settle(ctx context.Context, p person.Partnership, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := lock(ctx, tx, person.Viewer{Partnership: p}, id)
		if err != nil {
			return err
		}
		if !d.Course.Open() || r.Now().Before(d.Course.Until) {
			return nil
		}
		result, err := r.look(ctx, tx, p, d)
		if err != nil {
			return err
		}
		talked := d.Course.Stage == Talking
		d.Course = d.Course.Settle(func(bool) Result { return result }, r.Now())
		if d.Course.Stage == Closed || d.Course.Outcome == Waits {
			d.Result = result
		}
		if talked && d.Course.Stage == Balloting {
			if err := release(ctx, tx, p, d.ID); err != nil {
				return err
			}
		}
		return r.finish(ctx, tx, p, d)
	})
}

// look counts what was said to a decision in the phase that runs.
func (r *Room) look(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision) (Result, error) {
	if d.Course.Stage == Balloting {
		if s, err := slipsOf(ctx, tx, p, d.ID); err != nil || s.Out() {
			return Result{Outcome: Waits, Choice: NoChoice, Slips: true}, err
		}
		lived, others, err := ballots(ctx, tx, p, d)
		return d.Frame.Ballots(lived, others), err
	}
	lived, others, err := tally(ctx, tx, p, d)
	return d.Frame.Decide(lived, others, d.heed.there()), err
}

// tally counts what each house said by name.
func tally(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision) (lived, others Tally, err error) {
	all, err := listSaid(ctx, tx, p, d.ID)
	by := map[person.House][]Said{}
	for _, s := range all {
		by[s.House] = append(by[s.House], s.Said)
	}
	lived, others = d.Frame.count(by, nil)
	return lived, others, err
}

// count counts what each house said, with what its orders on slips add up to.
func (c Counted) count(by map[person.House][]Said, folded map[person.House]Pairs) (lived, others Tally) {
	of := func(h person.House) Tally { return Count(c.Method, c.Choices, c.Of[h], by[h], folded[h]) }
	return of(person.Lived), of(person.Others)
}

// finish keeps where a decision stands, and logs it when it is over.
func (r *Room) finish(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision) error {
	if err := keep(ctx, tx, p, d); err != nil || !d.Course.Over() {
		return err
	}
	facts := closedFacts{Act: string(d.Course.Stage), Outcome: string(d.Course.Outcome), Choice: d.Result.Choice}
	return ledger.Append(ctx, tx, p, ledger.Entry{At: r.Now(), Kind: ledger.Decision, Subject: d.ID, Facts: facts})
}

// keep keeps where a decision stands. However a secret one ended, its ballots and its roll are not left as they lay.
func keep(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision) error {
	if err := saveCourse(ctx, tx, p, d); err != nil || !d.Course.Secret || !d.Course.Over() {
		return err
	}
	return rewrite(ctx, tx, p, d)
}

// AfterRestore ends what was not over when a backup was put back: it may have been stopped since.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	all, err := store.List(ctx, tx, scanDecision, decisions+` AND d.stage IN ('put', 'talking', 'ballots') ORDER BY d.id`, p)
	if err != nil {
		return err
	}
	for _, d := range all {
		d.Course = d.Course.AfterRestore(r.Now())
		if err := keep(ctx, tx, p, d); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		return nil
	}
	return ledger.Append(ctx, tx, p, ledger.Entry{At: r.Now(), Kind: ledger.Decision, Facts: closedFacts{Act: string(Void)}})
}
