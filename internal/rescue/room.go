package rescue

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"time"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// Deps is what the room stands on.
type Deps struct {
	DB       *store.DB
	Circle   *circle.Circle
	Accounts *account.Accounts
	Now      func() time.Time
}

// Room is help for a phone that is not safe, or lost.
type Room struct{ Deps }

// New returns the room. Whoever leaves helps nobody any more and is helped by nobody.
func New(d Deps) *Room {
	r := &Room{d}
	if d.Circle != nil {
		d.Circle.WhenLeaving(r.forget)
	}
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "rescue", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	own, here := circle.SignedIn(web.Own), circle.Here(web.Any)
	own.Sure = true
	return []web.Route{
		{Pattern: "GET /me/helpers", Allow: own, Title: "rescue.title", Weight: web.Member, Do: r.showMine, Twin: web.Screen},
		{Pattern: "POST /me/helpers", Allow: own, Title: "rescue.title", Weight: web.Member, Do: r.name, Twin: web.Screen},
		{Pattern: "POST /me/helpers/drop", Allow: own, Title: "rescue.title", Weight: web.Nothing, Do: r.drop, Twin: web.Screen},
		{Pattern: "POST /me/helpers/stop", Allow: own, Title: "rescue.title", Weight: web.Nothing, Do: r.stop, Twin: web.Screen},
		{Pattern: "POST /me/helpers/files", Allow: own, Title: "rescue.title", Weight: web.Nothing, Do: r.setFiles, Twin: web.Screen},
		{Pattern: "GET /helping", Allow: here, Title: "rescue.title", Weight: web.Member, Do: r.showHelping, Twin: web.Screen},
		{Pattern: "POST /helping", Closes: true, Allow: here, Title: "rescue.title", Weight: web.Member, Do: r.help, Twin: web.Screen},
	}
}

// forget deletes what is kept of somebody who leaves.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	for _, query := range []string{
		`DELETE FROM rescue_helper WHERE partnership_id = $1 AND (person_id = $2 OR helper_id = $2)`,
		`DELETE FROM rescue_begun WHERE partnership_id = $1 AND (person_id = $2 OR first_id = $2 OR second_id = $2)`,
		`DELETE FROM rescue_files WHERE partnership_id = $1 AND person_id = $2`,
	} {
		if _, err := tx.Exec(ctx, query, p, who); err != nil {
			return err
		}
	}
	return nil
}

// News tells her that somebody helps her back in, so that she can stop it, and a helper that she was named.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	var links []look.Link
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		_, err := getRescue(q.Context(), tx, q.Partnership(), q.Viewer.ID, r.Now())
		if err == nil {
			links = append(links, look.Link{Href: "/me/helpers", Text: q.Words.T("rescue.news_begun")})
		}
		named, other := namedBy(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		for _, h := range named {
			if !h.Agreed {
				links = append(links, look.Link{Href: "/helping", Text: q.Words.T("rescue.news_named")})
				break
			}
		}
		if errors.Is(err, fault.Missing) {
			err = nil
		}
		return errors.Join(err, other)
	})
	return links, err
}
