package power

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
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
	DB     *store.DB
	Gate   *consent.Gate
	Circle *circle.Circle
	Now    func() time.Time
	// Beside are further pages that the first page leads to. Nil: none.
	Beside func(*web.Request) []look.Link
	// Buddies are who is there for somebody, and could put it in other words with her. Nil: nobody is named.
	Buddies interface {
		Buddies(ctx context.Context, v person.Viewer) ([]circle.Person, error)
	}
}

// Room is what decides here, and what is harder to see.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what she said with her name goes with her.
func New(d Deps) *Room {
	r := &Room{d}
	d.Circle.WhenLeaving(r.forget)
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "power", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	some, one := web.Taking(web.Any), web.Taking(web.InAudience)
	host := web.Only(web.Any, person.Facilitator)
	const title = "power.title"
	return []web.Route{
		{Pattern: "GET /decides", Allow: some, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /decides/new/{kind}", Allow: some, Title: title, Weight: web.Member, Do: r.showNew, Twin: "decides"},
		{Pattern: "POST /decides/new/{kind}", Allow: some, Title: title, Weight: web.Nothing, Do: r.saveNew, Twin: "decides"},
		{Pattern: "GET /decides/said/{said}", Allow: one, Title: title, Weight: web.Member, Do: r.showOne, Twin: web.Reading},
		{Pattern: "POST /decides/said/{said}/drop", Allow: one, Title: title, Weight: web.Nothing, Do: r.drop, Twin: "unsaid"},
		{Pattern: "POST /decides/said/{said}/back", Allow: one, Title: title, Weight: web.Nothing, Do: r.letStand, Twin: "unsaid"},
		{Pattern: "POST /decides/said/{said}/answer", Allow: one, Title: title, Weight: web.Nothing, Do: r.answer, Twin: web.Duty},
		{Pattern: "GET /decides/list", Allow: some, Title: title, Weight: web.Member, Do: r.showList, Twin: web.Reading},
		{Pattern: "GET /decides/list/new", Allow: some, Title: title, Weight: web.Member, Do: r.showWriteList, Twin: "decides-list"},
		{Pattern: "POST /decides/list/new", Allow: some, Title: title, Weight: web.Nothing, Do: r.writeList, Twin: "decides-list"},
		{Pattern: "GET /decides/day", Allow: host, Title: title, Weight: web.Member, Do: r.showDay, Twin: web.Duty},
		{Pattern: "POST /decides/day", Allow: host, Title: title, Weight: web.Nothing, Do: r.saveDay, Twin: web.Duty},
	}
}
