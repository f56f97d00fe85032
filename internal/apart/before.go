package apart

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// keepBefore keeps what is said of something now, after over changes, beneath what is said next. When somebody was
// quicker it is ErrNewer.
func keepBefore(ctx context.Context, tx *store.Tx, p person.Partnership, id string, over int64) error {
	n, err := tx.Exec(ctx, `INSERT INTO apart_before (partnership_id, space_id, n, by_id, made, ended, key_id, words)
		SELECT partnership_id, id, n, by_id, made, ended, key_id, words FROM apart_space WHERE partnership_id = $1 AND id = $2 AND n = $3
		ON CONFLICT DO NOTHING`, p, id, over)
	return store.Changed(n, err, ErrNewer)
}

// versions lists what was said before of all that meets apart, newest first, still sealed.
func versions(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Space, error) {
	return store.List(ctx, tx, scanSpace, `SELECT space_id, by_id, made, ended, n, key_id, words FROM apart_before WHERE partnership_id = $1 ORDER BY space_id, n DESC`, p)
}

// Before lists what was said before of all that meets apart, newest first, opened for the viewer.
func (r *Room) Before(ctx context.Context, v person.Viewer) (list []Space, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		list, err = versions(ctx, tx, v.Partnership)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r.openSpaces(ctx, v, list)
}

// showBefore is the page of one of them: what is said of it, and beneath it what was, each with a name and a day.
func (r *Room) showBefore(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	now, err := r.space(q.Context(), q.Viewer, q.Path("space"))
	if err != nil {
		return nil, err
	}
	_, names, err := r.Spaces(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	list, err := r.Before(q.Context(), q.Viewer)
	p := page{Title: look.Title{Text: now.Text.Name, Lead: t("apart.before_lead")}, Spaces: []spaceCard{now.card(q, names)}, Past: t("apart.before"),
		Links: []look.Link{{Href: "/apart", Text: t("apart.back")}}}
	for _, one := range list {
		if one.ID == now.ID {
			p.Ended = append(p.Ended, one.card(q, names))
		}
	}
	return q.Show("apart", p), err
}
