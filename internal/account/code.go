package account

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"
	"time"
	"unicode"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// What works once. Recovery codes and invitations are six easy words, which can be printed, or said on
// the phone, or typed by somebody who spells differently about capitals, hyphens and commas. They hold
// 66 bits and links 256, enough for a plain hash to keep them.
const (
	recovery   = "recovery"
	invitation = "invitation"
	link       = "link"
	wholeLink  = "whole-link"
)

// recoveryCodes is how many codes are printed at once.
const recoveryCodes = 8

// codeHash returns what is kept of a code. The kind and partnership are hashed along, so that a code
// works for nothing else.
func codeHash(p person.Partnership, kind, code string) []byte {
	sum := sha256.Sum256([]byte(kind + "\x00" + string(p) + "\x00" + code))
	return sum[:]
}

// spoken returns a code's words as they were printed, however they were typed.
func spoken(code string) string {
	words := strings.FieldsFunc(strings.ToLower(code), func(r rune) bool { return !unicode.IsLetter(r) })
	return strings.Join(words, " ")
}

func addCode(ctx context.Context, tx *store.Tx, p person.Partnership, kind, code, id string, of person.ID, made, expires time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO account_code (partnership_id, kind, hash, id, person_id, made, expires) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p, kind, codeHash(p, kind, code), id, of, store.Micros(made), store.Micros(expires))
	return err
}

// RecoveryCodes makes eight new recovery codes for a person and voids the ones before. They are to be
// shown once: they cannot be had again.
func (a *Accounts) RecoveryCodes(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) ([]string, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM account_code WHERE partnership_id = $1 AND kind = $2 AND person_id = $3`, p, recovery, id); err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = draw(wordsInCode)
		if err := addCode(ctx, tx, p, recovery, codes[i], store.RandomID(), id, a.now(), time.Time{}); err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// RecoveryCodesLeft returns how many of a person's recovery codes have not been used.
func (a *Accounts) RecoveryCodesLeft(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (int, error) {
	return store.Get(ctx, tx, store.One[int],
		`SELECT COUNT(*) FROM account_code WHERE partnership_id = $1 AND kind = $2 AND person_id = $3`, p, recovery, id)
}

// UseRecoveryCode uses up one of a person's recovery codes. It returns ErrNoMatch when it is none.
func (a *Accounts) UseRecoveryCode(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, code string) error {
	n, err := tx.Exec(ctx, `DELETE FROM account_code WHERE partnership_id = $1 AND kind = $2 AND hash = $3 AND person_id = $4`,
		p, recovery, codeHash(p, recovery, spoken(code)), id)
	return store.Changed(n, err, ErrNoMatch)
}

// An Invitation lets one person make an account. What she is invited to is kept by whoever invites.
type Invitation struct {
	ID      string
	By      person.ID
	Made    time.Time
	Expires time.Time
}

const invitationColumns = `id, person_id, made, expires`

func scanInvitation(r store.Row) (i Invitation, err error) {
	var made, expires int64
	err = r.Scan(&i.ID, &i.By, &made, &expires)
	i.Made, i.Expires = store.Time(made), store.Time(expires)
	return i, err
}

// Invite makes an invitation and returns it with its code, which cannot be had again.
func (a *Accounts) Invite(ctx context.Context, tx *store.Tx, p person.Partnership, by person.ID) (Invitation, string, error) {
	now, code := a.now(), draw(wordsInCode)
	i := Invitation{ID: store.RandomID(), By: by, Made: now, Expires: now.Add(a.config.InvitationLasts)}
	return i, code, addCode(ctx, tx, p, invitation, code, i.ID, by, i.Made, i.Expires)
}

// Invitation returns the open invitation of a code without using it, or ErrInvitation.
func (a *Accounts) Invitation(ctx context.Context, tx *store.Tx, p person.Partnership, code string) (Invitation, error) {
	i, err := store.Get(ctx, tx, scanInvitation, `SELECT `+invitationColumns+` FROM account_code
		WHERE partnership_id = $1 AND kind = $2 AND hash = $3 AND expires > $4`,
		p, invitation, codeHash(p, invitation, spoken(code)), store.Micros(a.now()))
	return i, instead(err, ErrInvitation)
}

// AcceptInvitation uses an invitation up and returns it, or ErrInvitation. The account is made in the
// same transaction.
func (a *Accounts) AcceptInvitation(ctx context.Context, tx *store.Tx, p person.Partnership, code string) (Invitation, error) {
	i, err := store.Get(ctx, tx, scanInvitation, `DELETE FROM account_code
		WHERE partnership_id = $1 AND kind = $2 AND hash = $3 AND expires > $4 RETURNING `+invitationColumns,
		p, invitation, codeHash(p, invitation, spoken(code)), store.Micros(a.now()))
	return i, instead(err, ErrInvitation)
}

// Invitations returns the invitations that are still open, the oldest first.
func (a *Accounts) Invitations(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Invitation, error) {
	return store.List(ctx, tx, scanInvitation, `SELECT `+invitationColumns+` FROM account_code
		WHERE partnership_id = $1 AND kind = $2 AND expires > $3 ORDER BY made, id`, p, invitation, store.Micros(a.now()))
}

// WithdrawInvitation takes an invitation back. It returns fault.Missing when it is not open any more.
func (a *Accounts) WithdrawInvitation(ctx context.Context, tx *store.Tx, p person.Partnership, id string) error {
	n, err := tx.Exec(ctx, `DELETE FROM account_code WHERE partnership_id = $1 AND kind = $2 AND id = $3`, p, invitation, id)
	return store.Changed(n, err, fault.Missing)
}

// Link makes a token that signs a person in once, until it expires: for the demonstration, and for
// somebody who has lost everything and is helped by a person she trusts.
func (a *Accounts) Link(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, lasts time.Duration) (string, error) {
	token, now := newToken(), a.now()
	return token, addCode(ctx, tx, p, link, token, store.RandomID(), id, now, now.Add(lasts))
}

// WholeLink is Link for the demonstration alone: it stands in for passphrase and second factor too, so
// that nobody needs either to look at made-up people's pages.
func (a *Accounts) WholeLink(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, lasts time.Duration) (string, error) {
	token, now := newToken(), a.now()
	return token, addCode(ctx, tx, p, wholeLink, token, store.RandomID(), id, now, now.Add(lasts))
}

// useLink uses a token of that kind up and returns whose it was, or ErrNoMatch.
func (a *Accounts) useLink(ctx context.Context, tx *store.Tx, p person.Partnership, kind, token string) (person.ID, error) {
	id, err := store.Get(ctx, tx, store.One[person.ID], `DELETE FROM account_code
		WHERE partnership_id = $1 AND kind = $2 AND hash = $3 AND expires > $4 RETURNING person_id`,
		p, kind, codeHash(p, kind, token), store.Micros(a.now()))
	return id, instead(err, ErrNoMatch)
}

// instead returns other where err says that there is no such row.
func instead(err error, other *fault.Error) error {
	if errors.Is(err, fault.Missing) {
		return other
	}
	return err
}
