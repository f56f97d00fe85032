package sharing

import (
	"context"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// What its writer threw away she can bring back, for as long as what is taken back can be: a finger slips, and
// an hour's words must not go with it (U16).

// throw puts one of the viewer's drafts away, or brings it back. Either way it must be on the other side.
func (r *Room) throw(ctx context.Context, v person.Viewer, id string, away bool) error {
	was, at := `thrown > 0`, int64(0)
	if away {
		was, at = `thrown = 0`, store.Micros(r.now())
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE sharing_draft SET thrown = $4 WHERE partnership_id = $1 AND person_id = $2 AND id = $3 AND `+was,
			v.Partnership, v.ID, id, at)
		return store.Changed(n, err, fault.Missing)
	})
}

// dropDraft throws a draft away.
func (r *Room) dropDraft(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/share", "sharing.dropped"), r.throw(q.Context(), q.Viewer, q.Path("draft"), true)
}

// returnDraft brings a draft back that was thrown away.
func (r *Room) returnDraft(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/draft/"+q.Path("draft"), "sharing.draft_back"), r.throw(q.Context(), q.Viewer, q.Path("draft"), false)
}

// eraseDraft erases a draft that was thrown away before its time.
func (r *Room) eraseDraft(q *web.Request) (web.Answer, error) {
	n, err := r.eraseThrown(q.Context(), q.Partnership(), `person_id = $2 AND id = $3`, q.Viewer.ID, q.Path("draft"))
	return web.GoSaying("/share", "sharing.draft_erased"), store.Changed(n, err, fault.Missing)
}

// Tidy erases drafts that were thrown away and whose time to be brought back is over.
func (r *Room) Tidy(ctx context.Context, p person.Partnership) error {
	_, err := r.eraseThrown(ctx, p, `thrown <= $2`, store.Micros(r.now().Add(-r.gate.UndoTime())))
	return err
}

// eraseThrown erases those of the drafts that were thrown away, and returns how many.
func (r *Room) eraseThrown(ctx context.Context, p person.Partnership, where string, args ...any) (n int64, err error) {
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		drafts, err := draftRows(ctx, tx, p, `thrown > 0 AND `+where, args...)
		for _, d := range drafts {
			if err == nil {
				err = r.erase(ctx, tx, p, d)
			}
		}
		n = int64(len(drafts))
		return err
	})
	return n, err
}

// thrownRow is a draft that was thrown away, on its writer's page: without a word of it, since somebody else
// may be looking.
type thrownRow struct {
	When string
	At   string // where its buttons lead
	Acts []look.Button
}

func (r *Room) thrownRow(q *web.Request, d draftRow) thrownRow {
	t, when, at := q.Words.T, q.Words.When(d.thrown), "/draft/"+d.id
	return thrownRow{
		When: t("sharing.thrown_when", "when", when, "until", q.Words.Date(d.thrown.Add(r.gate.UndoTime()))), At: at,
		Acts: []look.Button{
			{Text: t("sharing.thrown_back"), Look: look.Second, About: when},
			{Text: t("sharing.thrown_now"), Look: look.Second, About: when, Action: at + "/now"},
		}}
}
