// Package rescue is what other people can do for somebody whose phone is watched, snatched or lost: freeze
// her account when she asks by phone, and help her back in.
//
// Neither lets the helper in. Whoever she named, and who said yes, can freeze at once and can begin a
// rescue, which waits a day; she sees it at her next sign-in and can stop it. If she named nobody, two
// people of different houses who know her can begin one together, which waits two days and is written
// where every member reads it. What comes out is a code with which she chooses new words herself; of two
// people each gets one half.
package rescue

import (
	"context"
	"time"

	"footing/internal/account"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// How long a rescue waits, so that she can see and stop it.
const (
	WaitNamed = 24 * time.Hour
	WaitTwo   = 48 * time.Hour
)

// A Helper is somebody she named.
type Helper struct {
	Of     person.ID // who named her
	ID     person.ID
	Agreed bool // and she said yes
}

// A Rescue is one that somebody began.
type Rescue struct {
	Of     person.ID
	First  person.ID
	Second person.ID // empty while one of two is missing, and always for a helper who was named
	Named  bool      // begun by somebody she named
	Due    time.Time // zero while one of two is missing
}

// The faults of this room.
var (
	ErrHouses = fault.New(fault.Invalid, "rescue.two_houses")
	ErrNamed  = fault.New(fault.Conflict, "rescue.has_helpers")
)

// Ready reports whether somebody may have the code, or her half of it, now.
func (r Rescue) Ready(who person.ID, now time.Time) bool {
	return !r.Due.IsZero() && !now.Before(r.Due) && (who == r.First || who == r.Second)
}

// Join returns the rescue with a second person in it, who must be of the other house.
func (r Rescue) Join(second person.ID, first, other person.House, now time.Time) (Rescue, error) {
	if second == r.First || first == other || r.Second != "" || r.Named {
		return r, ErrHouses
	}
	r.Second, r.Due = second, now.Add(WaitTwo)
	return r, nil
}

// AfterRestore ends every rescue that runs and every helper's part: nobody knows which of them she has
// stopped or dropped since the backup. She names anew whom she wants.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	for _, table := range []string{"rescue_begun", "rescue_helper"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE partnership_id = $1`, p); err != nil {
			return err
		}
	}
	return nil
}

func insertHelper(ctx context.Context, tx *store.Tx, p person.Partnership, of, helper person.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO rescue_helper (partnership_id, person_id, helper_id, agreed) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING`, p, of, helper)
	return err
}

func deleteHelper(ctx context.Context, tx *store.Tx, p person.Partnership, of, helper person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM rescue_helper WHERE partnership_id = $1 AND person_id = $2 AND helper_id = $3`, p, of, helper)
	return err
}

// agree says the helper's yes. It returns fault.Missing when nobody named her.
func agree(ctx context.Context, tx *store.Tx, p person.Partnership, of, helper person.ID) error {
	n, err := tx.Exec(ctx, `UPDATE rescue_helper SET agreed = 1 WHERE partnership_id = $1 AND person_id = $2 AND helper_id = $3`, p, of, helper)
	return store.Changed(n, err, fault.Missing)
}

const helpers = `SELECT person_id, helper_id, agreed FROM rescue_helper`

func scanHelper(r store.Row) (Helper, error) {
	var h Helper
	var agreed int64
	err := r.Scan(&h.Of, &h.ID, &agreed)
	h.Agreed = agreed == 1
	return h, err
}

// helpersOf lists whom somebody named.
func helpersOf(ctx context.Context, tx *store.Tx, p person.Partnership, of person.ID) ([]Helper, error) {
	return store.List(ctx, tx, scanHelper, helpers+` WHERE partnership_id = $1 AND person_id = $2 ORDER BY helper_id`, p, of)
}

// namedBy lists who named somebody.
func namedBy(ctx context.Context, tx *store.Tx, p person.Partnership, helper person.ID) ([]Helper, error) {
	return store.List(ctx, tx, scanHelper, helpers+` WHERE partnership_id = $1 AND helper_id = $2 ORDER BY person_id`, p, helper)
}

// hasAgreed reports whether somebody named the helper, who said yes.
func hasAgreed(ctx context.Context, tx *store.Tx, p person.Partnership, of, helper person.ID) (bool, error) {
	list, err := helpersOf(ctx, tx, p, of)
	for _, h := range list {
		if h.ID == helper && h.Agreed {
			return true, err
		}
	}
	return false, err
}

func saveRescue(ctx context.Context, tx *store.Tx, p person.Partnership, r Rescue) error {
	_, err := tx.Exec(ctx, `INSERT INTO rescue_begun (partnership_id, person_id, first_id, second_id, named, due) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (partnership_id, person_id) DO UPDATE SET first_id = excluded.first_id, second_id = excluded.second_id, named = excluded.named, due = excluded.due`,
		p, r.Of, r.First, r.Second, store.Bool(r.Named), store.Micros(r.Due))
	return err
}

const rescues = `SELECT person_id, first_id, second_id, named, due FROM rescue_begun`

func scanRescue(row store.Row) (Rescue, error) {
	var r Rescue
	var named, due int64
	err := row.Scan(&r.Of, &r.First, &r.Second, &named, &due)
	r.Named, r.Due = named == 1, store.Time(due)
	return r, err
}

// getRescue returns the rescue of somebody that is under way. Once its code has run out it is over.
func getRescue(ctx context.Context, tx *store.Tx, p person.Partnership, of person.ID, now time.Time) (Rescue, error) {
	return store.Get(ctx, tx, scanRescue, rescues+` WHERE partnership_id = $1 AND person_id = $2 AND (due = 0 OR due > $3)`,
		p, of, store.Micros(now.Add(-account.RescueLasts)))
}

func listRescues(ctx context.Context, tx *store.Tx, p person.Partnership, now time.Time) ([]Rescue, error) {
	return store.List(ctx, tx, scanRescue, rescues+` WHERE partnership_id = $1 AND (due = 0 OR due > $2) ORDER BY person_id`,
		p, store.Micros(now.Add(-account.RescueLasts)))
}

func deleteRescue(ctx context.Context, tx *store.Tx, p person.Partnership, of person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM rescue_begun WHERE partnership_id = $1 AND person_id = $2`, p, of)
	return err
}
