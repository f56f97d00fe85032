package asking

import (
	"context"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// A request that its asker threw away before anybody was given it can be brought back, for as long as what is
// taken back can be: a finger slips, and an hour's words must not go with it (U16).

// Drop throws a draft away that was never put to anybody.
func (r *Room) Drop(ctx context.Context, v person.Viewer, id string) error {
	return r.throw(ctx, v, id, store.Micros(r.Now()))
}

// Return brings a draft back that was thrown away.
func (r *Room) Return(ctx context.Context, v person.Viewer, id string) error {
	return r.throw(ctx, v, id, 0)
}

// throw puts one of the viewer's drafts away at a time, or brings it back at none. Either way it must be on the
// other side.
func (r *Room) throw(ctx context.Context, v person.Viewer, id string, at int64) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		q, err := r.lock(ctx, tx, v.Partnership, id)
		if err == nil && (q.Asker != v.ID || q.Round.N > 0 || q.Thrown.IsZero() != (at > 0)) {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE asking_ask SET thrown = $3 WHERE partnership_id = $1 AND id = $2`, v.Partnership, id, at)
		return err
	})
}

// eraseThrown erases those of the drafts that were thrown away, and returns how many.
func (r *Room) eraseThrown(ctx context.Context, p person.Partnership, where string, args ...any) (n int64, err error) {
	err = r.DB.Write(ctx, func(tx *store.Tx) error {
		ids, err := store.List(ctx, tx, store.One[string], `SELECT id FROM asking_ask WHERE partnership_id = $1 AND thrown > 0 AND `+where+` ORDER BY id`,
			append([]any{p}, args...)...)
		if err != nil {
			return err
		}
		for _, id := range ids {
			keys, err := deleteAsk(ctx, tx, p, id)
			if err != nil {
				return err
			}
			if err := r.Gate.Doom(ctx, tx, p, keys...); err != nil {
				return err
			}
		}
		n = int64(len(ids))
		return nil
	})
	return n, err
}

func (r *Room) dropDraft(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/asks", "asking.thrown_away"), r.Drop(q.Context(), q.Viewer, q.Path("ask"))
}

func (r *Room) returnDraft(q *web.Request) (web.Answer, error) {
	id := q.Path("ask")
	return web.GoSaying("/asks/"+id+"/part/1", "asking.draft_back"), r.Return(q.Context(), q.Viewer, id)
}

// eraseDraft erases a draft that was thrown away before its time.
func (r *Room) eraseDraft(q *web.Request) (web.Answer, error) {
	n, err := r.eraseThrown(q.Context(), q.Partnership(), `asker_id = $2 AND id = $3`, q.Viewer.ID, q.Path("ask"))
	return web.GoSaying("/asks", "asking.draft_erased"), store.Changed(n, err, fault.Missing)
}

// thrownRow is a draft that was thrown away, on its asker's page: without a word of it, since somebody else may
// be looking.
type thrownRow struct {
	When string
	At   string // where its buttons lead
	Acts []look.Button
}

func (r *Room) thrownRow(q *web.Request, req Request) thrownRow {
	t, when, at := q.Words.T, q.Words.When(req.Thrown), "/asks/"+req.ID
	return thrownRow{
		When: t("asking.thrown_when", "when", when, "until", q.Words.Date(req.Thrown.Add(r.Gate.UndoTime()))), At: at,
		Acts: []look.Button{
			{Text: t("asking.thrown_back"), Look: look.Second, About: when},
			{Text: t("asking.thrown_now"), Look: look.Second, About: when, Action: at + "/now"},
		}}
}
