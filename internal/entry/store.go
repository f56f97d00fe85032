package entry

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// invited is what an invitation is for. When, by whom and with which code is kept by account.
type invited struct {
	ID            string
	Standing      person.Standing // empty where it is only about looking after the site
	Practice      string
	Administrator bool
	Founding      bool // the second of the first two members
}

func insertInvited(ctx context.Context, tx *store.Tx, p person.Partnership, i invited) error {
	_, err := tx.Exec(ctx, `INSERT INTO entry_invitation (partnership_id, id, standing, practice_id, administrator, founding)
		VALUES ($1, $2, $3, $4, $5, $6)`, p, i.ID, i.Standing, i.Practice, store.Bool(i.Administrator), store.Bool(i.Founding))
	return err
}

func getInvited(ctx context.Context, tx *store.Tx, p person.Partnership, id string) (invited, error) {
	return store.Get(ctx, tx, func(r store.Row) (invited, error) {
		i := invited{ID: id}
		var administrator, founding int64
		err := r.Scan(&i.Standing, &i.Practice, &administrator, &founding)
		i.Administrator, i.Founding = administrator == 1, founding == 1
		return i, err
	}, `SELECT standing, practice_id, administrator, founding FROM entry_invitation WHERE partnership_id = $1 AND id = $2`, p, id)
}

func deleteInvited(ctx context.Context, tx *store.Tx, p person.Partnership, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM entry_invitation WHERE partnership_id = $1 AND id = $2`, p, id)
	return err
}

// AfterRestore forgets what invitations were for: the codes of all of them were ended.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `DELETE FROM entry_invitation WHERE partnership_id = $1`, p)
	return err
}

// founding is how far the first two members have come.
type founding struct {
	First      person.ID
	Second     string // the name that the first knows her by
	Invitation string // of the second
	Done       bool
}

func insertFounding(ctx context.Context, tx *store.Tx, p person.Partnership, f founding) error {
	_, err := tx.Exec(ctx, `INSERT INTO entry_founding (partnership_id, first_id, second_name, invitation_id, done) VALUES ($1, $2, $3, $4, 0)`,
		p, f.First, f.Second, f.Invitation)
	return err
}

func getFounding(ctx context.Context, tx *store.Tx, p person.Partnership) (founding, error) {
	return store.Get(ctx, tx, func(r store.Row) (founding, error) {
		var f founding
		var done int64
		err := r.Scan(&f.First, &f.Second, &f.Invitation, &done)
		f.Done = done == 1
		return f, err
	}, `SELECT first_id, second_name, invitation_id, done FROM entry_founding WHERE partnership_id = $1`, p)
}

func updateFounding(ctx context.Context, tx *store.Tx, p person.Partnership, f founding) error {
	_, err := tx.Exec(ctx, `UPDATE entry_founding SET second_name = $2, invitation_id = $3, done = $4 WHERE partnership_id = $1`,
		p, f.Second, f.Invitation, store.Bool(f.Done))
	return err
}
