package entry

import (
	"context"
	"errors"

	"footing/internal/account"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

var _ web.Sessions = (*Room)(nil)

// Viewer returns who a session token belongs to, the zero Viewer when it is no good any more.
func (r *Room) Viewer(ctx context.Context, p person.Partnership, token string) (v person.Viewer, err error) {
	var s account.Session
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if s, err = r.Accounts.SessionIn(ctx, tx, p, token); err == nil {
			v, err = r.viewer(ctx, tx, p, s.Person)
		}
		return err
	})
	if err == nil {
		err = r.Accounts.Saw(ctx, p, &s)
	}
	if err != nil {
		return nobody(err)
	}
	v.Factor, v.Since, v.Sure, v.Table = s.Factor, s.Created, r.Accounts.IsSure(s), s.Table
	return v, nil
}

// Bearer does the same for the token of a command.
func (r *Room) Bearer(ctx context.Context, p person.Partnership, token string) (v person.Viewer, err error) {
	t, err := r.Accounts.Token(ctx, p, token)
	if err != nil {
		return nobody(err)
	}
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		v, err = r.viewer(ctx, tx, p, t.Person)
		return err
	})
	v.Factor, v.Since = t.Factor, t.Created
	return v, err
}

// Whose returns whose session a token was that opens nothing any more, empty when that cannot be told.
func (r *Room) Whose(ctx context.Context, token string) (id person.ID, err error) {
	p, err := r.partnership(ctx)
	if errors.Is(err, fault.Missing) {
		return "", nil
	}
	if err == nil {
		err = r.DB.Read(ctx, func(tx *store.Tx) error {
			id, err = r.Accounts.Whose(ctx, tx, p, token)
			return err
		})
	}
	return id, err
}

// Seal seals what a page carries along.
func (r *Room) Seal(plain []byte) []byte { return r.Accounts.SealForm(plain) }

// Unseal opens what Seal sealed.
func (r *Room) Unseal(sealed []byte) ([]byte, error) { return r.Accounts.UnsealForm(sealed) }

// End ends the session of a token. Ending one that is gone is no error.
func (r *Room) End(ctx context.Context, token string) error {
	p, err := r.partnership(ctx)
	if errors.Is(err, fault.Missing) {
		return nil
	}
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return r.Accounts.EndToken(ctx, tx, p, token) })
}

// viewer is somebody as the circle knows her, with Analyst added while a study that runs names her and she
// takes part.
func (r *Room) viewer(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (person.Viewer, error) {
	v, err := r.Circle.Viewer(ctx, tx, p, id)
	if err != nil || !v.Known() {
		return v, err
	}
	if r.FilesOff != nil {
		if v.NoFiles, err = r.FilesOff(ctx, tx, p, id); err != nil {
			return v, err
		}
	}
	analyst, err := r.Studies.IsAnalyst(ctx, tx, p, id)
	if analyst && v.Standings.Meets(person.Standings()) {
		v.Standings = append(v.Standings, person.Analyst)
	}
	return v, err
}

// nobody is the answer to a token that opens nothing. It is no error: the page says where to sign in.
func nobody(err error) (person.Viewer, error) {
	if errors.Is(err, account.ErrSignedOut) || errors.Is(err, fault.Missing) {
		err = nil
	}
	return person.Viewer{}, err
}
