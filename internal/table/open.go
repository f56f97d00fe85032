package table

import (
	"errors"
	"slices"
	"time"

	"footing/internal/circle"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// newPage asks for how long, and says what the tablet will and will not show.
type newPage struct {
	Title look.Title
	Notes []look.Note
	Hours look.Choice
	Acts  []look.Button
}

func (r *Room) showNew(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := newPage{Title: look.Title{Text: t("table.new_heading"), Lead: t("table.new_lead")},
		Notes: []look.Note{{Text: t("table.new_shows")}, {Text: t("table.new_out")}},
		Hours: look.Choice{Name: "hours", Legend: t("table.hours"), Row: true}, Acts: []look.Button{{Text: t("table.open")}}}
	for i, h := range Hours {
		p.Hours.Options = append(p.Hours.Options, look.Option{Value: string(rune('0' + h)), Label: t("table.hour", "count", h), Chosen: i == 0})
	}
	return q.Show("new", p), nil
}

type newForm struct {
	Hours int64 `form:"hours"`
}

// open makes this browser the tablet and signs the host out of it.
func (r *Room) open(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[newForm](q)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Hours, f.Hours) {
		f.Hours = Hours[0]
	}
	token := newToken()
	s := sitting{ID: store.RandomID(), Until: r.Now().Add(time.Duration(f.Hours) * time.Hour)}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := deleteSitting(q.Context(), tx, q.Partnership(), "", r.Now()); err != nil {
			return err
		}
		if err := insertSitting(q.Context(), tx, q.Partnership(), s, hash(token), q.Viewer.ID); err != nil {
			return err
		}
		if err := r.Circle.Record(q.Context(), tx, q.Partnership(), circle.Act{By: q.Viewer.ID, What: circle.OpenedTable}); err != nil {
			return err
		}
		return r.Accounts.EndToken(q.Context(), tx, q.Partnership(), q.Token)
	})
	if err != nil {
		return nil, err
	}
	q.SignOut()
	q.Keep(cookie, token, s.Until)
	return web.Go("/table"), nil
}

// closeTable makes the tablet an ordinary browser again. Anybody at it may: closing is always safe.
func (r *Room) closeTable(q *web.Request) (web.Answer, error) {
	s, err := r.sitting(q)
	if err == nil {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
			if err := r.Accounts.EndTable(q.Context(), tx, q.Partnership(), s.ID); err != nil {
				return err
			}
			return deleteSitting(q.Context(), tx, q.Partnership(), s.ID, r.Now())
		})
	} else if errors.Is(err, errClosed) {
		err = nil
	}
	q.SignOut()
	q.Keep(cookie, "", time.Time{})
	return web.Go("/"), err
}
