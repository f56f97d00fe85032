package byhand

import (
	"context"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// AfterRestore drops what waits for a yes, since it may have been dropped or carried out after the backup,
// voids every sheet, and forgets who lets others write for her: she may have taken that back.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	waiting, err := store.List(ctx, tx, scanEntry, entries+` WHERE partnership_id = $1 AND state IN ($2, $3) ORDER BY id`, p, Waiting, Doing)
	if err != nil {
		return err
	}
	for _, e := range waiting {
		if err := endEntry(ctx, tx, p, e.ID, Dropped, e.Thing, r.Now()); err != nil {
			return err
		}
		if err := r.Gate.Doom(ctx, tx, p, e.key); err != nil {
			return err
		}
	}
	for _, table := range []string{"byhand_sheet", "byhand_allowed"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE partnership_id = $1`, p); err != nil {
			return err
		}
	}
	return nil
}

func insertSheet(ctx context.Context, tx *store.Tx, p person.Partnership, s Sheet) error {
	_, err := tx.Exec(ctx, `INSERT INTO byhand_sheet (partnership_id, code, twin, thing, person_id, made_by, made)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, p, s.Code, s.Twin, s.Thing, s.Person, s.By, store.Micros(s.Made))
	return err
}

// getSheet returns a sheet that was printed after since. It returns fault.Missing for any other.
func getSheet(ctx context.Context, tx *store.Tx, p person.Partnership, code string, since time.Time) (Sheet, error) {
	return store.Get(ctx, tx, func(r store.Row) (Sheet, error) {
		s := Sheet{Code: code}
		var made int64
		err := r.Scan(&s.Twin, &s.Thing, &s.Person, &s.By, &made)
		s.Made = store.Time(made)
		return s, err
	}, `SELECT twin, thing, person_id, made_by, made FROM byhand_sheet WHERE partnership_id = $1 AND code = $2 AND made > $3`,
		p, code, store.Micros(since))
}

// useSheet deletes a sheet, so that it is entered once. It returns fault.Missing when somebody else has.
// What is brought to her has no row, and can be answered again.
func useSheet(ctx context.Context, tx *store.Tx, p person.Partnership, s Sheet) error {
	if s.Bring != "" {
		return nil
	}
	n, err := tx.Exec(ctx, `DELETE FROM byhand_sheet WHERE partnership_id = $1 AND code = $2`, p, s.Code)
	return store.Changed(n, err, fault.Missing)
}

func sweepSheets(ctx context.Context, tx *store.Tx, p person.Partnership, before time.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM byhand_sheet WHERE partnership_id = $1 AND made <= $2`, p, store.Micros(before))
	return err
}

func insertEntry(ctx context.Context, tx *store.Tx, p person.Partnership, e Entry) error {
	_, err := tx.Exec(ctx, `INSERT INTO byhand_entry (partnership_id, id, person_id, twin, thing, way, by_id, beside_id, made, state, done, key_id, answers)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, p, e.ID, e.Person, e.Twin, e.Thing,
		e.Hand.Way, e.Hand.By, e.Hand.Beside, store.Micros(e.Made), e.State, store.Micros(e.Done), e.key, e.sealed)
	return err
}

const entries = `SELECT id, person_id, twin, thing, way, by_id, beside_id, made, state, done, key_id, answers FROM byhand_entry`

func scanEntry(r store.Row) (Entry, error) {
	var e Entry
	var made, done int64
	err := r.Scan(&e.ID, &e.Person, &e.Twin, &e.Thing, &e.Hand.Way, &e.Hand.By, &e.Hand.Beside, &made, &e.State, &done, &e.key, &e.sealed)
	e.Made, e.Done = store.Time(made), store.Time(done)
	return e, err
}

func getEntry(ctx context.Context, tx *store.Tx, p person.Partnership, id string) (Entry, error) {
	return store.Get(ctx, tx, scanEntry, entries+` WHERE partnership_id = $1 AND id = $2`, p, id)
}

// entriesOf lists what was taken down from somebody, the newest first.
func entriesOf(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) ([]Entry, error) {
	return store.List(ctx, tx, scanEntry, entries+` WHERE partnership_id = $1 AND person_id = $2 ORDER BY made DESC, id`, p, who)
}

// waitingBeside lists what waits for the yes of somebody who sat beside, the oldest first.
func waitingBeside(ctx context.Context, tx *store.Tx, p person.Partnership, beside person.ID) ([]Entry, error) {
	return store.List(ctx, tx, scanEntry, entries+` WHERE partnership_id = $1 AND beside_id = $2 AND state = $3 ORDER BY made, id`, p, beside, Waiting)
}

// endEntry moves a waiting entry to its last state and throws its answers away. It returns fault.Missing
// when it does not wait any more.
func endEntry(ctx context.Context, tx *store.Tx, p person.Partnership, id string, s State, thing string, at time.Time) error {
	n, err := tx.Exec(ctx, `UPDATE byhand_entry SET state = $3, thing = $4, done = $5, key_id = '', answers = NULL
		WHERE partnership_id = $1 AND id = $2 AND state IN ($6, $7)`, p, id, s, thing, store.Micros(at), Waiting, Doing)
	return store.Changed(n, err, fault.Missing)
}

func isAllowed(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) (bool, error) {
	list, err := store.List(ctx, tx, store.One[string], `SELECT person_id FROM byhand_allowed WHERE partnership_id = $1 AND person_id = $2`, p, who)
	return len(list) > 0, err
}

func setAllowed(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, yes bool) error {
	query := `DELETE FROM byhand_allowed WHERE partnership_id = $1 AND person_id = $2`
	if yes {
		query = `INSERT INTO byhand_allowed (partnership_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`
	}
	_, err := tx.Exec(ctx, query, p, who)
	return err
}

// entriesKnown lists what somebody wrote down for others or sat beside, carried out, the newest first.
func entriesKnown(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) ([]Entry, error) {
	return store.List(ctx, tx, scanEntry, entries+` WHERE partnership_id = $1 AND (by_id = $2 OR beside_id = $2) AND state = $3 ORDER BY made DESC, id`, p, who, Done)
}

// entryIs says whose entry it is, once somebody new has been made by it.
func entryIs(ctx context.Context, tx *store.Tx, p person.Partnership, id string, who person.ID) error {
	_, err := tx.Exec(ctx, `UPDATE byhand_entry SET person_id = $3 WHERE partnership_id = $1 AND id = $2`, p, id, who)
	return err
}

// claim marks a waiting entry as being carried out, so that it is done once however often the button is
// pressed. It returns fault.Missing when somebody else has it.
func claim(ctx context.Context, tx *store.Tx, p person.Partnership, id string, from, to State) error {
	n, err := tx.Exec(ctx, `UPDATE byhand_entry SET state = $3 WHERE partnership_id = $1 AND id = $2 AND state = $4`, p, id, to, from)
	return store.Changed(n, err, fault.Missing)
}
