package agreement

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// How many stops the women's house takes is no part of a version: it is that house's alone (ADR 13). Fewer make
// stopping easier and hold at once. More need a yes of everybody in that house who takes part.

// FirstStops is how many stops it takes while that house has chosen nothing: one woman's is enough.
const FirstStops = 1

// maxStops is the most that can be chosen, and maxMeets how many characters the words on meeting may have.
const maxStops, maxMeets = 9, 1000

// A Stopping is how the women's house stops something.
type Stopping struct {
	N       int64
	Stops   int
	Meets   string // how it meets after a second stop on the same matter, in its own words
	Written time.Time
	Writer  person.ID
	Held    time.Time // zero while it waits

	key    string
	sealed []byte
}

// The faults of choosing it.
var (
	ErrStops      = fault.New(fault.Invalid, "agreement.stops_number")
	ErrNewerStops = fault.New(fault.Conflict, "web.newer") // another of the house chose meanwhile
	errMeets      = fault.New(fault.Invalid, "web.too_long").With("max", maxMeets)
)

// Check returns the fault of a choice that cannot be.
func (s Stopping) Check() error {
	switch {
	case s.Stops < 1 || s.Stops > maxStops:
		return ErrStops
	case len([]rune(s.Meets)) > maxMeets:
		return errMeets
	}
	return nil
}

// stopping returns the row that holds and the one after it that waits, nil where none does. rows are newest first.
func stopping(rows []Stopping) (holds Stopping, waits *Stopping) {
	holds.Stops = FirstStops
	for i, s := range rows {
		if !s.Held.IsZero() {
			return s, waits
		}
		if i == 0 {
			waits = &rows[0]
		}
	}
	return holds, waits
}

// Stops returns how many stops of the women's house stop something.
func (r *Room) Stops(ctx context.Context, tx *store.Tx, p person.Partnership) (int, error) {
	rows, err := listStops(ctx, tx, p)
	holds, _ := stopping(rows)
	return holds.Stops, err
}

// house lists who of the women's house takes part, and reports whether the viewer is one of them.
func (r *Room) house(ctx context.Context, tx *store.Tx, v person.Viewer) (list []person.ID, one bool, err error) {
	people, err := r.Circle.List(ctx, tx, v.Partnership)
	for _, who := range people {
		if who.Taking() && who.House(r.Now()) == person.Lived {
			list = append(list, who.ID)
		}
	}
	return list, slices.Contains(list, v.ID), err
}

// seal seals the words of a row that is to follow the one of a number. It must be called outside of a writing
// transaction.
func (r *Room) seal(ctx context.Context, p person.Partnership, s Stopping, over int64) (Stopping, error) {
	s.N = over + 1
	var err error
	s.key, s.sealed, err = r.Gate.SealPaper(ctx, p, "agreement_stops", "meets", strconv.FormatInt(s.N, 10), s.Meets)
	return s, err
}

// SetStops keeps what one of the house chose, over the row of a number: 0 for none. It takes the place of what
// waits.
func (r *Room) SetStops(ctx context.Context, v person.Viewer, s Stopping, over int64) error {
	if err := s.Check(); err != nil {
		return err
	}
	s, err := r.seal(ctx, v.Partnership, s, over)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return r.setStops(ctx, tx, v, s) })
}

func (r *Room) setStops(ctx context.Context, tx *store.Tx, v person.Viewer, s Stopping) error {
	_, one, err := r.house(ctx, tx, v)
	if err != nil {
		return err
	}
	rows, err := listStops(ctx, tx, v.Partnership)
	holds, _ := stopping(rows)
	switch {
	case err != nil:
		return err
	case !one:
		return fault.Missing
	case len(rows) > 0 && rows[0].N != s.N-1, len(rows) == 0 && s.N != 1:
		return ErrNewerStops
	}
	s.Written, s.Writer = r.Now(), v.ID
	if s.Stops <= holds.Stops {
		s.Held = s.Written
	}
	if err := insertStops(ctx, tx, v.Partnership, s); err != nil {
		return err
	}
	for _, old := range rows { // what nothing can come back to
		if old.N != holds.N || !s.Held.IsZero() {
			if err := r.dropStops(ctx, tx, v.Partnership, old); err != nil {
				return err
			}
		}
	}
	if !s.Held.IsZero() {
		return r.logStops(ctx, tx, v.Partnership, s)
	}
	return r.YesToStops(ctx, tx, v, s.N)
}

