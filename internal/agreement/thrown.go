package agreement

import (
	"context"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// A draft that its writer threw away can be brought back until she begins anew, and at most for as long as what
// is taken back can be (U16).

// thrownNote says so on the page where she would begin anew.
type thrownNote struct {
	Note   look.Note
	Return look.Button
}

// afterThrowing is that page: it begins with the newest version.
func (r *Room) afterThrowing(q *web.Request, d draft) (draftPage, error) {
	t := q.Words.T
	var last Version
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		last, err = newest(q.Context(), tx, q.Partnership())
		return err
	})
	p := newDraftPage(q, draftForm{Text: last.Text, Over: last.N}, last.Rules, "")
	p.Drop = look.Button{}
	p.Thrown = &thrownNote{
		Note:   look.Note{Text: t("agreement.thrown", "until", q.Words.Date(d.thrown.Add(r.Gate.UndoTime())))},
		Return: look.Button{Text: t("agreement.thrown_back"), Look: look.Second},
	}
	return p, err
}

// throwAway puts her draft away.
func (r *Room) throwAway(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/agreement/new", "agreement.dropped"), r.throw(q, `thrown = 0`, store.Micros(r.Now()))
}

// returnDraft brings it back.
func (r *Room) returnDraft(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/agreement/new", "agreement.returned"), r.throw(q, `thrown > 0`, 0)
}

func (r *Room) throw(q *web.Request, was string, at int64) error {
	return r.DB.Write(q.Context(), func(tx *store.Tx) error {
		n, err := tx.Exec(q.Context(), `UPDATE agreement_draft SET thrown = $3 WHERE partnership_id = $1 AND person_id = $2 AND `+was,
			q.Partnership(), q.Viewer.ID, at)
		return store.Changed(n, err, fault.Missing)
	})
}

// Tidy erases drafts that were thrown away and whose time to be brought back is over, and writes down what is
// agreed since days have passed or somebody takes part no more.
func (r *Room) Tidy(ctx context.Context, p person.Partnership) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if _, err := r.settle(ctx, tx, p); err != nil {
			return err
		}
		if err := r.settleStops(ctx, tx, p); err != nil {
			return err
		}
		whose, err := store.List(ctx, tx, store.One[person.ID], `SELECT person_id FROM agreement_draft
			WHERE partnership_id = $1 AND thrown > 0 AND thrown <= $2`, p, store.Micros(r.Now().Add(-r.Gate.UndoTime())))
		for _, who := range whose {
			if err == nil {
				err = r.drop(ctx, tx, p, who)
			}
		}
		return err
	})
}

// drop deletes somebody's draft and gives its key up.
func (r *Room) drop(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	d, err := getDraft(ctx, tx, person.Viewer{Partnership: p, ID: who})
	if err != nil || d.key == "" {
		return err
	}
	if err := deleteDraft(ctx, tx, p, who); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, d.key)
}
