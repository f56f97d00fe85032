package account

import (
	"context"
	"errors"
	"net/netip"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Credentials are what somebody types to sign in, and where from.
type Credentials struct {
	Name       string
	Passphrase string
	From       netip.Addr // the zero Addr for a command on this machine
	Device     Device
	Stay       bool
}

// SignIn opens a session for whoever has that name and passphrase. Everything else gives ErrNoMatch, or
// ErrWait after many misses. Names that exist and names that do not take the same steps: one count, one
// look, one hash. (While a change of cost has not reached an account, its hash differs by that change.)
func (a *Accounts) SignIn(ctx context.Context, p person.Partnership, c Credentials) (Opened, error) {
	limits := a.limits("name "+subjectOf(c.Name), c.From, true)
	if err := a.attempt(ctx, p, limits); err != nil {
		return Opened{}, err
	}
	found, err := a.credential(ctx, p, c.Name)
	if err != nil {
		return Opened{}, err
	}
	ok, stale, err := a.matches(ctx, c.Passphrase, found.hashed)
	if err != nil {
		return Opened{}, err
	}
	if !ok {
		return Opened{}, ErrNoMatch
	}
	renewed := found.hashed
	if stale {
		if renewed, err = a.Hash(ctx, c.Passphrase); err != nil {
			return Opened{}, err
		}
	}
	var opened Opened
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		// The passphrase may have been changed meanwhile; then the old one opens nothing.
		n, err := tx.Exec(ctx, `UPDATE account_person SET passphrase = $4 WHERE partnership_id = $1 AND person_id = $2 AND passphrase = $3`,
			p, found.id, found.hashed, renewed)
		if err := store.Changed(n, err, ErrNoMatch); err != nil {
			return err
		}
		if err := forgive(ctx, tx, p, limits); err != nil {
			return err
		}
		if opened, err = a.NewSession(ctx, tx, p, found.id, c.Device, c.Stay); err != nil {
			return err
		}
		return a.Assure(ctx, tx, p, &opened.Session)
	})
	return opened, err
}

// subjectOf returns what misses at a name are counted under: the folded name, or one subject for
// everything that can be no name.
func subjectOf(name string) string {
	key, err := foldName(name)
	if err != nil {
		return ""
	}
	return key
}

// credential returns who has that name, the zero credential when nobody does.
func (a *Accounts) credential(ctx context.Context, p person.Partnership, name string) (credential, error) {
	var c credential
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		c, err = credentialOf(ctx, tx, p, name)
		return err
	})
	if errors.Is(err, fault.Missing) {
		return credential{}, nil
	}
	return c, err
}

// Verify checks the passphrase of somebody who is signed in, as before she changes it. It returns
// ErrNoMatch or ErrWait.
func (a *Accounts) Verify(ctx context.Context, p person.Partnership, id person.ID, passphrase string, from netip.Addr) error {
	limits := a.limits("person "+string(id), from, true)
	if err := a.attempt(ctx, p, limits); err != nil {
		return err
	}
	var hashed Hashed
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		hashed, err = store.Get(ctx, tx, store.One[Hashed],
			`SELECT passphrase FROM account_person WHERE partnership_id = $1 AND person_id = $2`, p, id)
		return err
	})
	if err != nil {
		return instead(err, ErrNoMatch)
	}
	ok, _, err := a.matches(ctx, passphrase, hashed)
	if err != nil {
		return err
	}
	if !ok {
		return ErrNoMatch
	}
	return a.db.Write(ctx, func(tx *store.Tx) error { return forgive(ctx, tx, p, limits) })
}

// Again takes the passphrase of somebody who is signed in once more: for a while the session then counts
// as one in which it was just given, so that a phone left lying about does not open everything. It
// returns ErrNoMatch or ErrWait.
func (a *Accounts) Again(ctx context.Context, p person.Partnership, s Session, passphrase string, from netip.Addr) error {
	if err := a.Verify(ctx, p, s.Person, passphrase, from); err != nil {
		return err
	}
	return a.db.Write(ctx, func(tx *store.Tx) error { return a.Assure(ctx, tx, p, &s) })
}

// Recovery is what somebody types who has lost her passphrase: her name, one printed code, and the new
// passphrase.
type Recovery struct {
	Name       string
	Code       string
	Passphrase string
	From       netip.Addr
	Device     Device
}

// Recover sets a new passphrase in exchange for a recovery or rescue code, ends all sessions and opens a new one.
// It returns ErrNoMatch, ErrWait, or what CheckPassphrase says. Misses are counted by address alone,
// so that this way in stays open while somebody guesses at her passphrase.
func (a *Accounts) Recover(ctx context.Context, p person.Partnership, r Recovery) (Opened, error) {
	if err := CheckPassphrase(r.Passphrase, r.Name); err != nil {
		return Opened{}, err
	}
	limits := a.limits("recovery "+subjectOf(r.Name), r.From, false)
	if err := a.attempt(ctx, p, limits); err != nil {
		return Opened{}, err
	}
	hashed, err := a.Hash(ctx, r.Passphrase)
	if err != nil {
		return Opened{}, err
	}
	found, err := a.credential(ctx, p, r.Name)
	if err != nil {
		return Opened{}, err
	}
	var opened Opened
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		err := a.UseRecoveryCode(ctx, tx, p, found.id, r.Code)
		if errors.Is(err, ErrNoMatch) {
			err = a.useRescue(ctx, tx, p, found.id, r.Code)
		}
		if err != nil {
			return err
		}
		if err := a.SetPassphrase(ctx, tx, p, found.id, hashed); err != nil {
			return instead(err, ErrNoMatch)
		}
		if _, err := a.EndSessions(ctx, tx, p, found.id, ""); err != nil {
			return err
		}
		if err := forgive(ctx, tx, p, limits); err != nil {
			return err
		}
		if opened, err = a.NewSession(ctx, tx, p, found.id, r.Device, false); err != nil {
			return err
		}
		return a.Assure(ctx, tx, p, &opened.Session)
	})
	return opened, err
}

// SignInByLink opens a session for whoever a link belongs to and uses the link up. It returns
// ErrNoMatch for one that is used, too old or made up. A page asks for a click first: programs that
// look at links in messages would use it up otherwise.
func (a *Accounts) SignInByLink(ctx context.Context, p person.Partnership, token string, on Device) (Opened, error) {
	var opened Opened
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		id, err := a.useLink(ctx, tx, p, link, token)
		whole := errors.Is(err, ErrNoMatch)
		if whole {
			id, err = a.useLink(ctx, tx, p, wholeLink, token)
		}
		if err != nil {
			return err
		}
		if opened, err = a.NewSession(ctx, tx, p, id, on, false); err != nil || !whole {
			return err
		}
		if err = assure(ctx, tx, p, &opened.Session, opened.Expires); err != nil {
			return err
		}
		opened, err = raise(ctx, tx, p, opened.Session)
		return err
	})
	return opened, err
}
