package decision

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Cast puts a ballot of the viewer's into the box. It cannot be changed or taken out, and nothing says whose it
// is. That hers is in is written beside her name on the roll until ballots end, so that nobody has two.
func (r *Room) Cast(ctx context.Context, v person.Viewer, id string, says Said) error {
	return r.urn.put(ctx, r.DB, &cast{viewer: v, decision: id, says: says, now: r.Now()})
}

// cast is a ballot on its way in.
type cast struct {
	viewer   person.Viewer
	decision string
	says     Said
	now      time.Time
	house    person.House // known once her place on the roll is marked
	fault    error
}

// mark writes down that hers is in, and looks whether it may be.
func (c *cast) mark(ctx context.Context, tx *store.Tx, d Decision) error {
	if d.Course.Stage != Balloting || !c.now.Before(d.Course.Until) {
		return ErrSettled
	}
	at, on, err := onRoll(ctx, tx, c.viewer.Partnership, c.decision, c.viewer.ID)
	switch {
	case err != nil:
		return err
	case !on:
		return fault.Missing
	case at.Done:
		return ErrCast
	case at.Slip:
		return ErrSlip
	}
	if err := c.says.Check(d.Frame.Method, d.Frame.Choices); err != nil {
		return err
	}
	c.house = at.House
	_, err = tx.Exec(ctx, `UPDATE decision_roll SET done = 1 WHERE partnership_id = $1 AND decision_id = $2 AND id = $3`, c.viewer.Partnership, c.decision, at.ID)
	return err
}

// patience is how long a ballot waits for others, so that they are written to the disk together. It is what makes
// many of them fast, and it mixes them.
const patience = 15 * time.Millisecond

// urn gathers ballots that come at about the same time.
type urn struct {
	mu   sync.Mutex
	open *batch
}

// batch is ballots that are written in one transaction.
type batch struct {
	casts []*cast
	done  chan struct{}
	err   error
}

// put hands a ballot in and returns once it is on the disk. Whoever comes first waits a moment for others and
// writes them all.
func (u *urn) put(ctx context.Context, db *store.DB, c *cast) error {
	u.mu.Lock()
	first := u.open == nil
	if first {
		u.open = &batch{done: make(chan struct{})}
	}
	mine := u.open
	mine.casts = append(mine.casts, c)
	u.mu.Unlock()
	if first {
		time.Sleep(patience)
		u.mu.Lock()
		u.open = nil
		u.mu.Unlock()
		mine.err = mine.write(context.WithoutCancel(ctx), db) // the others' ballots do not end with this request
		close(mine.done)
	}
	<-mine.done
	if mine.err != nil {
		return mine.err
	}
	return c.fault
}