// YesToStops is a yes to what waits. With everybody's it holds.
func (r *Room) YesToStops(ctx context.Context, tx *store.Tx, v person.Viewer, n int64) error {
	_, one, err := r.house(ctx, tx, v)
	if err == nil && !one {
		err = fault.Missing
	}
	if err != nil {
		return err
	}
	rows, err := listStops(ctx, tx, v.Partnership)
	if err != nil {
		return err
	}
	if _, waits := stopping(rows); waits == nil || waits.N != n {
		return ErrUnasked
	}
	_, err = tx.Exec(ctx, `INSERT INTO agreement_stops_yes (partnership_id, n, person_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, v.Partnership, n, v.ID)
	if err != nil {
		return err
	}
	return r.settleStops(ctx, tx, v.Partnership)
}

// settleStops lets what waits hold once everybody in the house who takes part has said yes to it.
func (r *Room) settleStops(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	rows, err := listStops(ctx, tx, p)
	holds, waits := stopping(rows)
	if err != nil || waits == nil {
		return err
	}
	house, _, err := r.house(ctx, tx, person.Viewer{Partnership: p})
	if err != nil {
		return err
	}
	said, err := yesToStops(ctx, tx, p, waits.N)
	if err != nil || len(house) == 0 || slices.ContainsFunc(house, func(id person.ID) bool { return !slices.Contains(said, id) }) {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE agreement_stops SET held = $3 WHERE partnership_id = $1 AND n = $2`, p, waits.N, store.Micros(r.Now())); err != nil {
		return err
	}
	if holds.N > 0 {
		if err := r.dropStops(ctx, tx, p, holds); err != nil {
			return err
		}
	}
	return r.logStops(ctx, tx, p, *waits)
}

// logStops commits to the number, which everybody can read.
func (r *Room) logStops(ctx context.Context, tx *store.Tx, p person.Partnership, s Stopping) error {
	return ledger.Append(ctx, tx, p, ledger.Entry{At: r.Now(), Kind: ledger.Agreement, Facts: struct{ Stops int }{s.Stops}})
}

const stops = `SELECT n, stops, written, writer_id, held, key_id, meets FROM agreement_stops`

// listStops lists the rows there are, newest first: at most the one that holds and one that waits.
func listStops(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Stopping, error) {
	return store.List(ctx, tx, func(r store.Row) (Stopping, error) {
		var s Stopping
		var written, held int64
		err := r.Scan(&s.N, &s.Stops, &written, &s.Writer, &held, &s.key, &s.sealed)
		s.Written, s.Held = store.Time(written), store.Time(held)
		return s, err
	}, stops+` WHERE partnership_id = $1 ORDER BY n DESC`, p)
}

func insertStops(ctx context.Context, tx *store.Tx, p person.Partnership, s Stopping) error {
	_, err := tx.Exec(ctx, `INSERT INTO agreement_stops (partnership_id, n, stops, written, writer_id, held, key_id, meets) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		p, s.N, s.Stops, store.Micros(s.Written), s.Writer, store.Micros(s.Held), s.key, s.sealed)
	if errors.Is(err, store.ErrDuplicate) {
		return ErrNewerStops
	}
	return err
}

func yesToStops(ctx context.Context, tx *store.Tx, p person.Partnership, n int64) ([]person.ID, error) {
	return store.List(ctx, tx, store.One[person.ID], `SELECT person_id FROM agreement_stops_yes WHERE partnership_id = $1 AND n = $2 ORDER BY person_id`, p, n)
}

// dropStops deletes a row that something else took the place of, with its yeses, and gives its key up.
func (r *Room) dropStops(ctx context.Context, tx *store.Tx, p person.Partnership, s Stopping) error {
	for _, table := range []string{"agreement_stops", "agreement_stops_yes"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE partnership_id = $1 AND n = $2`, p, s.N); err != nil {
			return err
		}
	}
	return r.Gate.Doom(ctx, tx, p, s.key)
}

// dropYes forgets who left. What waited for her alone holds with the next tidying.
func (r *Room) dropYes(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM agreement_stops_yes WHERE partnership_id = $1 AND person_id = $2`, p, who); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE agreement_stops SET writer_id = '' WHERE partnership_id = $1 AND writer_id = $2`, p, who)
	return err
}

// AfterRestore lets nothing count that may have been taken back since the copy was made: answers to what is not
// agreed are asked anew, and one stop is enough until the women's house says otherwise again.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `DELETE FROM agreement_answer WHERE partnership_id = $1 AND version IN
		(SELECT version FROM agreement_version WHERE partnership_id = $1 AND agreed = 0 AND rules <> '')`, p)
	if err != nil {
		return err
	}
	rows, err := listStops(ctx, tx, p)
	if _, waits := stopping(rows); err == nil && waits != nil {
		err = r.dropStops(ctx, tx, p, *waits)
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE agreement_stops SET stops = $2 WHERE partnership_id = $1`, p, FirstStops)
	return err
}
