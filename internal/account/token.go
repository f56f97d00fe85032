package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Token lets commands act for the person who made it.
type Token struct {
	ID      string // to list and revoke it; it opens nothing
	Person  person.ID
	Label   string // what she called it
	Created time.Time
	Used    time.Time // to the day; zero: never
	Expires time.Time
	Factor  bool // it was made in a session with the second factor, and counts as one
}

// tokenPrefix makes a token that lies about in a file easy to recognise.
const tokenPrefix = "footing_"

const longestLabel = 60

const tokenColumns = `id, person_id, label, created, used, expires, factor`

// NewToken makes a token for the person of a session and returns it with its secret, which goes into
// FOOTING_TOKEN and cannot be had again.
func (a *Accounts) NewToken(ctx context.Context, tx *store.Tx, p person.Partnership, s Session, label string) (Token, string, error) {
	if r := []rune(label); len(r) > longestLabel {
		label = string(r[:longestLabel])
	}
	now, secret := a.now(), tokenPrefix+newToken()
	t := Token{ID: store.RandomID(), Person: s.Person, Label: label, Created: now, Expires: now.Add(a.config.TokenLasts), Factor: s.Factor}
	_, err := tx.Exec(ctx, `
		INSERT INTO account_token (partnership_id, id, token_hash, person_id, label, created, used, expires, factor)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)`,
		p, t.ID, tokenHash(secret), t.Person, a.seal(p, t.Person, []byte(label)),
		store.Micros(t.Created), store.Micros(t.Expires), store.Bool(t.Factor))
	return t, secret, err
}

func (a *Accounts) scanToken(p person.Partnership) func(store.Row) (Token, error) {
	return func(r store.Row) (t Token, err error) {
		var label []byte
		var created, used, expires int64
		if err := r.Scan(&t.ID, &t.Person, &label, &created, &used, &expires, &t.Factor); err != nil {
			return t, err
		}
		t.Created, t.Used, t.Expires = store.Time(created), store.Time(used), store.Time(expires)
		plain, err := a.open(p, t.Person, label)
		if err != nil {
			return t, fmt.Errorf("reading a token's label: %w", err)
		}
		t.Label = string(plain)
		return t, nil
	}
}

// Token returns the token of a secret and notes the day it was used. It returns ErrSignedOut for one
// that is unknown, revoked or too old.
func (a *Accounts) Token(ctx context.Context, p person.Partnership, secret string) (Token, error) {
	var t Token
	now := a.now()
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		t, err = store.Get(ctx, tx, a.scanToken(p), `SELECT `+tokenColumns+` FROM account_token
			WHERE partnership_id = $1 AND token_hash = $2 AND expires > $3`, p, tokenHash(secret), store.Micros(now))
		return err
	})
	day := now.Truncate(24 * time.Hour)
	switch {
	case errors.Is(err, fault.Missing):
		return Token{}, ErrSignedOut
	case err != nil || !t.Used.Before(day):
		return t, err
	}
	t.Used = day
	return t, a.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE account_token SET used = $3 WHERE partnership_id = $1 AND id = $2`, p, t.ID, store.Micros(day))
		return err
	})
}

// Tokens returns a person's tokens that still work, the oldest first.
func (a *Accounts) Tokens(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) ([]Token, error) {
	return store.List(ctx, tx, a.scanToken(p), `SELECT `+tokenColumns+` FROM account_token
		WHERE partnership_id = $1 AND person_id = $2 AND expires > $3 ORDER BY created, id`, p, id, store.Micros(a.now()))
}

func dropTokens(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM account_token WHERE partnership_id = $1 AND person_id = $2`, p, id)
	return err
}

// RevokeToken ends one of a person's tokens. It returns fault.Missing when she has no such token.
func (a *Accounts) RevokeToken(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, token string) error {
	n, err := tx.Exec(ctx, `DELETE FROM account_token WHERE partnership_id = $1 AND person_id = $2 AND id = $3`, p, id, token)
	return store.Changed(n, err, fault.Missing)
}
