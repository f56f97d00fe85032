package account

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// What a person is told about her picture and PIN.
var (
	// ErrPIN is a PIN that is not four to eight digits, or one that everybody tries first.
	ErrPIN = fault.New(fault.Invalid, "account.pin")
	// ErrPictureTaken means that somebody else has that picture.
	ErrPictureTaken = fault.New(fault.Conflict, "account.picture_taken")
	// ErrPictureShut means that too many wrong PINs were given for that picture.
	ErrPictureShut = fault.New(fault.Invalid, "account.picture_shut")
)

// mostTaps is how many wrong PINs in a row shut a picture, until its owner chooses a PIN anew. Four digits
// would not stand a patient guesser, however slowly; her passphrase works all the while.
const mostTaps = 10

// firstTap is how long a picture waits for its PIN.
const firstTap = 24 * time.Hour

// atTableIdle is how long a session at a table lasts without a page being opened.
const atTableIdle = 15 * time.Minute

// A Pictured is somebody who can sign in at a table.
type Pictured struct {
	Person  person.ID
	Picture string
	New     bool // she chooses her PIN at the first tap
	Shut    bool // after too many wrong PINs
}

// CheckPIN reports what stands against a PIN: it has four to eight digits, and they are neither all the
// same nor a row that counts up or down.
func CheckPIN(pin string) error {
	if len(pin) < 4 || len(pin) > 8 || strings.Trim(pin, "0123456789") != "" {
		return ErrPIN
	}
	for _, step := range []int{-1, 0, 1} {
		row := true
		for i := 1; i < len(pin); i++ {
			row = row && int(pin[i])-int(pin[i-1]) == step
		}
		if row {
			return ErrPIN
		}
	}
	return nil
}

// SetPicture gives a person a picture to tap and the PIN behind it, in place of what she had. hashed comes
// from Hash; empty, she chooses the PIN at the first tap. It returns ErrPictureTaken.
func (a *Accounts) SetPicture(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, picture string, hashed Hashed) error {
	if err := a.DropPicture(ctx, tx, p, id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO account_picture (partnership_id, person_id, picture, pin, made) VALUES ($1, $2, $3, $4, $5)`,
		p, id, picture, hashed, store.Micros(a.now()))
	if errors.Is(err, store.ErrDuplicate) {
		return ErrPictureTaken
	}
	return err
}

// DropPicture takes a person's picture away. That she had none is no error.
func (a *Accounts) DropPicture(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM account_picture WHERE partnership_id = $1 AND person_id = $2`, p, id)
	return err
}

// Pictures lists who can sign in at a table, by picture.
func (a *Accounts) Pictures(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Pictured, error) {
	return store.List(ctx, tx, func(r store.Row) (Pictured, error) {
		var one Pictured
		var pin string
		var misses int
		err := r.Scan(&one.Person, &one.Picture, &pin, &misses)
		one.New, one.Shut = pin == "", misses >= mostTaps
		return one, err
	}, `SELECT person_id, picture, pin, misses FROM account_picture WHERE partnership_id = $1 AND (pin <> '' OR made > $2) ORDER BY picture`,
		p, store.Micros(a.now().Add(-firstTap)))
}

// A Tap is what somebody gives at a table.
type Tap struct {
	Picture string
	PIN     string
	Table   string    // whose session it becomes part of
	Until   time.Time // when the table closes
	From    netip.Addr
}

// SignInByPicture opens a session at a table for whoever has that picture and PIN; at the first tap the
// PIN is hers from then on. Everything else gives ErrNoMatch, or ErrWait after some misses and
// ErrPictureShut after ten; a first PIN may give ErrPIN.
func (a *Accounts) SignInByPicture(ctx context.Context, p person.Partnership, tap Tap) (Opened, error) {
	limits := a.limits("picture "+tap.Picture, tap.From, true)
	if err := a.attempt(ctx, p, limits); err != nil {
		return Opened{}, err
	}
	var id person.ID
	var held Hashed
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		_, err := store.Get(ctx, tx, func(r store.Row) (bool, error) { return true, r.Scan(&id, &held) },
			`SELECT person_id, pin FROM account_picture WHERE partnership_id = $1 AND picture = $2 AND (pin <> '' OR made > $3)`,
			p, tap.Picture, store.Micros(a.now().Add(-firstTap)))
		return err
	})
	if err != nil {
		return Opened{}, instead(err, ErrNoMatch)
	}
	fresh := held == ""
	if fresh {
		if err := CheckPIN(tap.PIN); err != nil {
			return Opened{}, err
		}
		if held, err = a.Hash(ctx, tap.PIN); err != nil {
			return Opened{}, err
		}
	} else if err := a.countTap(ctx, p, tap.Picture); err != nil {
		return Opened{}, err
	} else if ok, _, err := a.matches(ctx, tap.PIN, held); err != nil || !ok {
		return Opened{}, errors.Join(err, ErrNoMatch)
	}
	var opened Opened
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if fresh { // only one first tap is the first
			n, err := tx.Exec(ctx, `UPDATE account_picture SET pin = $3 WHERE partnership_id = $1 AND picture = $2 AND pin = ''`, p, tap.Picture, held)
			if err := store.Changed(n, err, ErrNoMatch); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `UPDATE account_picture SET misses = 0 WHERE partnership_id = $1 AND picture = $2`, p, tap.Picture); err != nil {
			return err
		}
		if err := forgive(ctx, tx, p, limits); err != nil {
			return err
		}
		if opened, err = a.NewSession(ctx, tx, p, id, Unknown, false); err != nil {
			return err
		}
		opened.Table, opened.Expires = tap.Table, tap.Until
		_, err = tx.Exec(ctx, `UPDATE account_session SET table_id = $3, expires = $4 WHERE partnership_id = $1 AND id = $2`,
			p, opened.ID, tap.Table, store.Micros(tap.Until))
		return err
	})
	return opened, err
}

// countTap counts a try at a picture as a miss before it is looked at, so that many at once do not slip
// through together.
func (a *Accounts) countTap(ctx context.Context, p person.Partnership, picture string) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE account_picture SET misses = misses + 1 WHERE partnership_id = $1 AND picture = $2 AND misses < $3`, p, picture, mostTaps)
		return store.Changed(n, err, ErrPictureShut)
	})
}

// EndTable ends every session at a table.
func (a *Accounts) EndTable(ctx context.Context, tx *store.Tx, p person.Partnership, table string) error {
	_, err := tx.Exec(ctx, `DELETE FROM account_session WHERE partnership_id = $1 AND table_id = $2`, p, table)
	return err
}
