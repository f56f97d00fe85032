package account

import (
	"context"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// What gets somebody back in with other people's help: a whole code for one who was named beforehand, or
// two halves for two who vouch for her together. Each half has three words.
const (
	rescue     = "rescue"
	rescueHalf = "rescue-half"
	halfWords  = wordsInCode / 2
)

// RescueLasts is how long such a code can be used.
const RescueLasts = 48 * time.Hour

// Freeze shuts a person's account: every session and token ends, and nothing opens a new one until Thaw or
// a rescue code. From outside it looks as if the words were wrong. It returns fault.Missing for somebody
// without an account.
func (a *Accounts) Freeze(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) error {
	if _, err := a.EndSessions(ctx, tx, p, id, ""); err != nil {
		return err
	}
	if err := dropTokens(ctx, tx, p, id); err != nil {
		return err
	}
	return a.setFrozen(ctx, tx, p, id, true)
}

// Thaw opens a frozen account again to whoever knows its words.
func (a *Accounts) Thaw(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) error {
	return a.setFrozen(ctx, tx, p, id, false)
}

func (a *Accounts) setFrozen(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, frozen bool) error {
	n, err := tx.Exec(ctx, `UPDATE account_person SET frozen = $3 WHERE partnership_id = $1 AND person_id = $2`, p, id, store.Bool(frozen))
	return store.Changed(n, err, fault.Missing)
}

// Frozen reports whether a person's account is frozen.
func (a *Accounts) Frozen(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (bool, error) {
	list, err := store.List(ctx, tx, store.One[int64], `SELECT frozen FROM account_person WHERE partnership_id = $1 AND person_id = $2`, p, id)
	return len(list) > 0 && list[0] == 1, err
}

// RescueCode makes a code with which a person chooses new words, once, and voids the one before. It opens
// a frozen account too. It is to be shown once.
func (a *Accounts) RescueCode(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (string, error) {
	code, now := draw(wordsInCode), a.now()
	if err := dropCodes(ctx, tx, p, rescue, id); err != nil {
		return "", err
	}
	return code, addCode(ctx, tx, p, rescue, code, store.RandomID(), id, now, now.Add(RescueLasts))
}

// RescueHalf makes one of two halves of such a code; which says whose. Only both together let her in.
func (a *Accounts) RescueHalf(ctx context.Context, tx *store.Tx, p person.Partnership, id, which person.ID) (string, error) {
	code, now := draw(halfWords), a.now()
	if _, err := tx.Exec(ctx, `DELETE FROM account_code WHERE partnership_id = $1 AND kind = $2 AND person_id = $3 AND id = $4`, p, rescueHalf, id, which); err != nil {
		return "", err
	}
	return code, addCode(ctx, tx, p, rescueHalf, code, string(which), id, now, now.Add(RescueLasts))
}

// DropRescue voids every rescue code of a person.
func (a *Accounts) DropRescue(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) error {
	if err := dropCodes(ctx, tx, p, rescue, id); err != nil {
		return err
	}
	return dropCodes(ctx, tx, p, rescueHalf, id)
}

func dropCodes(ctx context.Context, tx *store.Tx, p person.Partnership, kind string, id person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM account_code WHERE partnership_id = $1 AND kind = $2 AND person_id = $3`, p, kind, id)
	return err
}

// useRescue uses a rescue code up, whole or in two halves in either order, and thaws the account. It
// returns ErrNoMatch when it is none of the person's.
func (a *Accounts) useRescue(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, code string) error {
	use := func(kind, code string) (int64, error) {
		return tx.Exec(ctx, `DELETE FROM account_code WHERE partnership_id = $1 AND kind = $2 AND hash = $3 AND person_id = $4 AND expires > $5`,
			p, kind, codeHash(p, kind, code), id, store.Micros(a.now()))
	}
	code = spoken(code)
	n, err := use(rescue, code)
	if words := strings.Fields(code); err == nil && n == 0 && len(words) == wordsInCode {
		first, second := strings.Join(words[:halfWords], " "), strings.Join(words[halfWords:], " ")
		if n, err = use(rescueHalf, first); err == nil && n == 1 {
			n, err = use(rescueHalf, second)
		}
	}
	if err := store.Changed(n, err, ErrNoMatch); err != nil {
		return err
	}
	if err := a.DropRescue(ctx, tx, p, id); err != nil {
		return err
	}
	return a.Thaw(ctx, tx, p, id)
}
