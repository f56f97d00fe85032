package account

import (
	"context"
	"errors"
	"slices"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// A WayIn says what lets one person in, without being any of it: when she last chose her passphrase and
// her picture with its PIN, the ids of her printed codes that nobody has used, and whether she is frozen.
type WayIn struct {
	Person     person.ID `json:"person"`
	Passphrase time.Time `json:"passphrase,omitzero"`
	Picture    time.Time `json:"picture,omitzero"`
	Codes      []string  `json:"codes,omitempty"`
	Frozen     bool      `json:"frozen,omitempty"`
}

// Partnerships lists every partnership that has accounts, by id.
func Partnerships(ctx context.Context, tx *store.Tx) ([]person.Partnership, error) {
	return store.List(ctx, tx, store.One[person.Partnership], `SELECT DISTINCT partnership_id FROM account_person ORDER BY partnership_id`)
}

// WaysIn lists every account's way in as it is now, by person. It is kept outside the database, so that
// a copy of it that is put back knows what ended since.
func WaysIn(ctx context.Context, tx *store.Tx, p person.Partnership) ([]WayIn, error) {
	list, err := store.List(ctx, tx, func(r store.Row) (w WayIn, err error) {
		var set, made int64
		err = r.Scan(&w.Person, &set, &made, &w.Frozen)
		w.Passphrase, w.Picture = store.Time(set), store.Time(made)
		return w, err
	}, `SELECT a.person_id, a.passphrase_set, coalesce(t.made, 0), a.frozen FROM account_person a
		LEFT JOIN account_picture t ON t.partnership_id = a.partnership_id AND t.person_id = a.person_id
		WHERE a.partnership_id = $1 ORDER BY a.person_id`, p)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Codes, err = store.List(ctx, tx, store.One[string], `SELECT id FROM account_code
			WHERE partnership_id = $1 AND kind = $2 AND person_id = $3 ORDER BY id`, p, recovery, list[i].Person)
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Closed counts what was ended after a copy was put back.
type Closed struct {
	Sessions    int64
	Tokens      int64
	Invitations int64 // and links and rescue codes that let somebody in once
	Codes       int64 // printed ones
	Passphrases int64 // older than the one she chose last
	Pictures    int64 // with the PIN behind them
	Frozen      int64 // accounts that were frozen since
}

// CloseRestored ends every way in that a copy of the database, just put back, may have opened again.
// Sessions, tokens, invitations, links and rescue codes all end: each can be made anew by somebody who is
// there. Of passphrases, pictures and printed codes those end that were replaced or used up by the time
// asOf, of which inForce tells, and who was frozen is. When that is not known, inForce is nil: then all
// pictures and printed codes end, since any of them may have been given up, and passphrases stay, since
// without them nobody could come in at all. Second factors stay as they were in the copy: an old one
// beside the passphrase is a harder way in than none, and a printed code takes it away.
func CloseRestored(ctx context.Context, tx *store.Tx, p person.Partnership, inForce []WayIn, asOf time.Time) (c Closed, err error) {
	for _, end := range []struct {
		count *int64
		query string
		args  []any
	}{
		{&c.Sessions, `DELETE FROM account_session WHERE partnership_id = $1`, []any{p}},
		{&c.Tokens, `DELETE FROM account_token WHERE partnership_id = $1`, []any{p}},
		{&c.Invitations, `DELETE FROM account_code WHERE partnership_id = $1 AND kind <> $2`, []any{p, recovery}},
	} {
		if *end.count, err = tx.Exec(ctx, end.query, end.args...); err != nil {
			return c, err
		}
	}
	if inForce == nil {
		if c.Codes, err = tx.Exec(ctx, `DELETE FROM account_code WHERE partnership_id = $1`, p); err != nil {
			return c, err
		}
		c.Pictures, err = tx.Exec(ctx, `DELETE FROM account_picture WHERE partnership_id = $1`, p)
		return c, err
	}
	here, err := WaysIn(ctx, tx, p)
	if err != nil {
		return c, err
	}
	now := map[person.ID]WayIn{}
	for _, w := range inForce {
		now[w.Person] = w
	}
	for _, w := range here {
		if err := c.closeOlder(ctx, tx, p, w, now[w.Person], asOf); err != nil {
			return c, err
		}
	}
	return c, nil
}

// closeOlder ends what of one person's way in is not in force any more. Whoever is not among those in
// force has left; what was made after asOf is newer than what is known.
func (c *Closed) closeOlder(ctx context.Context, tx *store.Tx, p person.Partnership, restored, inForce WayIn, asOf time.Time) error {
	end := func(count *int64, is bool, query string) error {
		if !is {
			return nil
		}
		n, err := tx.Exec(ctx, query, p, restored.Person)
		*count += n
		return err
	}
	left := inForce.Person == "" && !restored.Passphrase.After(asOf)
	err := errors.Join(
		end(&c.Passphrases, left || inForce.Passphrase.After(restored.Passphrase),
			`UPDATE account_person SET passphrase = '' WHERE partnership_id = $1 AND person_id = $2 AND passphrase <> ''`),
		end(&c.Pictures, inForce.Picture != restored.Picture && !restored.Picture.After(asOf),
			`DELETE FROM account_picture WHERE partnership_id = $1 AND person_id = $2`),
		end(&c.Frozen, inForce.Frozen && !restored.Frozen,
			`UPDATE account_person SET frozen = 1 WHERE partnership_id = $1 AND person_id = $2`))
	if err != nil {
		return err
	}
	for _, id := range restored.Codes {
		if slices.Contains(inForce.Codes, id) {
			continue
		}
		n, err := tx.Exec(ctx, `DELETE FROM account_code WHERE partnership_id = $1 AND kind = $2 AND id = $3 AND made <= $4`,
			p, recovery, id, store.Micros(asOf))
		if err != nil {
			return err
		}
		c.Codes += n
	}
	return nil
}