// write marks the roll in the order in which people came and puts the ballots down in another.
func (b *batch) write(ctx context.Context, db *store.DB) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		decisions := map[string]Decision{}
		for _, c := range b.casts {
			d, there := decisions[c.decision]
			if !there {
				if d, c.fault = lock(ctx, tx, c.viewer, c.decision); c.fault != nil {
					continue
				}
				decisions[c.decision] = d
			}
			c.fault = c.mark(ctx, tx, d)
		}
		in := slices.DeleteFunc(slices.Clone(b.casts), func(c *cast) bool { return c.fault != nil })
		rand.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
		for _, c := range in {
			_, err := tx.Exec(ctx, `INSERT INTO decision_ballot (partnership_id, decision_id, id, house, word, marks) VALUES ($1, $2, $3, $4, $5, $6)`,
				c.viewer.Partnership, c.decision, store.RandomID(), c.house, c.says.Word, writeMarks(c.says.Marks))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// slip is one ballot as it lies in the box.
type slip struct {
	id, house, word, marks string
}

func scanSlip(row store.Row) (slip, error) {
	var s slip
	err := row.Scan(&s.id, &s.house, &s.word, &s.marks)
	return s, err
}

func slips(ctx context.Context, tx *store.Tx, p person.Partnership, decision string) ([]slip, error) {
	return store.List(ctx, tx, scanSlip, `SELECT id, house, word, marks FROM decision_ballot WHERE partnership_id = $1 AND decision_id = $2 ORDER BY id`, p, decision)
}

// ballots counts what is in the box.
func ballots(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision) (lived, others Tally, err error) {
	all, err := slips(ctx, tx, p, d.ID)
	by, folded := map[person.House][]Said{}, map[person.House]Pairs{}
	for _, s := range all {
		if h := person.House(s.house); s.word == bundle {
			folded[h] = parsePairs(s.marks)
		} else {
			by[h] = append(by[h], Said{Word: Answer(s.word), Marks: parseMarks(s.marks)})
		}
	}
	lived, others = d.Frame.count(by, folded)
	return lived, others, err
}

// rewrite writes ballots and roll anew once ballots have ended, under new random ids and in their order, so that
// neither what lies beside what, nor which page was written last, tells anything. Nobody is marked as having
// taken part, or as having a slip, any more, and what was counted on slips is forgotten. Where they were not counted to
// an end, ballots go altogether: nothing will ever come of them.
func rewrite(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision) error {
	all, err := slips(ctx, tx, p, d.ID)
	if err != nil {
		return err
	}
	roll, err := store.List(ctx, tx, scanPlace, places+` ORDER BY id`, p, d.ID)
	if err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM decision_ballot WHERE partnership_id = $1 AND decision_id = $2`,
		`DELETE FROM decision_roll WHERE partnership_id = $1 AND decision_id = $2`,
		`UPDATE decision_counter SET totals = '' WHERE partnership_id = $1 AND decision_id = $2`,
	} {
		if _, err := tx.Exec(ctx, statement, p, d.ID); err != nil {
			return err
		}
	}
	if d.Course.Stage == Closed {
		if err := rewriteBallots(ctx, tx, p, d.ID, mixed(all)); err != nil {
			return err
		}
	}
	return rewriteRoll(ctx, tx, p, d.ID, roll)
}

// rewriteBallots writes ballots anew.
func rewriteBallots(ctx context.Context, tx *store.Tx, p person.Partnership, decision string, all []slip) error {
	for i := range all {
		all[i].id = store.RandomID()
	}
	slices.SortFunc(all, func(a, b slip) int { return strings.Compare(a.id, b.id) })
	for part := range slices.Chunk(all, together) {
		rows := rowsOf(part, func(s slip) []any { return []any{p, decision, s.id, s.house, s.word, s.marks} })
		if err := insertMany(ctx, tx, `INSERT INTO decision_ballot (partnership_id, decision_id, id, house, word, marks) VALUES `, rows); err != nil {
			return err
		}
	}
	return nil
}

// rewriteRoll writes the roll anew, and lets what was said in the talk follow.
func rewriteRoll(ctx context.Context, tx *store.Tx, p person.Partnership, decision string, roll []place) error {
	spoke, err := store.List(ctx, tx, store.One[string], `SELECT roll_id FROM decision_said WHERE partnership_id = $1 AND decision_id = $2 ORDER BY roll_id`, p, decision)
	if err != nil {
		return err
	}
	for i, at := range roll {
		roll[i].ID = store.RandomID()
		if at.Person == person.ID(at.ID) { // she has left
			roll[i].Person = person.ID(roll[i].ID)
		}
		if slices.Contains(spoke, at.ID) {
			if _, err := tx.Exec(ctx, `UPDATE decision_said SET roll_id = $4 WHERE partnership_id = $1 AND decision_id = $2 AND roll_id = $3`, p, decision, at.ID, roll[i].ID); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(roll, func(a, b place) int { return strings.Compare(a.ID, b.ID) })
	for part := range slices.Chunk(roll, together) {
		rows := rowsOf(part, func(at place) []any { return []any{p, decision, at.ID, at.Person, at.House, 0} })
		if err := insertMany(ctx, tx, insertPlaces, rows); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE decision_decision SET scrub = 1 WHERE partnership_id = $1 AND id = $2`, p, decision)
	return err
}

// scrub makes what was rewritten unreadable on the disk, as far as the engine can. Where somebody reads an older
// state for long, it is tried again later.
func (r *Room) scrub(ctx context.Context, p person.Partnership) error {
	var due []string
	err := r.DB.Read(ctx, func(tx *store.Tx) (err error) {
		due, err = store.List(ctx, tx, store.One[string], `SELECT id FROM decision_decision WHERE partnership_id = $1 AND scrub = 1 ORDER BY id`, p)
		return err
	})
	if err != nil || len(due) == 0 {
		return err
	}
	if err := r.DB.Scrub(ctx, "decision_ballot", "decision_roll", "decision_counter"); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		for _, id := range due {
			if _, err := tx.Exec(ctx, `UPDATE decision_decision SET scrub = 0 WHERE partnership_id = $1 AND id = $2`, p, id); err != nil {
				return err
			}
		}
		return nil
	})
}
