package account

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/secure/precis"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

const longestName = 60

// foldName returns the form under which a name is looked for: two names that differ in capitals, spaces
// or ways of typing the same letters are one (RFC 8266, nicknames). It returns ErrNameUnusable for a
// name with nothing to see in it.
func foldName(name string) (string, error) {
	if utf8.RuneCountInString(name) > longestName {
		return "", ErrNameUnusable
	}
	key, err := precis.Nickname.CompareKey(strings.Join(strings.Fields(name), " "))
	if err != nil || key == "" {
		return "", ErrNameUnusable // precis's own text could repeat the name
	}
	return key, nil
}

// Create makes an account for a person, who signs in with the name she chose. hashed comes from Hash;
// when empty no passphrase opens the account, only links do. It returns ErrNameTaken or ErrNameUnusable.
func (a *Accounts) Create(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, name string, hashed Hashed) error {
	key, err := a.free(ctx, tx, p, id, name)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO account_person (partnership_id, person_id, name_key, passphrase, passphrase_set) VALUES ($1, $2, $3, $4, $5)`,
		p, id, key, hashed, store.Micros(a.now()))
	return taken(err)
}

// Rename changes the name that a person signs in with. It returns ErrNameTaken or ErrNameUnusable.
func (a *Accounts) Rename(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, name string) error {
	key, err := a.free(ctx, tx, p, id, name)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE account_person SET name_key = $3 WHERE partnership_id = $1 AND person_id = $2`, p, id, key)
	return store.Changed(n, taken(err), fault.Missing)
}

// free returns name folded, or ErrNameTaken when somebody else has it. It is asked first because
// PostgreSQL gives up the whole transaction at a duplicate row.
func (a *Accounts) free(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, name string) (string, error) {
	key, err := foldName(name)
	if err != nil {
		return "", err
	}
	owner, err := store.Get(ctx, tx, store.One[person.ID],
		`SELECT person_id FROM account_person WHERE partnership_id = $1 AND name_key = $2`, p, key)
	switch {
	case errors.Is(err, fault.Missing), err == nil && owner == id:
		return key, nil
	case err != nil:
		return "", err
	}
	return "", ErrNameTaken
}

func taken(err error) error {
	if errors.Is(err, store.ErrDuplicate) {
		return ErrNameTaken.Wrap(err)
	}
	return err
}

// SetPassphrase replaces a person's passphrase and ends the tokens made under the one before: whoever had
// that may have made them. Ending her other sessions is the caller's.
func (a *Accounts) SetPassphrase(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, hashed Hashed) error {
	if err := dropTokens(ctx, tx, p, id); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE account_person SET passphrase = $3, passphrase_set = $4 WHERE partnership_id = $1 AND person_id = $2`,
		p, id, hashed, store.Micros(a.now()))
	return store.Changed(n, err, fault.Missing)
}

type credential struct {
	id     person.ID
	hashed Hashed
}

func credentialOf(ctx context.Context, tx *store.Tx, p person.Partnership, name string) (credential, error) {
	key, err := foldName(name)
	if err != nil {
		return credential{}, fault.Missing
	}
	return store.Get(ctx, tx, scanCredential,
		`SELECT person_id, passphrase FROM account_person WHERE partnership_id = $1 AND name_key = $2`, p, key)
}

func scanCredential(r store.Row) (c credential, err error) {
	err = r.Scan(&c.id, &c.hashed)
	return c, err
}

// Remove deletes everything that is kept here of a person, as when she leaves. Invitations she made go
// too.
func (a *Accounts) Remove(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) error {
	for _, table := range []string{"account_session", "account_code", "account_factor", "account_token", "account_picture", "account_person"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE partnership_id = $1 AND person_id = $2`, p, id); err != nil {
			return err
		}
	}
	return nil
}

// Has reports whether a person has an account, so that she signs in herself.
func (a *Accounts) Has(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (bool, error) {
	list, err := store.List(ctx, tx, store.One[string], `SELECT person_id FROM account_person WHERE partnership_id = $1 AND person_id = $2`, p, id)
	return len(list) > 0, err
}
